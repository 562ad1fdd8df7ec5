"""The chain of adopted editions that come with an edition has no gap."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.verification.edition_inputs import find_chain_problems
from tests.sample import SAMPLE, plant

pytestmark = pytest.mark.slow

HEAD = SAMPLE["plan.yaml"]
ORDER = ("third", "second", "first")


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Plan]:
    """Three editions, each superseding the one before; the first supersedes none."""
    folder = tmp_path_factory.mktemp("chain")

    def planned(edition: str, supersedes: str) -> Plan:
        head = HEAD.replace("id: second", f"id: {edition}")
        head = head.replace("  # supersedes: (none)\n", supersedes)
        return load(str(plant(folder / edition, {"plan.yaml": head}))).draft.plan()

    return {
        "third": planned("third", "  supersedes: second\n"),
        "second": planned("second", "  supersedes: first\n"),
        "first": planned("first", ""),
    }


def problems(plans: Mapping[str, Plan], *records: str) -> list[tuple[str, str]]:
    kept = {name: plans[name] for name in records}
    found = find_chain_problems(plans["third"], kept, set(records))
    return [(one.path, one.message) for one in found]


def test_a_chain_without_a_gap(plans: Mapping[str, Plan]) -> None:
    assert problems(plans, "second", "first") == []


def test_a_chain_that_begins_later(plans: Mapping[str, Plan]) -> None:
    assert problems(plans, "second") == []


def test_no_records_at_all(plans: Mapping[str, Plan]) -> None:
    assert problems(plans) == []


def test_a_gap(plans: Mapping[str, Plan]) -> None:
    assert problems(plans, "first") == [
        ("editions/second.json", "版「third」が改めた版「second」の記録がありません。"),
        ("editions/first.json", "「third」までの版のつながりに、この版はありません。"),
    ]


def test_a_listed_record_that_is_missing(plans: Mapping[str, Plan]) -> None:
    records = {"second": plans["second"]}
    [problem] = find_chain_problems(plans["third"], records, {"second", "first"})
    assert problem.message == "版「second」が改めた版「first」の記録がありません。"


def test_an_edition_outside_of_the_chain(plans: Mapping[str, Plan]) -> None:
    [problem] = find_chain_problems(plans["first"], {"second": plans["second"]}, set())
    assert problem.message == "「first」までの版のつながりに、この版はありません。"


def test_editions_in_a_circle_end(plans: Mapping[str, Plan], tmp_path: Path) -> None:
    head = HEAD.replace("id: second", "id: first")
    head = head.replace("# supersedes: (none)", "supersedes: third")
    first = load(str(plant(tmp_path / "plan", {"plan.yaml": head}))).draft.plan()
    records = {**plans, "first": first}
    [problem] = find_chain_problems(plans["third"], records, set())
    assert problem.message == "この版が、それより前の版としてもあります。"
