"""Changes of assignments."""

import pytest

from tests.diff.expectation import detail, only, proved
from tests.diff.plans import chapter, clause, divided, measure, plan


def found(old: str, new: str) -> list[tuple[str, object]]:
    """Returns kind and detail of the changes from one 【】 to another, ids left out."""
    changes = proved(
        plan(chapter("x", measure("a", "取組", *old.split()))),
        plan(chapter("x", measure("a", "取組", *new.split()))),
    )
    return [
        (c.kind, {k: v for k, v in detail(c).items() if k not in ("ministry_id", "role")})
        for c in changes
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "経産省",
            "文科省 経産省",
            [("assignment-added", {"ministry": "文科省", "index": 0})],
            id="added",
        ),
        pytest.param(
            "文科省 経産省",
            "文科省",
            [("assignment-removed", {"ministry": "経産省", "index": 1})],
            id="removed",
        ),
        pytest.param(
            "文科省 経産省 総務省",
            "総務省 文科省 経産省",
            [
                (
                    "assignment-reordered",
                    {
                        "from": ("文科省", "経産省", "総務省"),
                        "to": ("総務省", "文科省", "経産省"),
                    },
                )
            ],
            id="reordered, once",
        ),
        pytest.param(
            "◎経産省 文科省",
            "◎デジタル庁 文科省",
            [("lead-changed", {"from": ("経産省",), "to": ("デジタル庁",)})],
            id="the lead replaced: no removal, no addition",
        ),
        pytest.param(
            "◎経産省 文科省",
            "経産省 ◎文科省",
            [("lead-changed", {"from": ("経産省",), "to": ("文科省",)})],
            id="the lead handed over",
        ),
        pytest.param(
            "◎経産省 文科省",
            "◎文科省 経産省",
            [("lead-changed", {"from": ("経産省",), "to": ("文科省",)})],
            id="the lead handed over, and the order with it",
        ),
        pytest.param(
            "経産省",
            "◎経産省",
            [("lead-changed", {"from": (), "to": ("経産省",)})],
            id="a lead where there was none",
        ),
        pytest.param(
            "◎経産省",
            "◎経産省 ◎文科省",
            [("lead-changed", {"from": ("経産省",), "to": ("経産省", "文科省")})],
            id="a second lead",
        ),
        pytest.param(
            "◎経産省 文科省 総務省",
            "◎デジタル庁 総務省",
            [
                ("lead-changed", {"from": ("経産省",), "to": ("デジタル庁",)}),
                ("assignment-removed", {"ministry": "文科省", "index": 1}),
            ],
            id="a change of lead beside another",
        ),
    ],
)
def test_changes_of_one_list_of_assignments(
    old: str, new: str, expected: list[tuple[str, dict[str, object]]]
) -> None:
    assert found(old, new) == expected


def test_a_change_of_lead_can_be_applied() -> None:
    change = only(
        plan(chapter("x", measure("a", "取組", "文科省", "◎経産省"))),
        plan(chapter("x", measure("a", "取組", "◎デジタル庁", "文科省"))),
    )
    meti = {"ministry": "経産省", "ministry_id": "meti", "role": "lead", "index": 1}
    digital = {"ministry": "デジタル庁", "ministry_id": "digital", "role": "lead", "index": 0}
    assert change.detail == {
        "from": ("経産省",),
        "to": ("デジタル庁",),
        "before": (meti,),
        "after": (digital,),
    }


def test_of_several_clauses_the_clause_is_named() -> None:
    research = clause("研究", "文科省")
    change = only(
        plan(chapter("x", divided("a", research, clause("、開発", "文科省")))),
        plan(chapter("x", divided("a", research, clause("、開発", "文科省", "経産省")))),
    )
    assert change.kind == "assignment-added"
    assert change.detail == {
        "ministry": "経産省",
        "ministry_id": "meti",
        "role": None,
        "index": 1,
        "clause": 1,
        "clause_text": "、開発",
    }
