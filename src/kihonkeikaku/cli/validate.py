"""``kihonkeikaku validate``."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kihonkeikaku.cli.parameters import (
    EXIT_FINDINGS,
    EXIT_SUCCESS,
    Against,
    PlanArgument,
    Quiet,
    print_for_programs,
)
from kihonkeikaku.errors import CommandError

if TYPE_CHECKING:
    from kihonkeikaku.model.plan import Plan
    from kihonkeikaku.validation.linter import LintResult


class FindingFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


def validate(  # noqa: PLR0913, PLR0917 # one for each option of the command
    plan: PlanArgument = "plan",
    format: Annotated[FindingFormat, typer.Option(help="出力の形式")] = FindingFormat.TEXT,
    against: Against = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="直し方に疑いのないものを直し、残りを表示します。")
    ] = False,
    staged: Annotated[
        bool, typer.Option("--staged", help="フォルダーではなく、git add した内容を検査します。")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="計画が変わるたびに検査します。Ctrl-C で終えます。")
    ] = False,
    quiet: Quiet = False,
) -> int:
    """計画を検査し、見つかったことをすべて表示します。--fix がなければ、何も書き換えません。"""
    from kihonkeikaku.loading.git import read_index
    from kihonkeikaku.loading.loader import load
    from kihonkeikaku.loading.plan_resolver import open_plan
    from kihonkeikaku.system.terminal import supports_colour
    from kihonkeikaku.validation.linter import lint, load_valid_plan

    if fix and staged:
        raise CommandError("--fix と --staged は一緒に使えません。")
    if watch:
        if fix or staged or format is not FindingFormat.TEXT:
            raise CommandError("--watch は、--fix、--staged、--format と一緒に使えません。")
        _watch(plan, against)
    source = read_index(plan) if staged else open_plan(plan)
    old = load_valid_plan(open_plan(against, source)) if against else None
    result = _fix(plan, old, format, quiet) if fix else lint(load(source), old)
    if format is not FindingFormat.TEXT:
        print_for_programs(render_findings(result, format))
    elif result.findings or not quiet:
        print(render_findings(result, format, colour=supports_colour(sys.stdout)))
    return EXIT_FINDINGS if result.has_errors else EXIT_SUCCESS


def _watch(plan: str, against: str | None) -> NoReturn:
    """Lints a plan's folder whenever it changes, until the user ends that."""
    from datetime import datetime

    from kihonkeikaku.loading.folder import leads_to_folder
    from kihonkeikaku.loading.loader import load
    from kihonkeikaku.loading.plan_resolver import open_plan
    from kihonkeikaku.system.folder_watch import folder_changes
    from kihonkeikaku.system.terminal import supports_colour
    from kihonkeikaku.validation.linter import lint, load_valid_plan

    if not leads_to_folder(plan):
        raise CommandError(f"{plan} はフォルダーではないため、--watch で見張れません。")
    colour = supports_colour(sys.stdout)
    for _ in folder_changes(Path(plan)):
        print(f"── {datetime.now():%H:%M:%S}")
        try:
            source = open_plan(plan)
            old = load_valid_plan(open_plan(against, source)) if against else None
            print(render_findings(lint(load(source), old), FindingFormat.TEXT, colour=colour))
        except CommandError as error:  # half of the files may be there, as during a checkout
            print(error)
        sys.stdout.flush()
    raise AssertionError("the changes never end")


def render_findings(result: "LintResult", format: FindingFormat, *, colour: bool = False) -> str:
    """Returns the findings in a format; imports the code of that format only."""
    match format:
        case FindingFormat.JSON:
            from kihonkeikaku.reports.findings import findings_json

            return findings_json(result)
        case FindingFormat.GITHUB:
            from kihonkeikaku.reports.findings import findings_github

            return findings_github(result)
        case FindingFormat.SARIF:
            from kihonkeikaku.reports.findings_sarif import findings_sarif

            return findings_sarif(result)
        case FindingFormat.JUNIT:
            from kihonkeikaku.reports.findings_junit import findings_junit

            return findings_junit(result)
    from kihonkeikaku.reports.findings import findings_text

    return findings_text(result, colour=colour)


def _fix(plan: str, old: "Plan | None", format: FindingFormat, quiet: bool) -> "LintResult":
    """Fixes the plan's files, prints what was fixed, and returns the findings that remain.

    A folder of an older format is rewritten in the present one, after the fixes.
    """
    from kihonkeikaku.drafting.format_upgrade import upgrade_format
    from kihonkeikaku.loading.loader import load
    from kihonkeikaku.loading.plan_resolver import open_plan
    from kihonkeikaku.model.plan_head import FORMAT
    from kihonkeikaku.reports.findings import fixes_text
    from kihonkeikaku.system.terminal import escape_unprintable
    from kihonkeikaku.validation.fixer import MOST_FIXES, fix_plan
    from kihonkeikaku.validation.linter import lint

    fixed = fix_plan(plan, lambda loaded: lint(loaded, old, limit=MOST_FIXES))
    out = sys.stdout if format is FindingFormat.TEXT else sys.stderr
    if fixed.fixes or fixed.skipped or not quiet:
        print(fixes_text(fixed), file=out)
    try:
        upgraded = upgrade_format(plan)
    except CommandError as reason:
        print(escape_unprintable(str(reason)), file=out)
        return fixed.result
    if not upgraded:
        return fixed.result
    for name in upgraded:
        print(f"{escape_unprintable(name)}: 形式 {FORMAT} に書き換えました。", file=out)
    return lint(load(open_plan(plan)), old)
