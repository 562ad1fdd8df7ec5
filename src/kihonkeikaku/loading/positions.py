"""Where everything that a plan says stands in its files: by path, beside the model."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kihonkeikaku.loading.yaml_parser import LineColumn
from kihonkeikaku.model.finding import PlanPath, Position


@dataclass(frozen=True, slots=True)
class FilePositions:
    """Where the values and keys of one file begin, by their paths within it.

    ``file`` is its name as messages show it.
    """

    file: str
    values: Mapping[PlanPath, LineColumn] = field(default_factory=dict)
    keys: Mapping[PlanPath, LineColumn] = field(default_factory=dict)


@dataclass(slots=True)
class PositionMap:
    """Where everything stands; ``values`` holds what each file says by the path of its root.

    A ``Position`` is made when one is asked for: of all that a plan says, little is at fault.
    """

    label: str
    values: dict[PlanPath, FilePositions] = field(default_factory=dict)

    def of(self, path: PlanPath, *, at_key: bool = False) -> Position:
        """Returns where ``path`` stands, or where the nearest thing around it does."""
        root = self._root(path)
        places = self.values.get(root)
        if not places:
            return Position(self.label)
        within = path[len(root) :]
        if at_key and within in places.keys:
            return Position(places.file, *places.keys[within])
        while within and within not in places.values:
            within = within[:-1]
        # What can be said only of the file as a whole is said at its beginning.
        return Position(places.file, *places.values[within]) if within else Position(places.file)

    def file_of(self, path: PlanPath) -> str:
        """Returns the file that ``of`` finds ``path`` in."""
        places = self.values.get(self._root(path))
        return places.file if places else self.label

    def _root(self, path: PlanPath) -> PlanPath:
        return next((path[:end] for end in (2, 1) if path[:end] in self.values), ())
