"""How an amendment names a place: 「第3章第1節(2)②」, 「第1章（AIイノベーション）の第2項目」.

Labels are as printed. A line without a label is named by its title, or, where that would be
ambiguous, by its place.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from kihonkeikaku.amendment.label_forms import LabelForms
from kihonkeikaku.amendment.printed_edition import PrintedNode

_NAMED_HEADING: Final = re.compile("第.+([編部章節款目])")

_TITLE_BRACKETS: Final = dict(zip("（【『〔＜〈《［([<", "）】』〕＞〉》］)]>", strict=True))
"""What a kind of heading may print around titles; 「」 is left to quotations."""

_BRACKETS: Final = {"）": "（", "」": "「", "】": "【", "』": "『", "〕": "〔"}


def title_name(node: PrintedNode) -> str:
    """Returns what a heading's title is called: 「節名」 by its label, or 「見出し」."""
    named = _NAMED_HEADING.fullmatch(node.label)
    return f"{named[1]}名" if named else "見出し"


def called_by_title(node: PrintedNode) -> str | None:
    """Returns how a heading without a number of its own is called by its title.

    Returns:
        None if its label says which it is.
    """
    if is_labelled(node):
        return None
    if _is_enclosed(node.text):
        return node.text
    chapter = node.parent is not None and node.parent.kind == "root"
    return f"{'章' if chapter else '項'}「{node.text}」"


def _is_enclosed(text: str) -> bool:
    """Returns whether one pair of brackets stands around a text, and not only at its ends."""
    opening, closing = text[:1], _TITLE_BRACKETS.get(text[:1])
    if closing is None:
        return False
    depths = accumulate((one == opening) - (one == closing) for one in text)
    return next((at for at, depth in enumerate(depths) if depth == 0), None) == len(text) - 1


def is_labelled(node: PrintedNode) -> bool:
    """Returns whether a line has a label that no other line beside it has."""
    if not node.label or node.parent is None:
        return bool(node.label)
    if not node.labels.are_alike and node.label not in node.labels.uncounted:
        return True
    beside = (*node.parent.measures, *node.parent.sections, *node.parent.footnotes)
    return sum(other.label == node.label for other in beside) == 1


def relative_address(node: PrintedNode) -> str:
    """Returns how a line is called where it is clear what it stands under."""
    if node.kind == "paragraph":
        return f"第{node.siblings.index(node) + 1}項目"
    called = called_by_title(node)
    if called is None:
        return node.label
    if node.kind == "measure":
        return f"{node.siblings.index(node) + 1}番目の取組"
    alike = sum(other.text == node.text for other in node.siblings if not is_labelled(other))
    if alike == 1 and is_balanced(called):
        return called
    return f"{node.siblings.index(node) + 1}番目の見出し"


def address(node: PrintedNode) -> str:
    """Returns how a line is called anywhere."""
    assert node.parent is not None, "the root has no address"
    own = relative_address(node)
    above = "" if node.parent.kind == "root" else address(node.parent)
    unclear = own.endswith(("番目の見出し", "番目の取組")) or (
        own == node.label and own[0].isalnum() and own[0] != "第" and _runs_on(node.parent, above)
    )
    linked = unclear or node.kind in ("paragraph", "footnote")
    return f"{above or '本文'}の{own}" if linked else above + own


def _runs_on(parent: PrintedNode, above: str) -> bool:
    """Returns whether a number that follows an address might seem to be part of it."""
    last = above[-1:]
    return parent.kind == "annex" or last in (".", "．") or (last.isalnum() and last not in "章節")


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


def runs(names: list[str], labels: LabelForms) -> Iterator[list[str]]:
    """Yields stretches of labels of one kind, each one more than the one before."""
    run: list[str] = []
    for label in names:
        if run and label != labels.with_number(run[-1], labels.number_of(run[-1]) + 1):
            yield run
            run = []
        run.append(label)
    if run:
        yield run


def enumeration(names: list[str]) -> str:
    """Returns names in a row: 「①、②及び③」."""
    return "及び".join(filter(None, ("、".join(names[:-1]), names[-1])))


def label_enumeration(names: list[str], labels: LabelForms) -> str:
    """Returns labels in a row, three or more in sequence as a range: 「①及び③から⑤まで」."""
    said: list[str] = []
    for run in runs(names, labels):
        said += [f"{run[0]}から{run[-1]}まで"] if len(run) > 2 else run
    return enumeration(said)
