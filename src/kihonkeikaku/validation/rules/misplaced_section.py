"""見出しの種類が、置ける場所にありません。

見出しの種類は plan.yaml の outline に上から順に並べます。見出しの下には、それより下に並んだ種類
だけを置けます。outline のない計画では、章、section（第1節）、topic（（見出し））、policy（1.）、
group（(1)）、取組（①）の順です。

誤り:

    # chapters/vision.yaml
    id: vision
    title: 基本構想
    sections:
      - id: vision-goal
        kind: group
        title: 目標
        sections:
          - id: vision-goal-first
            kind: section
            title: 第一の目標
            body: [国民の誰もが使える社会を築く。]

正しい:

    # chapters/vision.yaml
    id: vision
    title: 基本構想
    sections:
      - id: vision-goal
        kind: section
        title: 目標
        sections:
          - id: vision-goal-first
            kind: group
            title: 第一の目標
            body: [国民の誰もが使える社会を築く。]
"""

from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation
from kihonkeikaku.model.outline import MEASURE, Outline
from kihonkeikaku.model.plan import Section

SEVERITY = "error"
ADJUSTABLE: Final = True


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each section of a kind that is not allowed below the heading around it."""
    if draft.head is None:  # nobody knows the outline
        return
    outline = draft.head.kinds
    for path, heading in draft.headings:
        kind = getattr(heading, "kind", None) or outline.chapter.kind
        yield from _check_below(path, heading.sections, heading.title, kind, outline)
    for name, measure in draft.measures.items():
        title = measure.title or name
        yield from _check_below(("measures", name), measure.sections, title, MEASURE, outline)


def _check_below(
    path: PlanPath, sections: tuple[Section, ...], title: str, above: str, outline: Outline
) -> Iterator[Violation]:
    """Yields the sections that can't stand below a heading or measure; of kinds that there are."""
    allowed = outline.below(above)
    for index, section in enumerate(sections):
        if section.kind in outline and section.kind not in allowed:
            yield Violation(
                (*path, "sections", index, "kind"),
                f"「{section.kind}」の見出しは、「{title}」の下には置けません。",
                f"{_choice(allowed)}、見出しを置く場所を変えてください。",
            )


def _choice(allowed: tuple[str, ...]) -> str:
    if not allowed:
        return "ここに見出しは置けないので"
    return f"kind を {' か '.join(allowed)} にするか"
