"""What came back, put into bins: against what was sent, and against the plan as it is now."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from kihonkeikaku.consultation.present_units import PresentUnit, PresentUnits
from kihonkeikaku.consultation.returned_sheet import ReturnedSheet, ReturnedUnit
from kihonkeikaku.consultation.unit_edits import TextPlaces, UntakeableError, take
from kihonkeikaku.diff.redline import Redline, redline_text
from kihonkeikaku.drafting.editable_yaml import EditableYaml
from kihonkeikaku.drafting.plan_edit import PlanEdit
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.sheet import SheetUnit

UnitBin = Literal[
    "same",
    "take",
    "already",
    "conflict",
    "between-ministries",
    "removed",
    "added",
    "split",
    "joined",
    "moved",
    "untracked",
    "lost",
    "doubtful",
]

BIN_NAMES: Final[dict[UnitBin, str]] = {
    "conflict": "競合（送ったあと、計画も変わっています）",
    "between-ministries": "府省庁の間の食い違い",
    "untracked": "変更履歴のない変更",
    "doubtful": "要確認",
    "removed": "削除",
    "added": "追加",
    "split": "分割",
    "joined": "結合",
    "moved": "移動",
    "lost": "所在不明",
    "take": "取り込める変更",
    "already": "反映済み",
    "same": "変更なし",
}
"""The bins in the order in which a person looks at them, and what they are called."""

CALM_BINS: Final[frozenset[UnitBin]] = frozenset({"same", "take", "already"})
"""Where all units are in these, nobody has to decide anything."""


@dataclass(frozen=True, slots=True)
class BinnedUnit:
    """One unit of one ministry's answer, or of several that say the same, in its bin.

    ``sent``, ``received`` and ``now`` are texts without numbers and marks; None where there is
    none. ``reason`` says what a person has to know; ``place`` after which text an added one stands.
    """

    bin: UnitBin
    unit: SheetUnit | None
    ministries: tuple[str, ...]
    sent: str | None
    received: str | None
    now: str | None
    tracked: bool
    comments: tuple[str, ...]
    file: str | None
    reason: str = ""
    place: SheetUnit | None = None
    authors: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    present: PresentUnit | None = None

    @property
    def handle(self) -> str | None:
        """What ``--take`` names it by: its id, or that of what it stands under and its place."""
        if self.unit is None:
            return None
        place = f"#{self.unit.index + 1}"
        if self.unit.type == "footnote":
            return f"{self.unit.id or self.unit.parent}#注{self.unit.index + 1}"
        if self.unit.type == "reprint":
            return f"{self.unit.parent}#再掲{self.unit.index + 1}"
        return self.unit.id or (self.unit.parent or self.unit.type) + place

    @property
    def redline(self) -> Redline:
        """What was sent, with what came back marked in it."""
        old, new = self.sent or "", self.received or ""
        return redline_text(old, new) if old or new else ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """All that came back, in bins, in the order of the plan; and the proof's two counts."""

    sheets: tuple[ReturnedSheet, ...]
    units: tuple[BinnedUnit, ...]
    characters: int
    in_bins: int

    @property
    def summary(self) -> dict[UnitBin, int]:
        """How many units are in each bin that has any."""
        counts = Counter(unit.bin for unit in self.units)
        return {bin: counts[bin] for bin in BIN_NAMES if counts[bin]}

    @property
    def is_calm(self) -> bool:
        """Whether nobody has to decide anything."""
        return all(unit.bin in CALM_BINS for unit in self.units)


def sort_into_bins(sheets: Sequence[ReturnedSheet], edit: PlanEdit) -> Receipt:
    """Puts each unit of some answers into a bin.

    Args:
        sheets: what came back.
        edit: the plan's files as they are now; nothing is changed in them.

    Raises:
        CommandError: the plan has errors.
    """
    document = number(edit.draft.plan())
    known = frozenset(ministry.name for ministry in document.ministries)
    binner = _Binner(edit, document, known)
    binned = [binner.bin(sheet, unit) for sheet in sheets for unit in sheet.units]
    characters = sum(sheet.characters for sheet in sheets)
    in_bins = sum(sheet.characters_of_units for sheet in sheets)
    return Receipt(tuple(sheets), tuple(_merge(binned)), characters, in_bins)


