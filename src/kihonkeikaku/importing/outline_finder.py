"""Which blocks are headings, which are measures, and in what order their kinds stand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kihonkeikaku.importing.assignments import parse_clauses
from kihonkeikaku.importing.labels import ANNEX, TOPIC, UNNUMBERED, unify_widths
from kihonkeikaku.importing.text_blocks import TextBlock

Role = Literal["heading", "measure", "text"]

CHAPTER_LIKE: Final = "unnumbered"
"""The family of はじめに, 別紙 and the like."""

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
_LARGE: Final = 1.1


@dataclass(frozen=True, slots=True)
class FoundOutline:
    """The outline of a document.

    Attributes:
        families: of headings and measures, from the top down.
        measure: the family of measures, if there are any.
        roles: the role of each block.
        own_families: the family of each heading and measure, by its place among the blocks.
    """

    families: tuple[str, ...]
    measure: str | None
    roles: tuple[Role, ...]
    own_families: tuple[str, ...]

    @property
    def is_ai_plan(self) -> bool:
        """Whether this is the outline that a plan has which declares none."""
        headings = {
            family for family in self.families if family not in (self.measure, CHAPTER_LIKE)
        }
        return (
            headings <= AI_PLAN.keys()
            and "第{1}章" in headings
            and self.measure in (MEASURE_FAMILY, None)
        )


def family_of(block: TextBlock) -> str:
    """Returns the family of a heading: its label's form, whatever the width of its digits."""
    if block.label and block.label.pattern == ANNEX:
        return CHAPTER_LIKE
    if block.label:
        return unify_widths(block.label.pattern.replace("{１}", "{1}"))
    if UNNUMBERED.match(block.raw_text):
        return CHAPTER_LIKE
    return block.sign or UNLABELLED


def find_outline(blocks: Sequence[TextBlock]) -> FoundOutline:
    """Returns the outline of a document's blocks."""
    families = [family_of(block) for block in blocks]
    headings = _headings(blocks, families)
    measure = _measure_family(blocks, families, headings)
    roles = tuple(
        _role(block, family, is_heading, measure)
        for block, family, is_heading in zip(blocks, families, headings, strict=True)
    )
    order = _rank(blocks, families, roles)
    return FoundOutline(order, measure, roles, tuple(families))


def _headings(blocks: Sequence[TextBlock], families: Sequence[str]) -> list[bool]:
    """Whether each block is a heading, as far as its look says."""
    stands_out = [_stands_out(block) for block in blocks]
    labelled = sum(out and bool(block.label) for out, block in zip(stands_out, blocks, strict=True))
    by_face = labelled >= 3 and sum(stands_out) < len(blocks) * 0.7
    as_headings = _heading_like_families(blocks, families)
    return [
        not _is_remark(block)
        and len(block.raw_text) < _LONGEST_HEADING
        and (
            block.first.level is not None
            or (out if by_face else _reads_as_heading(block, family, as_headings))
        )
        for block, family, out in zip(blocks, families, stands_out, strict=True)
    ]


def _stands_out(block: TextBlock) -> bool:
    return block.first.heavy or block.first.size > _LARGE


def _is_remark(block: TextBlock) -> bool:
    return block.raw_text.startswith(("【", "※", "（※", "(※"))


def _reads_as_heading(block: TextBlock, family: str, as_headings: set[str]) -> bool:
    if family == CHAPTER_LIKE:
        return True
    return family in as_headings and not block.raw_text.endswith("。")


def _heading_like_families(blocks: Sequence[TextBlock], families: Sequence[str]) -> set[str]:
    """The families whose blocks mostly read as headings: short, and no sentences."""
    all_of, like = Counter[str](), Counter[str]()
    for block, family in zip(blocks, families, strict=True):
        if block.label:
            all_of[family] += 1
            like[family] += len(block.raw_text) < 80 and not block.raw_text.endswith("。")
    return {family for family, count in all_of.items() if like[family] > count * 0.6}


def _measure_family(
    blocks: Sequence[TextBlock], families: Sequence[str], headings: Sequence[bool]
) -> str | None:
    """The family of measures: what mostly carries ministries, else the headings ①."""
    counts, assigned = Counter[str](), Counter[str]()
    for block, family in zip(blocks, families, strict=True):
        if block.label:
            counts[family] += 1
            clauses, _ = parse_clauses(block.raw_text)
            assigned[family] += any(clause.assignments for clause in clauses)
    if assigned:
        family, count = assigned.most_common(1)[0]
        if count > counts[family] * 0.2:
            return family
    of_headings = {f for f, heading in zip(families, headings, strict=True) if heading}
    return MEASURE_FAMILY if MEASURE_FAMILY in of_headings else None


def _role(block: TextBlock, family: str, is_heading: bool, measure: str | None) -> Role:
    if family == measure and (is_heading or _may_be_measure(block)):
        return "measure"
    return "heading" if is_heading else "text"


def _may_be_measure(block: TextBlock) -> bool:
    """Whether a numbered paragraph is a measure: it ends in its ministries, or isn't a sentence."""
    return "【" in block.raw_text or not block.raw_text.endswith("。")


def _rank(
    blocks: Sequence[TextBlock], families: Sequence[str], roles: Sequence[Role]
) -> tuple[str, ...]:
    """Returns the families of headings and measures from the top down.

    A family stands below that of the heading under which it is met first.
    """
    order: list[str] = []
    open_family: str | None = None
    for family, role in zip(families, roles, strict=True):
        if role == "text":
            continue
        if family not in order:
            at = (
                0 if family == CHAPTER_LIKE or open_family is None else order.index(open_family) + 1
            )
            order.insert(at, family)
        open_family = family
    return _settle(order, families, roles)


def _settle(order: list[str], families: Sequence[str], roles: Sequence[Role]) -> tuple[str, ...]:
    """Moves headings without a number above those that begin again at 1 right below them."""
    return tuple(order)
