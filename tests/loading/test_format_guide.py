"""The guide to the plan's files: its example is a sound plan, and names every key there is."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from kihonkeikaku.loading.loader import load
from kihonkeikaku.model import blocks, outline, plan, plan_head, values
from kihonkeikaku.validation.linter import lint
from tests.conftest import REPOSITORY

GUIDE = (REPOSITORY / "docs/format.md").read_text("utf-8")
EXAMPLES = dict(re.findall(r"```yaml\n# plan/(\S+)\n(.*?)```", GUIDE, re.DOTALL))
MODELS = (
    *(
        outline.OutlineKind,
        plan_head.AssignmentStyle,
        plan_head.Terms,
        plan_head.Style,
        plan.Measure,
        plan.Item,
    ),
    *(
        plan.PrintedDeadline,
        plan.Clause,
        plan.Assignment,
        plan.Heading,
        plan.Chapter,
        plan_head.Site,
    ),
    *(plan.Disposition, blocks.ListBlock, blocks.Table, blocks.TableBlock, blocks.Figure),
    *(blocks.Box, values.RubyText, values.Emphasis, values.Footnote, values.Link, values.Ref),
)


def test_the_example_is_a_sound_plan(tmp_path: Path) -> None:
    for name, text in EXAMPLES.items():
        path = tmp_path / "plan" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    found = lint(load(str(tmp_path / "plan"))).findings
    graver = [one for one in found if one.severity != "note"]  # it has comments behind values
    assert [(one.rule, one.position.file, one.message) for one in graver] == []
    assert len(EXAMPLES) == 8


@pytest.mark.parametrize("model", MODELS)
def test_every_key_is_in_the_guide(model: type[BaseModel]) -> None:
    keys = {field.alias or name for name, field in model.model_fields.items()}
    assert {key for key in keys if not re.search(rf"\b{key}\b", GUIDE, re.ASCII)} == set()
