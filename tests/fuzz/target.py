"""The promises about any file in a plan, whatever its bytes: ``make fuzz`` tries to break them.

The first byte of the input selects a file of a valid plan; the rest is its content.
"""

from typing import Final

import yaml

from kihonkeikaku.cli.validate import FindingFormat, render_findings
from kihonkeikaku.loading.loader import load_folder
from kihonkeikaku.loading.source import SourceFile, SourceFolder
from kihonkeikaku.loading.yaml_composer import ParsedYaml
from kihonkeikaku.loading.yaml_parser import parse_yaml
from kihonkeikaku.model.finding import Finding
from kihonkeikaku.reports.findings import findings_text
from kihonkeikaku.validation.linter import lint
from kihonkeikaku.validation.rules import RULES
from tests.sample import SAMPLE

PLACES: Final = (
    *("plan.yaml", "ministries.yaml", "chapters/policy.yaml", "measures/alpha.yaml"),
    *("revision.yaml", "editions/first.json"),
)
_FORMATS: Final = ("json", "github", "sarif", "junit")
_RULE_IDS: Final = {rule.id for rule in RULES}


def check_file(data: bytes) -> None:
    """Raises an error where a promise is broken."""
    place, content = PLACES[data[0] % len(PLACES)] if data else PLACES[0], data[1:]
    files = {name: text.encode() for name, text in SAMPLE.items()} | {place: content}
    loaded = load_folder(
        SourceFolder("plan", tuple(SourceFile(name, files[name]) for name in sorted(files)))
    )
    result = lint(loaded)
    for finding in result.findings:
        _check_finding(finding, loaded.texts)
    findings_text(result, colour=True)
    for format in _FORMATS:
        render_findings(result, FindingFormat(format)).encode()
    if place.endswith(".yaml"):
        check_parsed(parse_yaml(content))


def _check_finding(finding: Finding, texts: dict[str, str]) -> None:
    at = finding.position
    assert finding.rule in _RULE_IDS and finding.message and finding.hint, finding
    text = texts.get(at.file, "")
    if not text:  # not decoded: its lines are not known
        return
    lines = text.split("\n")
    assert 1 <= at.line <= len(lines), finding
    assert 1 <= at.column <= len(lines[at.line - 1]) + 1, finding


def check_parsed(parsed: ParsedYaml) -> None:
    """What is read without a problem is the same for PyYAML's other parser, without libyaml."""
    if parsed.data is not None and not parsed.problems:
        try:
            other = yaml.load(parsed.text, yaml.BaseLoader)  # makes strings only
        except yaml.YAMLError:  # stricter than libyaml here and there
            return
        assert parsed.data == _frozen(other), (parsed.data, other)


def _frozen(data: object) -> object:
    if isinstance(data, list):
        return tuple(map(_frozen, data))
    if isinstance(data, dict):
        return {key: _frozen(value) for key, value in data.items()}
    return data
