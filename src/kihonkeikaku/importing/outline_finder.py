"""Which blocks are headings, which are measures, and in what order their kinds stand."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from kihonkeikaku.importing.assignments import parse_clauses
from kihonkeikaku.importing.heading_ranks import CHAPTER_LIKE, HeadingRanks, Role
from kihonkeikaku.importing.labels import ANNEX, TOPIC, UNNUMBERED, one_width
from kihonkeikaku.importing.text_blocks import TextBlock
from kihonkeikaku.model.outline import OutlineKind

UNLABELLED: Final = "title"
"""The family of headings without a number or a sign."""

AI_PLAN: Final = {
    "第{1}章": "chapter",
    "第{1}節": "section",
    TOPIC: "topic",
    "{1}.": "policy",
    "（{1}）": "group",
}
"""The families of the AI plan's outline, from the top down, and their kinds."""

MEASURE_FAMILY: Final = "{①}"

_LONGEST_HEADING: Final = 150
_LONGEST_TITLE: Final = 80
_LARGE: Final = 1.1


_KINDS: Final = {
    "第{1}部": "part",
    "第{1}編": "part",
    "第{1}": "part",
    "第{一}": "part",
    "{Ⅰ}": "part",
    "第{1}章": "chapter",
    "第{parent}-{1}": "division",
    "第{1}節": "section",
    "第{1}款": "subsection",
    "{1}．": "heading",
    "{1}.": "heading",
    "（{1}）": "clause",
    "{ア}": "point",
    "（{ア}）": "subpoint",
    "{a}": "letter",
    "{ⅰ}）": "roman",
}
"""Names for the kinds of headings of other plans, by their families."""


@dataclass(frozen=True)
class FoundOutline:
    """The outline of a document.

    Attributes:
        families: of headings and measures, from the top down.
        measure: the family of measures, if there are any.
        has_texts: whether measures are texts with ministries, rather than headings of texts.
        roles: the role of each block.
        own_families: the family of each heading and measure, by its place among the blocks.
        labels: how the label of each family is written mostly.
        names: names for the kinds of families that another plan has, too.
    """

    families: tuple[str, ...]
    measure: str | None
    has_texts: bool
    roles: tuple[Role, ...]
    own_families: tuple[str, ...]
    labels: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_ai_plan(self) -> bool:
        """Whether this is the outline that a plan has which declares none."""
        headings = set(self.families) - {self.measure, CHAPTER_LIKE}
        return (
            headings <= AI_PLAN.keys()
            and "第{1}章" in headings
            and self.measure in (MEASURE_FAMILY, None)
        )

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The name of the kind of each family."""
        if self.is_ai_plan:
            return AI_PLAN
        names: dict[str, str] = {}
        for rank, family in enumerate(self.families, start=1):
            base = family.partition("@")[0]
            name = "measure" if family == self.measure else _KINDS.get(base, "")
            name = self.names.get(family, name)
            if not name:
                name = "topic" if base in (TOPIC, UNLABELLED) else f"level-{rank}"
            names[family] = f"{name}-{rank}" if name in names.values() else name
        return names

    def named_like(self, kinds: Iterable[OutlineKind]) -> "FoundOutline":
        """Returns this outline with the names that another plan's has for the same labels."""
        known = {one_width(kind.label or ""): kind.kind for kind in kinds}
        return replace(self, names={f: known[f] for f in self.families if f in known})

    def declaration(self, counts: Mapping[str, str]) -> list[dict[str, str]]:
        """Returns the ``outline`` of plan.yaml; empty for that of the AI plan.

        Args:
            counts: where the counting of a family starts again, unless below each heading.
        """
        if self.is_ai_plan:
            return []
        kinds = []
        for family in self.families:
            if family == CHAPTER_LIKE:
                continue
            base = family.partition("@")[0]
            kind = {"kind": self.kinds[family]}
            if base == TOPIC:
                kind["title"] = "（{title}）"
            elif "{" in base:
                kind["label"] = self.labels.get(family, base)
            elif base != UNLABELLED:
                kind["title"] = base + "{title}"
            if family in counts:
                kind["counts"] = counts[family]
            kinds.append(kind)
        return kinds


def family_of(block: TextBlock) -> str:
    """Returns the family of a heading: its label's form, whatever the width of its digits."""
    if block.label and block.label.pattern == ANNEX:
        return CHAPTER_LIKE
    if block.label:
        return one_width(block.label.pattern)
    if UNNUMBERED.match(block.raw_text):
        return CHAPTER_LIKE
    return block.sign or UNLABELLED


