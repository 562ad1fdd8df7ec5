"""The Big List of Naughty Strings in a measure's text: as it is written, or refused with a rule."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kihonkeikaku.cli.validate import FindingFormat, render_findings
from kihonkeikaku.loading.loader import load
from kihonkeikaku.loading.yaml_parser import parse_yaml
from kihonkeikaku.reports.findings import findings_text
from kihonkeikaku.validation.linter import lint
from kihonkeikaku.validation.rules import RULES
from tests.sample import plant
from tests.suites.fetched import folder_of

STRINGS: list[str] = json.loads((folder_of("blns") / "resources" / "blns.json").read_text("utf-8"))
RULE_IDS = {rule.id for rule in RULES}
WAYS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "single": lambda text: "'" + text.replace("'", "''") + "'",
    "double": lambda text: json.dumps(text, ensure_ascii=False),
    "escaped": json.dumps,
    "flow": lambda text: f"[{text}]",
    "literal": lambda text: f"|-\n  {text}",
}


def test_the_list_is_there() -> None:
    assert len(STRINGS) >= 480


@pytest.mark.parametrize("way", ["single", "double", "escaped"])
def test_quoted_string_is_read_as_it_is_or_refused(way: str) -> None:
    for text in STRINGS:
        reading = parse_yaml(f"text: {WAYS[way](text)}\n".encode("utf-8", "surrogatepass"))
        assert all(problem.rule in RULE_IDS for problem in reading.problems)
        assert reading.problems or reading.data == {"text": text}, text


def test_unquoted_string_is_read_as_it_is_or_refused() -> None:
    for text in STRINGS:
        reading = parse_yaml(f"text: {text}\n".encode("utf-8", "surrogatepass"))
        if reading.problems:
            assert all(problem.rule in RULE_IDS for problem in reading.problems)
        else:  # but for a comment, and for spaces around it
            assert isinstance(reading.data, dict) and reading.data.keys() == {"text"}, text
            written = text.partition(" #")[0] if not text.startswith("#") else ""
            if isinstance(reading.data["text"], str) and text[:1] not in ("'", '"'):
                assert reading.data["text"] == written.strip(" \t"), text


@pytest.mark.parametrize("way", WAYS)
def test_measures_with_these_strings_are_checked_and_reported(way: str, tmp_path: Path) -> None:
    files = {f"measures/s-{n}.yaml": measure(n, WAYS[way](s)) for n, s in enumerate(STRINGS)}
    checked = lint(load(str(plant(tmp_path, files))))
    assert {finding.rule for finding in checked.findings} <= RULE_IDS
    assert findings_text(checked)
    for format in ("json", "github", "sarif", "junit"):
        assert render_findings(checked, FindingFormat(format))
    if way in ("single", "double", "escaped"):
        read = checked.loaded.draft.measures
        unread = {Path(f.position.file).stem for f in checked.findings if f.severity == "error"}
        for number, text in enumerate(STRINGS):
            name = f"s-{number}"
            assert (name in read and read[name].text == (text,)) or name in unread, text


def measure(number: int, written: str) -> bytes:
    text = f"id: s-{number}\ntext: {written}\nassignments:\n  - ministry: 経産省\n"
    return text.encode("utf-8", "surrogatepass")
