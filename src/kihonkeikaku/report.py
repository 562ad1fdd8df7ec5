"""Findings → text and JSON."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from kihonkeikaku.check import Checked
from kihonkeikaku.finding import Finding, Severity

LISTED_PER_FILE: Final = 100
"""At most so many findings of one file are listed; the counts are always of all."""

_SEVERITIES: Final[dict[Severity, str]] = {"error": "誤り", "warning": "注意", "note": "参考"}
_TAB_WIDTH: Final = 4
_WIDE: Final = ("W", "F", "A")


def findings_text(checked: Checked) -> str:
    """Returns the findings as lines for a reader: place, sentence, the line itself, hint."""
    parts = [_finding_text(f, checked.loaded.texts) for f in _listed(checked.findings)]
    return "\n".join([*parts, *_omitted(checked.findings), summary_line(checked)])


def findings_json(checked: Checked) -> str:
    """Returns the findings as JSON by the contract in the README."""
    report = {
        "findings": [_finding_data(finding) for finding in _listed(checked.findings)],
        "summary": _summary(checked),
    }
    return json.dumps(report, ensure_ascii=False, indent=1)


def summary_line(checked: Checked) -> str:
    """Returns the one line that says how it went."""
    counts = _summary(checked)
    if not checked.findings:
        return f"{counts['files']} 個のファイルを検査しました。誤りはありません。"
    return (
        f"{counts['files']} 個のファイルを検査しました。"
        f"誤り {counts['errors']}、注意 {counts['warnings']}、参考 {counts['notes']}。"
    )


def _summary(checked: Checked) -> dict[str, int]:
    counts = Counter(finding.severity for finding in checked.findings)
    return {
        "files": checked.loaded.files,
        "errors": counts["error"],
        "warnings": counts["warning"],
        "notes": counts["note"],
    }


def _by_file(findings: tuple[Finding, ...]) -> Iterator[tuple[str, list[Finding]]]:
    for file, group in groupby(findings, key=lambda finding: finding.position.file):
        yield file, list(group)


def _listed(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    for _, of_file in _by_file(findings):
        yield from of_file[:LISTED_PER_FILE]


def _omitted(findings: tuple[Finding, ...]) -> Iterator[str]:
    for file, of_file in _by_file(findings):
        if len(of_file) > LISTED_PER_FILE:
            yield f"{file}: ほかに {len(of_file) - LISTED_PER_FILE} 件あります。\n"


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


def _finding_text(finding: Finding, texts: Mapping[str, str]) -> str:
    place = finding.position
    head = (
        f"{place.file}:{place.line}:{place.column}: "
        f"{_SEVERITIES[finding.severity]}［{finding.rule}］{finding.message}"
    )
    lines = [head, *_excerpt(finding, texts), f"  → {finding.hint}", ""]
    return "\n".join(lines)


def _excerpt(finding: Finding, texts: Mapping[str, str]) -> Iterator[str]:
    """The line that the finding is about, with a marker under its place."""
    place = finding.position
    if (place.line, place.column) == (1, 1):  # said of the file as a whole
        return
    lines = texts.get(place.file, "").split("\n")
    if place.line > len(lines) or not lines[place.line - 1].strip():
        return
    line = lines[place.line - 1].replace("\t", " " * _TAB_WIDTH)
    tabs = lines[place.line - 1][: place.column - 1].count("\t")
    column = place.column - 1 + tabs * (_TAB_WIDTH - 1)
    gutter = f"  {place.line} | "
    yield gutter + "".join(c if c.isprintable() else "?" for c in line)
    yield " " * (len(gutter) - 2) + "| " + " " * _width(line[:column]) + "^"


def _width(text: str) -> int:
    """The columns that a text takes on a terminal (East Asian Width, UAX #11)."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in _WIDE else 1
        for c in text
    )
