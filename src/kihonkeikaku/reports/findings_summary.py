"""Which findings are listed, and how many there are."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from kihonkeikaku.model.finding import Finding
from kihonkeikaku.validation.linter import Checked

LISTED_PER_FILE: Final = 100
"""At most so many findings of one file are listed; the counts are always of all."""


def counts(checked: Checked) -> dict[str, int]:
    """Returns how many files were read, and how many findings there are of each severity."""
    found = Counter(finding.severity for finding in checked.findings)
    for (_, severity), count in checked.beyond.items():
        found[severity] += count
    return {
        "files": checked.loaded.files,
        "errors": found["error"],
        "warnings": found["warning"],
        "notes": found["note"],
    }


def by_file(findings: Sequence[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """Yields each file with its findings; ``findings`` are in the order of files."""
    for file, group in groupby(findings, key=lambda finding: finding.position.file):
        yield file, list(group)


def listed(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yields the findings that are listed."""
    for _, of_file in by_file(findings):
        yield from of_file[:LISTED_PER_FILE]


def unlisted(checked: Checked) -> Iterator[tuple[str, int]]:
    """Yields each file of which not all findings are listed, and how many are not."""
    beyond: Counter[str] = Counter()
    for (file, _), count in checked.beyond.items():
        beyond[file] += count
    for file, of_file in by_file(checked.findings):
        count = max(len(of_file) - LISTED_PER_FILE, 0) + beyond[file]
        if count:
            yield file, count


def summary_line(checked: Checked) -> str:
    """Returns the one line that says how it went."""
    count = counts(checked)
    if not checked.findings:
        return f"{count['files']} 個のファイルを検査しました。誤りはありません。"
    return (
        f"{count['files']} 個のファイルを検査しました。"
        f"誤り {count['errors']}、注意 {count['warnings']}、参考 {count['notes']}。"
    )
