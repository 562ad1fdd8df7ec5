"""What is printed of a measure → its clauses and their ministries: ``parse(print(x)) = x``."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.model.inlines import REPRINT_MARK, NumberedClause
from kihonkeikaku.model.plan_head import AssignmentStyle
from kihonkeikaku.rendering.word.line_paragraphs import clause_text

_COMMAS: Final = "、，,"
_COMMON: Final = ("（", "(")
"""Brackets that other words stand in too."""
_MOST_ENDS: Final = 8
"""At how many closing brackets the ministries may end that one opening bracket begins."""


class UnreadableAssignmentError(Exception):
    """A 【】 that can't be read; ``str()`` is the reason in Japanese, as part of a sentence."""


@dataclass(frozen=True, slots=True)
class ParsedClause:
    """A clause as it was read: its text, whether 【再掲】 follows, and the ministries by name."""

    text: str
    reprinted: bool = False
    ministries: tuple[tuple[str, bool], ...] = ()
    """Each with whether it leads."""


def printed_clauses(clauses: Iterable[NumberedClause]) -> tuple[ParsedClause, ...]:
    """Returns the clauses of a line in the form in which they are parsed."""
    return tuple(
        ParsedClause(
            clause_text(clause)
            .removesuffix(clause.assignments_text)
            .removesuffix(REPRINT_MARK if clause.reprinted else ""),
            clause.reprinted,
            ()
            if clause.assigned_later
            else tuple((a.ministry.name, a.lead) for a in clause.assignments),
        )
        for clause in clauses
    )


def parse_clauses(
    text: str, known: Collection[str], now: Sequence[NumberedClause]
) -> tuple[ParsedClause, ...]:
    """Reads the text of a measure.

    Args:
        text: as printed, without its number.
        known: the names in the register of ministries.
        now: its clauses in the plan: they tell which brackets ministries stand in.

    Raises:
        UnreadableAssignmentError: a 【】 names somebody who is not in the register.
    """
    style = now[0].style if now else AssignmentStyle()
    literal = "".join(clause.text for clause in printed_clauses(now))
    clauses: list[ParsedClause] = []
    at = 0
    for start, end, ministries in _groups(text, style, known, literal):
        clauses.append(_clause(text[at:start], ministries))
        deadline = now[len(clauses) - 1].deadline_text if len(clauses) <= len(now) else ""
        at = end + len(deadline) if text.startswith(deadline, end) else end
    if at < len(text) or not clauses:
        deadline = now[len(clauses)].deadline_text if len(clauses) < len(now) else ""
        clauses.append(_clause(text[at:].removesuffix(deadline), ()))
    return tuple(clauses)


def _groups(
    text: str, style: AssignmentStyle, known: Collection[str], literal: str
) -> Iterator[tuple[int, int, tuple[tuple[str, bool], ...]]]:
    """Yields where ministries stand in brackets, from where to where, and which.

    What the text had in such brackets before is text.

    Raises:
        UnreadableAssignmentError: brackets that only ministries stand in name somebody else.
    """
    opening, _, closing = style.form.partition("{}")
    at = 0
    while (start := text.find(opening, at)) >= 0:
        at = start + len(opening)
        ends = [m.start() for m in re.finditer(re.escape(closing), text[at:])][:_MOST_ENDS]
        read = [(at + end, _ministries(text[at : at + end], style, known)) for end in ends]
        found = next(((end, names) for end, names in read if names), None)
        inside = text[at : read[0][0]] if read else ""
        if found:
            end, names = found
            at = end + len(closing)
            yield start, at, names
        elif read and _is_misread(opening + inside + closing, inside, opening, literal):
            unknown = [n for n in _names(inside, style, known) if _bare(n, style) not in known]
            raise UnreadableAssignmentError(
                f"{opening}{closing}の中の「{'」「'.join(unknown)}」が府省庁の一覧にありません"
            )


def _is_misread(whole: str, inside: str, opening: str, literal: str) -> bool:
    """Whether brackets are meant to name ministries, though nobody knows them."""
    is_text = opening in _COMMON or whole == REPRINT_MARK or whole in literal
    return not is_text and opening not in inside


def _clause(text: str, ministries: tuple[tuple[str, bool], ...]) -> ParsedClause:
    stripped = text.removesuffix(REPRINT_MARK)
    return ParsedClause(stripped, stripped != text, ministries)


def _ministries(
    inside: str, style: AssignmentStyle, known: Collection[str]
) -> tuple[tuple[str, bool], ...]:
    """Returns the ministries that are named, with whether each leads; none if one is not known."""
    names = list(_names(inside, style, known))
    if any(_bare(name, style) not in known for name in names):
        return ()
    return tuple((_bare(name, style), name.startswith(style.lead)) for name in names)


def _bare(name: str, style: AssignmentStyle) -> str:
    return name.removeprefix(style.lead).strip()


def _names(inside: str, style: AssignmentStyle, known: Collection[str]) -> Iterator[str]:
    """Yields the names; a comma inside of a known name does not end it."""
    pending = ""
    between = "|".join(map(re.escape, (style.between, *_COMMAS)))
    for part in re.split(between, inside):
        pending = f"{pending}、{part.strip()}" if pending else part.strip()
        bare = _bare(pending, style)
        if bare in known or not any(name.startswith(f"{bare}、") for name in known):
            yield pending
            pending = ""
    if pending:
        yield pending
