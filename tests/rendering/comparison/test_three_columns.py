"""「前回の案｜今回の案｜現行」: what each of the three columns prints."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from kihonkeikaku import cli
from kihonkeikaku.diff.comparison import ComparisonResult, compare_editions
from kihonkeikaku.diff.comparison_proof import ProofError
from kihonkeikaku.model.frozen import freeze
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.rendering.comparison.html import three_column_file
from kihonkeikaku.rendering.comparison.pdf import three_column_pdf
from kihonkeikaku.rendering.comparison.three_columns import (
    ThreeColumnReport,
    prove_column,
    three_column_report,
)
from kihonkeikaku.rendering.pdf.worker_client import PdfWorker
from tests.diff.chains import ChainMaker
from tests.diff.generated import pairs
from tests.diff.plans import Part, chapter, group, measure, plan
from tests.diff.test_properties import many
from tests.rendering.comparison.tables import read

A, B, C, D = (measure(id, f"{name}の取組") for id, name in zip("abcd", "甲乙丙丁", strict=True))
TOP = ("第1章　chの題",) * 3
GROUP = ("(1)　gの題",) * 3
TITLE = ("計画（案）",) * 3


def in_group(*measures: Part, **fields: Any) -> Plan:
    return plan(chapter("ch", group("g", *measures)), **fields)


def report(previous: Plan, new: Plan, current: Plan) -> ThreeColumnReport:
    return three_column_report(compare_editions(previous, new), compare_editions(current, new))


def rows(previous: Plan, new: Plan, current: Plan) -> list[tuple[str, ...]]:
    """Returns the cells of each row, as ``read`` gives them."""
    found = report(previous, new, current).rows
    return [tuple(map(read, row.cells)) for row in found]


def under_group(previous: Plan, new: Plan, current: Plan) -> list[tuple[str, ...]]:
    found = rows(previous, new, current)
    assert found[:3] == [TITLE, TOP, GROUP]
    return found[3:]


def texts(*three: str) -> tuple[Plan, Plan, Plan]:
    previous, new, current = (in_group(measure("a", text)) for text in three)
    return previous, new, current


@pytest.mark.parametrize(
    ("three", "expected"),
    [
        (
            ("導入の促進", "導入の推進", "導入の推進"),
            ("①導入の［促進］", "①導入の［推進］", "①導入の推進"),
        ),
        (
            ("導入の推進", "導入の推進", "導入の促進"),
            ("①導入の推進", "①導入の〔推進〕", "①導入の〔促進〕"),
        ),
        (
            ("導入の促進", "導入の推進", "普及の促進"),
            ("①導入の［促進］", "①〔導入の〕［推進］", "①〔普及の促進〕"),
        ),
    ],
    ids=["since the last draft", "since the edition in force", "since both"],
)
def test_lines_tell_since_when_words_differ(
    three: tuple[str, str, str], expected: tuple[str, str, str]
) -> None:
    assert under_group(*texts(*three)) == [expected]


def test_what_is_the_same_in_all_is_abridged() -> None:
    other = measure("d", "丁の推進")
    found = under_group(in_group(A, B, C, D), in_group(A, B, C, other), in_group(A, B, C, D))
    assert found == [
        ("①～③　（略）",) * 3,
        ("④丁の［取組］", "④丁の［推進］", "④丁の〔取組〕"),
    ]


def test_numbers_that_differ_are_marked_in_what_is_abridged() -> None:
    found = under_group(in_group(A, B, C), in_group(A, B, C), in_group(B, C))
    assert found == [
        ("①甲の取組", "〔①甲の取組〕", "（新設）"),
        ("②・③　（略）", "〔②・③〕　（略）", "〔①・②〕　（略）"),
    ]


@pytest.mark.parametrize(
    ("previous", "new", "current", "expected"),
    [
        ([A, B], [A], [A, B], ("［②乙の取組］", "（削る）", "〔②乙の取組〕")),
        ([A, B], [A], [A], ("［②乙の取組］", "（削る）", "")),
        ([A], [A], [A, B], ("", "（削る）", "〔②乙の取組〕")),
        ([A], [A, B], [A], ("（新設）", "［②乙の取組］", "（新設）")),
    ],
    ids=["gone from both", "from the draft", "from the edition in force", "new to both"],
)
def test_what_only_some_have(
    previous: list[Part], new: list[Part], current: list[Part], expected: tuple[str, ...]
) -> None:
    found = under_group(in_group(*previous), in_group(*new), in_group(*current))
    assert found == [("①　（略）",) * 3, expected]


def test_an_unlike_text_of_one_measure_that_is_gone_stands_in_one_row() -> None:
    other = measure("b", "乙の推進")
    assert under_group(in_group(A, other), in_group(A), in_group(A, B))[1] == (
        "［②乙の推進］",
        "（削る）",
        "〔②乙の取組〕",
    )


def test_fields_follow_the_text() -> None:
    one, other = (in_group(A, publication={"publisher": p, "attribution": "出典"}) for p in "甲乙")
    both, [alone] = report(one, other, one).metadata_rows, report(one, one, other).metadata_rows
    assert [tuple(map(read, row.cells)) for row in both] == [
        ("公表する機関：［甲］", "公表する機関：［乙］", "公表する機関：〔甲〕")
    ]
    assert tuple(map(read, alone.cells)) == ("", "公表する機関：［甲］", "公表する機関：〔乙〕")


def test_each_comparison_is_proved_as_the_table_shows_it() -> None:
    found = report(*texts("甲の促進", "甲の推進", "乙の推進"))
    assert [name for name, _ in found.proofs] == ["前回の案", "現行"]
    assert all(
        [proof.name for proof in statements] == ["leaves", "abridgements"]
        for _, statements in found.proofs
    )


def test_a_table_that_leaves_out_a_change_is_refused() -> None:
    previous, new, current = texts("甲の促進", "甲の推進", "乙の推進")
    result = compare_editions(current, new)
    less = replace(result, comparison=replace(result.comparison, changes=()))
    wrong = replace(result, old=compare_editions(previous, new).old)
    for other in (less, wrong):
        with pytest.raises(ProofError):
            _prove(three_column_report(compare_editions(previous, new), result), other)


def _prove(made: ThreeColumnReport, result: ComparisonResult) -> None:
    prove_column(made.rows, made.metadata_rows, 1, result)


@pytest.mark.parametrize("seed", range(10))
def test_any_three_editions_of_a_chain(seed: int) -> None:
    editions = ChainMaker(seed).make(4).editions
    report(editions[1], editions[3], editions[0])
    report(editions[3], editions[1], editions[2])


@pytest.mark.slow
@settings(many, phases=[Phase.generate])  # to shrink three plans takes minutes
@given(pairs(), pairs())
def test_any_three_plans(one: tuple[Plan, Plan], other: tuple[Plan, Plan]) -> None:
    report(one[0], one[1], other[0])
    report(*one, one[0])


def test_the_page_names_the_columns_and_marks_by_tags_and_words() -> None:
    page = three_column_file(report(*texts("導入の促進", "導入の推進", "普及の推進"))).decode()
    assert '<th scope="col">前回の案</th>' in page
    assert '<td data-label="現行">' in page
    assert '<del class="double"><span class="unseen">変更ここから</span>普及' in page
    assert "前回の案から今回の案への変更 1 件" in page


@pytest.mark.slow
def test_the_pdf_is_read_back_with_its_three_columns() -> None:
    found = report(*texts("導入の促進", "導入の推進", "普及の推進"))
    with PdfWorker() as worker:  # reads the tables of the PDF back
        assert three_column_pdf(found, worker.render).startswith(b"%PDF-")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    for name, edition in zip("abc", texts("導入の促進", "導入の推進", "普及の推進"), strict=True):
        Path(f"{name}.json").write_bytes(freeze(edition))
    return ["a.json", "b.json", "c.json"]


def test_diff_takes_three_plans(files: list[str]) -> None:
    assert cli.run(["diff", *files, "--format", "html", "--out", "t.html"]) == 0
    assert "<h1>三段表</h1>" in Path("t.html").read_text("utf-8")
    assert cli.run(["diff", *files, "--format", "html", "--out", "t.html", "--exit-code"]) == 1
    same = [files[0]] * 3
    assert cli.run(["diff", *same, "--format", "html", "--out", "t.html", "--exit-code"]) == 0


@pytest.mark.parametrize(
    "options",
    [["--format", "text"], ["--format", "json"], ["--format", "html", "--ministry", "経産省"]],
)
def test_what_three_plans_can_not_be(
    options: list[str], files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["diff", *files, *options]) == 2
    assert "--format html か --format pdf" in capsys.readouterr().err


def test_no_plan_is_overwritten(files: list[str]) -> None:
    before = Path("c.json").read_bytes()
    assert cli.run(["diff", *files, "--format", "html", "--out", "c.json"]) == 2
    assert Path("c.json").read_bytes() == before
