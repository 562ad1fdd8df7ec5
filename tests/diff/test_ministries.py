"""The register of ministries: successions and renamings, which change no measures."""

from typing import Any

import pytest

from kihonkeikaku.model.plan import Plan
from tests.diff.expectation import kinds_and_ids, only, proved
from tests.diff.plans import Part, chapter, clause, divided, measure, ministry, plan

DISASTER = ministry("cao-disaster", "内閣府（防災）")
ABOLISHED = ministry("cao-disaster", "内閣府（防災）", abolished="2026-11-01")
AGENCY = ministry("dpa", "防災庁", succeeds=["cao-disaster"])


def done_by(*names: str, ministries: tuple[Part, ...]) -> Plan:
    return plan(chapter("x", measure("a", "取組", *names)), ministries=ministries)


def test_a_succession_is_one_change_with_its_assignments() -> None:
    change = only(
        done_by("◎内閣府（防災）", "総務省", ministries=(DISASTER,)),
        done_by("◎防災庁", "総務省", ministries=(AGENCY,)),
    )
    assert (change.kind, change.type, change.id) == ("ministry-succeeded", "ministry", "dpa")
    gone = {"id": "cao-disaster", "name": "内閣府（防災）", "left": True, "abolished": None}
    assert change.detail["from"] == (gone,)
    assert change.detail["to"] == {"id": "dpa", "name": "防災庁"}
    assert change.detail["measures"] == ("a",)
    assert change.detail["assignments"] == ({"measure": "a", "clause": 0, "from": "cao-disaster"},)


def test_a_succession_covers_the_date_of_abolition() -> None:
    change = only(
        done_by("内閣府（防災）", ministries=(DISASTER,)),
        done_by("防災庁", ministries=(ABOLISHED, AGENCY)),
    )
    assert change.kind == "ministry-succeeded"
    detail: Any = change.detail
    assert detail["from"][0]["abolished"] == "2026-11-01"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            ("内閣府（防災）", "総務省"), ("総務省", "防災庁"), ["assignment-reordered"], id="order"
        ),
        pytest.param(("◎内閣府（防災）",), ("防災庁",), ["lead-changed"], id="lead"),
        pytest.param(
            ("内閣府（防災）",), ("総務省",), ["assignment-added", "assignment-removed"], id="other"
        ),
        pytest.param(
            ("内閣府（防災）",), ("内閣府（防災）", "防災庁"), ["assignment-added"], id="both"
        ),
    ],
)
def test_changes_beside_a_succession_are_reported(
    old: tuple[str, ...], new: tuple[str, ...], expected: list[str]
) -> None:
    changes = proved(
        done_by(*old, ministries=(DISASTER,)), done_by(*new, ministries=(DISASTER, AGENCY))
    )
    assert sorted(change.kind for change in changes if change.type == "measure") == expected


def test_a_change_of_lead_has_the_old_name_of_the_lead() -> None:
    changes = proved(
        done_by("◎内閣府（防災）", "総務省", ministries=(DISASTER,)),
        done_by("防災庁", "◎総務省", ministries=(AGENCY,)),
    )
    assert [change.kind for change in changes] == ["ministry-succeeded", "lead-changed"]
    assert changes[1].detail["from"] == ("内閣府（防災）",)


def test_one_successor_of_two_ministries_is_assigned_once() -> None:
    office = ministry("mic", "総務省")
    change = only(
        done_by("内閣府（防災）", "◎総務省", ministries=(DISASTER, office)),
        done_by(
            "◎防災庁", ministries=(ministry("dpa", "防災庁", succeeds=["cao-disaster", "mic"]),)
        ),
    )
    assert change.kind == "ministry-succeeded"


def test_a_successor_assigned_before_keeps_its_position() -> None:
    agency = ministry("dpa", "防災庁")
    change = only(
        done_by("内閣府（防災）", "総務省", "防災庁", ministries=(DISASTER, agency)),
        done_by("総務省", "防災庁", ministries=(AGENCY,)),
    )
    assert change.kind == "ministry-succeeded"
    assert change.detail["succeeds"] == ("cao-disaster",)


def test_assignments_pass_clause_by_clause() -> None:
    old = divided("a", clause("予防", "内閣府（防災）"), clause("、復興", "内閣府（防災）"))
    new = divided("a", clause("予防", "防災庁"), clause("、復興", "内閣府（防災）"))
    change = only(
        plan(chapter("x", old), ministries=[DISASTER]),
        plan(chapter("x", new), ministries=[DISASTER, AGENCY]),
    )
    detail: Any = change.detail
    assert [passed["clause"] for passed in detail["assignments"]] == [0]


def test_a_renaming_changes_no_measure() -> None:
    change = only(
        done_by("◎経産省", ministries=(ministry("meti", "経産省"),)),
        done_by("◎産業省", ministries=(ministry("meti", "産業省"),)),
    )
    assert (change.kind, change.id) == ("ministry-renamed", "meti")
    assert change.detail == {"from": "経産省", "to": "産業省", "measures": ("a",)}
    assert change.new and change.new.text == "産業省"


def test_ministries_are_added_and_removed() -> None:
    without, with_it = done_by(ministries=()), done_by(ministries=(DISASTER,))
    assert kinds_and_ids(without, with_it) == [("added", "cao-disaster")]
    assert kinds_and_ids(with_it, without) == [("removed", "cao-disaster")]
    entry: Any = only(without, with_it).detail["entry"]
    assert entry["name"] == "内閣府（防災）"


def test_other_fields_are_attributes() -> None:
    full = ministry("cao-disaster", "内閣府（防災）", full_name="内閣府（防災担当）")
    change = only(done_by(ministries=(DISASTER,)), done_by(ministries=(full,)))
    assert (change.kind, change.type) == ("attribute-changed", "ministry")
    assert change.detail == {"field": "full_name", "old": None, "new": "内閣府（防災担当）"}


def test_the_order_of_the_register_is_no_content() -> None:
    other = ministry("mic", "総務省")
    assert (
        kinds_and_ids(done_by(ministries=(other, DISASTER)), done_by(ministries=(DISASTER, other)))
        == []
    )
