"""The commands as one program: runs one and turns every exception into an exit code.

Commands import heavy modules inside their functions, so that ``--help`` answers at once.
"""

import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Final, NoReturn, TextIO

import typer

from kihonkeikaku import __version__
from kihonkeikaku.cli.adopt import adopt
from kihonkeikaku.cli.build import build
from kihonkeikaku.cli.diff import diff
from kihonkeikaku.cli.explain import explain
from kihonkeikaku.cli.options import FINE
from kihonkeikaku.cli.schema import schema
from kihonkeikaku.cli.validate import validate
from kihonkeikaku.cli.verify import verify
from kihonkeikaku.errors import CommandError
from kihonkeikaku.system.signals import handle_interruptions, ignore_interruptions, was_interrupted

MACHINE_FAULT: Final = 3
INTERRUPTED: Final = 130

app = typer.Typer(
    help="人工知能基本計画を YAML で書き、検査し、版を組み、新旧を比べます。",
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


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


COMMANDS: Final = (validate, build, diff, adopt, verify, schema, explain)
"""In the order in which ``--help`` lists them."""

for _command in COMMANDS:
    app.command()(_command)


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code; every exception ends here, in one line."""
    try:
        code: int = app(arguments or ["--help"], standalone_mode=False) or FINE
    except KeyboardInterrupt:
        code = INTERRUPTED
    except SystemExit:  # typer's of a reader that went away: with 1, as if there were errors
        code = _told(BrokenPipeError())
    except Exception as stop:
        # A library may make an error of its own of an interruption.
        code = INTERRUPTED if was_interrupted() else _told(stop)
    if code == INTERRUPTED:  # by typer too, which makes Ctrl-C an exit code
        _complain("中断しました。")
    return code


def _told(stop: Exception) -> int:
    """Tells in one line what stopped a command, and returns the exit code."""
    match stop:
        case typer.TyperException():
            _complain_of_usage(stop)
            return stop.exit_code
        case CommandError():
            _print_findings_behind(stop)
            _complain(str(stop))
            return stop.exit_code
        case BrokenPipeError():  # the reader of our output went away, as in "… | head"
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        case _:
            if os.environ.get("KIHONKEIKAKU_TRACEBACK"):
                raise stop
            _complain_of_fault(stop)
    return MACHINE_FAULT


def _complain_of_usage(fault: typer.TyperException) -> None:
    from kihonkeikaku.cli.usage_errors import usage_fault
    from kihonkeikaku.system.terminal import escape_unprintable

    _complain(f"使い方が違います：{escape_unprintable(usage_fault(fault.format_message()))}")
    _complain("kihonkeikaku --help で使い方を確かめてください。")


def _complain_of_fault(fault: Exception) -> None:
    from kihonkeikaku.system.os_errors import explain_os_error

    if isinstance(fault, OSError):
        place = f"{fault.filename}：" if fault.filename else ""
        _complain(f"機械の異常で止まりました（{place}{explain_os_error(fault)}）。")
    elif isinstance(fault, ImportError):
        _complain(f"プログラムの部品を読み込めません（{fault}）。インストールし直してください。")
    else:
        _complain(f"プログラムの異常で止まりました（{type(fault).__name__}: {fault}）。")
        _complain("KIHONKEIKAKU_TRACEBACK=1 を付けて実行した出力を、開発者に知らせてください。")


def _complain(line: str) -> None:
    print(line, file=sys.stderr)


def _print_findings_behind(trouble: CommandError) -> None:
    from kihonkeikaku.reports.findings import findings_text
    from kihonkeikaku.system.terminal import supports_colour
    from kihonkeikaku.validation.valid_plans import InvalidPlanError

    if isinstance(trouble, InvalidPlanError):
        _complain(findings_text(trouble.checked, colour=supports_colour(sys.stderr)))


def main() -> NoReturn:
    """The console script.

    The process ends without Python's taking apart all that it holds, object by object, which takes
    a tenth of a command's time; and by the exit code also where Ctrl-C came while a string was
    being evaluated, where Python would end it by SIGINT.
    """
    handle_interruptions()
    sys.stdout, sys.stderr = map(_printable, (sys.stdout, sys.stderr))
    # Nor does it look for garbage: plans make none, and all there is goes at the end. Once switched
    # on again, the collector would first go through all that was made meanwhile.
    gc.disable()
    code = run(sys.argv[1:])
    ignore_interruptions()  # all is done but to print what is waiting to be
    code = _flushed(code)
    os._exit(code)


def _printable(stream: TextIO | None) -> TextIO:
    """Returns a stream on which what the console can't show is escaped, never fatal."""
    if stream is None:  # whoever started this process closed it
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream


def _flushed(code: int) -> int:
    """Prints what is waiting to be printed, and returns the exit code; another if that fails."""
    try:
        sys.stdout.flush()
    except OSError as fault:
        code = _told(fault)
    with suppress(OSError):
        sys.stderr.flush()
    return code
