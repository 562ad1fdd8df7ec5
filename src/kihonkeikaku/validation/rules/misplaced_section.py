"""見出しの種類が、置ける場所にありません。

章、section（第1節）、group（(1)）、取組（①）の順に細かくなります。節を立てない章では、topic（（見出し））
とその下の policy（1.）を使います。章の下にはどの種類も、section の下には topic・policy・group を、
topic の下には policy を、policy の下には group を置けます。group の下には取組と段落だけを置きます。
骨子の作りによります。

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
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.model.plan import Heading, Section, SectionKind

SEVERITY = "error"
ADJUSTABLE: Final = True

_BELOW_CHAPTERS: Final[tuple[SectionKind, ...]] = ("section", "topic", "policy", "group")
_BELOW: Final[dict[SectionKind, tuple[SectionKind, ...]]] = {
    "section": ("topic", "policy", "group"),
    "topic": ("policy",),
    "policy": ("group",),
    "group": (),
}
"""Which kinds of heading are allowed below which."""


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each section of a kind that is not allowed below the heading around it."""
    for path, heading in draft.headings:
        allowed = _allowed_below(heading)
        for index, section in enumerate(heading.sections):
            if section.kind not in allowed:
                yield Violation(
                    (*path, "sections", index, "kind"),
                    f"「{section.kind}」の見出しは、「{heading.title}」の下には置けません。",
                    f"{_choice(allowed)}、見出しを置く場所を変えてください。",
                )


def _allowed_below(heading: Heading) -> tuple[SectionKind, ...]:
    return _BELOW[heading.kind] if isinstance(heading, Section) else _BELOW_CHAPTERS


def _choice(allowed: tuple[SectionKind, ...]) -> str:
    if not allowed:
        return "ここに見出しは置けないので"
    return f"kind を {' か '.join(allowed)} にするか"
