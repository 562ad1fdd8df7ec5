"""The cases of yaml-test-suite: read exactly as its event trees say, or refused with a rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from kihonkeikaku.loading.yaml_parser import parse_yaml
from kihonkeikaku.validation.rules import RULES
from tests.suites.fetched import exported, folder_of

DATA = folder_of("yaml-test-suite") / "data"
RULE_IDS = {rule.id for rule in RULES}
ESCAPES = {"\\n": "\n", "\\t": "\t", "\\r": "\r", "\\b": "\b", "\\\\": "\\"}

# libyaml reads these though YAML 1.2 calls them invalid; each value is still what is written.
LENIENT = {
    "9C9N-0",  # lines within brackets that are not indented
    "G5U8-0", "YJV2-0",  # "-" alone within brackets
    "Y79Y-3",  # a tab before a value within brackets
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    name: str
    yaml: str
    tree: str
    invalid: bool


def cases() -> Iterator[Case]:
    for file in sorted(DATA.glob("*.js")):
        if file.stem != "index":
            exports = exported(file)
            for number, case in enumerate(exports["cases"]):
                yield Case(f"{file.stem}-{number}", *fields(case))


def fields(case: dict[str, Any]) -> tuple[str, str, bool]:
    return case["yaml"], case.get("tree") or "", bool(case.get("fail"))


def composed(tree: str) -> object:
    """What a tree of one document without anchors and tags says, as dicts, tuples and strings."""
    rows = [row.strip() for row in tree.split("\n") if row.strip()]
    return node(iter(rows[2:]))


def node(rows: Iterator[str], row: str | None = None) -> object:
    row = row or next(rows)
    if row.startswith("=VAL"):
        return unescaped(row.removeprefix("=VAL ")[1:])
    if row.startswith("+SEQ"):
        return tuple(until("-SEQ", rows))
    assert row.startswith("+MAP"), row
    items = list(until("-MAP", rows))
    return dict(zip(items[::2], items[1::2], strict=True))


def until(end: str, rows: Iterator[str]) -> Iterator[object]:
    while (row := next(rows)) != end:
        yield node(rows, row)


def unescaped(text: str) -> str:
    out, at = "", 0
    while at < len(text):
        escape = ESCAPES.get(text[at : at + 2])
        out += escape or text[at]
        at += 2 if escape else 1
    return out


CASES = {case.name: case for case in cases()}


def test_the_suite_is_there() -> None:
    assert len(CASES) >= 350


@pytest.mark.parametrize("name", CASES)
def test_case_is_read_as_written_or_refused(name: str) -> None:
    case = CASES[name]
    reading = parse_yaml(case.yaml.encode("utf-8", "surrogatepass"))
    lines = case.yaml.replace("\r\n", "\n").split("\n")
    for problem in reading.problems:
        line, column = problem.place
        assert problem.rule in RULE_IDS and problem.message and problem.hint
        assert 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1
    if not reading.problems:
        assert not case.invalid or name in LENIENT
        if not case.invalid:
            assert reading.data == composed(case.tree)
