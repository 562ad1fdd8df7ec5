"""Changes of the edition's own fields."""

from typing import Any

import pytest

from kihonkeikaku.model.plan import Plan
from tests.diff.expectation import kinds_and_ids, only
from tests.diff.plans import chapter, plan

PUBLICATION = {"publisher": "内閣府", "attribution": "出典"}


def edition(**fields: Any) -> Plan:
    return plan(chapter("x"), **fields)


@pytest.mark.parametrize(
    ("old", "new", "field", "values"),
    [
        (edition(title="計画"), edition(title="新計画"), "title", ("計画", "新計画")),
        (edition(stage="素案"), edition(stage="案"), "stage", ("素案", "案")),
        (edition(), edition(label="第Ⅱ期"), "label", (None, "第Ⅱ期")),
        (edition(decided_on="2025-12-23"), edition(), "decided_on", ("2025-12-23", None)),
        (
            edition(publication=PUBLICATION),
            edition(publication={**PUBLICATION, "notice": "例示"}),
            "publication.notice",
            (None, "例示"),
        ),
    ],
)
def test_each_field_is_a_change(
    old: Plan, new: Plan, field: str, values: tuple[str | None, str | None]
) -> None:
    change = only(old, new)
    assert (change.kind, change.type, change.id) == ("metadata-changed", "edition", "edition")
    assert change.detail == {"field": field, "old": values[0], "new": values[1]}
    assert change.section is None


def test_the_change_has_the_new_editions_id() -> None:
    assert only(edition(id="first"), edition(id="second", stage="素案")).id == "second"


def test_id_dates_and_supersedes_are_no_changes() -> None:
    old = edition(id="first")
    assert kinds_and_ids(old, edition(id="second", supersedes="first", dated="2026-04-01")) == []


def test_each_field_of_a_publication_is_a_change() -> None:
    fields = [c[0] for c in kinds_and_ids(edition(), edition(publication=PUBLICATION))]
    assert fields == ["metadata-changed"] * 3  # the third is the heading of the contents
