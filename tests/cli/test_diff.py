"""``diff`` as its users run it: each format, the view of one ministry, what can't be done."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from kihonkeikaku import cli
from tests.conftest import REPOSITORY

EXAMPLE = str(REPOSITORY / "examples" / "next-edition")
Output = pytest.CaptureFixture[str]


def test_html_is_one_file_that_loads_no_other(tmp_path: Path) -> None:
    file = tmp_path / "table.html"
    assert cli.run(["diff", EXAMPLE, "--format", "html", "--out", str(file)]) == 0
    page = file.read_text("utf-8")
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page
    assert not re.findall(r"<(?:link|script|img|iframe)\b|\bstyle=", page)
    assert all(href.startswith("#") for href in re.findall(r'href="([^"]*)"', page))
    targets = set(re.findall(r'\bid="([^"]*)"', page))
    assert {href[1:] for href in re.findall(r'href="([^"]*)"', page)} <= targets


@pytest.mark.slow
def test_pdf_is_tagged_and_repeats_its_column_titles(tmp_path: Path) -> None:
    file = tmp_path / "table.pdf"
    assert cli.run(["diff", EXAMPLE, "--format", "pdf", "--out", str(file)]) == 0
    document = pypdfium2.PdfDocument(file)
    assert document.is_tagged()
    assert document.get_metadata_dict()["Title"].startswith("新旧対照表　人工知能基本計画（素案）")
    assert str(pypdf.PdfReader(file).root_object["/Lang"]) == "ja"
    pages = [document[at].get_textpage().get_text_range() for at in range(len(document))]
    table = [page for page in pages[1:] if "（略）" in page]
    assert len(table) > 3
    assert all(re.search(r"変更案\s+現行", page) for page in table)
    assert "この表の検証" in pages[-1]


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        ([], ["変更案", "現行"]),
        (["--side", "right"], ["現行", "変更案"]),
        (["--labels", "改正後/改正前"], ["改正後", "改正前"]),
        (["--labels", "変更後/変更前", "--side", "right"], ["変更前", "変更後"]),
        (["--remarks", "kinds"], ["変更案", "現行", "備考"]),
        (["--remarks", "reasons"], ["変更案", "現行", "備考"]),
    ],
)
def test_table_options(options: list[str], titles: list[str], capsys: Output) -> None:
    assert cli.run(["diff", EXAMPLE, "--format", "html", *options]) == 0
    page = capsys.readouterr().out
    first = page[page.index("<thead>") : page.index("</thead>")]
    assert re.findall(r"<th[^>]*>([^<]*)</th>", first) == titles


def test_remarks_are_kinds_or_reasons(capsys: Output) -> None:
    remarks = {}
    for kind in ("kinds", "reasons"):
        assert cli.run(["diff", EXAMPLE, "--format", "html", "--remarks", kind]) == 0
        page = capsys.readouterr().out
        remarks[kind] = re.findall(r'<td class="remark"[^>]*>(.*?)</td>', page)
    assert (
        "<p><b>主な府省庁の変更</b>　経産省 → デジタル庁・主な府省庁が移った</p>"
        in remarks["kinds"]
    )
    assert "<p><b>改訂後の普及を見据え、主な府省庁を改めたと想定</b></p>" in remarks["reasons"]


@pytest.mark.parametrize("name", ["厚労省", "厚生労働省", "mhlw"])
def test_ministry_is_found_by_any_of_its_names(name: str, capsys: Output) -> None:
    assert cli.run(["diff", EXAMPLE, "--format", "json", "--ministry", name]) == 0
    report = json.loads(capsys.readouterr().out)
    view = report["filter"]
    assert view["ministry"] == {"id": "mhlw", "name": "厚労省"}
    assert view["shown"] == len(report["changes"]) == sum(report["summary"].values())
    assert view["shown"] + view["left_out"] == 65
    ids = {change["id"] for change in report["changes"]}
    assert {"work-styles", "talent-needs", "worker-reskilling", "sector-ai"} <= ids
    assert not {"digital-skills", "vision-opportunity"} & ids


@pytest.mark.parametrize("format", ["text", "md", "html"])
def test_report_for_one_ministry_says_so(format: str, capsys: Output) -> None:
    assert cli.run(["diff", EXAMPLE, "--format", format, "--ministry", "厚労省"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"「厚労省」に関わる変更\d+件だけを示しています", out)
    assert re.search(r"ほかの変更\d+件は示していません", out)
    assert "デジタルスキル標準" not in out


def test_successor_is_shown_the_changes_of_its_predecessor(capsys: Output) -> None:
    assert cli.run(["diff", EXAMPLE, "--format", "json", "--ministry", "防災庁"]) == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert "ministry-succeeded" in {change["kind"] for change in changes}


def test_unknown_ministry(capsys: Output) -> None:
    assert cli.run(["diff", EXAMPLE, "--ministry", "厚生労動省"]) == 2
    assert capsys.readouterr().err == (
        "府省庁「厚生労動省」は、どちらの版にもありません。「厚生労働省」ではありませんか。\n"
    )


def test_amendment_of_one_ministry_is_refused(capsys: Output) -> None:
    arguments = ["diff", EXAMPLE, "--format", "amendment", "--ministry", "厚労省"]
    assert cli.run(arguments) == 2
    assert "改め文は全体で一つ" in capsys.readouterr().err
