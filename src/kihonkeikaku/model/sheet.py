"""The record of a sheet: what was sent to a ministry, unit by unit, frozen.

Beside each sheet that goes out, the plan keeps this record of it: by it alone is known, when the
sheet comes back, which bookmark is which unit, and what was sent.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from kihonkeikaku.errors import CommandError

SHEET_FORMAT: Final = 1
"""The version of the record's form."""

_ADVICE: Final = "送った紙の控えは書き換えず、git などから元のファイルを戻してください。"


class DamagedSheetError(CommandError):
    """A record that can't be trusted: ``str()`` is the reason, ``hint`` the advice."""

    hint = _ADVICE


@dataclass(frozen=True, slots=True)
class SheetUnit:
    """One line of the plan as it was sent.

    ``bookmark`` is the name in the file. ``type`` is the line's kind, ``reprint`` for a measure
    that is printed again, ``guide`` for what is no part of the plan. ``id``, ``parent`` and
    ``index`` are the line's. ``head`` and ``tail`` are what is printed around ``text`` but is no
    part of it: a number, ・, a note's brackets. ``notes`` are the texts of its footnotes.
    """

    bookmark: str
    type: str
    id: str | None
    parent: str | None
    index: int
    head: str
    text: str
    tail: str = ""
    notes: tuple[str, ...] = ()

    @property
    def printed(self) -> str:
        """The whole line as it was sent."""
        return self.head + self.text + self.tail


@dataclass(frozen=True, slots=True)
class SheetRecord:
    """What one sheet holds: for whom, of which plan, and its units in order.

    ``sheet`` is its id, ``plan`` the hash of the plan, ``edition`` the id of its edition;
    ``ministry`` the printed name of the ministry, empty for a sheet of the whole plan.
    """

    sheet: str
    kind: str
    edition: str
    plan: str
    ministry: str
    units: tuple[SheetUnit, ...]

    def file(self) -> bytes:
        """Returns the record's file: a unit a line, and the hash of it all at the end."""
        head = {
            "format": SHEET_FORMAT,
            "sheet": self.sheet,
            "kind": self.kind,
            "edition": self.edition,
            "plan": self.plan,
            "ministry": self.ministry,
        }
        lines = ",\n".join(f"  {_json(asdict(unit))}" for unit in self.units)
        members = "".join(f" {_json(key)}: {_json(value)},\n" for key, value in head.items())
        sha256 = _json(_hash(head, [asdict(unit) for unit in self.units]))
        return f'{{\n{members} "units": [\n{lines}\n ],\n "sha256": {sha256}\n}}\n'.encode()


def read_sheet_record(content: bytes) -> SheetRecord:
    """Reads a record.

    Raises:
        DamagedSheetError: it is none, or was changed after it was written.
    """
    try:
        data: dict[str, Any] = json.loads(content.decode("utf-8"))
        units, sha256 = data.pop("units"), data.pop("sha256")
        if data.pop("format") != SHEET_FORMAT:
            raise DamagedSheetError(
                "送った紙の控えが、この版の kihonkeikaku では読めない形式です。"
            )
        if _hash({"format": SHEET_FORMAT, **data}, units) != sha256:
            raise DamagedSheetError("送った紙の控えが、後から書き換えられています。")
        read = tuple(SheetUnit(**{**unit, "notes": tuple(unit["notes"])}) for unit in units)
        return SheetRecord(units=read, **data)
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        raise DamagedSheetError("送った紙の控えとして読めません。") from error


def sheet_id(plan: str, kind: str, ministry: str) -> str:
    """Returns the id of a sheet: the same for the same plan, kind and ministry."""
    return _hash({"plan": plan, "kind": kind, "ministry": ministry}, [])[:12]


def _hash(head: Mapping[str, object], units: object) -> str:
    content = json.dumps([head, units], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
