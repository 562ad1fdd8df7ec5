"""Any two editions of a chain: the comparison composes what was done at all steps between them."""

import json
from itertools import combinations
from random import Random
from typing import Any

import pytest

from kihonkeikaku.amendment.amendment import proved_amendment
from kihonkeikaku.diff.apply_changes import apply_changes
from kihonkeikaku.diff.change import Change, Comparison, comparison_json
from kihonkeikaku.diff.comparison import compare, compare_editions
from kihonkeikaku.diff.plan_records import extract_records
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.rendering.comparison.report import comparison_report
from kihonkeikaku.rendering.comparison.table_options import TableOptions
from tests.diff.chains import Chain, ChainMaker, Fate
from tests.diff.plans import chapter, measure, plan

CHAINS = 60


@pytest.fixture
def chain(seed: int) -> Chain:
    """A chain, with what its editions say of measures split off from others."""
    return chain_of(seed)


def chain_of(seed: int) -> Chain:
    return ChainMaker(seed).make(Random(seed).randint(3, 6))


def measures_of(edition: Plan) -> set[str]:
    return {one.id for one in edition.measures}


def parent_of(edition: Plan, measure: str) -> str:
    [chapter] = edition.chapters
    return next(group.id for group in chapter.sections if measure in group.measures)


def ids(change: Change, side: str) -> list[str]:
    detail: Any = change.detail
    return [entry["id"] for entry in detail[side]]


def require_what_was_done(
    old: Plan, new: Plan, comparison: Comparison, fates: dict[str, Fate], every_id: set[str]
) -> None:
    changes = comparison.changes
    before, after = measures_of(old), measures_of(new)
    restructured = [c for c in changes if c.kind in ("split", "merged")]
    for id in before - after:
        said = [c for c in restructured if id in ids(c, "from")]
        removed = [c for c in changes if c.kind == "removed" and c.id == id]
        if fates[id].present:
            [one] = said
            assert set(ids(one, "into")) == fates[id].present
            assert not removed
        else:
            [gone] = removed
            disposition: Any = gone.detail["disposition"]
            assert disposition["became"] == fates[id].ended
            assert not said
    split_off = {id: fates[id].present - before for id in before & after}
    for id in before & after:
        said = [c for c in restructured if id in ids(c, "from")]
        assert {part for c in said for part in ids(c, "into")} == split_off[id]
    sources = {part for id in before - after for part in fates[id].present}
    sources |= {part for parts in split_off.values() for part in parts}
    assert {c.id for c in changes if c.kind == "added"} == after - before - sources
    moved = {id for id in before & after if parent_of(old, id) != parent_of(new, id)}
    assert {c.id for c in changes if c.kind == "moved"} == moved
    mentioned = json.dumps(comparison_json(comparison), ensure_ascii=False)
    assert not [id for id in every_id if id not in before | after and f'"{id}"' in mentioned]


@pytest.mark.parametrize("seed", range(CHAINS))
def test_the_composition_is_what_was_done_in_every_pair(chain: Chain) -> None:
    for first, last in combinations(range(len(chain.editions)), 2):
        old, new = chain.editions[first], chain.editions[last]
        comparison = compare(old, new, adopted=chain.adopted)
        require_what_was_done(old, new, comparison, chain.fates[first, last], chain.ids)
        changes = json.loads(json.dumps(comparison_json(comparison)))["changes"]
        assert apply_changes(changes, extract_records(old)) == extract_records(new)


@pytest.mark.parametrize("seed", range(CHAINS, CHAINS + 12))
def test_every_pair_is_proved_in_the_table_and_by_the_amendment(chain: Chain) -> None:
    for old, new in combinations(chain.editions, 2):
        result = compare_editions(old, new, adopted=chain.adopted)
        comparison_report(result, TableOptions())
        proved_amendment(old, new)


def test_generated_chains_hold_every_composition() -> None:
    """Or the properties above would show less than they say."""
    seen = set[str]()
    for seed in range(CHAINS):
        chain = chain_of(seed)
        for (first, last), fates in chain.fates.items():
            before, after = (measures_of(chain.editions[at]) for at in (first, last))
            far = "far" if last - first > 1 else "next"
            for id, fate in fates.items():
                if id not in after:
                    into = "new" if fate.present - before else "old"
                    seen.add(f"{far} {min(len(fate.present), 3)} {fate.ended or into}")
    assert {f"far 0 {end}" for end in ("completed", "transferred", "abolished")} <= seen
    assert any(
        fate.present - {id} and id in fate.present
        for seed in range(CHAINS)
        for fates in chain_of(seed).fates.values()
        for id, fate in fates.items()
    )
    assert {"far 1 new", "far 1 old", "far 2 new", "far 3 new"} <= seen


A, B, C, D, E = (measure(id) for id in "abcde")


