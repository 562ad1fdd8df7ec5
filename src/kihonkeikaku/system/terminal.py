"""Output on a terminal: colours, escaped control characters, progress.

The codes are those of ECMA-48 (SGR). A plan's own text can bring none in, and no library reads
markup into it.
"""

import os
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Literal, TextIO

TextStyle = Literal["error", "warning", "note", "place", "mark", "struck", "inserted"]

_CODES: Final[dict[TextStyle, str]] = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "place": "1",
    "mark": "1;32",
    "struck": "9;31",
    "inserted": "4;32",
}


def supports_colour(stream: TextIO) -> bool:
    """Whether ``stream`` is a terminal with colours, and the user wants them (NO_COLOR)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and stream.isatty()


def apply_style(text: str, style: TextStyle, colour: bool) -> str:
    """Returns ``text`` in a style; as it is where ``colour`` is off."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if colour else text


def escape_unprintable(text: str) -> str:
    """Returns ``text`` with unprintable characters escaped: controls, line ends, bidi marks."""
    if text.isprintable():
        return text
    return "".join(c if is_printable(c) else ascii(c)[1:-1] for c in text)


def is_printable(character: str) -> bool:
    """Whether a character prints; an ideographic space does, though Python thinks otherwise."""
    return character.isprintable() or unicodedata.category(character) == "Zs"


ReportProgress = Callable[[str], None]
"""Called with the name of each stage, a sentence without its full stop."""


def report_nothing(_stage: str) -> None:
    """Reports no progress."""


@contextmanager
def progress_reporter(quiet: bool) -> Iterator[ReportProgress]:
    """Yields a function that reports progress on the standard error.

    On a terminal, one line shows the present stage; elsewhere, each stage is a line.

    Args:
        quiet: whether to show nothing.
    """
    if quiet:
        yield report_nothing
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        with _status_line() as report:
            yield report
    else:
        yield _print_stage


@contextmanager
def _status_line() -> Iterator[ReportProgress]:
    """Shows one line that changes and is gone at the end."""
    from rich.console import Console  # noqa: PLC0415 # takes longer to load than short work takes
    from rich.text import Text  # noqa: PLC0415 # rich loads slowly

    console = Console(stderr=True)
    with console.status("") as status:
        yield lambda stage: status.update(Text(f"{stage}…"))


def _print_stage(stage: str) -> None:
    print(f"{stage}…", file=sys.stderr, flush=True)
