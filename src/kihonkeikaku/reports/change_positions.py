"""Where a change stands in a plan's files: in those of the old edition if it is gone."""

from collections.abc import Mapping
from typing import Any

from kihonkeikaku.diff.change import ASSIGNMENT_KINDS, Change, PrintedPlace
from kihonkeikaku.loading.loader import Loaded
from kihonkeikaku.model.finding import PlanPath, Position
from kihonkeikaku.validation.linter import LoadedPair


class ChangeLocator:
    """Finds the positions of the changes between two editions."""

    def __init__(self, pair: LoadedPair) -> None:
        self._old, self._new = _EditionLocator(pair.old), _EditionLocator(pair.new)

    def find(self, change: Change) -> tuple[Position, bool]:
        """Returns where a change stands, and whether that is in the new edition."""
        if change.new:
            return self._new.find(change, change.new), True
        assert change.old is not None, "a change stands somewhere"
        return self._old.find(change, change.old), False


class _EditionLocator:
    def __init__(self, loaded: Loaded) -> None:
        self._positions = loaded.positions
        draft = loaded.draft
        self._headings: Mapping[str, PlanPath] = {h.id: path for path, h in draft.headings}
        self._register = {ministry.id: at for at, ministry in enumerate(draft.ministries)}

    def find(self, change: Change, place: PrintedPlace) -> Position:
        """Returns the position of what an edition prints at a place."""
        return self._positions.find(self._path(change, place))

    def _path(self, change: Change, place: PrintedPlace) -> PlanPath:
        match change.type:
            case "edition":
                return ("plan",)
            case "ministry":
                return "ministries", self._register.get(change.id or "", 0)
            case "paragraph":
                parent = place.parent or ""
                home = self._headings.get(parent, ("measures", parent))
                return (*home, "body", place.index or 0)
            case "measure" if not change.kind.startswith("reprint-"):
                return ("measures", change.id or "", *_within(change))
            case "measure":
                home = self._headings.get(place.parent or "", ())
                return (*home, "measures", place.index or 0)
        return self._headings.get(change.id or "", ("plan",))


def _within(change: Change) -> PlanPath:
    """Returns the path of what changed within a measure's file."""
    detail: Any = change.detail
    if change.kind == "reworded":
        clauses = detail.get("clauses")
        return ("clauses", clauses[0]["clause"], "text") if clauses else ("text",)
    if change.kind in ASSIGNMENT_KINDS:
        clause = detail.get("clause")
        return ("assignments",) if clause is None else ("clauses", clause, "assignments")
    return ()
