"""What is printed of a measure → its clauses and their ministries: ``parse(print(x)) = x``."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.model.inlines import LEAD_MARK, REPRINT_MARK, NumberedClause
from kihonkeikaku.rendering.word.line_paragraphs import clause_text

_BRACKETS: Final = ("【", "】")
_BETWEEN: Final = re.compile("[、，,]")


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
            tuple((a.ministry.name, a.lead) for a in clause.assignments),
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
    opening, closing = _brackets(now)
    inside = f"[^{re.escape(opening + closing)}]*"
    literal = "".join(clause.text for clause in printed_clauses(now))
    clauses, at = [], 0
    for match in re.finditer(f"{re.escape(opening)}({inside}){re.escape(closing)}", text):
        if match[0] == REPRINT_MARK or match[0] in literal:
            continue
        ministries = tuple(_ministries(match[1], known))
        clauses.append(_clause(text[at : match.start()], ministries))
        at = match.end()
    if at < len(text) or not clauses:
        clauses.append(_clause(text[at:], ()))
    return tuple(clauses)


def _clause(text: str, ministries: tuple[tuple[str, bool], ...]) -> ParsedClause:
    stripped = text.removesuffix(REPRINT_MARK)
    return ParsedClause(stripped, stripped != text, ministries)


def _ministries(inside: str, known: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Yields the ministries in a 【】.

    Raises:
        UnreadableAssignmentError: it names one that is not known.
    """
    for name in _names(inside, known):
        bare = name.removeprefix(LEAD_MARK).strip()
        if bare not in known:
            raise UnreadableAssignmentError(f"【】の中の「{bare}」が府省庁の一覧にありません")
        yield bare, name.startswith(LEAD_MARK)


def _names(inside: str, known: Collection[str]) -> Iterator[str]:
    """Yields the names; a comma inside of a known name does not end it."""
    pending = ""
    for part in _BETWEEN.split(inside):
        pending = f"{pending}、{part.strip()}" if pending else part.strip()
        bare = pending.removeprefix(LEAD_MARK)
        if bare in known or not any(name.startswith(f"{bare}、") for name in known):
            yield pending
            pending = ""
    if pending:
        yield pending


def _brackets(now: Sequence[NumberedClause]) -> tuple[str, str]:
    for clause in now:
        if clause.assignments:
            names = "、".join(a.text for a in clause.assignments)
            opening, found, closing = clause.assignments_text.partition(names)
            if found and opening and closing:
                return opening, closing
    return _BRACKETS
