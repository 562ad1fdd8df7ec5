"""What a plan's files said when an edition was made from them: they need not be read again.

Reading a large plan takes longer than running all rules over it. What its files said stands in the
edition's own record of the plan, and by its hash a file is known to be the one that was read.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Final, Self

from pydantic import ValidationError

from kihonkeikaku.loading.loader import Loaded
from kihonkeikaku.loading.source import CHAPTERS, MEASURES, Entry, Opened, Tree
from kihonkeikaku.model.plan import Chapter, Measure, Model, Plan


class _Record(Model):
    """An edition's record, which is read here only where this program is known to have made it."""

    format: int
    sha256: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class ReadBefore:
    """Chapters and measures of a sound plan, and the files that said them and nothing else.

    ``sources`` are these files' hashes, ``said`` what they said by their folder and stem.
    """

    sources: Set[str] = frozenset()
    said: Mapping[tuple[str, str], Chapter | Measure] = field(default_factory=dict)

    @classmethod
    def of(cls, sources: Set[str], record: bytes) -> Self:
        """Returns what a record says that files of these hashes said.

        Args:
            sources: what ``sources_of`` gave when the record was made.
            record: ``plan.json``, known to be, byte for byte, what was written then.
        """
        try:
            plan = _Record.model_validate_json(record).plan
        except ValidationError:  # somebody forged the ledger; the files are read as ever
            return cls()
        said: dict[tuple[str, str], Chapter | Measure] = {}
        said |= {(CHAPTERS, chapter.id): chapter for chapter in plan.chapters}
        said |= {(MEASURES, measure.id): measure for measure in plan.measures}
        return cls(sources, said)

    def by(self, entry: Entry) -> Chapter | Measure | None:
        """Returns what a file said, if it is one that was read before."""
        if entry.sha256 not in self.sources:
            return None
        return self.said.get((entry.folder, entry.stem))


NOTHING_READ: Final = ReadBefore()


def sources_of(opened: Opened, loaded: Loaded) -> frozenset[str]:
    """Returns the hashes of the files of a sound plan that said what its record says, and no more.

    A file with a waiver says more: whoever reads the plan again has to know of it.
    """
    if not isinstance(opened, Tree):
        return frozenset()
    waiving = {waiver.position.file for waiver in loaded.waivers}
    told = (entry for entry in opened.entries if entry.folder in (CHAPTERS, MEASURES))
    silent = (entry for entry in told if opened.display(entry.name) not in waiving)
    return frozenset(entry.sha256 for entry in silent if isinstance(entry.content, bytes))
