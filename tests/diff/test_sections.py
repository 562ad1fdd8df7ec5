"""Chapters and sections."""

import pytest

from kihonkeikaku.model.plan import Plan
from tests.diff.expectation import kinds_and_ids, one, only
from tests.diff.plans import chapter, group, measure, plan, section


def test_a_section_is_added_and_removed_with_its_content() -> None:
    without = plan(chapter("x"))
    with_it = plan(chapter("x", group("g", measure("a"), body=["段落"])))
    assert kinds_and_ids(without, with_it) == [("added", "g"), ("added", None), ("added", "a")]
    assert kinds_and_ids(with_it, without) == [
        ("removed", "g"),
        ("removed", None),
        ("removed", "a"),
    ]


def test_an_added_section_has_its_fields() -> None:
    change = only(
        plan(chapter("x")), plan(chapter("x", section("s", title="題", measures_label="例")))
    )
    assert change.detail == {
        "kind": "section",
        "label": None,
        "title": "題",
        "measures_label": "例",
    }
    assert change.section == "x"
    assert change.new and (change.new.number, change.new.text) == ("第1章第1節", "題")


def test_a_section_moves_with_its_content() -> None:
    old = plan(chapter("x", group("g", measure("a"), body=["段落"])), chapter("y"))
    new = plan(chapter("x"), chapter("y", group("g", measure("a"), body=["段落"])))
    assert kinds_and_ids(old, new) == [("moved", "g"), ("renumbered", "a")]


def test_sections_of_one_parent_are_reordered() -> None:
    change = one(
        plan(chapter("x", group("g"), group("h"), group("i"))),
        plan(chapter("x", group("i"), group("g"), group("h"))),
        "reordered",
    )
    assert (change.type, change.id, change.section) == ("section", "i", "x")


def test_chapters_are_sections_without_a_parent() -> None:
    change = one(
        plan(chapter("x"), chapter("y"), chapter("z")),
        plan(chapter("z"), chapter("x"), chapter("y")),
        "reordered",
    )
    assert (change.type, change.id, change.section) == ("section", "z", None)
    assert change.new and (change.new.parent, change.new.index) == (None, 0)


def test_a_title_has_a_redline() -> None:
    change = only(
        plan(chapter("x", title="AIの利活用の促進")), plan(chapter("x", title="AIの利活用の推進"))
    )
    assert (change.kind, change.type, change.id) == ("retitled", "section", "x")
    assert change.detail == {"redline": (("=", "AIの利活用の"), ("-", "促進"), ("+", "推進"))}


@pytest.mark.parametrize(
    ("old", "new", "field", "values"),
    [
        pytest.param(
            plan(chapter("x", group("g"))),
            plan(chapter("x", section("g"))),
            "kind",
            ("group", "section"),
            id="kind",
        ),
        pytest.param(
            plan(chapter("x")),
            plan(chapter("x", measures_label="具体的な取組例")),
            "measures_label",
            (None, "具体的な取組例"),
            id="label",
        ),
    ],
)
def test_other_fields_are_attributes(
    old: Plan, new: Plan, field: str, values: tuple[str | None, str]
) -> None:
    change = only(old, new)
    assert (change.kind, change.type) == ("attribute-changed", "section")
    assert change.detail == {"field": field, "old": values[0], "new": values[1]}


def test_a_section_is_renumbered_by_the_one_before_it() -> None:
    change = one(
        plan(chapter("x", group("g"))), plan(chapter("x", group("h"), group("g"))), "renumbered"
    )
    assert (change.type, change.id, change.because) == ("section", "g", "h")


def test_a_preface_has_no_number() -> None:
    change = only(plan(chapter("x")), plan(chapter("x"), chapter("y", kind="preface")))
    assert change.new and (change.new.number, change.new.citation) == (None, "yの題")
