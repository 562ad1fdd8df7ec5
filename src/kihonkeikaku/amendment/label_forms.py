"""The labels that a plan's outline gives: which kind one is of, its number, another number of it.

They are read with the outline of the old edition alone, as a reader of an amendment has it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.model.document import Document
from kihonkeikaku.model.outline import ANNEX, ITEM, MEASURE, OutlineKind
from kihonkeikaku.text.counters import counter_pattern, format_counter, parse_counter

FOOTNOTE: Final = "footnote"

RESERVED_KINDS: Final = ("root", "paragraph", FOOTNOTE)
"""Kinds of line that are no heading, whatever a plan's own kinds are called."""

_IMPLIED: Final = (
    OutlineKind(kind=ANNEX, label="別紙{1}"),
    OutlineKind(kind=ANNEX, label="別紙"),
    OutlineKind(kind=FOOTNOTE, label="（注{1}）"),
)
"""What is labelled without being declared; one annex or several."""


def heading_kind(name: str) -> str:
    """Returns what a heading's kind is called, apart from the kinds of other lines."""
    return f"heading:{name}" if name in RESERVED_KINDS else name


@dataclass(frozen=True, slots=True)
class _LabelForm:
    """How labels of one kind look; ``style`` is that of their counter, if they have one."""

    kind: str
    style: str | None
    pattern: re.Pattern[str]

    def number_of(self, label: str) -> int | None:
        """Returns the number in a label of this form, 0 where none is counted; else None."""
        match = self.pattern.fullmatch(label)
        if match is None or self.style is None:
            return None if match is None else 0
        return parse_counter(self.style, match["number"])


class LabelForms:
    """The forms of label of one edition.

    Args:
        kinds: the kinds of its outline, in order, and those of its chapters.
        chapters: the names of the kinds of its chapters.

    ``uncounted`` are the labels without a number, which lines may share; ``are_alike`` says whether
    two kinds have labels that look the same.
    """

    def __init__(self, kinds: Iterable[OutlineKind], chapters: Iterable[str] = ()) -> None:
        named = {(k.kind, k.label): k for k in (*kinds, *_IMPLIED) if k.label and k.kind != ITEM}
        labelled = list(named.values())
        above = "|".join(counter_pattern(k.style) for k in labelled if k.style)
        self._forms = [_form(kind, f"(?:{above}|[.．・-])*?") for kind in labelled]
        self.uncounted = frozenset(k.label for k in labelled if k.label and not k.style)
        patterns = {form.pattern.pattern for form in self._forms}
        self.are_alike = len(patterns) < len(self._forms)
        self.chapters = frozenset((*map(heading_kind, chapters), ANNEX))

    def match(self, text: str, at: int) -> str | None:
        """Returns the longest label that stands at a place of a text."""
        found = (form.pattern.match(text, at) for form in self._forms)
        return max((match.group() for match in found if match), key=len, default=None)

    def split_heading(self, line: str) -> tuple[str, str, str] | None:
        """Returns kind, label and title of a numbered heading's line; None if it is no such."""
        for form in self._forms:
            if form.kind not in (MEASURE, FOOTNOTE):
                match = re.match(f"{form.pattern.pattern}　", line)
                if match:
                    return form.kind, match.group()[:-1], line[match.end() :]
        return None

    def split(self, kind: str, line: str) -> tuple[str, str] | None:
        """Returns the label and the rest of a line of a kind; None if the label isn't there."""
        forms = [form for form in self._forms if form.kind == kind]
        found = (form.pattern.match(line) for form in forms)
        label = max((match.group() for match in found if match), key=len, default=None)
        if label is None:
            return None if forms else ("", line)
        return label, line[len(label) :]

    def kind_of(self, label: str, like: str | None = None) -> str | None:
        """Returns of what kind a label is, that of ``like`` if it may be; None if it is none."""
        kinds = [form.kind for form in self._find(label)]
        return like if like in kinds else next(iter(kinds), None)

    def number_of(self, label: str) -> int:
        """Returns the number in a label: 2 for 「②」 and 「第2節」, 0 for 「別紙」."""
        return next((form.number_of(label) or 0 for form in self._find(label)), 0)

    def with_number(self, label: str, number: int) -> str:
        """Returns the label of the same kind with another number."""
        form = next(self._find(label), None)
        if form is None or form.style is None or number < 1:
            return label
        match = form.pattern.fullmatch(label)
        assert match, "the form was found by this"
        start, end = match.span("number")
        return label[:start] + format_counter(form.style, number) + label[end:]

    def _find(self, label: str) -> Iterator[_LabelForm]:
        return (form for form in self._forms if form.number_of(label) is not None)


def labels_of(document: Document) -> LabelForms:
    """Returns the labels of an edition."""
    outline = document.head.kinds
    chapters = [chapter.kind for chapter in document.chapters]
    kinds = (*chapters, *outline.kinds, outline[MEASURE])
    return LabelForms(kinds, [kind.kind for kind in chapters])


def _form(kind: OutlineKind, above: str) -> _LabelForm:
    """Returns the form of a kind's labels; ``above`` is a pattern for the number above."""
    name = FOOTNOTE if kind == _IMPLIED[-1] else heading_kind(kind.kind)
    return _LabelForm(name, kind.style, re.compile(kind.label_pattern(above)))
