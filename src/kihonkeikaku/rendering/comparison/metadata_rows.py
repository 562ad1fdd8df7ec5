"""What changed beside the text: fields of the edition, and the register of ministries."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from kihonkeikaku.diff import Change
from kihonkeikaku.diff.wording import Teller, field_name
from kihonkeikaku.rendering.comparison.table import ABSENT_NEW, ABSENT_OLD, Cell, Line, Piece, Row
from kihonkeikaku.rendering.comparison.underlining import Pair, merged, text_pair


def aside_rows(changes: Iterable[Change], teller: Teller) -> Iterator[Row]:
    """Yields one row for each field of the edition and each entry of the register that changed."""
    for subject, same in groupby(changes, key=_subject):
        of_subject = tuple(same)
        pairs = [_pair(change, teller) for change in of_subject]
        yield Row(
            new=Cell(tuple(_line(new, ABSENT_NEW) for _, new in pairs)),
            old=Cell(tuple(_line(old, ABSENT_OLD) for old, _ in pairs)),
            changes=of_subject,
            look=subject[0],
        )


def _subject(change: Change) -> tuple[str, str]:
    field = str(change.detail["field"]) if change.type == "edition" else ""
    return change.type, field or change.id or ""


def _line(pieces: tuple[Piece, ...], absent: str) -> Line:
    return Line("entry", pieces) if pieces else Line("aside", (Piece(absent),))


def _pair(change: Change, teller: Teller) -> Pair:
    detail: Any = change.detail
    match change.kind:
        case "added" | "removed":
            old, new = (place.text if place else "" for place in (change.old, change.new))
            return text_pair(old, new)
        case "ministry-renamed":
            return text_pair(detail["from"], detail["to"])
        case "ministry-succeeded":
            return text_pair("、".join(p["name"] for p in detail["from"]), detail["to"]["name"])
    return _field_pair(change, teller)


def _field_pair(change: Change, teller: Teller) -> Pair:
    detail: Any = change.detail
    field = detail["field"]
    of = f"{change.new.text}の" if change.type == "ministry" and change.new else ""
    name = Piece(f"{of}{field_name(field)}：")
    old, new = text_pair(teller.value(field, detail["old"]), teller.value(field, detail["new"]))
    return merged((name, *old)), merged((name, *new))
