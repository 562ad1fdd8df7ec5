"""Findings as SARIF 2.1.0, the OASIS standard for what checkers find.

Section numbers (§) are of the standard, errata 01.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from kihonkeikaku import __version__
from kihonkeikaku.loading.yaml_parser import parse_yaml
from kihonkeikaku.model.finding import Finding
from kihonkeikaku.reports.findings import count_findings, count_unlisted, listed_findings
from kihonkeikaku.reports.repository_paths import repository_path
from kihonkeikaku.validation.edits import Edit, StringIndex
from kihonkeikaku.validation.linter import LintResult
from kihonkeikaku.validation.rule_book import render_manual
from kihonkeikaku.validation.rules import RULES, Rule

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT: Final = "%SRCROOT%"
_ROOT_NAME: Final = "リポジトリの一番上のフォルダー（リポジトリの外では、検査を実行したフォルダー）"
_EXAMPLES: Final = "\n\n誤り:\n"

SarifObject = dict[str, Any]


def findings_sarif(result: LintResult) -> str:
    """Returns the findings as a SARIF log of one run."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(result)]}
    return json.dumps(log, ensure_ascii=False, indent=1)


def _run(result: LintResult) -> SarifObject:
    return {
        "tool": {
            "driver": {
                "name": "kihonkeikaku",
                "version": __version__,
                "rules": [_rule(rule) for rule in RULES],
            }
        },
        "language": "ja",
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": _ROOT_NAME}}},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": list(_omissions(result)),
            }
        ],
        "results": list(_results(result)),
        "properties": count_findings(result),
    }


def _rule(rule: Rule) -> SarifObject:
    # Braces are left as they are here, though §3.11.5 would have them doubled: nothing in a manual
    # looks like a placeholder, and viewers show the YAML of the examples as it stands.
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.manual.partition(_EXAMPLES)[0].replace("\n", "")},
        "help": {"text": rule.manual, "markdown": render_manual(rule)},
        "defaultConfiguration": {"level": rule.severity, "enabled": not rule.off},
    }


def _omissions(result: LintResult) -> Iterator[SarifObject]:
    for file, count in count_unlisted(result):
        yield {
            "level": "note",
            "message": {"text": f"ほかに {count} 件あります。"},
            "locations": [{"physicalLocation": {"artifactLocation": _artifact(file)}}],
        }


def _results(result: LintResult) -> Iterator[SarifObject]:
    strings = cache(lambda file: StringIndex(parse_yaml(result.loaded.texts[file].encode())))
    findings = tuple(listed_findings(result.findings))
    for finding, fingerprint in zip(findings, _fingerprints(findings, result), strict=True):
        edit = strings(finding.position.file).edit(finding) if finding.fix else None
        yield _result(finding, fingerprint, edit)


def _result(finding: Finding, fingerprint: str, edit: Edit | None) -> SarifObject:
    place = finding.position
    region = {"startLine": place.line, "startColumn": place.column}
    result: SarifObject = {
        "ruleId": finding.rule,
        "level": finding.severity,
        "message": {"text": _message(finding.message + finding.hint)},
        "locations": [
            {"physicalLocation": {"artifactLocation": _artifact(place.file), "region": region}}
        ],
        "partialFingerprints": {"lineText/v1": fingerprint},
    }
    if edit:
        region["endColumn"] = edit.end
        result["fixes"] = [_fix(finding, edit)]
    return result


def _fix(finding: Finding, edit: Edit) -> SarifObject:
    region = {"startLine": edit.line, "startColumn": edit.start, "endColumn": edit.end}
    replacement = {"deletedRegion": region, "insertedContent": {"text": edit.new}}
    return {
        "description": {"text": _message(f"「{edit.old}」を「{edit.new}」に直します。")},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(finding.position.file),
                "replacements": [replacement],
            }
        ],
    }


def _message(text: str) -> str:
    """Text of a plan's as a message: it holds no placeholder (§3.11.5) and no link (§3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _artifact(file: str) -> SarifObject:
    path = Path(repository_path(file))
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix(), errors="surrogateescape"), "uriBaseId": _ROOT}


def _fingerprints(findings: Iterable[Finding], result: LintResult) -> Iterator[str]:
    """What makes each finding the same one in the next run, wherever its line has moved to."""
    line_text = _line_reader(result)
    seen: Counter[str] = Counter()
    for finding in findings:
        about = "\0".join([finding.rule, finding.position.file, line_text(finding)])
        digest = hashlib.sha256(about.encode(errors="surrogateescape")).hexdigest()[:32]
        seen[digest] += 1
        yield f"{digest}:{seen[digest]}"


def _line_reader(result: LintResult) -> Callable[[Finding], str]:
    lines = cache(lambda file: result.loaded.texts.get(file, "").split("\n"))

    def line_text(finding: Finding) -> str:
        text: list[str] = lines(finding.position.file)[finding.position.line - 1 :]
        return text[0].strip() if text else ""

    return line_text
