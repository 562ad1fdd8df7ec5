"""Findings → text, JSON, GitHub's annotations, SARIF and JUnit: one module each."""

from kihonkeikaku.reports.findings_json import findings_json
from kihonkeikaku.reports.findings_summary import LISTED_PER_FILE, summary_line
from kihonkeikaku.reports.findings_text import findings_text
from kihonkeikaku.validation.linter import Checked

__all__ = [
    "LISTED_PER_FILE",
    "findings_for_programs",
    "findings_json",
    "findings_text",
    "summary_line",
]


def findings_for_programs(checked: Checked, format: str) -> str:
    """Returns the findings in a format that programs read; only that format's code is loaded.

    Args:
        checked: what was found.
        format: ``json``, ``github``, ``sarif`` or ``junit``.

    Raises:
        ValueError: there is no such format.
    """
    match format:
        case "json":
            return findings_json(checked)
        case "github":
            from kihonkeikaku.reports.findings_github import findings_github

            return findings_github(checked)
        case "sarif":
            from kihonkeikaku.reports.findings_sarif import findings_sarif

            return findings_sarif(checked)
        case "junit":
            from kihonkeikaku.reports.findings_junit import findings_junit

            return findings_junit(checked)
        case _:
            raise ValueError(format)
