"""The example of a next edition: what a reviewer is shown, and that all kinds of change occur."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kihonkeikaku import cli
from kihonkeikaku.diff.change import CHANGE_KINDS
from kihonkeikaku.diff.comparison import compare, compare_editions
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.rendering.comparison.html import comparison_page
from kihonkeikaku.rendering.comparison.report import comparison_report
from kihonkeikaku.rendering.comparison.table_options import TableOptions
from kihonkeikaku.reports.changes import changes_text
from kihonkeikaku.validation.linter import load_valid_plan
from tests.conftest import REPOSITORY

EXAMPLE = REPOSITORY / "examples" / "next-edition"
OUTLINE = EXAMPLE / "editions" / "outline.json"
NOTICE = "例示（政府の文書ではありません）"


@pytest.fixture(scope="module")
def old() -> Plan:
    return load_valid_plan(str(OUTLINE))


@pytest.fixture(scope="module")
def new() -> Plan:
    return load_valid_plan(str(EXAMPLE))


def test_outline_is_the_plan_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["diff", str(OUTLINE), str(REPOSITORY / "plan"), "--exit-code"]
    assert cli.run(arguments) == 0
    assert capsys.readouterr().out.endswith("違いはありません。\n")


@pytest.mark.parametrize("plan", [REPOSITORY / "plan", EXAMPLE, OUTLINE])
def test_no_edition_differs_from_itself(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["diff", str(plan), str(plan), "--format", "json", "--exit-code"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["changes"], report["summary"]) == ([], {})


def test_every_kind_of_change_occurs(old: Plan, new: Plan) -> None:
    # The outline prints one reprint, which either moves or goes. It moves; one goes the way back.
    forth = set(compare(old, new).summary)
    back = set(compare(new, old).summary)
    assert set(CHANGE_KINDS) - forth == {"reprint-removed"}
    assert "reprint-removed" in back


def test_text_report(old: Plan, new: Plan, renew: bool) -> None:
    golden = REPOSITORY / "tests" / "golden" / "next-edition.diff.txt"
    report = changes_text(compare_editions(old, new)) + "\n"
    if renew:
        golden.write_text(report, "utf-8")
    assert report == golden.read_text("utf-8")


class Table(HTMLParser):
    """Collects the cells of all tables, with ［］ around what is marked as changed."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False
        self._unseen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag == "td":
            self.rows[-1].append("")
            self._inside = True
        self._unseen = ("class", "unseen") in attrs
        if tag in ("ins", "del"):
            self._add("［")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ins", "del"):
            self._add("］")
        if tag == "td":
            self._inside = False
        self._unseen = False

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._add(data)

    def _add(self, text: str) -> None:
        if self._inside:
            self.rows[-1][-1] += text.strip()


@pytest.fixture(scope="module")
def page(old: Plan, new: Plan) -> str:
    report = comparison_report(compare_editions(old, new), TableOptions())
    return comparison_page(report, "comparison/index.html", ())[1].decode()


def rows(page: str) -> list[list[str]]:
    table = Table()
    table.feed(page)
    return table.rows


@pytest.mark.parametrize(
    ("new_side", "old_side"),
    [
        (
            "⑥デジタルスキル標準の改訂【内閣府（AI室）、［◎デジタル庁、経産省］】本文",
            "⑥デジタルスキル標準の改訂【内閣府（AI室）、［◎経産省］】",
        ),
        (
            "［③］産学双方の研究者等におけるAI利活用支援【◎内閣府（AI室）、文科省】"
            "（第3章第1節(3)②から移動）本文",
            "［②］産学双方の研究者等におけるAI利活用支援【◎内閣府（AI室）、文科省】"
            "（第3章第2節(2)③へ移動）",
        ),
        ("（移動）", "［②］（第3章第2節(2)③へ移動）"),
        ("（削る）", "［③AI時代の働き方の検討【内閣府（AI室）、◎厚労省】］"),
        ("［④・⑤］（略）", "［③・④］（略）"),
        ("③～⑤　（略）", "③～⑤　（略）"),
        ("［消防庁］", "（新設）"),
    ],
)
def test_page_sets_the_editions_side_by_side(page: str, new_side: str, old_side: str) -> None:
    assert [new_side, old_side] in rows(page)


def test_page_lists_what_was_only_renumbered(page: str, old: Plan, new: Plan) -> None:
    numbers = [
        [c.new.number, c.old.number, c.new.text]
        for c in compare(old, new).changes
        if c.kind == "renumbered" and c.new and c.old
    ]
    assert [cells for cells in rows(page) if len(cells) == 3] == numbers


def test_page_carries_the_notice(page: str) -> None:
    assert NOTICE in page


def test_build_with_the_comparison(tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["build", str(EXAMPLE), "--against", str(OUTLINE), "--out", str(out)]
    assert cli.run([*arguments, "--only", "html"]) == 0
    assert sorted(str(p.relative_to(out)) for p in (out / "comparison").iterdir()) == [
        "comparison/amendment.txt",
        "comparison/changes.json",
        "comparison/desk.html",
        "comparison/index.html",
    ]
    html = (out / "comparison" / "index.html").read_text("utf-8")
    for href in links(html):
        assert (out / "comparison" / href).resolve().is_file(), href
    assert NOTICE in (out / "html" / "index.html").read_text("utf-8")


def links(html: str) -> set[str]:
    found: set[str] = set()

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            href = dict(attrs).get("href") or ""
            if href.partition("#")[0]:
                found.add(href.partition("#")[0])

    Links().feed(html)
    return found
