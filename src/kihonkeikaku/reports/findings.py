"""Findings as text, as JSON, and as GitHub's workflow commands; and the fixes made, as text.

A finding's text holds its place, a sentence, the line itself with a marker, and what to do. GitHub
shows workflow commands beside the lines of a pull request; their escapes are those of GitHub's own
toolkit (``@actions/core``, command.ts).
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kihonkeikaku.model.finding import Finding, Severity
from kihonkeikaku.reports.repository_paths import repository_path
from kihonkeikaku.system.terminal import apply_style, escape_unprintable, is_printable
from kihonkeikaku.validation.linter import LintResult

if TYPE_CHECKING:
    from kihonkeikaku.validation.fixer import AppliedFix, FixResult

LISTED_PER_FILE: Final = 100
"""At most so many findings of one file are listed; the counts are always of all."""

_GITHUB_COMMANDS: Final[dict[Severity, str]] = {
    "error": "error",
    "warning": "warning",
    "note": "notice",
}
_MESSAGE_ESCAPES: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY_ESCAPES: Final = {**_MESSAGE_ESCAPES, **str.maketrans({":": "%3A", ",": "%2C"})}

_SEVERITIES: Final[dict[Severity, str]] = {"error": "誤り", "warning": "注意", "note": "参考"}
_TAB_WIDTH: Final = 4
_WIDE: Final = ("W", "F", "A")
_WITHOUT_WIDTH: Final = ("Mn", "Me")
"""Combining marks and variation selectors, by Unicode's category; half-width marks are letters."""
_LONG_LINE: Final = 1000
_SHOWN_AROUND: Final = 200
"""Of a line longer than ``_LONG_LINE``, so many characters are shown on each side of the place."""


def count_findings(result: LintResult) -> dict[str, int]:
    """Returns how many files were read, and how many findings there are of each severity."""
    found = Counter(finding.severity for finding in result.findings)
    for (_, severity), count in result.more_findings.items():
        found[severity] += count
    return {
        "files": result.loaded.files,
        "errors": found["error"],
        "warnings": found["warning"],
        "notes": found["note"],
    }


