"""A Word file that came back → what became of each unit that was sent, by its bookmark.

Where a bookmark is lost, the same text, or a similar one in the same order, is offered for the
unit, marked as doubtful. What no unit answers to was added.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from kihonkeikaku.consultation.moves import mark_moves
from kihonkeikaku.consultation.printed_marks import strip_marks
from kihonkeikaku.consultation.returned_sheet import ReturnedForm, ReturnedSheet, ReturnedUnit
from kihonkeikaku.consultation.segments import Segment, find_segments, note_segments
from kihonkeikaku.consultation.text_matching import match_texts
from kihonkeikaku.model.sheet import SheetRecord, SheetUnit
from kihonkeikaku.office.word_file import NOTE_MARK, WordFile
from kihonkeikaku.text.similarity import similarity

_SAME_WITH_TAIL: Final = 0.9
"""Least similarity of two paragraphs, put together, to the one unit that was split into them."""
_CONTAINED: Final = 0.5
"""Least part of a unit's characters that a paragraph has of it, if two were joined in it."""


def read_returned_sheet(file: WordFile, record: SheetRecord, label: str) -> ReturnedSheet:
    """Returns what became of each unit of a sheet.

    Args:
        file: what came back.
        record: what was sent.
        label: how the user named the file.
    """
    matcher = _Matcher(file, record)
    units = matcher.units()
    return ReturnedSheet(
        label,
        record,
        file,
        matcher.has_bookmarks,
        tuple(u for u in units if not (u.unit and u.unit.type == "guide")),
        tuple(u for u in units if u.unit and u.unit.type == "guide"),
    )


@dataclass(slots=True)
class _Group:
    """A segment, or several that belong together, with the units that it is of."""

    segment: Segment
    units: list[SheetUnit] = field(default_factory=list)
    doubtful: bool = False

    @property
    def text(self) -> str:
        """What it says before the changes; of what was not there before, what it says now."""
        return "".join(self.segment.rejected_texts or self.segment.accepted_texts)


