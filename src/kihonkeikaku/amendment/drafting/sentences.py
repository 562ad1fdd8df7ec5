"""Clauses → the sentences of an amendment, with the text that they put in beneath them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

INDENT: Final = "　"
"""Before a sentence; twice before a line that is put in, thrice before what belongs to it."""

_DIGITS: Final = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Clause:
    """「③を②とし」: one thing that is done, said so that others may follow.

    ``among`` is the stem as said among clauses about one place, ``alone`` as said in a sentence of
    its own. ``ending`` holds what goes on and what closes: し, する. ``put`` are the lines that are
    put in, the line itself first, then those that belong to it.
    """

    among: str
    alone: str
    ending: tuple[str, str]
    put: tuple[tuple[str, ...], ...] = ()


def sentences(place: str, clauses: Iterable[Clause]) -> Iterator[str]:
    """Yields the lines of an amendment that say what is done in one place.

    A clause that puts lines in closes its sentence. ``place`` is empty for the whole book.
    """
    pending: list[Clause] = []
    for clause in clauses:
        pending.append(clause)
        if clause.put:
            yield from _sentence(place, pending)
            pending = []
    if pending:
        yield from _sentence(place, pending)


def in_kanji(number: int) -> str:
    """Returns a number from 1 to 99 as in 「二十一ずつ」."""
    tens, ones = divmod(number, 10)
    return {0: "", 1: "十"}.get(tens, _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")


def _sentence(place: str, clauses: list[Clause]) -> Iterator[str]:
    *others, last = clauses
    if others:
        said = [*(c.among + c.ending[0] for c in others), last.among + last.ending[1]]
        yield INDENT + (f"{place}中" if place else "") + "、".join(said) + "。"
    else:
        yield INDENT + last.alone + last.ending[1] + "。"
    for line, *belonging in last.put:
        yield INDENT * 2 + line
        yield from (INDENT * 3 + under for under in belonging)
