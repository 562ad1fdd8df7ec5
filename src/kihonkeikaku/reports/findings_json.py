"""Findings as JSON, by the contract in the README."""

import json

from kihonkeikaku.model.finding import Finding
from kihonkeikaku.reports.findings_summary import counts, listed
from kihonkeikaku.validation.linter import Checked


def findings_json(checked: Checked) -> str:
    """Returns the findings as JSON."""
    report = {
        "findings": [_finding_data(finding) for finding in listed(checked.findings)],
        "summary": counts(checked),
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
