"""Which two editions a comparison is of."""

from pathlib import Path
from typing import Final

from kihonkeikaku.loading.source import EDITIONS
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.validation.linter import sound_plan

DEFAULT_PLAN: Final = "plan"


def pair_of_plans(old: str, new: str | None) -> tuple[Plan, Plan]:
    """Loads the two editions to compare.

    With ``old`` alone: a folder whose plan supersedes an edition is compared with that one;
    anything else with the plan in ``plan``.

    Raises:
        CommandError: one can't be read, has errors, or there is nothing to compare with.
    """
    first = sound_plan(old)
    supersedes = first.head.edition.supersedes
    if new is None and supersedes and Path(old).is_dir():
        return sound_plan(str(Path(old) / EDITIONS / f"{supersedes}.json")), first
    return first, sound_plan(new or DEFAULT_PLAN)
