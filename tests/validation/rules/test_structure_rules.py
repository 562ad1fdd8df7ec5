"""What stands where: empty and misplaced headings, reprints, and measures that none lists."""

from pathlib import Path

import pytest

from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.numbering import number
from kihonkeikaku.validation.linter import lint
from tests.sample import SAMPLE, plant
from tests.validation.rules.test_findings import Files, findings

VISION = "id: vision\ntitle: 基本構想\n"
PROMOTION = "id: promotion\ntitle: 必要な事項\n"
MEASURES = SAMPLE["chapters/measures.yaml"]

CASES: dict[str, tuple[Files, tuple[str, ...]]] = {
    "empty-section": (
        {
            "chapters/vision.yaml": VISION + "sections:\n"
            "  - {id: goal, kind: topic, title: 目標}\n"
            "  - {id: aim, kind: topic, title: 狙い, body: [狙い]}\n"
            "  - id: way\n    kind: section\n    title: 道筋\n"
            "    sections: [{id: first, kind: group, title: 一歩, measures_label: 例}]\n"
        },
        (
            "chapters/vision.yaml:4:36 見出し「目標」の下に何もありません。",
            "chapters/vision.yaml:9:48 見出し「一歩」の下に何もありません。",
        ),
    ),
    "misplaced-section": (
        {
            "chapters/vision.yaml": VISION + "sections:\n"
            "  - id: goal\n    kind: topic\n    title: 目標\n    body: [目標]\n    sections:\n"
            "      - {id: first, kind: topic, title: 一, body: [一]}\n"
            "      - {id: second, kind: section, title: 二, body: [二]}\n"
            "      - {id: third, kind: policy, title: 三, body: [三]}\n"
        },
        (
            "chapters/vision.yaml:9:27 「topic」の見出しは、「目標」の下には置けません。",
            "chapters/vision.yaml:10:28 「section」の見出しは、「目標」の下には置けません。",
        ),
    ),
    "early-reprint": (
        {
            "chapters/policy.yaml": "id: policy\ntitle: 方針\nmeasures:\n  - reprint: beta\n",
            "chapters/promotion.yaml": PROMOTION + "measures:\n  - reprint: beta\n",
        },
        ("chapters/policy.yaml:4:14 再掲「beta」が、元の取組より前に載っています。",),
    ),
    "repeated-reprint": (
        {
            "chapters/measures.yaml": MEASURES + "      - reprint: alpha\n",
            "chapters/promotion.yaml": PROMOTION + "measures: [reprint: beta, reprint: beta]\n",
        },
        (
            "chapters/measures.yaml:10:18 取組「alpha」は、すでに同じ見出しの下に載っています"
            "（一つめは chapters/measures.yaml の 8 行目）。",
            "chapters/promotion.yaml:3:36 取組「beta」は、すでに同じ見出しの下に載っています"
            "（一つめは chapters/promotion.yaml の 3 行目）。",
        ),
    ),
}


PLACES = {
    ("chapter", "section"), ("chapter", "topic"), ("chapter", "policy"), ("chapter", "group"),
    ("section", "topic"), ("section", "policy"), ("section", "group"),
    ("topic", "policy"), ("topic", "group"), ("policy", "group"),
}  # fmt: skip


def nested(outer: str, inner: str) -> str:
    """A chapter with a heading of one kind below one of the other, or below itself."""
    leaf = f"{{id: inner, kind: {inner}, title: 内, body: [文]}}"
    if outer == "chapter":
        return VISION + f"sections:\n  - {leaf}\n"
    return VISION + f"sections:\n  - {{id: outer, kind: {outer}, title: 外, sections: [{leaf}]}}\n"


@pytest.mark.parametrize("inner", ["section", "topic", "policy", "group"])
@pytest.mark.parametrize("outer", ["chapter", "section", "topic", "policy", "group"])
def test_kinds_stand_where_the_manual_says(outer: str, inner: str, tmp_path: Path) -> None:
    folder = plant(tmp_path, {"chapters/vision.yaml": nested(outer, inner)})
    rules = [rule for rule, _ in findings(folder)]
    assert rules == ([] if (outer, inner) in PLACES else ["misplaced-section"])


@pytest.mark.parametrize(
    ("outer", "inner", "hint"),
    [
        ("group", "topic", "ここに見出しは置けないので、見出しを置く場所を変えてください。"),
        ("policy", "topic", "kind を group にするか、見出しを置く場所を変えてください。"),
        (
            "section", "section",
            "kind を topic か policy か group にするか、見出しを置く場所を変えてください。",
        ),
    ],
)  # fmt: skip
def test_misplaced_section_says_what_may_stand_there(
    outer: str, inner: str, hint: str, tmp_path: Path
) -> None:
    folder = plant(tmp_path, {"chapters/vision.yaml": nested(outer, inner)})
    [finding] = lint(load(str(folder))).findings
    assert finding.hint == hint


def test_accepted_faults_of_structure_can_be_numbered(tmp_path: Path) -> None:
    files: Files = {
        "chapters/vision.yaml": nested("group", "section").replace(
            "\n  - ", "\n  # allow misplaced-section: 試行\n  - "
        ),
        "chapters/policy.yaml": "id: policy\ntitle: 方針\nmeasures:\n"
        "  - reprint: beta # allow early-reprint: 方針を先に示すため\n",
    }
    checked = lint(load(str(plant(tmp_path, files))))
    assert checked.findings == ()
    document = number(checked.loaded.draft.plan())
    assert [heading.number for heading in document.headings()][:3] == [
        "第1章", "第1章(1)", "第1章(1)第1節",
    ]  # fmt: skip
    assert next(document.measures()).number == "第2章①"


def test_reprint_without_an_original_is_said_once(tmp_path: Path) -> None:
    files: Files = {
        "chapters/measures.yaml": MEASURES.replace("      - beta\n", ""),
        "chapters/policy.yaml": "id: policy\ntitle: 方針\nmeasures: [reprint: beta]\n",
        "chapters/promotion.yaml": PROMOTION + "measures: [reprint: beta]\n",
    }
    assert findings(plant(tmp_path, files)) == [
        (
            "unlisted-measure",
            "measures/beta.yaml:1:1 "
            "取組「beta」は再掲だけで、元の取組としてはどの章にも載っていません。",
        )
    ]


@pytest.mark.parametrize("head", ["broken: [", None])
def test_order_of_chapters_is_asked_for(head: str | None, tmp_path: Path) -> None:
    """Without the order of the chapters nobody can say what stands before what."""
    files: Files = {
        "chapters/policy.yaml": "id: policy\ntitle: 方針\nmeasures: [reprint: beta]\n",
        "plan.yaml": head or SAMPLE["plan.yaml"].replace("  - measures\n", ""),
    }
    rules = {rule for rule, _ in findings(plant(tmp_path, files))}
    assert rules == ({"yaml-syntax"} if head else {"chapter-set", "unlisted-chapter"})