def find_outline(blocks: Sequence[TextBlock]) -> FoundOutline:
    """Returns the outline of a document's blocks."""
    families = [family_of(block) for block in blocks]
    headings = _without_title(_headings(blocks, families), families)
    measure, has_texts = _measure_family(blocks, families, headings)
    roles = tuple(
        _role(block, is_heading, is_measure=family == measure, has_texts=has_texts)
        for block, family, is_heading in zip(blocks, families, headings, strict=True)
    )
    order, own_families = HeadingRanks(blocks, families, roles).rank()
    if {family.partition("@")[0] for family in order} <= {*AI_PLAN, CHAPTER_LIKE, measure}:
        order = tuple(dict.fromkeys(family.partition("@")[0] for family in order))
        own_families = tuple(family.partition("@")[0] for family in own_families)
    labels = {
        family: Counter(
            block.label.pattern
            for block, own, role in zip(blocks, own_families, roles, strict=True)
            if block.label and own == family and role != "text"
        ).most_common(1)
        for family in order
    }
    return FoundOutline(
        order, measure, has_texts, roles, own_families,
        {family: counted[0][0] for family, counted in labels.items() if counted},
    )  # fmt: skip


def _headings(blocks: Sequence[TextBlock], families: Sequence[str]) -> list[bool]:
    """Whether each block is a heading, as far as its look says.

    Where headings are set in another face, those are they; labels that never are so set may be of
    headings still, if they read as such and texts follow them.
    """
    stands_out = [_stands_out(block) for block in blocks]
    labelled = sum(out and bool(block.label) for out, block in zip(stands_out, blocks, strict=True))
    by_face = labelled >= 3 and sum(stands_out) < len(blocks) * 0.7
    if by_face:
        of_face = {f for f, out in zip(families, stands_out, strict=True) if out}
        as_headings = _heading_like_families(blocks, families, with_texts=True) - of_face
    else:
        as_headings = _heading_like_families(blocks, families, with_texts=False)
    return [
        not _is_remark(block)
        and block.has_text
        and len(block.raw_text) < _LONGEST_HEADING
        and (
            block.first.level is not None
            or (by_face and out)
            or _reads_as_heading(block, family, as_headings, by_face=by_face)
        )
        for block, family, out in zip(blocks, families, stands_out, strict=True)
    ]


def _without_title(headings: list[bool], families: Sequence[str]) -> list[bool]:
    """Takes headings that precede all numbered ones for the title of the document."""
    numbered = (
        at
        for at, (heading, family) in enumerate(zip(headings, families, strict=True))
        if heading and family != UNLABELLED
    )
    first = next(numbered, 0)
    return [heading and at >= first for at, heading in enumerate(headings)]


def _stands_out(block: TextBlock) -> bool:
    return block.first.heavy or block.first.size > _LARGE


def _is_remark(block: TextBlock) -> bool:
    return block.raw_text.startswith(("【", "※", "（※", "(※"))


def _reads_as_heading(
    block: TextBlock, family: str, as_headings: set[str], *, by_face: bool
) -> bool:
    if family == CHAPTER_LIKE:
        return not by_face
    return family in as_headings and not block.raw_text.endswith("。")


def _heading_like_families(
    blocks: Sequence[TextBlock], families: Sequence[str], *, with_texts: bool
) -> set[str]:
    """The families whose blocks mostly read as headings: short, and no sentences.

    Args:
        blocks: the blocks.
        families: the family of each.
        with_texts: whether a text without a label must follow, too.
    """
    all_of, like = Counter[str](), Counter[str]()
    for at, (block, family) in enumerate(zip(blocks, families, strict=True)):
        if block.label:
            behind = blocks[at + 1] if at + 1 < len(blocks) else None
            has_text = behind is not None and not behind.label
            all_of[family] += 1
            like[family] += (
                len(block.raw_text) < _LONGEST_TITLE
                and not block.raw_text.endswith("。")
                and (has_text or not with_texts)
            )
    return {family for family, count in all_of.items() if like[family] > count * 0.6}


def _measure_family(
    blocks: Sequence[TextBlock], families: Sequence[str], headings: Sequence[bool]
) -> tuple[str | None, bool]:
    """The family of measures: what mostly carries ministries (then True), else the headings ①."""
    counts, assigned = Counter[str](), Counter[str]()
    for block, family in zip(blocks, families, strict=True):
        if block.label:
            counts[family] += 1
            clauses, _ = parse_clauses(block.raw_text)
            assigned[family] += any(clause.assignments for clause in clauses)
    family, count = assigned.most_common(1)[0] if assigned else ("", 0)
    if count > counts[family] * 0.2:
        return family, True
    of_headings = {f for f, heading in zip(families, headings, strict=True) if heading}
    return (MEASURE_FAMILY, False) if MEASURE_FAMILY in of_headings else (None, False)


def _role(block: TextBlock, is_heading: bool, *, is_measure: bool, has_texts: bool) -> Role:
    if is_measure and block.has_text and (is_heading or (has_texts and _may_be_measure(block))):
        return "measure"
    return "heading" if is_heading else "text"


def _may_be_measure(block: TextBlock) -> bool:
    """Whether a numbered paragraph is a measure: it ends in its ministries, or isn't a sentence."""
    return "【" in block.raw_text or not block.raw_text.endswith("。")
