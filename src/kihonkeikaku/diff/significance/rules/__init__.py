"""The rule table of the judgement: the known turns of officialese, in the order of the manual.

A new turn is a row of one of these modules, or a module here and its name in the tuple below.
"""

from typing import Final

from kihonkeikaku.diff.significance.rule import Turn
from kihonkeikaku.diff.significance.rules import (
    deadlines,
    et_cetera,
    hedges,
    leads,
    numbers,
    opposites,
    strength,
)

TURNS: Final[tuple[Turn, ...]] = (
    *strength.TURNS,
    *deadlines.TURNS,
    *numbers.TURNS,
    *leads.TURNS,
    *hedges.TURNS,
    *et_cetera.TURNS,
    *opposites.TURNS,
)
"""All marks there are."""

__all__ = ["TURNS", "Turn"]
