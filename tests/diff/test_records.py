"""Records hold the whole content of a plan that a comparison can show."""

import pytest

from kihonkeikaku.diff.plan_records import extract_records
from kihonkeikaku.model import blocks, plan_head, values
from kihonkeikaku.model import plan as model
from tests.diff.plans import chapter, clause, divided, group, measure, plan, reprint

HEADING = {"id", "title", "body", "measures_label", "measures", "sections", "kind"}


@pytest.mark.parametrize(
    ("of", "recorded", "left_out"),
    [
        (model.Plan, {"head", "ministries", "chapters", "measures"}, {"revision", "figures"}),
        (
            plan_head.PlanHead,
            {
                *("series", "title", "subtitle", "edition", "basis", "publication", "chapters"),
                *("outline", "assignments", "terms"),
            },
            {"format", "rules", "style"},
        ),
        (
            plan_head.Edition,
            {"stage", "label", "decided_on", "decided_by"},
            {"id", "dated", "supersedes"},
        ),
        (model.Chapter, {*HEADING, "label"}, set()),
        (model.Section, HEADING, set()),
        (values.Paragraph, {"id", "mark", *values.PARAGRAPH_MARKERS}, set()),
        (
            model.Measure,
            {
                *("id", "title", "text", "assignments", "clauses", "deadline", "body"),
                *("items", "sections"),
            },
            set(),
        ),
        (model.Item, {"id", "text", "assignments", "deadline", "items"}, set()),
        (model.PrintedDeadline, {"text", "by"}, set()),
        (blocks.ListBlock, {"id", "list", "label"}, set()),
        (blocks.Table, {"title", "unit", "columns", "rows", "notes"}, set()),
        (blocks.Column, {"title", "align"}, set()),
        (blocks.BodyRow, {"id", "cells"}, set()),
        (blocks.Figure, {"file", "alt", "title", "source"}, set()),
        (blocks.Box, {"title", "body"}, set()),
        (model.Clause, {"text", "assignments"}, set()),
        (model.Assignment, {"ministry", "role"}, set()),
        (model.Reprint, {"reprint"}, set()),
        (values.Ref, {"ref", "with_"}, set()),
        (values.Footnote, {"footnote"}, set()),
        (values.Emphasis, {"em"}, set()),
        (values.RubyText, {"ruby"}, set()),
        (values.LinkTarget, {"text", "url"}, set()),
    ],
)
def test_every_field_of_the_model_is_recorded_or_left_out_on_purpose(
    of: type[values.Model], recorded: set[str], left_out: set[str]
) -> None:
    """Fails for a new field of the model: should a comparison show it?"""
    assert set(of.model_fields) == recorded | left_out


def test_records_are_by_id_and_lists_by_parent() -> None:
    found = extract_records(
        plan(chapter("x", group("g", measure("a"), reprint("b")), measure("b")))
    )
    assert found.children == {None: ("x",), "x": ("g",)}
    assert {id: [item.measure for item in items] for id, items in found.placements.items()} == {
        "x": ["b"],
        "g": ["a", "b"],
    }
    assert [item.reprint for item in found.placements["g"]] == [False, True]
    assert set(found.measures) == {"a", "b"}


def test_the_form_of_the_files_is_not_recorded() -> None:
    a = plan(chapter("x", measure("a", "研究開発", "経産省")), id="first", dated="2026-04-01")
    b = plan(chapter("x", divided("a", clause(["研究", "開発"], "経産省"))), id="second")
    assert extract_records(a) == extract_records(b)