class _Matcher:
    """Finds the unit of each segment of a file."""

    def __init__(self, file: WordFile, record: SheetRecord) -> None:
        self._file = file
        self._sent = {unit.bookmark: unit for unit in record.units}
        self._order = {unit.bookmark: at for at, unit in enumerate(record.units)}
        self._notes = note_segments(file)
        self._groups = [_Group(segment) for segment in find_segments(file.paragraphs)]
        names = {name for paragraph in file.paragraphs for name in paragraph.bookmarks}
        self.has_bookmarks = not names.isdisjoint(self._sent)

    def units(self) -> list[ReturnedUnit]:
        """Returns all units, and what was added, in the order of the file; lost ones last."""
        self._match_bookmarks()
        self._join_split_tails()
        self._match_texts()
        returned = list(self._returned())
        returned = mark_moves(returned, self._order)
        found = {u.unit.bookmark for u in returned if u.unit}
        lost = [unit for name, unit in self._sent.items() if name not in found]
        returned += [ReturnedUnit(unit, "lost", "", tracked=False, segment=None) for unit in lost]
        return [*returned, *self._returned_notes(returned)]

    def _match_bookmarks(self) -> None:
        owners = self._owners()
        for group in self._groups:
            for at, paragraph in enumerate(group.segment.rejected):
                named = [n for n in group.segment.bookmarks[at] if n in self._sent]
                named = [n for n in named if owners[n] is group]
                texts = {n: self._sent[n].printed for n in named}
                for name in _contained(paragraph.text, texts):
                    if self._sent[name] not in group.units:
                        group.units.append(self._sent[name])

    def _owners(self) -> dict[str, _Group]:
        """Returns the group of each bookmark; of several, the one that is likest to the unit."""
        holders: dict[str, list[_Group]] = defaultdict(list)
        for group in self._groups:
            for name in dict.fromkeys(n for names in group.segment.bookmarks for n in names):
                holders[name].append(group)
        owners = {}
        for name, groups in holders.items():
            if len(groups) == 1:  # as nearly all have
                owners[name] = groups[0]
                continue
            sent = self._sent[name].printed if name in self._sent else ""
            exact = [g for g in groups if sent in g.segment.rejected_texts]
            likest = max(groups, key=lambda group: similarity(group.text, sent))
            owners[name] = exact[0] if exact else likest
        return owners

    def _join_split_tails(self) -> None:
        """Joins a paragraph without a bookmark to the one that it was split off from, untracked."""
        joined: list[_Group] = []
        for group in self._groups:
            before = joined[-1] if joined else None
            if before and not before.units and self._completes(group, before, after=False):
                group.segment = before.segment + group.segment
                joined[-1] = group
            elif before and not group.units and self._completes(before, group, after=True):
                before.segment += group.segment
            else:
                joined.append(group)
        self._groups = joined

    def _completes(self, group: _Group, other: _Group, *, after: bool) -> bool:
        """Whether a unit is what two paragraphs say together, and not what one says alone."""
        alone, added = group.text, other.text
        if len(group.units) != 1 or not added or not alone:
            return False
        sent = group.units[0].printed
        whole = alone + added if after else added + alone
        if alone == sent or not (
            sent.endswith(added[-4:]) if after else sent.startswith(added[:4])
        ):
            return False
        likeness = similarity(whole, sent)
        return likeness >= _SAME_WITH_TAIL and likeness > similarity(alone, sent)

    def _match_texts(self) -> None:
        """Matches paragraphs without a bookmark to units without one: the same text, similar."""
        taken = {unit.bookmark for group in self._groups for unit in group.units}
        units = [unit for name, unit in self._sent.items() if name not in taken]
        groups = [g for g in self._groups if not g.units and g.segment.rejected_texts]
        if not units or not groups:
            return
        texts = ["".join(group.segment.rejected_texts) for group in groups]
        sent = [unit.printed for unit in units]
        for i, j in match_texts(sent, texts).items():
            groups[j].units.append(units[i])
            groups[j].doubtful = True

    def _returned(self) -> Iterator[ReturnedUnit]:
        place: SheetUnit | None = None
        for group in self._groups:
            if group.units:
                place = group.units[-1]
                yield from self._of_units(group)
            elif group.segment.characters:
                yield self._added(group, place)

    def _added(self, group: _Group, place: SheetUnit | None) -> ReturnedUnit:
        segment = group.segment
        received = "\n".join(segment.accepted_texts)
        tracked = not segment.rejected_texts
        comments = self._comments(segment)
        if not received:  # nobody sent it, and it is deleted: text of an earlier file
            received = "\n".join(segment.rejected_texts)
        return ReturnedUnit(
            None, "added", received, tracked, segment, comments=comments, place=place
        )

    def _of_units(self, group: _Group) -> Iterator[ReturnedUnit]:
        segment = group.segment
        rejected, accepted = segment.rejected_texts, segment.accepted_texts
        tracked = _bodies(group.units, rejected) == [unit.text for unit in group.units]
        form: ReturnedForm = "kept"
        if not accepted:
            form = "removed"
        elif len(group.units) > 1:
            form = "joined" if len(accepted) < len(group.units) else "split"
        elif len(accepted) > 1:
            form = "split"
        for unit in group.units:
            notes: tuple[str, ...] = ()
            received = "\n".join(accepted)
            if len(group.units) == 1 and accepted:
                first, is_marked = strip_marks(unit, received)
                received = first
                notes = () if is_marked else _MARKS_IGNORED
            yield ReturnedUnit(
                unit,
                form,
                received,
                tracked,
                segment,
                group.doubtful,
                notes,
                self._comments(segment),
            )

    def _comments(self, segment: Segment) -> tuple[str, ...]:
        found = (self._file.comments.get(id) for id in segment.comments)
        return tuple(f"{c.author}：{c.text}" if c.author else c.text for c in found if c)

    def _returned_notes(self, returned: Sequence[ReturnedUnit]) -> Iterator[ReturnedUnit]:
        """Yields the footnotes: they belong to the place, in their unit, where their number was."""
        used = set[str]()
        for host in returned:
            if host.segment is None or not host.unit:
                continue
            spans = [s for p in host.segment.rejected for _, s in p.spans if s.note]
            for index, sent in enumerate(host.unit.notes):
                segment = self._notes.get(spans[index].note) if index < len(spans) else None
                unit = note_unit(host.unit, index, sent)
                if segment is None or spans[index].note in used:
                    yield ReturnedUnit(unit, "lost", "", tracked=False, segment=None)
                    continue
                used.add(spans[index].note)
                yield _returned_note(unit, segment, host)
        for id, segment in self._notes.items():
            if id not in used and segment.characters:
                text = "\n".join(segment.accepted_texts or segment.rejected_texts)
                body = text.lstrip(f"{NOTE_MARK} \t　")
                yield ReturnedUnit(None, "added", body, not segment.rejected_texts, segment)


_MARKS_IGNORED: Final = ("番号や「・」などの違いは読み飛ばしました",)


def note_unit(host: SheetUnit, index: int, text: str) -> SheetUnit:
    """Returns a footnote of a unit as a unit of its own."""
    head = f"{NOTE_MARK}　"
    return SheetUnit(
        f"{host.bookmark}n{index}", "footnote", host.id, host.parent, index, head, text
    )


def _returned_note(unit: SheetUnit, segment: Segment, host: ReturnedUnit) -> ReturnedUnit:
    before, after = ("".join(t) for t in (segment.rejected_texts, segment.accepted_texts))
    bodies = [strip_marks(unit, text)[0].strip() for text in (before, after)]
    form: ReturnedForm = "kept" if after else "removed"
    return ReturnedUnit(unit, form, bodies[1], bodies[0] == unit.text, segment, host.doubtful)


def _bodies(units: Sequence[SheetUnit], texts: Sequence[str]) -> list[str]:
    """Returns the texts without their marks, where there are as many as units."""
    if len(units) != len(texts):
        return list(texts)
    return [strip_marks(unit, text)[0] for unit, text in zip(units, texts, strict=True)]


def _contained(text: str, sent: Mapping[str, str]) -> list[str]:
    """Returns which of several units a paragraph has text of; of a single one, that one.

    A bookmark of a paragraph that was deleted without a trace slips into its neighbour.
    """
    if len(sent) < 2:
        return list(sent)
    exact = [name for name, unit in sent.items() if unit == text]
    if exact:
        return exact[:1]
    shares = {name: _share(unit, text) for name, unit in sent.items()}
    most = max(shares.values())
    return [name for name, share in shares.items() if share >= _CONTAINED or share == most]


def _share(unit: str, text: str) -> float:
    blocks = SequenceMatcher(None, unit, text, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) / max(len(unit), 1)
