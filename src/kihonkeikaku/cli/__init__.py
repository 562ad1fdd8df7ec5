"""One command a file: parse, call, print, return a code."""

from kihonkeikaku.cli.app import app, main, run
from kihonkeikaku.cli.parameters import EXIT_FAULT

__all__ = ["EXIT_FAULT", "app", "main", "run"]
