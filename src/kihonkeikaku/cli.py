"""The command line: call, print, return a code; nothing else.

Heavy modules are imported inside the commands, so that ``--help`` answers at once.
"""

import io
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kihonkeikaku import __version__
from kihonkeikaku.finding import Trouble

if TYPE_CHECKING:
    from kihonkeikaku.check import Checked
    from kihonkeikaku.model import Plan

FINE: Final = 0
FOUND: Final = 1
MACHINE_FAULT: Final = 3
INTERRUPTED: Final = 130

app = typer.Typer(
    help="人工知能基本計画を YAML で書き、検査し、版を組み、新旧を比べます。",
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)

PLAN_HELP: Final = "計画：フォルダー、決定された版のファイル、または git の版（REV:FOLDER）"
PlanArgument = Annotated[str, typer.Argument(metavar="[PLAN]", help=PLAN_HELP)]
Against = Annotated[str | None, typer.Option(metavar="PLAN", help="比べる前の版")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="経過を表示しません。")]


class FindingFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


class DiffFormat(StrEnum):
    """How a comparison is printed."""

    TEXT = "text"
    JSON = "json"


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"kihonkeikaku {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="版を表示します。"),
    ] = False,
) -> None:
    pass


@app.command()
def validate(
    plan: PlanArgument = "plan",
    format: Annotated[FindingFormat, typer.Option(help="出力の形式")] = FindingFormat.TEXT,
    against: Against = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="直し方に疑いのないものを直し、残りを表示します。")
    ] = False,
    quiet: Quiet = False,
) -> int:
    """計画を検査し、見つかったことをすべて表示します。--fix がなければ、何も書き換えません。"""
    from kihonkeikaku.check import check, sound_plan
    from kihonkeikaku.load import load
    from kihonkeikaku.report import findings_for_programs, findings_text
    from kihonkeikaku.terminal import wants_colour

    old = sound_plan(against) if against else None
    checked = _repaired(plan, old, format, quiet) if fix else check(load(plan), old)
    if format is not FindingFormat.TEXT:
        _print_for_programs(findings_for_programs(checked, format.value))
    elif checked.findings or not quiet:
        print(findings_text(checked, colour=wants_colour(sys.stdout)))
    return FOUND if checked.has_errors else FINE


def _repaired(plan: str, old: "Plan | None", format: FindingFormat, quiet: bool) -> "Checked":
    """Repairs the plan, tells what was done, and returns what is left."""
    from kihonkeikaku.check import check
    from kihonkeikaku.repair import repair
    from kihonkeikaku.report.repairs import repairs_text

    repaired = repair(plan, lambda loaded: check(loaded, old))
    if repaired.fixes or repaired.left or not quiet:
        text = format is FindingFormat.TEXT
        print(repairs_text(repaired), file=sys.stdout if text else sys.stderr)
    return repaired.checked


@app.command()
def build(  # noqa: PLR0913, PLR0917 # one parameter an option
    plan: PlanArgument = "plan",
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="出力先")] = Path("build/edition"),
    only: Annotated[str, typer.Option(help="作るもの（html,pdf）")] = "html,pdf",
    against: Against = None,
    draft: Annotated[
        bool,
        typer.Option("--draft", help="行番号と資料番号のある PDF（plan-draft.pdf）も作ります。"),
    ] = False,
    pdf_variant: Annotated[
        str, typer.Option(metavar="V", help="PDF の種類（pdf/ua-1、保存用の pdf/a-3u など）")
    ] = "pdf/ua-1",
    quiet: Quiet = False,
) -> int:
    """HTML と PDF の版を作ります。誤りがあれば何も作りません。"""
    from kihonkeikaku.check import load_sound, sound_plan
    from kihonkeikaku.editions import edition_files, parse_only
    from kihonkeikaku.printability import refuse_unprintable_prose
    from kihonkeikaku.publish import publish, refuse_foreign_folder
    from kihonkeikaku.render.print.impression import Impression, parse_variant

    kinds = parse_only(only)
    impression = Impression(parse_variant(pdf_variant), draft)
    refuse_foreign_folder(out)
    loaded = load_sound(plan)
    old = sound_plan(against) if against else None
    if "pdf" in kinds:
        refuse_unprintable_prose(loaded)
    publish(edition_files(loaded.draft.plan(), kinds, old, impression), out)
    if not quiet:
        print(f"{out} に作りました。")
    return FINE


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=f"前の{PLAN_HELP}")],
    new: Annotated[str | None, typer.Argument(metavar="[NEW]", help="新しい計画")] = None,
    format: Annotated[DiffFormat, typer.Option(help="出力の形式")] = DiffFormat.TEXT,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="出力先")] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="違いがあれば 1 で終わります。")
    ] = False,
) -> int:
    """二つの版の違いを示します。OLD だけなら、改める版（supersedes）か plan と比べます。"""
    from kihonkeikaku.change_report import changes_json, changes_text
    from kihonkeikaku.compare import compare
    from kihonkeikaku.editions import pair_of_plans
    from kihonkeikaku.numbering import number
    from kihonkeikaku.publish import write_file

    before, after = pair_of_plans(old, new)
    comparison = compare(before, after)
    if format is DiffFormat.JSON:
        report = changes_json(comparison)
    else:
        report = changes_text(comparison, number(before), number(after))
    if out:
        write_file(out, report + "\n")
    else:
        print(report)
    return FOUND if exit_code and comparison.changes else FINE


