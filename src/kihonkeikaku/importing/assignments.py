"""The ministries inside 【】: told apart from other brackets, and read."""

import re
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.model.inlines import LEAD_MARK

_BRACKET: Final = re.compile(r"【([^【】]*)】")
_NAME: Final = re.compile(
    r"(?:[^（）]*(?:省|庁|府|官房|委員会|院|局|委|本部|会議|人事院|機関)|関係.*|全.*庁)(?:（[^（）]*）)?"
)
_COLLECTIVE_ALL: Final = re.compile(r"(?:全|各)(?:ての)?府?省庁")

REPRINT: Final = "再掲"


@dataclass(frozen=True, slots=True)
class FoundAssignment:
    """A ministry as it stands in 【】."""

    name: str
    lead: bool


@dataclass(frozen=True, slots=True)
class FoundClause:
    """A stretch of text and the ministries behind it; none at the end of some texts."""

    text: str
    assignments: tuple[FoundAssignment, ...]


def split_names(inside: str) -> tuple[FoundAssignment, ...]:
    """Returns the ministries that the inside of a 【】 names."""
    parts = [part for part in re.split(r"[、，,]", inside) if part]
    return tuple(
        FoundAssignment(part.removeprefix(LEAD_MARK), part.startswith(LEAD_MARK)) for part in parts
    )


def looks_like_assignments(inside: str) -> bool:
    """Whether the inside of a 【】 is a list of ministries."""
    plain = re.sub(r"\s+", "", inside).translate(str.maketrans("()", "（）"))
    names = split_names(plain)
    return bool(names) and all(_NAME.fullmatch(found.name) for found in names)


def parse_clauses(text: str) -> tuple[tuple[FoundClause, ...], bool]:
    """Splits a measure's text at each 【】 that holds ministries.

    Returns:
        the clauses, and whether 【再掲】 stands before the last 【】 or at the end.
    """
    clauses: list[FoundClause] = []
    start, reprint = 0, False
    for match in _BRACKET.finditer(text):
        if match[1] == REPRINT:
            reprint = True
        elif looks_like_assignments(match[1]):
            clauses.append(FoundClause(text[start : match.start()], split_names(match[1])))
            start = match.end()
    if text[start:] or not clauses:
        clauses.append(FoundClause(text[start:], ()))
    return tuple(clauses), reprint


def collective_kind(name: str) -> str | None:
    """Returns ``all`` or ``related`` for a name that stands for several ministries."""
    if _COLLECTIVE_ALL.fullmatch(name):
        return "all"
    return "related" if name.startswith("関係") else None
