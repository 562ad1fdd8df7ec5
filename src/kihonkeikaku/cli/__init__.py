"""One command a file: parse, call, print, return a code."""

from kihonkeikaku.cli.app import MACHINE_FAULT, app, main, run

__all__ = ["MACHINE_FAULT", "app", "main", "run"]
