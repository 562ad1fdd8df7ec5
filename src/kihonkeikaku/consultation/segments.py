"""The paragraphs of a returned Word file, grouped: which of one view became which of the other.

Two paragraphs belong together where text that no change touched stands in both, or where one was
retyped as a whole: then nothing is left of it but its end. So a group says by itself what was
split, joined, removed or added.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kihonkeikaku.office.word_file import (
    ViewedParagraph,
    WordFile,
    WordParagraph,
    WordPresence,
    view_paragraphs,
)


@dataclass(frozen=True, slots=True)
class Segment:
    """Paragraphs of both views that belong together.

    ``bookmarks`` has, for each of the rejected ones, those that it carries; ``first`` is the index
    of the first paragraph of the file that has text of them.
    """

    rejected: tuple[ViewedParagraph, ...]
    accepted: tuple[ViewedParagraph, ...]
    bookmarks: tuple[tuple[str, ...], ...]
    comments: tuple[str, ...]
    changes: tuple[WordPresence, ...]
    first: int

    @property
    def rejected_texts(self) -> tuple[str, ...]:
        """The texts before all changes, paragraph by paragraph, empty ones left out."""
        return tuple(p.text for p in self.rejected if p.text)

    @property
    def accepted_texts(self) -> tuple[str, ...]:
        """The texts after all changes, paragraph by paragraph, empty ones left out."""
        return tuple(p.text for p in self.accepted if p.text)

    @property
    def characters(self) -> int:
        """How many characters it has in both views together."""
        return sum(len(p.text) for p in (*self.rejected, *self.accepted))

    def __add__(self, other: "Segment") -> "Segment":
        """Returns both as one, this one first."""
        return Segment(
            self.rejected + other.rejected,
            self.accepted + other.accepted,
            self.bookmarks + other.bookmarks,
            self.comments + other.comments,
            self.changes + other.changes,
            min(self.first, other.first),
        )


def find_segments(paragraphs: Sequence[WordParagraph]) -> list[Segment]:
    """Returns all paragraphs of both views in groups, in the order of the file."""
    rejected, accepted = (view_paragraphs(paragraphs, v) for v in ("rejected", "accepted"))
    groups = _Groups(len(rejected) + len(accepted))
    holders = {id(span): at for at, p in enumerate(rejected) for _, span in p.spans}
    linked = set[int]()
    for at, paragraph in enumerate(accepted, start=len(rejected)):
        for _, span in paragraph.spans:
            if id(span) in holders:
                groups.join(holders[id(span)], at)
                linked.update((holders[id(span)], at))
    ends = {p.sources[-1]: at for at, p in enumerate(rejected) if at not in linked}
    for at, paragraph in enumerate(accepted, start=len(rejected)):
        if at not in linked and paragraph.sources[-1] in ends:
            groups.join(ends[paragraph.sources[-1]], at)
    everything = (*rejected, *accepted)
    segments = [
        _segment(
            [everything[at] for at in group if at < len(rejected)],
            [everything[at] for at in group if at >= len(rejected)],
            paragraphs,
        )
        for group in groups.all()
    ]
    return sorted(segments, key=lambda segment: segment.first)


def note_segments(file: WordFile) -> dict[str, Segment]:
    """Returns each footnote that the text refers to as one segment, by its id.

    A note is in a view only where its number is.
    """
    presences = {s.note: s.presence for p in file.paragraphs for s in p.spans if s.note}
    found = {}
    for id, presence in presences.items():
        paragraphs = [_limited(p, presence) for p in file.footnotes.get(id, ())]
        segments = find_segments(paragraphs)
        if segments:
            whole = segments[0]
            for segment in segments[1:]:
                whole += segment
            found[id] = whole
    return found


def _limited(paragraph: WordParagraph, limit: WordPresence) -> WordParagraph:
    def limited(presence: WordPresence) -> WordPresence:
        return replace(
            presence,
            rejected=presence.rejected and limit.rejected,
            accepted=presence.accepted and limit.accepted,
        )

    spans = tuple(replace(span, presence=limited(span.presence)) for span in paragraph.spans)
    return replace(paragraph, spans=spans)


class _Groups:
    """Numbers that are joined to groups."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def join(self, one: int, other: int) -> None:
        self._parents[self._root(other)] = self._root(one)

    def all(self) -> Iterator[list[int]]:
        members: dict[int, list[int]] = {}
        for at in range(len(self._parents)):
            members.setdefault(self._root(at), []).append(at)
        return iter(members.values())

    def _root(self, at: int) -> int:
        while self._parents[at] != at:
            self._parents[at] = self._parents[self._parents[at]]
            at = self._parents[at]
        return at


def _segment(
    rejected: list[ViewedParagraph],
    accepted: list[ViewedParagraph],
    paragraphs: Sequence[WordParagraph],
) -> Segment:
    sources = [paragraphs[at] for p in (rejected or accepted) for at in p.sources]
    spans = [span for p in (*rejected, *accepted) for _, span in p.spans]
    ends = [paragraphs[p.sources[-1]].mark for p in (*rejected, *accepted)]
    changes = (*(span.presence for span in spans), *ends)
    return Segment(
        tuple(rejected),
        tuple(accepted),
        tuple(
            tuple(dict.fromkeys(name for at in p.sources for name in paragraphs[at].bookmarks))
            for p in rejected
        ),
        tuple(dict.fromkeys(comment for source in sources for comment in source.comments)),
        tuple(dict.fromkeys(change for change in changes if change.is_changed)),
        min(
            (index for p in (accepted or rejected) for index, _ in p.spans),
            default=(accepted or rejected)[0].sources[0],
        ),
    )
