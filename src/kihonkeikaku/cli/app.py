"""The commands as one program: runs one and turns every exception into an exit code.

Commands import heavy modules inside their functions, so that ``--help`` answers at once.
"""

import gc
import os
import sys
from io import TextIOWrapper
from typing import Annotated, Any, Final, NoReturn, TextIO

import typer
from typer.core import TyperGroup

from kihonkeikaku import __version__
from kihonkeikaku.cli.adopt import adopt
from kihonkeikaku.cli.build import build
from kihonkeikaku.cli.completion import OPTION_HELP
from kihonkeikaku.cli.diff import diff
from kihonkeikaku.cli.explain import explain
from kihonkeikaku.cli.import_ import import_
from kihonkeikaku.cli.init import init
from kihonkeikaku.cli.move import move
from kihonkeikaku.cli.new import new
from kihonkeikaku.cli.next import next_
from kihonkeikaku.cli.parameters import EXIT_FAULT, EXIT_INTERRUPTED, EXIT_SUCCESS
from kihonkeikaku.cli.receive import receive
from kihonkeikaku.cli.remove import remove
from kihonkeikaku.cli.rename import rename
from kihonkeikaku.cli.schema import schema
from kihonkeikaku.cli.send import send
from kihonkeikaku.cli.serve import serve
from kihonkeikaku.cli.validate import validate
from kihonkeikaku.cli.verify import verify
from kihonkeikaku.errors import CommandError
from kihonkeikaku.system.output_streams import lossy_stream, open_closed_output
from kihonkeikaku.system.signals import handle_interruptions, ignore_interruptions, was_interrupted

COMMANDS: Final = {
    "書く": (init, import_, new, move, rename, remove, next_, schema, serve),
    "検査する": (validate, explain),
    "版を作る": (build, adopt, verify),
    "比べる": (diff,),
    "協議する": (send, receive),
}
"""In the groups and the order in which ``--help`` lists them."""


class _GroupedCommands(TyperGroup):
    """Lists the commands in groups, as ``format_commands`` of typer lists them in one."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Writes each group with its commands, which the width of all of them lines up."""
        width = max(map(len, self.commands))
        for group, functions in COMMANDS.items():
            names = [function.__name__.rstrip("_") for function in functions]
            rows = [(name.ljust(width), self._short_help(name, formatter, width)) for name in names]
            with formatter.section(group):
                formatter.write_dl(rows)

    def get_params(self, ctx: Any) -> list[Any]:
        """Returns the options, those of typer's own in Japanese or not shown."""
        params: list[Any] = super().get_params(ctx)
        for param in params:
            if str(param.name).endswith("_completion"):
                param.help = OPTION_HELP.get(param.name, "")
                param.hidden = not param.help
        return params

    def _short_help(self, name: str, formatter: Any, width: int) -> str:
        return self.commands[name].get_short_help_str(formatter.width - 6 - width)


app = typer.Typer(
    cls=_GroupedCommands,
    help="人工知能基本計画を YAML で書き、検査し、版を組み、新旧を比べます。",
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


for _commands in COMMANDS.values():
    for _command in _commands:
        app.command(_command.__name__.rstrip("_"))(_command)


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code; every exception ends here, in one line."""
    try:
        code: int = app(arguments or ["--help"], standalone_mode=False) or EXIT_SUCCESS
    except KeyboardInterrupt:
        code = EXIT_INTERRUPTED
    except SystemExit as end:  # typer's: 0 after a completion, 1 of a reader that went away
        code = _report_error(BrokenPipeError()) if end.code else EXIT_SUCCESS
    except typer.TyperException as error:
        code = _report_usage_error(error, arguments)
    except Exception as error:
        # A library may make an error of its own of an interruption.
        code = EXIT_INTERRUPTED if was_interrupted() else _report_error(error)
    if code == EXIT_INTERRUPTED:  # by typer too, which makes Ctrl-C an exit code
        _print_error("中断しました。")
    return code


def _report_usage_error(error: typer.TyperException, arguments: list[str]) -> int:
    """Prints what is wrong with the command line, and returns the exit code."""
    from kihonkeikaku.cli.usage_errors import describe_usage_error
    from kihonkeikaku.system.terminal import escape_unprintable

    _print_error(f"使い方が違います：{escape_unprintable(describe_usage_error(error, arguments))}")
    _print_error("kihonkeikaku --help で使い方を確かめてください。")
    return error.exit_code


def _report_error(error: Exception) -> int:
    """Prints in one line what stopped a command, and returns the exit code."""
    match error:
        case CommandError():
            _print_findings(error)
            _print_error(str(error))
            return error.exit_code
        case BrokenPipeError():  # the reader of our output went away, as in "… | head"
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        case _:
            if os.environ.get("KIHONKEIKAKU_TRACEBACK"):
                raise error
            _print_fault(error)
    return EXIT_FAULT


def _print_findings(error: CommandError) -> None:
    """Prints the findings of a plan that is refused for them."""
    from kihonkeikaku.reports.findings import findings_text
    from kihonkeikaku.system.terminal import supports_colour
    from kihonkeikaku.validation.linter import InvalidPlanError

    if isinstance(error, InvalidPlanError):
        _print_error(findings_text(error.result, colour=supports_colour(sys.stderr)))


def _print_fault(error: Exception) -> None:
    """Prints a fault of the machine or of the program."""
    from kihonkeikaku.system.os_errors import explain_os_error

    if isinstance(error, OSError):
        place = f"{error.filename}：" if error.filename else ""
        _print_error(f"機械の異常で止まりました（{place}{explain_os_error(error)}）。")
    elif isinstance(error, ImportError):
        _print_error(f"プログラムの部品を読み込めません（{error}）。インストールし直してください。")
    else:
        _print_error(f"プログラムの異常で止まりました（{type(error).__name__}: {error}）。")
        _print_error("KIHONKEIKAKU_TRACEBACK=1 を付けて実行した出力を、開発者に知らせてください。")


def _print_error(line: str) -> None:
    print(line, file=sys.stderr)


def main() -> NoReturn:
    """The console script.

    The garbage collector is off and the process exits without tearing the interpreter down: both
    take a tenth of a command's time, and a command's objects live until its end anyway. The exit
    code is also right where Ctrl-C came during interpreter shutdown.
    """
    handle_interruptions()
    sys.stdout, sys.stderr = _printable(sys.stdout), lossy_stream(sys.stderr)
    gc.disable()
    code = run(sys.argv[1:])
    ignore_interruptions()  # only the buffered output is still to be written
    os._exit(_flush_output(code))


def _printable(stream: TextIO | None) -> TextIO:
    """Returns a stream on which what the console can't show is escaped, never fatal."""
    if stream is None:  # whoever started this process closed it: writing must fail, at the end
        return open_closed_output()
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream


def _flush_output(code: int) -> int:
    """Writes the buffered output; returns the exit code, another one if that fails."""
    try:
        sys.stdout.flush()
    except OSError as error:
        code = code if code == EXIT_FAULT else _report_error(error)  # said before, or not yet
    sys.stderr.flush()
    return code
