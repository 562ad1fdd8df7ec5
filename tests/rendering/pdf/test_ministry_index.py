"""The index lists each ministry's measures, leads first, with their pages."""

from itertools import pairwise
from typing import Any, Final

import pypdfium2
import pytest
from weasyprint.layout import page as layout

from kihonkeikaku.model.document import Document
from kihonkeikaku.model.numbering import number
from kihonkeikaku.rendering.pdf.ministry_index import IndexEntry, index_ministries, shorten
from kihonkeikaku.rendering.pdf.plan_pdf import _PdfLinks
from kihonkeikaku.validation.linter import load_valid_plan
from tests.conftest import REPOSITORY
from tests.rendering.pdf.rendering import render_plan
from tests.rendering.pdf.test_plan_pdf import Line, ParsedPdf, squeezed
from tests.rendering.plan_data import document

pytestmark = pytest.mark.slow

POINTS: Final = 72 / 25.4
LEFT_EDGE: Final = 30.9 * POINTS
RIGHT_EDGE: Final = (210 - 30.9) * POINTS


def listed(document: Document) -> dict[str, tuple[IndexEntry, ...]]:
    return {listed.ministry.name: listed.entries for listed in index_ministries(document)}


def two_clauses(*clauses: dict[str, Any]) -> Document:
    names = ("総務省", "文科省", "経産省", "環境省")
    return document(
        chapters=[{"id": "vision", "title": "章", "measures": ["only"]}],
        ministries=[{"id": f"m{i}", "name": name} for i, name in enumerate(names)],
        measures=[{"id": "only", "clauses": list(clauses)}],
    )


# What it lists


def test_ministries_are_in_the_order_of_the_register() -> None:
    assert list(listed(document())) == [ministry.name for ministry in document().ministries]


def test_a_ministry_without_a_measure_is_left_out() -> None:
    plan = two_clauses({"text": "取組", "assignments": [{"ministry": "環境省"}]})
    assert list(listed(plan)) == ["環境省"]


def test_leads_come_first_each_kind_in_order_of_print() -> None:
    entries = listed(document())["内閣府（AI室）"]
    assert [(entry.lead, entry.anchor) for entry in entries] == [
        (True, "ai-startups"),
        (True, "government-data"),
        (True, "training-data"),
        (False, "government-ai"),
    ]


def test_a_reprint_is_not_listed() -> None:
    [chips, *_] = listed(document())["文科省"]
    assert chips == IndexEntry("第2章第1節(1)②", "…富岳NEXTの開発", lead=True, anchor="ai-chips")
    anchors = [entry.anchor for entry in listed(document())["文科省"]]
    assert anchors.count("ai-chips") == 1


def test_a_ministry_has_only_its_own_clauses_of_a_measure() -> None:
    plan = two_clauses(
        {"text": "通信", "assignments": [{"ministry": "総務省"}, {"ministry": "文科省"}]},
        {"text": "、教育", "assignments": [{"ministry": "文科省"}]},
        {"text": "、環境", "assignments": [{"ministry": "環境省"}]},
        {"text": "等における開発", "assignments": [{"ministry": "総務省", "role": "lead"}]},
    )
    assert {name: (e.text, e.lead) for name, [e] in listed(plan).items()} == {
        "総務省": ("通信…等における開発", True),
        "文科省": ("通信、教育…", False),
        "環境省": ("…環境…", False),
    }


def test_an_entry_has_no_mark_of_a_footnote() -> None:
    text = ["通信", {"footnote": "有線を含む"}, "の整備", {"footnote": "光を除く"}]
    plan = two_clauses({"text": text, "assignments": [{"ministry": "総務省"}]})
    assert [e.text for e in listed(plan)["総務省"]] == ["通信の整備"]


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("開発の促進", 5, "開発の促進"),
        ("開発の促進等", 5, "開発の促…"),
        ("AIの促進", 4, "AIの促進"),
        ("AIの促進等", 4, "AIの促…"),
        ("研究、開発（実証）", 4, "研究…"),
        ("研究開発（実証）", 6, "研究開発…"),
        ("葛\U000e0100城市の取組", 4, "葛\U000e0100城市…"),
        ("研究か\u309aの調査", 4, "研究か\u309a…"),
        ("研究は\u3099の調査", 4, "研究は\u3099…"),
        ("", 4, ""),
    ],
)
def test_a_long_text_is_cut_to_a_width(text: str, width: float, short: str) -> None:
    assert shorten(text, width) == short


# How it is printed


@pytest.fixture(scope="module")
def outline() -> Document:
    return number(load_valid_plan(str(REPOSITORY / "plan")))


@pytest.fixture(scope="module")
def book(outline: Document) -> ParsedPdf:
    return ParsedPdf(render_plan(outline, None))


@pytest.fixture(scope="module")
def lines(book: ParsedPdf) -> list[Line]:
    """The lines of the index."""
    return [
        line for page in range(book.body.stop, len(book.texts) - 1) for line in book.lines(page)
    ]


def page_of(book: ParsedPdf, anchor: str) -> int:
    destination = book.reader.named_destinations[anchor]
    page = book.reader.get_destination_page_number(destination)
    assert page is not None
    return page


