"""Every rule finds what its case says, at its place and in its words, and nothing else."""

from pathlib import Path

import pytest

from kihonkeikaku.validation.rules import RULES
from tests.sample import plant
from tests.validation.rules import (
    test_comments,
    test_edition_rules,
    test_findings,
    test_ministry_rules,
    test_structure_rules,
    test_text_rules,
)
from tests.validation.rules.test_findings import Files, findings

CASES: dict[str, tuple[Files, tuple[str, ...]]] = {
    **test_findings.CASES,
    **test_structure_rules.CASES,
    **test_edition_rules.CASES,
    **test_comments.CASES,
}
# Where other rules may find something too, with a test beside the cases.
OTHER_CASES = {**test_ministry_rules.CASES, **test_text_rules.CASES}

# In tests of their own: they need more than some files' text.
ELSEWHERE = {
    *("renamed-id", "not-a-file", "unreadable-file", "unexplained-removal", "edition-reused"),
    "replaced-figure",
}


@pytest.mark.parametrize("rule", CASES)
def test_finding(rule: str, tmp_path: Path) -> None:
    files, expected = CASES[rule]
    assert findings(plant(tmp_path, files)) == [(rule, line) for line in expected]


def test_every_rule_has_a_case() -> None:
    assert {rule.id for rule in RULES} == CASES.keys() | OTHER_CASES.keys() | ELSEWHERE
