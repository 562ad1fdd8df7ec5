"""番号の形に、それだけの数がありません。

丸数字は①から㊿まで（U+2460–2473、U+3251–325F、U+32B1–32BF）、アは五十音、a は z までです。
見出しを分けるか、outline の番号の形を変えてください。
"""

from collections import Counter
from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation
from kihonkeikaku.model.outline import DEFAULT_OUTLINE, ITEM, MEASURE
from kihonkeikaku.text.counters import counter_limit

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields the first of the elements that are counted together that no number is left for."""
    if draft.head is None:
        return
    outline = draft.head.kinds
    counts: Counter[tuple[str, object]] = Counter()
    totals: dict[tuple[str, object], tuple[PlanPath, str, int]] = {}
    for path, chapter, kind_name, above in _elements(draft):
        kind = outline[kind_name]
        limit = counter_limit(kind.style) if kind.style else None
        if limit is None:
            continue
        scopes = {"parent": path[:-2], "chapter": chapter, "plan": ()}
        scope: tuple[str, object] = (
            kind_name,
            path[:-1] if kind_name == ITEM else scopes[kind.counts],
        )
        counts[scope] += 1
        if counts[scope] == limit + 1:
            totals[scope] = path, above, limit
    for scope, (path, above, limit) in totals.items():
        kind_name = scope[0]
        what = {MEASURE: "取組", ITEM: "項目"}.get(kind_name, f"見出し（{kind_name}）")
        yield Violation(
            path,
            f"「{above}」の下の{what}が {counts[scope]} あります。",
            f"「{outline[kind_name].label}」の番号は {limit} までなので、"
            "見出しを分けるか、outline の番号の形を変えてください。",
        )


def _elements(draft: Draft) -> Iterator[tuple[PlanPath, object, str, str]]:
    """Yields what is numbered: its path, its chapter, its kind, and the title above it."""
    chapter_of: dict[object, object] = {}
    outline = draft.head.kinds if draft.head else DEFAULT_OUTLINE
    for chapter in draft.chapters_in_order():
        yield ("chapters", chapter.id), None, chapter.kind or outline.chapter.kind, "計画"
    for path, heading in draft.headings:
        within = path[1] if path[0] == "chapters" else chapter_of.get(path[1])
        for index, placement in enumerate(heading.measures):
            if isinstance(placement, str):
                chapter_of[placement] = within
            yield (*path, "measures", index), within, MEASURE, heading.title
        for index, section in enumerate(heading.sections):
            yield (*path, "sections", index), within, section.kind, heading.title
    for name, measure in draft.measures.items():
        for index, section in enumerate(measure.sections):
            place = ("measures", name, "sections", index)
            yield place, chapter_of.get(name), section.kind, measure.title or name
    for line in draft.body_lines:
        if line.marker == "item":
            yield line.path, None, ITEM, str(line.path[1])
