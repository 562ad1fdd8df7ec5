"""Runs of printed text, and the clauses and names of ministries made of them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kihonkeikaku.model.plan import Ministry
from kihonkeikaku.model.plan_head import AssignmentStyle

REPRINT_MARK: Final = "【再掲】"

LEAD_MARK: Final = "◎"
"""What stands before the lead ministry, unless the plan says otherwise."""

CELL_GAP: Final = "　"
"""What stands between two cells where a table's row is one line of text."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class EmphasisRun:
    """A run in bold."""

    text: str


@dataclass(frozen=True, slots=True)
class RubyRun:
    """A run with its reading above it."""

    text: str
    reading: str


@dataclass(frozen=True, slots=True)
class LinkRun:
    """A run that leads to a page of the web."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ReferenceRun:
    """A reference, resolved: ``text`` is the number of the element with anchor ``target``."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class FootnoteRun:
    """A footnote's mark, such as （注1）; its text stands at the end of the chapter."""

    text: str
    anchor: str
    body: str


@dataclass(frozen=True, slots=True)
class CellBreakRun:
    """Between two cells of a table's row."""

    text: str = CELL_GAP


Inline = TextRun | EmphasisRun | RubyRun | LinkRun | ReferenceRun | FootnoteRun | CellBreakRun


def inline_text(inlines: tuple[Inline, ...]) -> str:
    """Returns the text of some runs as printed."""
    if len(inlines) == 1:  # as nearly all have
        return inlines[0].text
    return "".join(inline.text for inline in inlines)


def text_without_notes(inlines: tuple[Inline, ...]) -> str:
    """Returns the text of some runs without footnotes' marks, for where no footnotes stand."""
    return inline_text(tuple(inline for inline in inlines if not isinstance(inline, FootnoteRun)))


@dataclass(frozen=True, slots=True)
class NumberedAssignment:
    """One ministry inside 【】, as printed, with its entry in the register."""

    ministry: Ministry
    lead: bool
    lead_mark: str = LEAD_MARK

    @property
    def text(self) -> str:
        """As printed."""
        return (self.lead_mark if self.lead else "") + self.ministry.name


_PLAIN_STYLE: Final = AssignmentStyle()


@dataclass(frozen=True, slots=True)
class NumberedClause:
    """A stretch of a measure and its 【】; ``reprinted`` prints 【再掲】 between the two.

    Where ``assigned_later``, the 【】 is not printed here but after the paragraphs that follow.
    ``due`` is the day on which the deadline ends, where the plan says it; it isn't printed.
    """

    inlines: tuple[Inline, ...]
    reprinted: bool
    assignments: tuple[NumberedAssignment, ...]
    deadline: str | None = None
    style: AssignmentStyle = _PLAIN_STYLE
    assigned_later: bool = False
    due: date | None = None

    @property
    def text(self) -> str:
        """As printed."""
        mark = REPRINT_MARK if self.reprinted else ""
        later = "" if self.assigned_later else self.assignments_text
        return inline_text(self.inlines) + mark + later

    @property
    def brackets(self) -> tuple[str, str]:
        """What the plan prints around ministries."""
        opening, _, closing = self.style.form.partition("{}")
        return opening, closing

    @property
    def deadline_text(self) -> str:
        """The deadline, as printed; empty where there is none."""
        return self.style.deadline.replace("{}", self.deadline) if self.deadline else ""

    @property
    def assignments_text(self) -> str:
        """The 【】 and the deadline, as printed; empty where there is neither."""
        if not self.assignments:
            return self.deadline_text
        opening, closing = self.brackets
        names = self.style.between.join(assignment.text for assignment in self.assignments)
        return opening + names + closing + self.deadline_text


def plain_clauses(text: str) -> tuple[NumberedClause, ...]:
    """Returns a text as the one clause of a line; none where it is empty."""
    return (NumberedClause((TextRun(text),), reprinted=False, assignments=()),) if text else ()