def group_by_file(findings: Sequence[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """Yields each file with its findings; ``findings`` are in the order of files."""
    for file, group in groupby(findings, key=lambda finding: finding.position.file):
        yield file, list(group)


def listed_findings(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yields the findings that are listed."""
    for _, of_file in group_by_file(findings):
        yield from of_file[:LISTED_PER_FILE]


def count_unlisted(result: LintResult) -> Iterator[tuple[str, int]]:
    """Yields each file of which not all findings are listed, and how many are not."""
    beyond: Counter[str] = Counter()
    for (file, _), count in result.more_findings.items():
        beyond[file] += count
    for file, of_file in group_by_file(result.findings):
        count = max(len(of_file) - LISTED_PER_FILE, 0) + beyond[file]
        if count:
            yield file, count


def summary_line(result: LintResult) -> str:
    """Returns the counts in one line of text."""
    count = count_findings(result)
    if not result.findings:
        return f"{count['files']} 個のファイルを検査しました。誤りはありません。"
    return (
        f"{count['files']} 個のファイルを検査しました。"
        f"誤り {count['errors']}、注意 {count['warnings']}、参考 {count['notes']}。"
    )


def findings_json(result: LintResult) -> str:
    """Returns the findings as JSON."""
    report = {
        "findings": [_finding_data(finding) for finding in listed_findings(result.findings)],
        "summary": count_findings(result),
    }
    return json.dumps(report, ensure_ascii=False, indent=1)


def _finding_data(finding: Finding) -> dict[str, str | int]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint,
        "file": finding.position.file,
        "line": finding.position.line,
        "column": finding.position.column,
    }


def findings_text(result: LintResult, *, colour: bool = False) -> str:
    """Returns the findings as lines for a reader, ending with the summary."""
    parts = [finding_text(f, result.loaded.texts, colour) for f in listed_findings(result.findings)]
    parts += [
        f"{escape_unprintable(file)}: ほかに {count} 件あります。\n"
        for file, count in count_unlisted(result)
    ]
    return "\n".join([*parts, summary_line(result)])


def finding_text(finding: Finding, texts: Mapping[str, str], colour: bool = False) -> str:
    """Returns one finding as lines; ``texts`` holds the files' texts by their names."""
    place = finding.position
    head = (
        apply_style(
            f"{escape_unprintable(place.file)}:{place.line}:{place.column}:", "place", colour
        )
        + " "
        + apply_style(_SEVERITIES[finding.severity], finding.severity, colour)
        + f"［{finding.rule}］{escape_unprintable(finding.message)}"
    )
    lines = [head, *_excerpt(finding, texts, colour), f"  → {escape_unprintable(finding.hint)}", ""]
    return "\n".join(lines)


def _excerpt(finding: Finding, texts: Mapping[str, str], colour: bool) -> Iterator[str]:
    """The line that the finding is about, with a marker under its place."""
    place = finding.position
    if (place.line, place.column) == (1, 1):  # said of the file as a whole
        return
    lines = _lines(texts.get(place.file, ""))
    if place.line > len(lines) or not lines[place.line - 1].strip():
        return
    line = lines[place.line - 1].replace("\t", " " * _TAB_WIDTH)
    tabs = lines[place.line - 1][: place.column - 1].count("\t")
    column = place.column - 1 + tabs * (_TAB_WIDTH - 1)
    line, column = _clipped(line, column)
    gutter = f"  {place.line} | "
    yield gutter + "".join(c if is_printable(c) else "?" for c in line)
    indent = " " * (len(gutter) - 2) + "| " + " " * _width(line[:column])
    yield indent + apply_style("^", "mark", colour)


@lru_cache(maxsize=1)  # up to a hundred findings of one file follow each other
def _lines(text: str) -> list[str]:
    return text.split("\n")


def _clipped(line: str, column: int) -> tuple[str, int]:
    """The part of a line around a column (counted from 0), and the column in that part."""
    if len(line) <= _LONG_LINE:
        return line, column
    start, end = max(column - _SHOWN_AROUND, 0), column + _SHOWN_AROUND
    head = "…" if start else ""
    tail = "…" if end < len(line) else ""
    return head + line[start:end] + tail, column - start + len(head)


def _width(text: str) -> int:
    """The columns that a text takes on a terminal (East Asian Width, UAX #11)."""
    return sum(
        0
        if unicodedata.category(c) in _WITHOUT_WIDTH
        else 2
        if unicodedata.east_asian_width(c) in _WIDE
        else 1
        for c in text
    )


def findings_github(result: LintResult) -> str:
    """Returns one command a line, and the summary at the end."""
    # What a plan says stands in commands only: elsewhere on a line, the runner would still obey
    # commands of its old form, ``##[…]``.
    commands = [_finding_command(finding) for finding in listed_findings(result.findings)]
    for file, count in count_unlisted(result):
        commands.append(
            _github_command(
                "notice", {"file": repository_path(file)}, f"ほかに {count} 件あります。"
            )
        )
    return "\n".join([*commands, summary_line(result)])


def _finding_command(finding: Finding) -> str:
    place = finding.position
    properties = {
        "file": repository_path(place.file),
        "line": str(place.line),
        "col": str(place.column),
        "title": finding.rule,
    }
    message = escape_unprintable(finding.message + finding.hint)
    return _github_command(_GITHUB_COMMANDS[finding.severity], properties, message)


def _github_command(name: str, properties: dict[str, str], message: str) -> str:
    written = ",".join(
        f"{key}={value.translate(_PROPERTY_ESCAPES)}" for key, value in properties.items()
    )
    return f"::{name} {written}::{message.translate(_MESSAGE_ESCAPES)}"


def fixes_text(fixed: "FixResult") -> str:
    """Returns a line for each fix that was made, and for each file that was not changed."""
    count = sum(len(fixes) for fixes in fixed.fixes.values())
    end = f"{count} か所を直しました。" if count else "直すところはありませんでした。"
    return "\n".join([*_fixed(fixed), *_skipped(fixed), end])


def _fixed(fixed: "FixResult") -> Iterator[str]:
    for file, fixes in fixed.fixes.items():
        yield from (_fix_text(fix) for fix in fixes[:LISTED_PER_FILE])
        if len(fixes) > LISTED_PER_FILE:
            more = len(fixes) - LISTED_PER_FILE
            yield f"{escape_unprintable(file)}: ほかに {more} か所を直しました。"


def _fix_text(fix: "AppliedFix") -> str:
    place = f"{escape_unprintable(fix.file)}:{fix.line}:{fix.column}:"
    return (
        f"{place} 「{escape_unprintable(fix.old)}」→「{escape_unprintable(fix.new)}」［{fix.rule}］"
    )


def _skipped(fixed: "FixResult") -> Iterator[str]:
    for file, reason in fixed.skipped.items():
        yield f"{escape_unprintable(file)}: {reason}、このファイルは直していません。"
