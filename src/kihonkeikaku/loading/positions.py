"""The positions of a plan's values in its files, by path: kept beside the models."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kihonkeikaku.loading.source import LineColumn
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
    """Finds the position of any path of a plan. ``files`` holds each file by its root path.

    Positions are made on request: few of a plan's values are ever reported.
    """

    label: str
    files: dict[PlanPath, FilePositions] = field(default_factory=dict)

    def find(self, path: PlanPath, *, at_key: bool = False) -> Position:
        """Returns the position of ``path``, or of the nearest value around it."""
        root = self._root(path)
        file = self.files.get(root)
        if not file:
            return Position(self.label)
        within = path[len(root) :]
        if at_key and within in file.keys:
            return Position(file.file, *file.keys[within])
        while within and within not in file.values:
            within = within[:-1]
        # What concerns the file as a whole is reported at its beginning.
        return Position(file.file, *file.values[within]) if within else Position(file.file)

    def file_of(self, path: PlanPath) -> str:
        """Returns the file that ``find`` finds ``path`` in."""
        file = self.files.get(self._root(path))
        return file.file if file else self.label

    def _root(self, path: PlanPath) -> PlanPath:
        return next((path[:end] for end in (2, 1) if path[:end] in self.files), ())