def edition(at: int, *measures: Any, **revision: Any) -> Plan:
    before = f"e-{at - 1}" if at else None
    said = {"from": before, **revision} if before else None
    return plan(chapter("x", *measures), id=f"e-{at}", supersedes=before, revision=said)


def gone(became: str, *measures: str, into: Any = (), reason: str | None = None) -> Any:
    return {"measures": measures, "became": became, "into": list(into), "reason": reason}


def composed(*editions: Plan) -> tuple[Change, ...]:
    """Returns the changes from the first edition to the last."""
    adopted = {one.head.edition.id: one for one in editions}
    return compare(editions[0], editions[-1], adopted=adopted).changes


@pytest.mark.parametrize(
    ("editions", "expected"),
    [
        pytest.param(
            [
                edition(0, A, B),
                edition(1, C, dispositions=[gone("merged", "a", "b", into="c", reason="重複")]),
                edition(2, D, dispositions=[gone("merged", "c", into="d", reason="再編")]),
            ],
            ("merged", "ab", "d", "重複。再編。"),
            id="merged, then merged again",
        ),
        pytest.param(
            [
                edition(0, A, B),
                edition(1, C, dispositions=[gone("merged", "a", "b", into="c")]),
                edition(2, D, E, dispositions=[gone("split", "c", into="de")]),
            ],
            ("split", "ab", "de", None),
            id="merged, then split",
        ),
        pytest.param(
            [
                edition(0, A, B),
                edition(1, B, C, D, dispositions=[gone("split", "a", into="cd")]),
                edition(2, B, C, dispositions=[gone("merged", "d", into="b", reason="近い")]),
            ],
            ("split", "a", "cb", "近い"),
            id="split, one part merged into one that stayed",
        ),
        pytest.param(
            [
                edition(0, A),
                edition(1, B, C, dispositions=[gone("split", "a", into="bc")]),
                edition(2, B, dispositions=[gone("completed", "c")]),
            ],
            ("split", "a", "b", None),
            id="split, one part completed",
        ),
        pytest.param(
            [
                edition(0, A, B),
                edition(
                    1,
                    C,
                    dispositions=[gone("merged", "a", into="c"), gone("merged", "b", into="c")],
                ),
            ],
            ("merged", "ab", "c", None),
            id="one merger in two entries",
        ),
    ],
)
def test_what_several_steps_say_is_one_change(editions: Any, expected: Any) -> None:
    kind, sources, results, reason = expected
    [change] = [c for c in composed(*editions) if c.kind not in ("renumbered", "reordered")]
    assert change.kind == kind
    assert (ids(change, "from"), ids(change, "into")) == (list(sources), list(results))
    assert change.detail["reason"] == reason


@pytest.mark.parametrize(
    ("editions", "became", "reason"),
    [
        pytest.param(
            [
                edition(0, A, B),
                edition(1, B, C, dispositions=[gone("merged", "a", into="c", reason="重複")]),
                edition(2, B, dispositions=[gone("completed", "c", reason="達成")]),
            ],
            "completed",
            "重複。達成。",
            id="merged into what is completed",
        ),
        pytest.param(
            [
                edition(0, A, B),
                edition(1, B, C, D, dispositions=[gone("split", "a", into="cd")]),
                edition(2, B, D, dispositions=[gone("completed", "c", reason="達成")]),
                edition(3, B, dispositions=[gone("transferred", "d", reason="別の計画へ")]),
            ],
            "transferred",
            "達成。別の計画へ。",
            id="split into what came to different ends",
        ),
    ],
)
def test_what_nothing_is_left_of_ended_as_the_last_of_it(
    editions: Any, became: str, reason: str
) -> None:
    [change] = [c for c in composed(*editions) if c.kind == "removed"]
    assert change.detail["disposition"] == {"became": became, "into": (), "reason": reason}


def test_what_was_born_and_is_gone_in_between_is_in_neither() -> None:
    editions = [
        edition(0, A),
        edition(1, A, B, C),
        edition(2, A, C, dispositions=[gone("abolished", "b")]),
        edition(3, A, dispositions=[gone("merged", "c", into="a")]),
    ]
    assert composed(*editions) == ()


def test_the_reasons_of_all_steps_are_given_in_their_order() -> None:
    editions = [
        edition(0, A),
        edition(1, measure("a", "甲"), reasons=[{"id": "a", "reason": "体制の見直し"}]),
        edition(2, measure("a", "乙"), reasons=[{"id": "a", "reason": "意見を受けた"}]),
    ]
    [change] = composed(*editions)
    assert change.detail["reason"] == "体制の見直し。意見を受けた。"


def test_a_chain_with_a_missing_edition_leads_nowhere() -> None:
    editions = [edition(0, A), edition(1, A), edition(2, dispositions=[gone("completed", "a")])]
    [change] = compare(editions[0], editions[2], adopted={"e-0": editions[0]}).changes
    assert change.detail["disposition"] is None