class _Binner:
    """Knows the plan as it is now, and how it would be edited."""

    def __init__(self, edit: PlanEdit, document: Document, known: frozenset[str]) -> None:
        self._edit, self._document, self._known = edit, document, known
        self._places = TextPlaces(edit)
        self._present: dict[str, PresentUnits] = {}
        self._texts = {t for line in document.lines() for t in (line.text, line.body)}

    def bin(self, sheet: ReturnedSheet, returned: ReturnedUnit) -> BinnedUnit:
        """Returns one unit of one sheet in its bin."""
        changes = returned.segment.changes if returned.segment else ()
        present = self._find(sheet, returned)
        binned = BinnedUnit(
            "same",
            returned.unit,
            (sheet.record.ministry or sheet.label,),
            returned.unit.text if returned.unit else None,
            returned.received if returned.form not in ("removed", "lost") else None,
            present.text if present else None,
            returned.tracked,
            returned.comments,
            self._file(present) if present else None,
            "".join(f"{note}。" for note in returned.notes),
            returned.place,
            tuple(dict.fromkeys(change.author for change in changes if change.author)),
            tuple(sorted({change.date[:10] for change in changes if change.date})),
            present,
        )
        if returned.unit is None:
            sent = {text for unit in sheet.record.units for text in (unit.printed, unit.text)}
            is_there = returned.received in self._texts - sent
            return replace(binned, bin="already" if is_there else "added")
        return self._compared(binned, returned)

    def _find(self, sheet: ReturnedSheet, returned: ReturnedUnit) -> PresentUnit | None:
        """Returns what the plan has now of a unit."""
        if returned.unit is None:
            return None
        if sheet.record.sheet not in self._present:
            self._present[sheet.record.sheet] = PresentUnits(self._document, sheet.record.units)
        return self._present[sheet.record.sheet].find(returned.unit)

    def _compared(self, binned: BinnedUnit, returned: ReturnedUnit) -> BinnedUnit:
        """Returns a unit in its bin: what came back against what was sent and what is there now."""
        form = returned.form
        if returned.doubtful:
            return replace(binned, bin="doubtful", reason=_NO_BOOKMARK)
        if form == "kept" and binned.received == binned.sent:
            silent = replace(binned, reason=binned.reason + _SILENTLY_BACK)
            return binned if returned.tracked else silent
        if form in ("kept", "removed") and binned.received == binned.now:
            return replace(binned, bin="already")
        if form != "lost" and binned.now != binned.sent:
            return replace(binned, bin="conflict")
        if form == "kept":
            return self._takeable(binned) if returned.tracked else replace(binned, bin="untracked")
        return replace(binned, bin=_FORM_BINS[form])

    def _takeable(self, binned: BinnedUnit) -> BinnedUnit:
        """Returns a change as one to be taken in, or as doubtful if the program can't."""
        assert binned.present and binned.received is not None, "it is in the plan and came back"
        try:
            place = self._places.find(binned.present)
            scratch = EditableYaml(place.file, self._edit.read(place.file))
            take(scratch, place.path, binned.present, binned.received, self._known)
        except UntakeableError as error:
            return replace(binned, bin="doubtful", reason=f"{binned.reason}{error}")
        return replace(binned, bin="take")

    def _file(self, present: PresentUnit) -> str | None:
        try:
            return self._edit.display_name(self._places.find(present).file)
        except UntakeableError:
            return None


_NO_BOOKMARK: Final = "しおり（ブックマーク）が失われているため、文から推し量りました。"
_SILENTLY_BACK: Final = "変更履歴を戻すと、送った文になりません。"
_FORM_BINS: Final[dict[str, UnitBin]] = {
    "removed": "removed",
    "split": "split",
    "joined": "joined",
    "moved": "moved",
    "lost": "lost",
}


def _merge(binned: Iterable[BinnedUnit]) -> Iterator[BinnedUnit]:
    """Yields one for each unit, or one for each of several answers that differ."""
    groups: dict[object, list[BinnedUnit]] = defaultdict(list)
    for at, one in enumerate(binned):
        unit = one.unit
        key = (unit.type, unit.id, unit.parent, unit.index, unit.text) if unit else at
        groups[key].append(one)
    for answers in groups.values():
        changed = [one for one in answers if one.bin != "same"]
        if not changed:
            yield _as_one(answers)
            continue
        alike: dict[tuple[bool, str | None, bool], list[BinnedUnit]] = defaultdict(list)
        for one in changed:
            alike[one.bin == "lost", one.received, one.bin in _FORM_BINS.values()].append(one)
        answered = sum(not is_lost for is_lost, *_ in alike)
        for same in alike.values():
            one = _as_one(same)
            differs = answered > 1 and one.bin != "lost"
            yield replace(one, bin="between-ministries") if differs else one


def _as_one(answers: Sequence[BinnedUnit]) -> BinnedUnit:
    first = answers[0]
    if len(answers) == 1:
        return first
    return replace(
        first,
        ministries=tuple(dict.fromkeys(m for one in answers for m in one.ministries)),
        comments=tuple(dict.fromkeys(c for one in answers for c in one.comments)),
        authors=tuple(dict.fromkeys(a for one in answers for a in one.authors)),
        dates=tuple(sorted({d for one in answers for d in one.dates})),
        tracked=all(one.tracked for one in answers),
    )
