"""Findings as JUnit's XML: one test case a file, which fails where the file has errors."""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kihonkeikaku.model.finding import Finding
from kihonkeikaku.reports.findings import (
    LISTED_PER_FILE,
    count_findings,
    finding_text,
    group_by_file,
    summary_line,
)
from kihonkeikaku.validation.linter import LintResult

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 may not hold, escaped or not (Char, section 2.2)."""


def findings_junit(result: LintResult) -> str:
    """Returns the findings as an XML document."""
    root = Element("testsuites", name="kihonkeikaku")
    suite = SubElement(root, "testsuite", name=_xml_text(result.loaded.positions.label))
    properties = SubElement(suite, "properties")
    for name, count in count_findings(result).items():
        SubElement(properties, "property", name=name, value=str(count))
    found = dict(group_by_file(result.findings))
    failures = 0
    files = _files(result, found)
    for file in files:
        failures += _add_case(suite, result, file, found.get(file, []))
    for element in (root, suite):
        element.attrib |= {"tests": str(len(files)), "failures": str(failures), "errors": "0"}
    SubElement(suite, "system-out").text = summary_line(result)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _files(result: LintResult, found: Iterable[str]) -> list[str]:
    """All files of the plan, sound or not; the plan itself where it is but one file."""
    positions = result.loaded.positions
    read = {position.file for position in positions.files.values()}
    return sorted(read | set(found)) or [positions.label]


def _add_case(suite: Element, result: LintResult, file: str, findings: list[Finding]) -> bool:
    """Adds a file's test case and returns whether it fails."""
    name = _xml_text(file)
    case = SubElement(suite, "testcase", classname="kihonkeikaku.validate", name=name, file=name)
    listed = findings[:LISTED_PER_FILE]
    errors = [finding for finding in findings if finding.severity == "error"]
    count = len(errors) + result.more_findings.get((file, "error"), 0)
    if errors:
        # One failure for all errors: many readers of this format look at the first one only.
        shown = [finding for finding in listed if finding.severity == "error"]
        headline = _headline(errors[0], count - 1)
        failure = SubElement(case, "failure", type=errors[0].rule, message=headline)
        failure.text = _lines(result, shown, count)
    others = [finding for finding in listed if finding.severity != "error"]
    count = len(findings) - len(errors)
    count += sum(result.more_findings.get((file, severity), 0) for severity in ("warning", "note"))
    if count:
        SubElement(case, "system-out").text = _lines(result, others, count)
    return bool(errors)


def _headline(first: Finding, others: int) -> str:
    more = f"（ほかに誤り {others} 件）" if others else ""
    return _xml_text(first.message + more)


def _lines(result: LintResult, findings: list[Finding], count: int) -> str:
    def parts() -> Iterator[str]:
        for finding in findings:
            yield finding_text(finding, result.loaded.texts)
        if count > len(findings):
            yield f"ほかに {count - len(findings)} 件あります。\n"

    return _xml_text("\n" + "\n".join(parts()))


def _xml_text(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
