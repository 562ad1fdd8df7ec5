"""A draft has line numbers and its 資料番号; its pages are else those of the decided edition."""

import csv
import io
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Final

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from kihonkeikaku.model.document import Document
from kihonkeikaku.model.numbering import number
from kihonkeikaku.rendering.pdf import line_numbers
from kihonkeikaku.rendering.pdf.job import DEFAULT_OPTIONS, PdfOptions
from kihonkeikaku.rendering.pdf.weasyprint_patches.layout_tree import LinePositions, find_lines
from kihonkeikaku.validation.linter import load_valid_plan
from tests.conftest import REPOSITORY
from tests.rendering.pdf.rendering import render_plan, render_plans
from tests.rendering.plan_data import HEAD, document

pytestmark = pytest.mark.slow

DRAFT: Final = PdfOptions(draft=True)
POINTS: Final = 72 / 25.4
PAGE_HEIGHT: Final = 297 * POINTS
LEFT_EDGE: Final = 30.9 * POINTS
DOTS: Final = 3
"""How many dots a point has in a rendered page."""

BOX: Final = (140 * POINTS, 10 * POINTS, 181 * POINTS, 30 * POINTS)
"""Where the 資料番号 is on the first page."""

EXTRACTED_BY: Final = ("pdfium", "pypdf", "pdftotext")


@dataclass(frozen=True)
class Both:
    """A plan as decided edition and as draft, and the positions of its lines, page by page."""

    document: Document
    decided: bytes
    draft: bytes
    places: list[LinePositions]


def both(document: Document) -> Both:
    places: list[LinePositions] = []

    def noted(page: Any) -> LinePositions:
        places.append(find_lines(page))
        return places[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_numbers, "find_lines", noted)
        decided, draft, _ = render_plans(document, None, [DEFAULT_OPTIONS, DRAFT])
    return Both(document, decided, draft, places)


@pytest.fixture(scope="module")
def plan() -> Both:
    outline = load_valid_plan(str(REPOSITORY / "plan"))
    publication = outline.head.publication
    assert publication
    numbered = publication.model_copy(update={"document_number": "資料１－２"})
    head = outline.head.model_copy(update={"publication": numbered})
    return both(number(outline.model_copy(update={"head": head})))


def texts(pdf: bytes, by: str, folder: Path) -> list[str]:
    """Returns each page's text as one of the extractors reads it."""
    if by == "pypdf":
        return [page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages]
    if by == "pdfium":
        return [p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf)]
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    (folder / "plan.pdf").write_bytes(pdf)
    command = ["pdftotext", "-layout", "plan.pdf", "-"]
    made = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return made.stdout.decode().split("\f")[:-1]


def squeezed(text: str) -> str:
    return "".join(text.split())


@cache
def rendered(pdf: bytes) -> list[Image.Image]:
    pages = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=DOTS).to_pil().convert("L") for page in pages]


def ink(page: Image.Image, left: float, top: float, right: float, bottom: float) -> bool:
    """Returns whether anything is printed between some edges, in points."""
    return cut_out(page, left, top, right, bottom).getextrema()[0] < 128  # type: ignore[operator] # one band, so a pair of numbers


def cut_out(page: Image.Image, *edges: float) -> Image.Image:
    left, top, right, bottom = (round(edge * DOTS) for edge in edges)
    return page.crop((left, top, right, bottom))


# The places of the lines


def printed_baselines(page: pypdf.PageObject) -> list[float]:
    """Returns how far down the lines of a page stand, as pypdf finds them, the last one left out.

    That is the page number; what a line raises, such as a note's mark, doesn't count.
    """
    found: list[float] = []

    def visit(text: str, matrix: list[float], at: list[float], *_: object) -> None:
        if text.strip():
            found.append(round(PAGE_HEIGHT - (matrix[3] * at[5] + matrix[5]), 2))

    page.extract_text(visitor_text=visit)
    return [baseline for baseline, _ in groupby(found)][:-1]


def test_every_line_of_the_body_has_a_position(plan: Both) -> None:
    body = [i for i, place in enumerate(plan.places) if place.baselines]
    assert body == list(range(2, 12))
    pages = pypdf.PdfReader(BytesIO(plan.decided)).pages
    for page in body:
        assert list(plan.places[page].baselines) == pytest.approx(
            printed_baselines(pages[page]), abs=0.05
        )
        assert plan.places[page].left == pytest.approx(LEFT_EDGE, abs=0.01)


def test_lines_come_in_order_one_below_the_other(plan: Both) -> None:
    for place in plan.places:
        assert all(below - above > 14 for above, below in pairwise(place.baselines))


