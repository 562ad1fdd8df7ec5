"""Comments behind values: what they cut off, and what may stand there."""

from pathlib import Path

import pytest

from tests.sample import SAMPLE, plant
from tests.validation.rules.test_findings import Files, findings

CASES: dict[str, tuple[Files, tuple[str, ...]]] = {
    "cut-text": (
        {
            "chapters/vision.yaml": "id: vision\ntitle: 基本構想 #1\nbody:\n"
            "  - 課題 #1への対応\n  - note: '注記' # 引用符の後\n"
            "  - bullet: [研究, {footnote: 注}] # 一覧の後\n  - legend: [{ref: beta}] #2\n",
            "measures/alpha.yaml": "id: alpha\ntext: ハッシュタグ #AIを使おう の普及\n"
            "assignments:\n  - ministry: 経産省 # 主担当\n",
            "ministries.yaml": SAMPLE["ministries.yaml"].replace("経産省", "経産省\t#略称"),
            "plan.yaml": SAMPLE["plan.yaml"].replace("title: 計画", "title: 計画 # 仮題"),
        },
        (
            "chapters/vision.yaml:2:13 「#1」は注釈とみなされ、印字されません。",
            "chapters/vision.yaml:4:8 「#1への対応」は注釈とみなされ、印字されません。",
            "chapters/vision.yaml:5:14 「# 引用符の後」は注釈とみなされ、印字されません。",
            "chapters/vision.yaml:6:33 「# 一覧の後」は注釈とみなされ、印字されません。",
            "chapters/vision.yaml:7:27 「#2」は注釈とみなされ、印字されません。",
            "measures/alpha.yaml:2:14 「#AIを使おう の普及」は注釈とみなされ、印字されません。",
            "measures/alpha.yaml:4:19 「# 主担当」は注釈とみなされ、印字されません。",
            "ministries.yaml:3:15 「#略称」は注釈とみなされ、印字されません。",
            "plan.yaml:3:11 「# 仮題」は注釈とみなされ、印字されません。",
        ),
    ),
    "trailing-comment": (
        {
            "measures/alpha.yaml": SAMPLE["measures/alpha.yaml"].replace(
                "id: alpha", "id: alpha # 一つめ"
            ),
            "chapters/measures.yaml": SAMPLE["chapters/measures.yaml"].replace(
                "- beta", "- beta  # 二つめ"
            ),
            "plan.yaml": SAMPLE["plan.yaml"].replace("stage: 案", "stage: 案 #仮"),
        },
        (
            "chapters/measures.yaml:9:15 値の後ろに注釈「# 二つめ」があります。",
            "measures/alpha.yaml:1:11 値の後ろに注釈「# 一つめ」があります。",
            "plan.yaml:6:12 値の後ろに注釈「#仮」があります。",
        ),
    ),
}


@pytest.mark.parametrize(
    "text",
    [
        "# 一行の注釈\nid: alpha\n  # 字下げした注釈\ntext: 取組\n",
        "id: alpha\ntext: C#と「#AI」とissue#1の普及\n",
        "id: alpha\ntext: '課題「#1」と ISO #2 の例'\n",
        "id: alpha\ntext: 取組\nbody: # 段落\n  - 本文\n",
        "id: alpha\ntext: 取組(AI) # allow half-width-bracket: 原文のまま\n",
    ],
)
def test_other_comments_are_free(text: str, tmp_path: Path) -> None:
    measure = text + "assignments:\n  # 主担当\n  - ministry: 経産省\n# 終わり\n"
    found = findings(plant(tmp_path, {"measures/alpha.yaml": measure}))
    assert not {"cut-text", "trailing-comment"} & {rule for rule, _ in found}


def test_a_cut_text_is_found_where_the_file_has_other_errors(tmp_path: Path) -> None:
    measure = "id: alpha\ntext: 課題 #1への対応\nnonsense: x\nassignments: 経産省\n"
    found = findings(plant(tmp_path, {"measures/alpha.yaml": measure}))
    assert [rule for rule, _ in found] == ["cut-text", "unknown-key", "wrong-type"]


@pytest.mark.parametrize("content", ["取組 # 注釈\n", "- 取組 # 注釈\n", "text: #AI\n"])
def test_whatever_stands_before_the_comment(content: str, tmp_path: Path) -> None:
    found = findings(plant(tmp_path, {"measures/alpha.yaml": content}))
    assert "cut-text" in {rule for rule, _ in found}
