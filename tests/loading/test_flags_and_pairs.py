"""Values that are no text and no list of any length: true and false, a word and its reading."""

from pathlib import Path

import pytest

from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.outline import OutlineKind
from tests.sample import SAMPLE, plant
from tests.validation.rules.test_findings import findings

HEAD = SAMPLE["plan.yaml"].replace("format: 1", "format: 2")
OUTLINE = """\
outline:
  - {kind: chapter, label: "第{1}章"}
  - {kind: section, label: "第{1}節", contents: CONTENTS}
"""


def head(contents: str) -> dict[str, str]:
    return {"plan.yaml": HEAD + OUTLINE.replace("CONTENTS", contents)}


@pytest.mark.parametrize("written", ["true", "false"])
def test_true_and_false_are_read(tmp_path: Path, written: str) -> None:
    draft = load(str(plant(tmp_path, head(written)))).draft
    assert draft.head
    kind = OutlineKind(kind="section", label="第{1}節", contents=written == "true")
    assert draft.head.kinds["section"] == kind


@pytest.mark.parametrize("written", ["maybe", "yes", "1", "False"])
def test_anything_else_is_one_finding_with_advice(tmp_path: Path, written: str) -> None:
    message = f"plan.yaml:20:47 「{written}」は true でも false でもありません。"
    assert findings(plant(tmp_path, head(written))) == [("outline-form", message)]


@pytest.mark.parametrize("pair", ["[機械判読]", "[機械, 判読, きかい]"])
def test_ruby_has_a_word_and_a_reading(tmp_path: Path, pair: str) -> None:
    text = f"id: alpha\ntext: [様式を, {{ruby: {pair}}}, できる形にする。]\n"
    text += "assignments: [{ministry: 経産省}]\n"
    [(rule, line)] = findings(plant(tmp_path, {"measures/alpha.yaml": text}))
    assert (rule, line[:24]) == ("wrong-value", "measures/alpha.yaml:2:20")
    assert line.endswith("ruby に書かれているものが 1 あります。") == (pair.count(",") == 0)