def test_numbers_run_from_1_on_each_page_each_at_its_baseline(plan: Both) -> None:
    for page, place in zip(pypdf.PdfReader(BytesIO(plan.draft)).pages, plan.places, strict=True):
        drawn = page.get_contents()
        assert drawn is not None
        numbers = [
            line.split()
            for line in drawn.get_data().decode("latin-1").splitlines()
            if "/line" in line
        ]
        assert [operators[8] for operators in numbers] == [
            f"/line{i}" for i in range(1, len(place.baselines) + 1)
        ]
        assert [float(operators[6]) for operators in numbers] == pytest.approx(
            list(place.baselines), abs=0.001
        )


# Seen


def test_each_number_is_visible_at_the_height_of_its_line(plan: Both) -> None:
    for page, place in zip(rendered(plan.draft), plan.places, strict=True):
        for baseline in place.baselines:
            assert ink(page, 60, baseline - 5, LEFT_EDGE - 16, baseline)
            assert not ink(page, LEFT_EDGE - 14, baseline - 5, LEFT_EDGE - 2, baseline)
        for above, below in pairwise(place.baselines):
            assert not ink(page, 0, above + 2, LEFT_EDGE - 2, below - 7)


def test_the_numbers_look_like_the_numbers(plan: Both) -> None:
    """Line 1 looks like page 1 in the packaged gothic font: narrow, and unlike line 4."""
    page, place = rendered(plan.draft)[2], plan.places[2]
    glyphs = []
    for baseline in place.baselines[:11]:
        cut = cut_out(page, 60, baseline - 7, LEFT_EDGE - 15, baseline + 2)
        box = cut.point(lambda value: 255 * (value < 128)).getbbox()
        assert box
        glyphs.append((box[2] - box[0], box[3] - box[1]))
    ones, tens = glyphs[:9], glyphs[9:]
    assert ones[0][0] < min(width for width, _ in ones[1:])
    assert min(width for width, _ in tens) > max(width for width, _ in ones)
    assert {height for _, height in glyphs} <= {15, 16, 17, 18, 19}


def test_the_document_number_is_in_a_box_on_the_first_page(plan: Both) -> None:
    page = pypdfium2.PdfDocument(plan.draft)[0]
    text = page.get_textpage()
    left, bottom, right, top = text.get_charbox(text.get_text_range().index("資"))
    assert BOX[0] < left < right < BOX[2]
    assert BOX[1] < PAGE_HEIGHT - top < PAGE_HEIGHT - bottom < BOX[3]
    assert ink(rendered(plan.draft)[0], *BOX)


def test_a_draft_without_a_document_number_has_no_box() -> None:
    sample = both(document())
    assert texts(sample.draft, "pdfium", Path()) == texts(sample.decided, "pdfium", Path())
    assert not ink(rendered(sample.draft)[0], *BOX)


# And nowhere else


@pytest.mark.parametrize("by", EXTRACTED_BY)
def test_no_extractor_reads_a_line_number(plan: Both, by: str, tmp_path: Path) -> None:
    decided, draft = texts(plan.decided, by, tmp_path), texts(plan.draft, by, tmp_path)
    assert squeezed(draft[0]).replace("資料１－２", "", 1) == squeezed(decided[0])
    assert [page.split() for page in draft[1:]] == [page.split() for page in decided[1:]]


def structure(element: Any) -> Any:
    """Returns an element of the tag tree with all below it, as nested lists of types."""
    element = element.get_object()
    if isinstance(element, list):
        return [structure(child) for child in element]
    if isinstance(element, dict) and "/K" in element:
        return [element.get("/S"), structure(element["/K"])]
    return element.get("/Type") if isinstance(element, dict) else "content"


