"""The PDF of a plan: its text, typesetting, tags, links, and the resources that it may use."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from typing import Any, Final

import pypdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from weasyprint.urls import URLFetcher

from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.numbering import number
from kihonkeikaku.rendering.pdf.glyph_coverage import FONTS, require_printable
from kihonkeikaku.validation.linter import load_valid_plan
from tests.conftest import REPOSITORY
from tests.rendering.pdf.rendering import render_page, render_plan
from tests.rendering.plan_data import HEAD, HOSTILE, document, plan_saying

pytestmark = pytest.mark.slow

SHA256: Final = "0123456789abcdef" * 4
POINTS: Final = 72 / 25.4
SIDE_MARGIN: Final = 30.9 * POINTS
PAGE_WIDTH: Final = 210 * POINTS
NOT_AT_LINE_START: Final = "、。，．・：；？！）」』】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
NOT_AT_LINE_END: Final = "（「『【〔"


UNMARKED_HEAD: Final = {**HEAD, "publication": None}


@dataclass(frozen=True)
class Line:
    """A line as printed: its text without white space, its page, its edges in points."""

    text: str
    page: int
    left: float
    right: float


Paragraphs = list[tuple[str, list[Line]]]


class ParsedPdf:
    """A finished PDF, read back."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.reader = pypdf.PdfReader(BytesIO(content))
        self.catalog: Any = self.reader.trailer["/Root"]
        self._pages = pypdfium2.PdfDocument(content)
        self.texts = [squeezed(page.get_textpage().get_text_range()) for page in self._pages]
        self.labels = self.reader.page_labels
        top: list[Any] = [entry for entry in self.reader.outline if not isinstance(entry, list)]
        _, first_chapter, *others = top
        after = next(entry for entry in others if entry.title in ("府省庁別索引", "奥付"))
        self.body = range(self._page(first_chapter), self._page(after))

    def _page(self, bookmark: Any) -> int:
        page = self.reader.get_destination_page_number(bookmark)
        assert page is not None
        return page

    def body_text(self, notice: str = "") -> str:
        """Returns the text between contents and index without that of the margins."""
        return "".join(self.texts[i].removesuffix(notice + self.labels[i]) for i in self.body)

    def lines(self, page: int) -> list[Line]:
        """Returns the lines of a page, the page number left out."""
        text = self._pages[page].get_textpage()
        characters = [
            (text.get_text_range(i, 1), text.get_charbox(i, loose=True))
            for i in range(text.count_chars())
        ]
        printed = [(character, box) for character, box in characters if character.strip()]
        lines = [list(run) for _, run in groupby(printed, key=lambda c: round(c[1][1] / 4))]
        return [
            Line("".join(c for c, _ in line), page, line[0][1][0], line[-1][1][2])
            for line in lines[:-1]
        ]


def lines_of_blocks(book: ParsedPdf, document: Document) -> Paragraphs:
    """Returns the document's blocks, each with the lines that print it.

    Fails where the lines in their order don't say what the blocks in their order say.
    """
    lines = (line for page in book.body for line in book.lines(page))
    blocks: Paragraphs = []
    for block in document.blocks():
        taken: list[Line] = []
        while sum(len(line.text) for line in taken) < len(squeezed(block)):
            taken.append(next(lines))
        assert "".join(line.text for line in taken) == squeezed(block)
        blocks.append((block, taken))
    assert next(lines, None) is None
    return blocks


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def sample() -> ParsedPdf:
    return ParsedPdf(render_plan(document(), SHA256))


@pytest.fixture(scope="module")
def outline() -> Document:
    return number(load_valid_plan(str(REPOSITORY / "plan")))


@pytest.fixture(scope="module")
def plan(outline: Document) -> ParsedPdf:
    return ParsedPdf(render_plan(outline, None))


@pytest.fixture(scope="module")
def plan_lines(plan: ParsedPdf, outline: Document) -> Paragraphs:
    """The paragraphs of the plan, without headings, each with its lines."""
    headings = {heading.text for heading in outline.headings()}
    return [entry for entry in lines_of_blocks(plan, outline) if entry[0] not in headings]


# What it says


