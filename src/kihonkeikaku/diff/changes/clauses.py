"""Whether a measure is divided into the same clauses in both editions."""

from typing import Final

from kihonkeikaku.diff.records import ClauseRecord, raw_text
from kihonkeikaku.model.plan import Runs
from kihonkeikaku.text.similarity import likeness

_ALIKE: Final = 0.3
"""Least likeness of a clause and its earlier self; unrelated measures of the plan reach 0.45,
but here only the clause in the same place of the same measure is asked about."""

Clauses = tuple[ClauseRecord, ...]


def same_division(old: Clauses, new: Clauses) -> bool:
    """Returns whether the clauses pair up one by one, in their order.

    A measure's only clause pairs with its only clause, however much was reworded. Otherwise a
    pair is known by its text, or, where that was replaced, by the ministries that stand after it.
    """
    if len(old) != len(new):
        return False
    if len(old) == 1 or _texts(old) == _texts(new):
        return True
    if raw_text(_joined(old)) == raw_text(_joined(new)):
        return False  # the same words, parted elsewhere
    strangers = set(_texts(old)) ^ set(_texts(new))
    return all(_paired(a, b, strangers) for a, b in zip(old, new, strict=True))


def _texts(clauses: Clauses) -> list[Runs]:
    return [clause.text for clause in clauses]


def _joined(clauses: Clauses) -> Runs:
    return tuple(run for clause in clauses for run in clause.text)


def _paired(old: ClauseRecord, new: ClauseRecord, strangers: set[Runs]) -> bool:
    if old.text == new.text:
        return True
    if likeness(raw_text(old.text), raw_text(new.text)) >= _ALIKE:
        return True
    return old.assignments == new.assignments and {old.text, new.text} <= strangers
