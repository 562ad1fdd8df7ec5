"""How an amendment names a place: 「第3章第1節(2)②」, 「第1章（AIイノベーション）の第2項目」.

Labels are as printed. A line without a label is named by its title, or, where that would be
ambiguous, by its place.
"""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.amendment.printed_edition import PrintedKind, PrintedNode
from kihonkeikaku.text.counters import counter_pattern, format_counter, parse_counter

LABELS: Final[tuple[tuple[PrintedKind, re.Pattern[str]], ...]] = (
    ("chapter", re.compile(r"第([0-9]+)章")),
    ("section", re.compile(r"第([0-9]+)節")),
    ("annex", re.compile(r"別紙([0-9]*)")),
    ("group", re.compile(r"\(([0-9]+)\)")),
    ("policy", re.compile(r"([0-9]+)\.")),
    ("measure", re.compile(f"({counter_pattern('①')})")),
    ("footnote", re.compile(r"（注([0-9]+)）")),
)
"""What labels of each kind look like."""

TITLE_NAMES: Final = {"chapter": "章名", "section": "節名"}
"""What the title of a heading is called, where it isn't 「見出し」."""

_BRACKETS: Final = {"）": "（", "」": "「", "】": "【", "』": "『", "〕": "〔"}


def title_name(node: PrintedNode) -> str:
    """Returns what a heading's title is called: 「節名」."""
    return TITLE_NAMES.get(node.kind, "見出し")


def number_of(label: str) -> int:
    """Returns the number in a label: 2 for 「②」 and 「第2節」, 0 for 「別紙」."""
    if is_circled(label):
        return parse_counter("①", label) or 0
    digits = re.sub(r"[^0-9]", "", label)
    return int(digits) if digits else 0


def with_number(label: str, number: int) -> str:
    """Returns the label of the same kind with another number."""
    if is_circled(label):
        return format_counter("①", number)
    return re.sub(r"[0-9]+", str(number), label)


def is_circled(label: str) -> bool:
    """Returns whether a label is one of ①, ② …."""
    return len(label) == 1 and parse_counter("①", label) is not None


def kind_of(label: str) -> PrintedKind | None:
    """Returns of what kind a label is, None if it is no label."""
    return next((kind for kind, pattern in LABELS if pattern.fullmatch(label)), None)


def relative_address(node: PrintedNode) -> str:
    """Returns how a line is called where it is clear what it stands under."""
    if node.kind == "paragraph":
        return f"第{node.siblings.index(node) + 1}項目"
    if node.label:
        return node.label
    called = node.text if node.kind == "topic" else f"章「{node.text}」"
    alike = sum(not other.label and other.text == node.text for other in node.siblings)
    if alike == 1 and is_balanced(called):
        return called
    return f"{node.siblings.index(node) + 1}番目の見出し"


def address(node: PrintedNode) -> str:
    """Returns how a line is called anywhere."""
    assert node.parent is not None, "the root has no address"
    own = relative_address(node)
    unclear = own.endswith("番目の見出し") or (
        node.parent.kind == "annex" and own[0] in "0123456789"
    )
    linked = unclear or node.kind in ("paragraph", "footnote")
    above = "" if node.parent.kind == "root" else address(node.parent)
    return f"{above or '本文'}の{own}" if linked else above + own


def is_balanced(text: str, brackets: str = "「」（）【】『』〔〕") -> bool:
    """Returns whether each of the brackets that opens is closed, and in turn."""
    pending: list[str] = []
    for character in text:
        if character not in brackets:
            continue
        if character in _BRACKETS:
            if not pending or pending.pop() != _BRACKETS[character]:
                return False
        else:
            pending.append(character)
    return not pending


def runs(labels: list[str]) -> Iterator[list[str]]:
    """Yields stretches of labels of one kind, each one more than the one before."""
    run: list[str] = []
    for label in labels:
        if run and label != with_number(run[-1], number_of(run[-1]) + 1):
            yield run
            run = []
        run.append(label)
    if run:
        yield run


def enumeration(names: list[str]) -> str:
    """Returns names in a row: 「①、②及び③」."""
    return "及び".join(filter(None, ("、".join(names[:-1]), names[-1])))


def label_enumeration(labels: list[str]) -> str:
    """Returns labels in a row, three or more in sequence as a range: 「①及び③から⑤まで」."""
    names: list[str] = []
    for run in runs(labels):
        names += [f"{run[0]}から{run[-1]}まで"] if len(run) > 2 else run
    return enumeration(names)
