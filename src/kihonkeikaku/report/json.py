"""Findings as JSON, by the contract in the README."""

from kihonkeikaku.check import Checked
from kihonkeikaku.finding import Finding
from kihonkeikaku.json_layout import laid_out
from kihonkeikaku.report.listing import counts, listed


def findings_json(checked: Checked) -> str:
    """Returns the findings as JSON."""
    report = {
        "findings": [_finding_data(finding) for finding in listed(checked.findings)],
        "summary": counts(checked),
    }
    return laid_out(report)


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
