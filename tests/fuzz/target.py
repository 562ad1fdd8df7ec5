"""What has to hold of any file in a plan, whatever its bytes: what ``make fuzz`` tries to break.

The input's first byte says which of a sound plan's files it stands in for; the rest is the file.
"""

from typing import Final

import yaml

from kihonkeikaku.cli.validate import FindingFormat, render_findings
from kihonkeikaku.loading.loader import load_folder
from kihonkeikaku.loading.source import SourceFile, SourceFolder
from kihonkeikaku.loading.yaml_parser import ParsedYaml, parse_yaml
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


def hold(data: bytes) -> None:
    """Raises where any of it does not hold."""
    place, content = PLACES[data[0] % len(PLACES)] if data else PLACES[0], data[1:]
    files = {name: text.encode() for name, text in SAMPLE.items()} | {place: content}
    loaded = load_folder(
        SourceFolder("plan", tuple(SourceFile(name, files[name]) for name in sorted(files)))
    )
    checked = lint(loaded)
    for finding in checked.findings:
        _hold_of_finding(finding, loaded.texts)
    findings_text(checked, colour=True)
    for format in _FORMATS:
        render_findings(checked, FindingFormat(format)).encode()
    if place.endswith(".yaml"):
        hold_of_reading(parse_yaml(content))


def _hold_of_finding(finding: Finding, texts: dict[str, str]) -> None:
    at = finding.position
    assert finding.rule in _RULE_IDS and finding.message and finding.hint, finding
    text = texts.get(at.file, "")
    if not text:  # not decoded: its lines are not known
        return
    lines = text.split("\n")
    assert 1 <= at.line <= len(lines), finding
    assert 1 <= at.column <= len(lines[at.line - 1]) + 1, finding


def hold_of_reading(reading: ParsedYaml) -> None:
    """What is read without a problem is the same for PyYAML's other parser, without libyaml."""
    if reading.data is not None and not reading.problems:
        try:
            other = yaml.load(reading.text, yaml.BaseLoader)  # makes strings only
        except yaml.YAMLError:  # stricter than libyaml here and there
            return
        assert reading.data == _frozen(other), (reading.data, other)


def _frozen(data: object) -> object:
    if isinstance(data, list):
        return tuple(map(_frozen, data))
    if isinstance(data, dict):
        return {key: _frozen(value) for key, value in data.items()}
    return data
