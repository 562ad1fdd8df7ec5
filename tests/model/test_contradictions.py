"""A frozen edition that holds what YAML would refuse is refused, at its place."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.frozen import hash_content
from kihonkeikaku.model.plan_head import FORMAT
from tests.sample import frozen

Change = Callable[[dict[str, Any]], object]


def of_section(plan: dict[str, Any]) -> Any:
    return next(c for c in plan["chapters"] if c["id"] == "measures")["sections"][0]


def revise(plan: dict[str, Any], **disposition: object) -> None:
    plan["head"]["edition"].update(supersedes="zeroth")
    plan["revision"] = [disposition]


# a change → the message, and what stands at the place
CASES: dict[str, tuple[Change, str, str]] = {
    "a newline in a name": (
        lambda plan: plan["ministries"][0].update(name="経\n産省"),
        "決定された版の記録の値に、改行が入っています。",
        "\\n産省",
    ),
    "a newline in a text": (
        lambda plan: plan["measures"][0].update(text="取組\n"),
        "決定された版の記録の値に、改行が入っています。",
        "\\n",
    ),
    "its own predecessor": (
        lambda plan: plan["head"]["edition"].update(supersedes="first"),
        "決定された版の記録の「first」は、自分自身を改める版になっています。",
        '"first"',
    ),
    "a measure that isn't there": (
        lambda plan: of_section(plan)["measures"].append("ghost"),
        "決定された版の記録の「ghost」は、ないものを指す識別子です。",
        '"ghost"',
    ),
    "a reprint of nothing": (
        lambda plan: of_section(plan)["measures"].append({"reprint": "ghost"}),
        "決定された版の記録の「ghost」は、ないものを指す識別子です。",
        '"ghost"',
    ),
    "a reference to nothing": (
        lambda plan: plan["measures"][0].update(text=[{"ref": "nowhere"}, "の推進"]),
        "決定された版の記録の「nowhere」は、ないものを指す識別子です。",
        '"nowhere"',
    ),
    "a ministry that isn't there": (
        lambda plan: plan["measures"][0]["assignments"][0].update(ministry="ない省"),
        "決定された版の記録の「ない省」は、ないものを指す識別子です。",
        '"ない省"',
    ),
    "a chapter that isn't there": (
        lambda plan: plan["head"]["chapters"].append("ghost"),
        "決定された版の記録の「ghost」は、ないものを指す識別子です。",
        '"ghost"',
    ),
    "a measure twice": (
        lambda plan: plan["measures"].append(plan["measures"][0]),
        "決定された版の記録の「alpha」は、二度使われている識別子です。",
        '"alpha"',
    ),
    "a measure in two places": (
        lambda plan: of_section(plan)["measures"].append("alpha"),
        "決定された版の記録の「alpha」は、二か所に載っている取組です。",
        '"alpha"',
    ),
    "a measure in no chapter": (
        lambda plan: of_section(plan)["measures"].remove("alpha"),
        "決定された版の記録の「alpha」は、どの章にも載っていない取組です。",
        '"alpha"',
    ),
    "a measure that is only reprinted": (
        lambda plan: of_section(plan).update(measures=["beta", {"reprint": "alpha"}]),
        "決定された版の記録の「alpha」は、どの章にも載っていない取組です。",
        '"alpha"',
    ),
    "a chapter that is not printed": (
        lambda plan: plan["head"]["chapters"].remove("vision"),
        "決定された版の記録の「vision」は、章の並びに挙げられていない章です。",
        '"vision"',
    ),
    "a reprint twice under a heading": (
        lambda plan: of_section(plan)["measures"].extend(2 * [{"reprint": "alpha"}]),
        "決定された版の記録の「alpha」は、一つの見出しの下に再掲が重なっている取組です。",
        '"alpha"',
    ),
    "a ministry twice in an assignment": (
        lambda plan: plan["measures"][0]["assignments"].append({"ministry": "経産省"}),
        "決定された版の記録の「経産省」は、一つの【】に二度書かれている府省庁です。",
        '"経産省"',
    ),
    "a ministry twice": (
        lambda plan: plan["ministries"].append({"id": "meti", "name": "別の省"}),
        "決定された版の記録の「meti」は、二度使われている府省庁の識別子です。",
        '"meti"',
    ),
    "a ministry above itself": (
        lambda plan: plan["ministries"][0].update(parent="meti"),
        "決定された版の記録の「meti」は、parent をたどると自分自身に戻る府省庁です。",
        '"meti"',
    ),
    "ministries above each other": (
        lambda plan: [
            ministry.update(parent=above)
            for ministry, above in zip(plan["ministries"], ("mext", "meti"), strict=False)
        ],
        "決定された版の記録の「mext」は、parent をたどると自分自身に戻る府省庁です。",
        '"mext"',
    ),
    "ministries that succeed each other": (
        lambda plan: [
            ministry.update(succeeds=[before])
            for ministry, before in zip(plan["ministries"], ("mext", "meti"), strict=False)
        ],
        "決定された版の記録の「mext」は、succeeds をたどると自分自身に戻る府省庁です。",
        '"mext"',
    ),
    "a ministry under one that isn't there": (
        lambda plan: plan["ministries"][0].update(parent="ghost"),
        "決定された版の記録の「ghost」は、ないものを指す識別子です。",
        '"ghost"',
    ),
    "a measure merged into one that isn't there": (
        lambda plan: revise(plan, id="gone", became="merged", into=["ghost"]),
        "決定された版の記録の「ghost」は、ないものを指す識別子です。",
        '"ghost"',
    ),
    "a measure that is gone and there": (
        lambda plan: revise(plan, id="alpha", became="completed"),
        "決定された版の記録の「alpha」は、なくなったとされているのに、この版にもある取組です。",
        '"alpha"',
    ),
    "a revision of no edition": (
        lambda plan: plan.update(revision=[{"id": "alpha", "reason": "変更"}]),
        "決定された版の記録の「alpha」は、前の版がないのに、前の版からの変更が書かれています。",
        '"alpha"',
    ),
    "format: true": (
        lambda plan: plan["head"].update(format=True),
        "決定された版の記録の内容が、計画として読めません。",
        "{",
    ),
    "format: 1.0": (
        lambda plan: plan["head"].update(format=1.0),
        "決定された版の記録の内容が、計画として読めません。",
        "{",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_yaml_refuses_is_refused_in_a_record(case: str, tmp_path: Path) -> None:
    change, message, at = CASES[case]
    content = json.loads(frozen("first"))["plan"]
    change(content)
    edition = {"format": FORMAT, "sha256": hash_content(content), "plan": content}
    text = json.dumps(edition, ensure_ascii=False, indent=1, sort_keys=True)
    (tmp_path / "first.json").write_text(text, "utf-8")
    [finding] = load(str(tmp_path / "first.json")).findings
    assert (finding.rule, finding.message) == ("damaged-edition", message)
    line = text.split("\n")[finding.position.line - 1]
    assert line[finding.position.column - 1 :].startswith(at)


def test_a_sound_record_is_read(tmp_path: Path) -> None:
    (tmp_path / "first.json").write_bytes(frozen("first"))
    assert load(str(tmp_path / "first.json")).findings == []
