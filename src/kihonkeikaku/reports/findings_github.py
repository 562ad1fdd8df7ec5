"""Findings as GitHub's workflow commands, which it shows beside the lines of a pull request.

The escapes are those of GitHub's own toolkit (``@actions/core``, command.ts).
"""

import os.path
from typing import Final

from kihonkeikaku.model.finding import Finding, Severity
from kihonkeikaku.reports.findings import count_unlisted, listed_findings, summary_line
from kihonkeikaku.system.terminal import escape_unprintable
from kihonkeikaku.validation.linter import LintResult

_COMMANDS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "note": "notice"}
_MESSAGE_ESCAPES: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY_ESCAPES: Final = {**_MESSAGE_ESCAPES, **str.maketrans({":": "%3A", ",": "%2C"})}


def findings_github(result: LintResult) -> str:
    """Returns one command a line, and the summary at the end."""
    # What a plan says stands in commands only: elsewhere on a line, the runner would still obey
    # commands of its old form, ``##[…]``.
    commands = [_finding_command(finding) for finding in listed_findings(result.findings)]
    for file, count in count_unlisted(result):
        commands.append(_command("notice", {"file": _path(file)}, f"ほかに {count} 件あります。"))
    return "\n".join([*commands, summary_line(result)])


def _finding_command(finding: Finding) -> str:
    place = finding.position
    properties = {
        "file": _path(place.file),
        "line": str(place.line),
        "col": str(place.column),
        "title": finding.rule,
    }
    message = escape_unprintable(finding.message + finding.hint)
    return _command(_COMMANDS[finding.severity], properties, message)


def _command(name: str, properties: dict[str, str], message: str) -> str:
    written = ",".join(
        f"{key}={value.translate(_PROPERTY_ESCAPES)}" for key, value in properties.items()
    )
    return f"::{name} {written}::{message.translate(_MESSAGE_ESCAPES)}"


def _path(file: str) -> str:
    """The path as GitHub knows it: ``./plan/x.yaml`` would be no file of the repository's."""
    return os.path.normpath(file)
