"""Rules that look at numbers, items and deadlines, by the outline that a plan declares."""

from pathlib import Path

import pytest

from tests.sample import SAMPLE, plant
from tests.validation.rules.test_findings import findings

ALPHA = SAMPLE["measures/alpha.yaml"]
HEAD = SAMPLE["plan.yaml"].replace("format: 1", "format: 2")


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("令和7年度中", "2026-03-31"),
        ("2025年度（令和７年度）末", "2026-03-31"),
        ("令和７（2025）年度末までを目途", "2026-03-31"),
        ("令和7年度上期", "2025-09-30"),
        ("令和７年度下半期", "2026-03-31"),
        ("令和8年度第1四半期", "2026-06-30"),
        ("2027年末", "2027-12-31"),
        ("令和7年結論、結論を得次第速やかに措置", "2025-12-31"),
        ("令和6年度検討、令和7年度措置", "2026-03-31"),
        ("令和8年12月1日まで", "2026-12-01"),
        ("令和8年2月まで", "2026-02-28"),
    ],
)
def test_the_last_day_of_a_deadline_in_words(tmp_path: Path, text: str, by: str) -> None:
    def found(day: str) -> list[str]:
        deadline = f"deadline:\n  text: {text}\n  by: {day}\n"
        files = {"measures/alpha.yaml": ALPHA + deadline}
        return [rule for rule, _ in findings(plant(tmp_path, files)) if rule != "trailing-comment"]

    assert found(by) == []
    assert found("2025-05-15") == ["deadline-mismatch"]


@pytest.mark.parametrize("text", ["早期に実施", "結論を得次第速やかに措置", "令和7年度から"])
def test_words_without_an_end_agree_with_any_day(tmp_path: Path, text: str) -> None:
    deadline = f"deadline:\n  text: {text}\n  by: 2026-03-31\n"
    assert findings(plant(tmp_path, {"measures/alpha.yaml": ALPHA + deadline})) == []


def test_items_have_deadlines_too(tmp_path: Path) -> None:
    items = "items:\n  - text: 検討する。\n    deadline: {text: 令和7年, by: 2026-03-31}\n"
    [(rule, line)] = findings(plant(tmp_path, {"measures/alpha.yaml": ALPHA + items}))
    assert (rule, line[:25]) == ("deadline-mismatch", "measures/alpha.yaml:7:32 ")


def test_a_measure_whose_items_are_assigned_is_assigned(tmp_path: Path) -> None:
    items = "items:\n  - text: 検討する。\n    assignments: [{ministry: 経産省}]\n"
    files = {"measures/alpha.yaml": "id: alpha\ntext: 次の事項\n" + items}
    assert findings(plant(tmp_path, files)) == []


@pytest.mark.parametrize(
    ("label", "limit", "counts"),
    [("（{ア}）", 46, "parent"), ("{Ⅰ}", 12, "plan"), ("{a}", 26, "chapter")],
)
def test_each_counter_has_its_own_limit(
    tmp_path: Path, label: str, limit: int, counts: str
) -> None:
    outline = (
        'outline:\n  - {kind: chapter, label: "第{1}章"}\n'
        f'  - {{kind: section, label: "{label}", counts: {counts}}}\n  - {{kind: measure}}\n'
    )

    def found(count: int) -> list[tuple[str, str]]:
        sections = "".join(
            f"  - {{id: s-{n}, kind: section, title: 節の{n}, body: [書く。]}}\n"
            for n in range(count)
        )
        chapter = f"id: vision\ntitle: 基本構想\nsections:\n{sections}"
        files = {"plan.yaml": HEAD + outline, "chapters/vision.yaml": chapter}
        found = findings(plant(tmp_path, files))
        return [one for one in found if one[0] == "numbering-overflow"]

    others = counts == "plan"  # there is one more, in the chapter of measures
    assert found(limit - others) == []
    [(_, line)] = found(limit + 1)
    assert line.endswith(f"の下の見出し（section）が {limit + 1 + others} あります。")


@pytest.mark.parametrize("cell", ["○", "（1）", "①", "1.", "・", "''", "→"])
def test_cells_have_marks_of_their_own(tmp_path: Path, cell: str) -> None:
    table = f"body:\n  - table:\n      columns: [事項, 対象]\n      rows: [[調査, {cell}]]\n"
    assert findings(plant(tmp_path, {"measures/alpha.yaml": ALPHA + table})) == []