@app.command()
def adopt(
    plan: PlanArgument = "plan",
    into: Annotated[Path | None, typer.Option(metavar="FOLDER", help="記録の置き場所")] = None,
    quiet: Quiet = False,
) -> int:
    """版を決定されたものとして凍結し、editions に記録します。"""
    from kihonkeikaku import adopt as adopting
    from kihonkeikaku.check import sound_plan

    folder = into or adopting.own_folder(plan)
    file = adopting.adopt(sound_plan(plan), folder)
    if not quiet:
        print(f"{file} に記録しました。")
    return FINE


@app.command()
def schema(
    check: Annotated[
        bool, typer.Option("--check", help="古くなっていないかだけを調べます。")
    ] = False,
    into: Annotated[Path, typer.Option(metavar="FOLDER", help="置き場所")] = Path("schema"),
) -> int:
    """エディター用の JSON Schema を schema に書きます。"""
    from kihonkeikaku.publish import write_file
    from kihonkeikaku.schema import schema_files

    for name, text in schema_files().items():
        file = into / name
        if check and (not file.is_file() or file.read_text("utf-8") != text):
            print(f"{file} が古くなっています。kihonkeikaku schema で作り直してください。")
            return FOUND
        if not check:
            write_file(file, text)
    return FINE


@app.command()
def explain(
    rule: Annotated[str | None, typer.Argument(metavar="[RULE]", help="規則の名前")] = None,
) -> int:
    """規則の説明を表示します。"""
    from kihonkeikaku.explain import explain as explanation

    print(explanation(rule))
    return FINE


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code; every exception ends here, in one line."""
    try:
        code: int = app(arguments or ["--help"], standalone_mode=False) or FINE
        if code == INTERRUPTED:  # typer makes Ctrl-C an exit code
            _complain("中断しました。")
        return code
    except typer.TyperException as error:
        _complain(f"使い方が違います：{error.format_message()}")
        _complain("kihonkeikaku --help で使い方を確かめてください。")
        return error.exit_code
    except Trouble as trouble:
        _print_findings_behind(trouble)
        _complain(str(trouble))
        return trouble.exit_code
    except BrokenPipeError:  # the reader of our output went away, as in "… | head"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return MACHINE_FAULT
    except Exception as fault:
        if os.environ.get("KIHONKEIKAKU_TRACEBACK"):
            raise
        _complain(f"プログラムの異常で止まりました（{type(fault).__name__}: {fault}）。")
        _complain("KIHONKEIKAKU_TRACEBACK=1 を付けて実行した出力を、開発者に知らせてください。")
        return MACHINE_FAULT


def _print_for_programs(document: str) -> None:
    """Prints what programs read: in UTF-8, whatever the console's encoding."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    print(document)


def _complain(line: str) -> None:
    print(line, file=sys.stderr)


def _print_findings_behind(trouble: Trouble) -> None:
    from kihonkeikaku.check import UnsoundPlan
    from kihonkeikaku.report import findings_text
    from kihonkeikaku.terminal import wants_colour

    if isinstance(trouble, UnsoundPlan):
        _complain(findings_text(trouble.checked, colour=wants_colour(sys.stderr)))


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        # What the console can't show is escaped, never fatal.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(run(sys.argv[1:]))