def test_line_numbers_are_not_in_the_tag_tree(plan: Both) -> None:
    sample = both(document())
    trees = [
        structure(pypdf.PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"])  # type: ignore[index] # pypdf's dictionaries hold any object
        for pdf in (sample.decided, sample.draft)
    ]
    assert trees[0] == trees[1]


def test_line_numbers_are_one_artifact_per_page(plan: Both) -> None:
    for page, place in zip(pypdf.PdfReader(BytesIO(plan.draft)).pages, plan.places, strict=True):
        contents = page.get_contents()
        assert contents is not None
        before, *artifact = contents.get_data().decode("latin-1").rpartition("/Artifact BMC\n")
        assert before.count("BDC") + before.count("BMC") == before.count("EMC")
        assert "/line" not in before
        if place.baselines:
            *drawn, end = artifact[1].splitlines()
            assert end == "EMC"
            assert all("/line" in line for line in drawn)


# Else the same


def test_the_decided_edition_is_the_same_with_a_draft_beside_it_and_alone(plan: Both) -> None:
    assert render_plan(plan.document, None) == plan.decided


def test_pages_differ_only_in_the_margin_and_the_box(plan: Both) -> None:
    pages = list(zip(rendered(plan.decided), rendered(plan.draft), strict=True))
    for i, (decided, draft) in enumerate(pages):
        differs = ImageChops.difference(decided, draft).getbbox()
        if not plan.places[i].baselines and i:
            assert differs is None
            continue
        assert differs
        left, top, right, bottom = (edge / DOTS for edge in differs)
        if i == 0:
            assert left > BOX[0] and top > BOX[1] and right < BOX[2] + 1 and bottom < BOX[3]
        else:
            assert right < LEFT_EDGE - 10


def test_a_decided_edition_differs_from_its_last_draft_only_in_stage_numbers_and_box() -> None:
    """The Cabinet decides on the pages that the council has read: same text, same positions."""
    head = {**HEAD, "publication": {**HEAD["publication"], "document_number": "資料1"}}
    dated = {**HEAD["edition"], "dated": "2026-07-01"}
    proposed = document(head={**head, "edition": {**dated, "stage": "案"}})
    ours = {**HEAD["edition"], "stage": "決定", "decided_on": "2026-07-01"}
    ours.pop("dated", None)
    decided = document(head={**head, "edition": ours})
    [draft, _] = render_plans(proposed, None, [DRAFT])
    [final] = render_plans(decided, None, [DEFAULT_OPTIONS])
    before, after = (texts(pdf, "pdfium", Path()) for pdf in (draft, final))
    assert squeezed(before[0]).replace("（案）", "").replace("資料1", "") == squeezed(
        after[0]
    ).replace("閣議決定", "")
    assert before[1:-1] == after[1:-1]
    assert squeezed(before[-1]).replace("（案）", "").replace("案・", "決定・") == squeezed(
        after[-1]
    ).replace("閣議決定", "")
    for page, (one, other) in enumerate(zip(rendered(draft), rendered(final), strict=True)):
        differs = ImageChops.difference(one, other).getbbox()
        if 0 < page < len(before) - 1 and differs:
            assert differs[2] / DOTS < LEFT_EDGE - 10  # the line numbers


def flat(outline: list[Any]) -> list[Any]:
    nested = (flat(entry) if isinstance(entry, list) else [entry] for entry in outline)
    return [entry for entries in nested for entry in entries]


def test_labels_and_bookmarks_are_the_same(plan: Both) -> None:
    readers = [pypdf.PdfReader(BytesIO(pdf)) for pdf in (plan.decided, plan.draft)]
    assert readers[0].page_labels == readers[1].page_labels
    decided, draft = (
        [(entry.title, reader.get_destination_page_number(entry), entry.top) for entry in entries]
        for reader in readers
        for entries in [flat(reader.outline)]
    )
    assert decided == draft


def test_a_draft_is_the_same_bytes_each_time(plan: Both) -> None:
    [again, _] = render_plans(plan.document, None, [DRAFT])
    assert again == plan.draft


def test_a_long_notice_and_the_box_do_not_overlap() -> None:
    publication = {**HEAD["publication"], "document_number": "資料1", "notice": "例示（見本）" * 3}
    sample = both(document(head={**HEAD, "publication": publication}))
    [first, *_] = texts(sample.draft, "pdfium", Path())
    assert "資料1" in first


def test_a_table_says_what_stands_in_each_numbered_line() -> None:
    chapters = [
        {"id": "vision", "title": "章", "body": ["長い項目" * 40], "measures": ["a", "b"]},
        {"id": "policy", "title": "次の章", "measures": [{"reprint": "a"}]},
    ]
    measures = [
        {"id": "a", "text": ["取組", {"footnote": "注の文"}]},
        {"id": "b", "text": "別" * 120},
    ]
    _, _, table = render_plans(
        document(chapters=chapters, measures=measures), None, [DEFAULT_OPTIONS, DRAFT]
    )
    ids = [row["id"] for row in rows_of(table)]
    assert list(dict.fromkeys(ids)) == ["vision", "a", "b", "note--1", "policy", "note--2"]
    assert ids.count("a") == 2  # itself, and its reprint
    assert ids.count("b") > 2
    assert ids.count("vision") > 3


def test_the_table_counts_lines_as_the_margin_does(plan: Both) -> None:
    _, _, table = render_plans(plan.document, None, [DEFAULT_OPTIONS, DRAFT])
    rows = rows_of(table)
    by_page = [list(group) for _, group in groupby(rows, key=lambda row: row["page"])]
    numbered = [places for places in plan.places if places.baselines]
    assert [len(lines) for lines in by_page] == [len(places.baselines) for places in numbered]
    assert all(
        [int(row["line"]) for row in lines] == list(range(1, len(lines) + 1)) for lines in by_page
    )
    known = {measure.measure for measure in plan.document.measures()}
    assert known <= {row["id"] for row in rows}
    assert "" not in {row["id"] for row in rows}


def rows_of(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode())))