def test_each_entry_has_the_page_of_its_measure(
    book: ParsedPdf, outline: Document, lines: list[Line]
) -> None:
    expected = [
        "府省庁別索引",
        "取組を、番号、内容、ページの順に示す。◎は、主な府省庁として担当する取組。",
    ]
    for name, entries in listed(outline).items():
        expected.append(name)
        for entry in entries:
            lead = "◎" if entry.lead else ""
            label = book.labels[page_of(book, entry.anchor)]
            expected.append(squeezed(lead + entry.number + entry.text + label))
    assert [line.text for line in lines] == expected


def test_the_page_of_an_entry_shows_the_measure(book: ParsedPdf, outline: Document) -> None:
    for entries in listed(outline).values():
        for entry in entries:
            words = squeezed(entry.text.strip("…"))[:2]
            at = page_of(book, entry.anchor)
            assert words in book.texts[at] + book.texts[at + 1]


def test_an_entry_is_one_line(lines: list[Line]) -> None:
    entries = [line for line in lines if "第3章第" in line.text]
    assert len(entries) > 150
    for line in entries:
        assert line.right == pytest.approx(RIGHT_EDGE, abs=1), line
        indent = 0 if line.text.startswith("◎") else 9
        assert line.left == pytest.approx(LEFT_EDGE + indent, abs=1), line


def test_text_keeps_clear_of_the_page_number() -> None:
    full = "取" * 32
    plan = two_clauses({"text": full + "組" * 9, "assignments": [{"ministry": "総務省"}]})
    made = ParsedPdf(render_plan(plan, None))
    page = pypdfium2.PdfDocument(made.content)[made.body.stop].get_textpage()
    cut = page.get_text_range().index("…")
    assert page.get_charbox(cut, loose=True)[2] < RIGHT_EDGE - 3 * 4.5 - 4.5


def test_no_ministry_is_alone_at_the_foot_of_a_page(lines: list[Line]) -> None:
    for line, following in pairwise(lines):
        if "章" not in line.text:
            assert line.page == following.page


def test_it_is_between_body_and_colophon_and_continues_the_page_numbers(book: ParsedPdf) -> None:
    assert book.texts[book.body.stop].startswith("府省庁別索引")
    assert book.texts[-1].startswith("奥付")
    assert book.labels[1:-1] == [str(page) for page in range(1, len(book.labels) - 1)]
    for page in range(book.body.stop, len(book.texts) - 1):
        assert book.texts[page].endswith(book.labels[page])


def test_no_page_is_laid_out_twice_for_page_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[int] = []
    remake_page = layout.remake_page

    def noted(index: int, *others: Any) -> Any:
        laid_out.append(index)
        return remake_page(index, *others)

    monkeypatch.setattr(layout, "remake_page", noted)
    made = ParsedPdf(render_plan(document(), None))
    assert laid_out == list(range(len(made.texts)))


def test_a_plan_without_ministries_has_no_index() -> None:
    bare = document(chapters=[{"id": "vision", "title": "章", "body": ["項目"]}], measures=[])
    made = ParsedPdf(render_plan(bare, None))
    assert not any("府省庁別索引" in text for text in made.texts)
    assert made.labels == ["表紙", "1", "2", "奥付"]


# How it is linked


def targets(book: ParsedPdf, page: int) -> list[str]:
    annotations = book.reader.pages[page].get("/Annots", [])
    return [str(annotation["/Dest"]) for annotation in annotations]


def test_contents_lead_to_the_index(book: ParsedPdf) -> None:
    assert targets(book, 1)[-1] == "page--index"
    assert page_of(book, "page--index") == book.body.stop


def test_entries_lead_to_their_measures(book: ParsedPdf, outline: Document) -> None:
    found = [t for page in range(book.body.stop, len(book.texts) - 1) for t in targets(book, page)]
    assert found == [entry.anchor for entries in listed(outline).values() for entry in entries]


def test_names_of_ministries_lead_to_the_index(book: ParsedPdf, outline: Document) -> None:
    found = {t for page in book.body for t in targets(book, page) if t.startswith("page--")}
    assert found == {f"page--ministry--{each.ministry.id}" for each in index_ministries(outline)}
    for target in found:
        assert page_of(book, target) >= book.body.stop


def test_a_reprint_leads_to_its_original_and_back(book: ParsedPdf, outline: Document) -> None:
    [(original, reprint)] = outline.first_reprints().items()
    assert original == "regulation-review"
    assert reprint.anchor in targets(book, page_of(book, original))
    assert original in targets(book, page_of(book, reprint.anchor))


def test_links_do_not_change_the_text(book: ParsedPdf, outline: Document) -> None:
    """Lines break as they do where names are no links: in a plan without an index."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kihonkeikaku.rendering.pdf.plan_pdf.index_ministries", lambda _: ())
        patch.setattr(_PdfLinks, "of_ministry", lambda *_: None)
        patch.setattr(_PdfLinks, "of_label", lambda *_: None)
        plain = ParsedPdf(render_plan(outline, None))
    assert plain.body == book.body
    assert [plain.lines(page) for page in plain.body] == [book.lines(page) for page in book.body]
