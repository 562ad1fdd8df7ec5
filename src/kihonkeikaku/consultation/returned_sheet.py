"""What came back of a sheet: each unit, and what nobody sent."""

from dataclasses import dataclass
from typing import Literal

from kihonkeikaku.consultation.segments import Segment
from kihonkeikaku.model.sheet import SheetRecord, SheetUnit
from kihonkeikaku.office.word_file import WordFile

ReturnedForm = Literal["kept", "removed", "added", "split", "joined", "moved", "lost"]
"""What became of a unit, its words aside."""


@dataclass(frozen=True, slots=True)
class ReturnedUnit:
    """One unit as it came back, or a paragraph that nobody sent: then ``unit`` is None.

    ``received`` is its text without the marks around it. ``tracked`` tells whether rejecting all
    changes gives what was sent. ``place`` is the unit before it, of what was added.
    """

    unit: SheetUnit | None
    form: ReturnedForm
    received: str
    tracked: bool
    segment: Segment | None
    doubtful: bool = False
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    place: SheetUnit | None = None


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """A whole file that came back. ``bookmarks`` tells whether it has those of its sheet."""

    label: str
    record: SheetRecord
    file: WordFile
    bookmarks: bool
    units: tuple[ReturnedUnit, ...]
    guides: tuple[ReturnedUnit, ...]

    @property
    def authors(self) -> tuple[str, ...]:
        """Who changed something, in the order in which they appear."""
        return tuple(dict.fromkeys(c.author for c in self.file.changes() if c.author))

    @property
    def characters(self) -> int:
        """How many characters the file has in both views together."""
        return count_characters(self.file)

    @property
    def characters_of_units(self) -> int:
        """How many of them lie in a unit, each segment counted once."""
        segments = (unit.segment for unit in (*self.units, *self.guides))
        counts = {id(segment): segment.characters for segment in segments if segment}
        return sum(counts.values())


def count_characters(file: WordFile) -> int:
    """Returns how many characters a file has in both views, counted span by span.

    Footnotes count in the views in which the text refers to them.
    """
    total = 0
    presences = {}
    for paragraph in file.paragraphs:
        for span in paragraph.spans:
            total += len(span.text) * (span.presence.rejected + span.presence.accepted)
            if span.note:
                presences[span.note] = span.presence
    for id, limit in presences.items():
        for paragraph in file.footnotes.get(id, ()):
            for span in paragraph.spans:
                before = span.presence.rejected and limit.rejected
                after = span.presence.accepted and limit.accepted
                total += len(span.text) * (before + after)
    return total
