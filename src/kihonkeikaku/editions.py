"""What an edition consists of, and which two editions a comparison is of."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kihonkeikaku.change_report import changes_json
from kihonkeikaku.check import sound_plan
from kihonkeikaku.compare import compare
from kihonkeikaku.finding import Trouble
from kihonkeikaku.frozen import freeze, plan_sha256
from kihonkeikaku.model import Plan
from kihonkeikaku.numbering import number
from kihonkeikaku.publish import MANIFEST, manifest
from kihonkeikaku.source import EDITIONS

DEFAULT_PLAN: Final = "plan"
KINDS: Final = ("html", "pdf")


def parse_only(only: str) -> frozenset[str]:
    """Returns the kinds of output that ``--only`` names, such as 「html,pdf」.

    Raises:
        Trouble: it names something else.
    """
    kinds = frozenset(part.strip() for part in only.split(",") if part.strip())
    unknown = kinds - set(KINDS)
    if unknown or not kinds:
        raise Trouble(f"--only には {'、'.join(KINDS)} を、コンマで区切って書いてください。")
    return kinds


def edition_files(plan: Plan, kinds: frozenset[str], before: Plan | None) -> Mapping[str, bytes]:
    """Makes all files of an edition.

    Args:
        plan: a sound plan.
        kinds: which of ``KINDS`` to make.
        before: the edition to compare with, or nothing for an edition without a comparison.

    Returns:
        Contents by path within the edition, the manifest last.
    """
    document = number(plan)
    files: dict[str, bytes] = {"plan.json": freeze(plan)}
    if "html" in kinds:
        from kihonkeikaku.render.html import pages

        files |= pages(document)
    if "pdf" in kinds:
        from kihonkeikaku.render.pdf import plan_pdf

        files["pdf/plan.pdf"] = plan_pdf(document, plan_sha256(plan))
    if before:
        files |= _comparison_files(before, plan, kinds)
    return {**files, MANIFEST: manifest(plan, files)}


def _comparison_files(old: Plan, new: Plan, kinds: frozenset[str]) -> Mapping[str, bytes]:
    comparison = compare(old, new)
    files = {"comparison/changes.json": (changes_json(comparison) + "\n").encode()}
    if "html" in kinds:
        from kihonkeikaku.render.comparison import comparison_pages

        files |= comparison_pages(comparison, number(old), number(new))
    return files


def pair_of_plans(old: str, new: str | None) -> tuple[Plan, Plan]:
    """Loads the two editions to compare.

    With ``old`` alone: a folder whose plan supersedes an edition is compared with that one;
    anything else with the plan in ``plan``.

    Raises:
        Trouble: one can't be read, has errors, or there is nothing to compare with.
    """
    first = sound_plan(old)
    supersedes = first.head.edition.supersedes
    if new is None and supersedes and Path(old).is_dir():
        return sound_plan(str(Path(old) / EDITIONS / f"{supersedes}.json")), first
    return first, sound_plan(new or DEFAULT_PLAN)
