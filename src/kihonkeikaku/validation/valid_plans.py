"""Plans without errors: one, or the two editions that a comparison is of."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.folder import leads_to_folder
from kihonkeikaku.loading.loader import Loaded, load
from kihonkeikaku.loading.source import EDITIONS, PlanSource
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.model.values import Id
from kihonkeikaku.validation.linter import LintResult, is_valid, lint

DEFAULT_PLAN: Final = "plan"


class InvalidPlanError(CommandError):
    """A plan with errors, where a valid one is needed; ``result`` holds them."""

    def __init__(self, argument: str, result: LintResult) -> None:
        super().__init__(f"{argument} に誤りがあるため、何も作りませんでした。")
        self.result = result


def load_valid(plan: str | PlanSource) -> Loaded:
    """Loads and validates a plan, by its name or opened already.

    Raises:
        InvalidPlanError: it has errors.
        CommandError: there is nothing that could be read as a plan.
    """
    loaded = load(plan)
    if not is_valid(loaded):
        raise InvalidPlanError(plan if isinstance(plan, str) else plan.label, lint(loaded))
    return loaded


def load_valid_plan(plan: str | PlanSource) -> Plan:
    """Loads and validates a plan: the plan of ``load_valid``."""
    return load_valid(plan).draft.plan()


def load_plan_pair(old: str, new: str | None) -> tuple[Plan, Plan, Mapping[Id, Plan]]:
    """Loads the two editions to compare, and the adopted editions that the new one knows of.

    With ``old`` alone: a folder whose plan supersedes an edition is compared with that one;
    anything else with the plan in ``plan``.

    Raises:
        CommandError: one can't be read, has errors, or there is nothing to compare with.
    """
    first = load_valid(old).draft
    plan = first.plan()
    supersedes = plan.head.edition.supersedes
    if new is None and supersedes and leads_to_folder(old):
        before = load_valid_plan(str(Path(old) / EDITIONS / f"{supersedes}.json"))
        return before, plan, first.adopted
    second = load_valid(new or DEFAULT_PLAN).draft
    return plan, second.plan(), second.adopted
