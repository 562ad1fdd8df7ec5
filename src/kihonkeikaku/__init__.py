"""人工知能基本計画を YAML で書き、検査し、版を組み、新旧を比べる。

The functions here are the public API (docs/api.md); whatever is below is private and may change.
Each loads what it needs when it is called: a plan is validated without what compares or prints.
"""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kihonkeikaku.diff.comparison import ComparisonResult
    from kihonkeikaku.model.document import Document
    from kihonkeikaku.model.finding import Finding
    from kihonkeikaku.model.plan import Plan

__version__: Final = "0.1.0"

__all__ = ("__version__", "compare_plans", "lint_plan", "number_plan", "read_plan")


def lint_plan(plan: str) -> "tuple[Finding, ...]":
    """Returns what ``validate`` finds, in the order of files and lines.

    Args:
        plan: a folder, the file of a frozen edition, or a git revision, as on the command line.

    Raises:
        CommandError: there is nothing that could be read as a plan.
    """
    from kihonkeikaku.loading.loader import load
    from kihonkeikaku.validation.linter import lint

    return lint(load(plan)).findings


def read_plan(plan: str) -> "Plan":
    """Returns a plan without errors: the content of all its files.

    Args:
        plan: a folder, the file of a frozen edition, or a git revision, as on the command line.

    Raises:
        CommandError: it can't be read, or has errors; ``lint_plan`` tells which.
    """
    from kihonkeikaku.validation.linter import load_valid_plan

    return load_valid_plan(plan)


def number_plan(plan: "Plan") -> "Document":
    """Returns a plan as it is printed: its headings, measures and lines with their numbers."""
    from kihonkeikaku.model.numbering import number

    return number(plan)


def compare_plans(
    old: "Plan", new: "Plan", adopted: "Mapping[str, Plan] | None" = None
) -> "ComparisonResult":
    """Returns all differences between two plans, proved to be all.

    Args:
        old: the edition before.
        new: the edition after.
        adopted: the editions between them by id, of a chain of several steps.

    Raises:
        ProofError: the comparison is incomplete: a fault of the program.
    """
    from kihonkeikaku.diff.comparison import compare_editions

    return compare_editions(old, new, adopted=adopted)