def test_the_body_is_the_text_of_the_document(sample: ParsedPdf) -> None:
    assert sample.body_text(notice="例示") == squeezed("".join(document().blocks()))


def test_the_body_of_the_real_plan_is_its_text(plan: ParsedPdf, outline: Document) -> None:
    assert plan.body_text() == squeezed("".join(outline.blocks()))


def test_markup_in_the_plan_is_printed_as_text() -> None:
    text = "".join(HOSTILE)
    hostile = plan_saying(text)
    book = ParsedPdf(render_plan(hostile, None))
    assert book.body_text(notice=squeezed(text)) == squeezed("".join(hostile.blocks()))


def test_cover_contents_and_colophon(sample: ParsedPdf) -> None:
    cover, contents, *_, colophon = sample.texts
    said = "人工知能基本計画（案）すべての形を示す見本第Ⅱ期例示令和8年7月1日内閣府例示"
    assert cover == said
    assert contents == squeezed(
        "全体構成"
        "はじめに 2"
        "第1章　基本構想　～「世界で最もAIを開発・活用しやすい国」を目指して～ 3"
        "第2章　AI関連技術の研究開発及び活用の推進に関し、政府が講ずべき施策 4"
        "第1節　AI利活用の加速的推進 4"
        "別紙　用語 5"
        "府省庁別索引 6"
        "例示1"
    )
    assert colophon.startswith(
        "奥付書名人工知能基本計画（案）版案・第Ⅱ期（jp-ai-basic-plan／sample）"
    )
    assert f"原典のSHA-256{SHA256}作成kihonkeikaku" in colophon


def test_notice_is_on_every_page(sample: ParsedPdf) -> None:
    assert all("例示" in text for text in sample.texts)


def test_the_colophon_has_no_line_for_a_missing_hash(plan: ParsedPdf) -> None:
    assert "SHA-256" not in plan.texts[-1]


# How it is found one's way in


def test_page_labels_agree_with_the_printed_numbers(sample: ParsedPdf) -> None:
    assert sample.labels == ["表紙", "1", "2", "3", "4", "5", "6", "奥付"]
    numbered = range(1, len(sample.labels) - 1)
    assert all(sample.texts[i].endswith("例示" + sample.labels[i]) for i in numbered)


def test_page_numbers_in_the_contents_are_those_of_the_headings(
    plan: ParsedPdf, outline: Document
) -> None:
    contents = plan.texts[1].removesuffix(plan.labels[1])
    for heading in outline.headings():
        if heading.level > 2 or not heading.kind.contents:
            continue
        entry = re.search(re.escape(squeezed(heading.text)) + "([0-9]+)", contents)
        assert entry
        assert squeezed(heading.text) in plan.texts[plan.labels.index(entry[1])]


