"""Plans with outlines of their own: what is promised of a comparison and an amendment holds."""

from typing import Final

import pytest

from kihonkeikaku.amendment.amendment import draft_amendment, prove_amendment, proved_amendment
from kihonkeikaku.diff.apply_changes import apply_changes
from kihonkeikaku.diff.change import comparison_json
from kihonkeikaku.diff.comparison import compare, compare_editions
from kihonkeikaku.diff.plan_records import extract_records
from kihonkeikaku.model.numbering import number
from kihonkeikaku.rendering.comparison.report import comparison_report
from kihonkeikaku.rendering.comparison.table_options import TableOptions
from tests.properties.outlined_plans import outlined_pair

PAIRS: Final = [
    *range(16),
    384,  # a measure is numbered anew, and so the headings inside it
]


@pytest.mark.parametrize("seed", PAIRS)
def test_applying_the_changes_to_the_old_edition_gives_the_new_one(seed: int) -> None:
    old, new = outlined_pair(seed)
    changes = comparison_json(compare(old, new))["changes"]
    assert apply_changes(changes, extract_records(old)) == extract_records(new)
    assert not compare(new, new).changes


@pytest.mark.parametrize("seed", PAIRS)
def test_the_amendment_makes_the_new_edition(seed: int) -> None:
    old, new = outlined_pair(seed)
    for before, after in ((old, new), (new, old)):
        proved_amendment(before, after)


@pytest.mark.parametrize("seed", PAIRS)
def test_the_table_gives_back_both_editions(seed: int) -> None:
    old, new = outlined_pair(seed)
    for before, after in ((old, new), (new, old)):
        comparison_report(compare_editions(before, after), TableOptions())  # proves itself


@pytest.mark.torture
def test_many_pairs(pairs: int) -> None:
    for seed in range(16, pairs):
        test_applying_the_changes_to_the_old_edition_gives_the_new_one(seed)
        test_the_amendment_makes_the_new_edition(seed)
        test_the_table_gives_back_both_editions(seed)


def test_most_amendments_replace_no_more_than_changes() -> None:
    small = 0
    for seed in range(40):
        old, new = outlined_pair(seed)
        try:
            prove_amendment(draft_amendment(old, new), number(old), number(new))
        except (ValueError, AssertionError, LookupError, RuntimeError):
            continue
        small += 1
    assert small >= 30
