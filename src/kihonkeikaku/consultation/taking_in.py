"""``receive --take``: units taken into the plan's files, if the plan says then what came back."""

from collections.abc import Sequence
from dataclasses import dataclass

from kihonkeikaku.consultation.bins import BIN_NAMES, BinnedUnit, Receipt
from kihonkeikaku.consultation.unit_edits import TextPlaces, UntakeableError, take
from kihonkeikaku.consultation.units import line_unit
from kihonkeikaku.drafting.plan_edit import PlanEdit
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.loader import load_folder
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.sheet import SheetUnit
from kihonkeikaku.system.terminal import escape_unprintable

ALL_CLEAN = "all-clean"
"""Stands for all units that can be taken without anybody's having to decide."""

_BY_NAME = ("take", "untracked")
"""The bins of units that can be taken by their names."""


@dataclass(frozen=True, slots=True)
class TakenUnits:
    """What was taken, and what the commit's message says of it."""

    units: tuple[BinnedUnit, ...]

    def commit_message(self) -> str:
        """Returns who wrote it, when, and what it is: a text for the commit."""
        ministries = tuple(dict.fromkeys(m for unit in self.units for m in unit.ministries))
        authors = tuple(dict.fromkeys(a for unit in self.units for a in unit.authors))
        dates = sorted({date for unit in self.units for date in unit.dates})
        lines = [f"協議の回答を反映（{'、'.join(ministries)}）", ""]
        if authors:
            when = "" if not dates else f"（{dates[0]}）"
            if len(dates) > 1:
                when = f"（{dates[0]}～{dates[-1]}）"
            lines.append(f"記入：{escape_unprintable('、'.join(authors))}{when}")
        lines += [f"- {unit.handle}" for unit in self.units]
        return "\n".join(lines) + "\n"


def take_units(receipt: Receipt, edit: PlanEdit, names: Sequence[str]) -> TakenUnits:
    """Edits the plan's files, in memory, so that they say what came back of some units.

    Args:
        receipt: what came back.
        edit: the plan's files.
        names: ``all-clean``, or units by their handles.

    Raises:
        CommandError: a unit can't be taken, or the plan would not say what came back.
    """
    units = tuple(_selected(receipt, names))
    before = number(edit.draft.plan())
    known = frozenset(ministry.name for ministry in before.ministries)
    places = TextPlaces(edit)
    for unit in units:
        if unit.present is None or unit.received is None:
            raise CommandError(f"「{unit.handle}」は計画にないため、取り込めません。")
        try:
            place = places.find(unit.present)
            take(edit.yaml(place.file), place.path, unit.present, unit.received, known)
        except UntakeableError as error:
            raise CommandError(f"「{unit.handle}」を取り込めません。{error}") from error
    if units:
        edit.new_findings()
        _require_taken(before, number(load_folder(edit.edited_folder()).draft.plan()), units)
    return TakenUnits(units)


def _selected(receipt: Receipt, names: Sequence[str]) -> list[BinnedUnit]:
    wanted = [name.strip() for listed in names for name in listed.split(",") if name.strip()]
    selected = [u for u in receipt.units if u.bin == "take"] if ALL_CLEAN in wanted else []
    for name in dict.fromkeys(wanted):
        if name == ALL_CLEAN:
            continue
        found = [unit for unit in receipt.units if unit.handle == name]
        changed = [unit for unit in found if unit.bin not in ("same", "already")]
        if not found:
            raise CommandError(
                f"「{name}」は、返ってきた紙にありません。一覧にある名前を書いてください。"
            )
        for unit in changed:
            if unit.bin not in _BY_NAME:
                reason = f"「{BIN_NAMES[unit.bin]}」なので"
                raise CommandError(f"「{name}」は{reason}、手で直してください。{unit.reason}")
        selected += [unit for unit in changed if unit not in selected]
    return selected


def _require_taken(before: Document, after: Document, units: Sequence[BinnedUnit]) -> None:
    """Checks that the units, and nothing else but numbers, say something else than before.

    Raises:
        CommandError: the plan would not say what came back.
    """
    expected = [list(_texts(line_unit(line))) for line in before.lines() if line.kind != "footnote"]
    lines = [line for line in before.lines() if line.kind != "footnote"]
    at = {(line.kind, line.anchor, line.parent, line.index): n for n, line in enumerate(lines)}
    reprints: dict[str | None, list[int]] = {}
    for index, line in enumerate(lines):
        if line.variant == "reprint":
            reprints.setdefault(line.id, []).append(index)
    for unit in units:
        assert unit.present is not None and unit.received is not None, "they were taken"
        line = unit.present.line
        place = at[line.kind, line.anchor, line.parent, line.index]
        expected[place][0 if unit.present.note is None else unit.present.note + 1] = unit.received
        for index in reprints.get(line.id, ()) if line.kind == "measure" else ():
            expected[index] = []  # follows its original
    found = [list(_texts(line_unit(line))) for line in after.lines() if line.kind != "footnote"]
    if len(found) != len(expected) or any(
        one and one != other for one, other in zip(expected, found, strict=True)
    ):
        raise CommandError(
            "取り込むと、計画が返ってきた文のとおりにならないため、何も書き換えませんでした。"
        )


def _texts(unit: SheetUnit) -> tuple[str, ...]:
    return (unit.text, *unit.notes)