def bookmarks(outline: list[Any], depth: int = 1) -> Iterator[tuple[int, str]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(entry, depth + 1)
        else:
            yield depth, entry.title


def test_bookmarks_are_the_headings_down_to_groups(sample: ParsedPdf) -> None:
    headings = [(heading.level, heading.text) for heading in document().headings()]
    ministries = [(2, ministry.name) for ministry in document().ministries]
    index = [(1, "府省庁別索引"), *ministries]
    assert list(bookmarks(sample.reader.outline)) == [
        (1, "全体構成"),
        *headings,
        *index,
        (1, "奥付"),
    ]


def test_chapters_begin_on_new_pages(plan: ParsedPdf, outline: Document) -> None:
    for chapter in outline.chapters:
        [page] = [i for i in plan.body if squeezed(chapter.text) in plan.texts[i]]
        assert plan.texts[page].startswith(squeezed(chapter.text))


# Who can use it


def structure_types(element: Any) -> Iterator[str]:
    element = element.get_object()
    if isinstance(element, list):
        for child in element:
            yield from structure_types(child)
    elif isinstance(element, dict):
        if "/S" in element:
            yield element["/S"]
        if "/K" in element:
            yield from structure_types(element["/K"])


def test_it_is_tagged_with_language_and_title(sample: ParsedPdf) -> None:
    assert sample.catalog["/Lang"] == "ja"
    assert sample.catalog["/MarkInfo"]["/Marked"]
    assert sample.catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert sample.reader.metadata is not None
    assert sample.reader.metadata.title == "人工知能基本計画（案）"
    assert sample.reader.metadata.author == "内閣府"
    assert b'pdfuaid:part="1"' in sample.catalog["/Metadata"].get_data()
    types = set(structure_types(sample.catalog["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/H3", "/H4", "/L", "/LI", "/LBody", "/P", "/Link", "/Sect"} <= types
    assert "/Figure" not in types


def test_reprint_and_reference_are_links(sample: ParsedPdf) -> None:
    targets = [
        annotation["/Dest"]
        for page in sample.body
        for annotation in sample.reader.pages[page].get("/Annots", [])
        if "/Dest" in annotation
    ]
    assert targets.count("ai-chips") == 2
    assert targets.count("vision-decade") == 1
    assert {"note--1", "note--1--mark"} <= set(targets)


# How it is set


def test_lines_are_flush_on_both_sides(plan_lines: Paragraphs) -> None:
    full = [line for _, lines in plan_lines for line in lines[:-1]]
    assert len(full) > 100
    for line in full:
        assert line.right == pytest.approx(PAGE_WIDTH - SIDE_MARGIN, abs=1), line
    for _, lines in plan_lines:
        for line in lines[1:]:
            assert line.left == pytest.approx(lines[1].left, abs=1), line


def natural_width(text: str) -> float:
    return sum(10.5 if ord(character) > 0xFF else 5.25 for character in text)


def test_last_lines_are_not_stretched(plan_lines: Paragraphs) -> None:
    for block, lines in plan_lines:
        if len(lines) > 1 and " " not in block:
            last = lines[-1]
            assert last.right - last.left == pytest.approx(natural_width(last.text), abs=0.5), last


def test_no_line_breaks_where_it_must_not(plan: ParsedPdf, outline: Document) -> None:
    for _, lines in lines_of_blocks(plan, outline):
        for line in lines[1:]:
            assert line.text[0] not in NOT_AT_LINE_START, line
        for line in lines[:-1]:
            assert line.text[-1] not in NOT_AT_LINE_END, line


def test_names_of_ministries_stay_whole(plan_lines: Paragraphs, outline: Document) -> None:
    names = {
        assigned.text for i in outline.measures() for c in i.clauses for assigned in c.assignments
    }
    for block, lines in plan_lines:
        printed = squeezed(block)
        inside = {
            at
            for name in names
            for found in re.finditer(re.escape(name), printed)
            for at in range(found.start() + 1, found.end())
        }
        ends = accumulate(len(line.text) for line in lines[:-1])
        assert not inside & set(ends), block


def one_measure(text: str, *ministries: str) -> Document:
    assignments = [{"ministry": name} for name in ministries]
    return document(
        head=UNMARKED_HEAD,
        chapters=[{"id": "vision", "title": "章", "measures": ["only"]}],
        ministries=[{"id": f"m{i}", "name": name} for i, name in enumerate(ministries)],
        measures=[{"id": "only", "text": text, "assignments": assignments}],
    )


def lines_of_measure(text: str, *ministries: str) -> list[Line]:
    plan = one_measure(text, *ministries)
    [_, (_, lines)] = lines_of_blocks(ParsedPdf(render_plan(plan, None)), plan)
    return lines


def test_a_name_is_broken_where_its_line_would_open_too_wide() -> None:
    first, second = lines_of_measure("取" * 27, "内閣府（知財事務局）")
    assert first.text.endswith("【内閣府（知財事務")
    assert first.right == pytest.approx(PAGE_WIDTH - SIDE_MARGIN, abs=1)
    assert second.text == "局）】"


def test_a_line_that_would_open_far_too_wide_stays_ragged() -> None:
    first, *_ = lines_of_measure("取" * 20 + "A" * 60)
    assert first.text == "①" + "取" * 20
    assert first.right < PAGE_WIDTH - SIDE_MARGIN - 100


def test_a_long_word_breaks_and_stays_on_the_page() -> None:
    for line in lines_of_measure("Ａ" + "w" * 300, "省" * 300):
        assert line.right <= PAGE_WIDTH - SIDE_MARGIN + 1


def test_latin_words_are_not_spread() -> None:
    mixed = one_measure("取" * 25 + "ISO" + "組" * 11 + "内")
    book = ParsedPdf(render_plan(mixed, None))
    page = pypdfium2.PdfDocument(book.content)[2].get_textpage()
    text = page.get_text_range()
    s = text.index("S")
    left, right = page.get_charbox(s - 1, loose=True)[0], page.get_charbox(s + 1, loose=True)[2]
    assert right - left == pytest.approx(3 * 5.25, abs=0.1)


def test_no_heading_stands_alone_at_the_foot_of_a_page() -> None:
    sections = [
        {
            "id": f"s{i}",
            "kind": "section",
            "title": f"見出し{i}",
            "measures_label": "例",
            "sections": [
                {"id": f"g{i}-{j}", "kind": "group", "title": f"群{j}", "body": ["項目。"] * j}
                for j in range(1, i % 4 + 2)
            ],
        }
        for i in range(45)
    ]
    chapter = {"id": "vision", "title": "章", "sections": sections}
    long = document(head=UNMARKED_HEAD, chapters=[chapter], measures=[])
    blocks = lines_of_blocks(ParsedPdf(render_plan(long, None)), long)
    assert blocks[-1][1][0].page > 8
    for (block, lines), (_, following) in pairwise(blocks):
        if not block.startswith("・"):
            assert lines[-1].page == following[0].page, block


# That it is the same wherever it is made


BUILD: Final = """
import hashlib, sys
from tests.rendering.plan_data import HEAD, HOSTILE, document, plan_saying
from tests.rendering.pdf.rendering import render_plan
sys.stdout.write(hashlib.sha256(render_plan(document(), "{sha256}")).hexdigest())
"""


ELSEWHERE: Final = (
    {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "12345", "LC_ALL": "C", "PYTHONUTF8": "0"},
    {"TZ": "America/St_Johns", "PYTHONHASHSEED": "0", "LC_ALL": "ja_JP.UTF-8"},
)
"""Time zones, hash seeds and languages; each is tried in a working directory of its own."""


@pytest.mark.parametrize("surroundings", ELSEWHERE, ids=lambda each: each["TZ"])
def test_bytes_are_the_same_in_another_time_zone_folder_and_language(
    surroundings: dict[str, str], sample: ParsedPdf, tmp_path: Path
) -> None:
    own = {"PYTHONPATH": str(REPOSITORY), "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    made = subprocess.run(
        [sys.executable, "-c", BUILD.format(sha256=SHA256)],
        env=os.environ | surroundings | own,
        cwd=tmp_path,
        capture_output=True,
        check=True,
        text=True,
    )
    assert made.stdout == hashlib.sha256(sample.content).hexdigest()
    assert made.stderr == ""


# What it refuses


SMALL: Final = '<!DOCTYPE html><html lang="ja"><title>見本</title>'

OUTSIDE: Final = (
    '<img src="file:///etc/passwd">',
    '<img src="FILE:///etc/passwd">',
    '<img src="/etc/passwd">',
    '<img src="../../pyproject.toml">',
    '<img src="//example.invalid/x.png">',
    '<img src="http://127.0.0.1:9/x.png">',
    '<img src="https://example.invalid/x.png">',
    '<img src="ftp://127.0.0.1/x.png">',
    '<img src="data:image/png;base64,iVBORw0KGgo=">',
    '<img src="asset:../pyproject.toml">',
    '<img src="asset:fonts/../../pyproject.toml">',
    '<base href="file:///etc/"><img src="passwd">',
    '<link rel="stylesheet" href="file:///etc/passwd">',
    '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<a rel="attachment" href="file:///etc/passwd">x</a>',
    '<object data="file:///etc/passwd"></object>',
    '<embed src="file:///etc/passwd">',
    '<p style="background: url(file:///etc/passwd)">x',
    '<svg width="9" height="9"><image href="file:///etc/passwd" width="9" height="9"/></svg>',
    '<style>@import "file:///etc/passwd";</style>',
    "<style>p { background: url(file:///etc/passwd) }</style><p>x",
    "<style>p::before { content: url(file:///etc/passwd) }</style><p>x",
    "<style>p { display: list-item; list-style-image: url(file:///etc/passwd) }</style><p>x",
    "<style>@page { background: url(file:///etc/passwd) }</style><p>x",
    "<style>@page { @top-left { content: url(file:///etc/passwd) } }</style><p>x",
    "<style>@font-face { font-family: x; src: url(file:///etc/passwd) } p { font: 9pt x }</style>x",
    "<style>@color-profile device-cmyk { src: url(file:///etc/passwd) }</style><p>x",
)


@pytest.mark.parametrize("markup", OUTSIDE)
def test_an_outside_resource_ends_the_build(markup: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_request(*_: object) -> None:
        pytest.fail("a request went out")

    monkeypatch.setattr(URLFetcher, "fetch", no_request)
    with pytest.raises(MachineError, match=r"^PDF の組版を中止しました（.*）。$") as stopped:
        render_page(SMALL + markup)
    assert stopped.value.exit_code == 3


@pytest.mark.parametrize(
    "markup", ["<p>ไทย", '<link rel="stylesheet" href="asset:print/style.css"><p>ไทย']
)
def test_another_font_ends_the_build(markup: str) -> None:
    with pytest.raises(MachineError, match="PDF の組版を中止しました（"):
        render_page(SMALL + markup)


def test_a_warning_of_weasyprint_ends_the_build(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(MachineError) as stopped:
        render_page(SMALL + "<style>p {colour: red}</style>")
    assert str(stopped.value) == (
        "PDF の組版を中止しました（Ignored `colour: red` at 1:4, unknown property.）。"
    )
    assert capfd.readouterr() == ("", "")


def test_a_character_that_the_fonts_lack_is_named_with_its_place() -> None:
    rare = one_measure("基盤となる𪚥の整備及び活用の促進に向けた取組")
    with pytest.raises(CommandError) as refused:
        render_plan(rare, None)
    assert refused.value.exit_code == 2
    assert str(refused.value) == (
        "PDF の書体にない文字があります：U+2A6A5（「①基盤となる𪚥の整備及び活用の促進…」の中）。"
        "書体にある字に改めてください。"
    )


def test_of_many_missing_characters_the_first_are_named() -> None:
    with pytest.raises(CommandError, match=r"U\+0E01（「กขคฆงจฉ」の中）、.*、ほか2字。"):
        require_printable(["กขคฆงจฉ"])


@pytest.mark.parametrize("character", "例A・")
def test_the_longest_notice_is_printed_on_each_page(character: str) -> None:
    notice = character * 100
    publication = {"publisher": "内閣府", "attribution": "出典", "notice": notice}
    chapters = [{"id": f"c{number}", "title": "章"} for number in range(10)]
    head = HEAD | {"publication": publication}
    pdf = render_plan(document(head=head, chapters=chapters, measures=[]), None)
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages]
    assert all(notice in "".join(text.split()) for text in pages)


def test_only_variants_that_the_fonts_have_are_printable() -> None:
    require_printable(["葛\U000e0100城市"])
    with pytest.raises(CommandError, match=r"U\+845B U\+E01EF（"):
        require_printable(["葛\U000e01ef城市"])


def test_the_fonts_of_biz_ud_have_the_same_characters() -> None:
    characters = []
    for path in FONTS:
        if path.name.startswith("BIZUD"):
            with TTFont(path, lazy=True) as font:
                characters.append(set(font.getBestCmap()))
    assert len(characters) == 3
    assert all(each == characters[0] for each in characters)


# What it stands on


class MissingPango:
    """Imports the module that needs Pango as on a machine without it."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "kihonkeikaku.rendering.pdf.typesetting":
            raise OSError("cannot load library 'libpango-1.0-0'")


def test_without_pango_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "kihonkeikaku.rendering.pdf.typesetting", raising=False)
    monkeypatch.setattr(sys, "meta_path", [MissingPango(), *sys.meta_path])
    with pytest.raises(MachineError) as missing:
        render_page(SMALL)
    assert str(missing.value) == (
        "PDF を作るためのライブラリがありません。apt-get install "
        "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 で入れてください。"
    )


def test_weasyprint_is_loaded_only_to_make_a_pdf() -> None:
    loaded = (
        "import sys, kihonkeikaku.rendering.pdf.plan_pdf; sys.exit('weasyprint' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", loaded], check=True)
