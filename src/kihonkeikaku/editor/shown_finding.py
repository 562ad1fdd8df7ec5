"""Findings as the preview shows them: beside which measure or heading, and in which file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from kihonkeikaku.loading.source import MEASURES
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.finding import Finding, Severity
from kihonkeikaku.reports.findings import listed_findings
from kihonkeikaku.validation.linter import LintResult

_ID: Final = re.compile(r"^\s*(?:-\s+)?id:\s*['\"]?([\w-]+)")


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding, ``place`` as 「file:line:column」, and the ``anchor`` of what it is about.

    ``link`` opens the place in VS Code; empty where the file is none on disk. ``anchor`` is the id
    of a measure, a heading or a paragraph; empty for what is about none.
    """

    severity: Severity
    place: str
    link: str
    anchor: str
    message: str
    hint: str
    rule: str


def shown_findings(result: LintResult) -> tuple[ShownFinding, ...]:
    """Returns the findings that ``validate`` lists, in its order."""
    return tuple(
        ShownFinding(
            finding.severity,
            f"{finding.position.file}:{finding.position.line}:{finding.position.column}",
            _editor_link(finding),
            _anchor(finding, result.loaded.texts.get(finding.position.file, "")),
            finding.message,
            finding.hint,
            finding.rule,
        )
        for finding in listed_findings(result.findings)
    )


def first_change(old: Document, new: Document) -> str:
    """Returns the anchor of the first line that the old edition does not have.

    Where every line was there before, as after a removal or a move, it is the first line that
    stands elsewhere; empty if nothing differs.
    """
    before, after = list(_anchored_texts(old)), list(_anchored_texts(new))
    known = set(before)
    for line in after:
        if line not in known:
            return line[0]
    shifted = (b[0] for a, b in zip(before, after, strict=False) if a != b)
    return next(shifted, after[-1][0] if len(after) != len(before) and after else "")


def _anchored_texts(document: Document) -> Iterator[tuple[str, str]]:
    """Yields each line without its number, and the anchor that stands at it or above it."""
    anchor = ""
    for line in document.lines():
        anchor = line.anchor or anchor
        yield anchor, line.body


def _editor_link(finding: Finding) -> str:
    path = Path(finding.position.file)
    if not path.is_file():
        return ""
    place = f"{finding.position.line}:{finding.position.column}"
    return f"vscode://file{quote(path.resolve().as_posix())}:{place}"


def _anchor(finding: Finding, text: str) -> str:
    """Returns the id that is written at or above the finding's line."""
    path = Path(finding.position.file)
    if path.parent.name == MEASURES:
        return path.stem
    for line in reversed(text.split("\n")[: finding.position.line]):
        if match := _ID.match(line):
            return match[1]
    return ""
