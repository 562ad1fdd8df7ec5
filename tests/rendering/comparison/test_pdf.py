"""The comparison's PDF says what the table says, column by column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import product
from typing import Any

import pypdf
import pypdfium2
import pytest
from page import ValidationProfile, validate_pdf_bytes
from pypdfium2 import raw

from kihonkeikaku.diff.comparison import compare_editions
from kihonkeikaku.errors import MachineError
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.rendering.comparison.pdf import comparison_pdf
from kihonkeikaku.rendering.comparison.report import comparison_report
from kihonkeikaku.rendering.comparison.table_options import (
    NewSide,
    Remarks,
    TableOptions,
    UnderlineStyle,
)
from kihonkeikaku.rendering.pdf.fidelity import require_faithful_tables
from kihonkeikaku.rendering.pdf.job import ExpectedTable, PdfJob, PdfOptions
from kihonkeikaku.rendering.pdf.worker import render_pdfs
from kihonkeikaku.rendering.pdf.worker_client import PdfWorker
from kihonkeikaku.validation.linter import load_valid_plan
from tests.conftest import REPOSITORY
from tests.diff.plans import chapter, group, measure, plan
from tests.rendering.pdf.test_checkers import MISREAD
from tests.rendering.plan_data import HOSTILE

pytestmark = pytest.mark.slow

EXAMPLE = REPOSITORY / "examples" / "next-edition"
FORMS = [
    TableOptions(side=side, style=style, remarks=remarks)
    for side, style, remarks in product(NewSide, UnderlineStyle, Remarks)
]

Made = tuple[bytes, tuple[ExpectedTable, ...]]


def made(old: Plan, new: Plan, **form: Any) -> Made:
    """Returns a comparison as a PDF, which was read back, and what its tables must say."""
    jobs = []

    def render_and_keep(job: PdfJob, options: Sequence[PdfOptions]) -> list[bytes]:
        jobs.append(job)
        return render_pdfs(job, options)

    pdf = comparison_pdf(
        comparison_report(compare_editions(old, new), TableOptions(**form)), render_and_keep
    )
    return pdf, jobs[0].tables


@pytest.fixture(scope="module")
def example() -> Made:
    """The example's comparison, over several pages, with all three columns."""
    old = load_valid_plan(str(EXAMPLE / "editions" / "outline.json"))
    return made(old, load_valid_plan(str(EXAMPLE)), remarks=Remarks.KINDS)


def refusal(made: Made, old: str, new: str) -> str:
    """Returns what is said where a table says ``new`` and the PDF says ``old``."""
    pdf, tables = made
    assert any(old in cell for each in tables for column in each.columns for cell in column.cells)
    others = [
        replace(
            table,
            columns=tuple(
                replace(column, cells=tuple(cell.replace(old, new) for cell in column.cells))
                for column in table.columns
            ),
        )
        for table in tables
    ]
    with pytest.raises(MachineError) as refused:
        require_faithful_tables(pdf, others)
    assert refused.value.exit_code == 3
    return str(refused.value)


def in_group(*texts: str) -> Plan:
    measures = (measure(f"m{at}", text, "経産省") for at, text in enumerate(texts))
    return plan(chapter("ch", group("g", *measures)))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.side}-{form.style}-{form.remarks}")
def test_every_form_of_the_table_is_read_back_whole(form: TableOptions) -> None:
    old, new = in_group("導入の促進", "人材の育成"), in_group("導入の推進", "人材の育成")
    # A PDF whose text reads otherwise is an error.
    pdf = comparison_pdf(comparison_report(compare_editions(old, new), form), render_pdfs)
    assert pdf.startswith(b"%PDF-")


def test_the_example_is_read_back_whole_with_its_titles_on_every_page(example: Made) -> None:
    pdf, [of_text, of_aside] = example
    require_faithful_tables(pdf, [of_text, of_aside])
    assert [column.title for column in of_text.columns] == ["変更案", "現行", "備考"]
    assert any("府省庁の承継" in cell for cell in of_aside.columns[2].cells)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    of_table = pages[1 : 1 + next(i for i, p in enumerate(pages[1:]) if "本文のほか" in p)]
    assert len(of_table) > 5
    assert all(page.index("変更案") < page.index("現行") < page.index("備考") for page in of_table)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("民事責任等のあり方", "民事責任等の在り方", "「変更案」の欄、ページ 6、「"),
        ("（「反転攻勢」の好機）（4番目へ移動）", "", "「現行」の欄、ページ 2、「"),
        ("（新設）", "（新設）。", "「現行」の欄、ページ 2、「"),
        ("完了", "終了", "「備考」の欄、ページ 7、「"),
        ("置かれる府省庁：", "置く府省庁：", "「変更案」の欄、ページ 9、「"),
    ],
    ids=["retyped", "missing", "too much", "remark", "aside"],
)
def test_a_table_that_says_something_else_is_refused(
    old: str, new: str, said: str, example: Made
) -> None:
    message = refusal(example, old, new)
    assert message.startswith(f"PDF の表の文が、作った表と違うため、中止しました（{said}"), message


def test_words_that_stand_in_the_other_column_are_refused(example: Made) -> None:
    pdf, [of_text, of_aside] = example
    new, old, remarks = of_text.columns
    crossed = replace(
        of_text,
        columns=(replace(new, cells=old.cells), replace(old, cells=new.cells), remarks),
    )
    with pytest.raises(MachineError, match="「変更案」の欄、ページ 2"):
        require_faithful_tables(pdf, [crossed, of_aside])


def test_a_table_that_is_not_there_is_refused(example: Made) -> None:
    pdf, [of_text, _] = example
    with pytest.raises(MachineError, match="ページ －"):
        require_faithful_tables(pdf, [replace(of_text, first_id="no-such-table")])


def test_a_pdf_is_not_put_out_if_its_table_was_altered_on_the_way() -> None:
    def render_other_words(job: PdfJob, options: Sequence[PdfOptions]) -> list[bytes]:
        with PdfWorker() as worker:
            markup = job.markup.replace("</ins>", "等</ins>")
            return worker.render(replace(job, markup=markup), options)

    old, new = in_group("導入の促進"), in_group("導入の推進")
    with pytest.raises(MachineError, match="①導入の推進」のあとに"):
        comparison_pdf(
            comparison_report(compare_editions(old, new), TableOptions()), render_other_words
        )


def test_texts_longer_than_a_page_and_words_longer_than_a_line_are_read_back() -> None:
    text = "関連する技術の研究開発、実証及び普及、" * 120
    old = in_group(f"{text}導入の促進", "https://" + "example" * 30, " ".join(HOSTILE))
    new = in_group(f"{text}導入の推進", "https://" + "sample" * 30, "－".join(HOSTILE))
    pdf, [of_text] = made(old, new, remarks=Remarks.KINDS)
    assert len(pypdfium2.PdfDocument(pdf)) > 3
    assert any("sample" * 30 in cell for cell in of_text.columns[0].cells)


@pytest.mark.parametrize(
    ("length", "before"), [(60, 1), (130, 3), (260, 25)], ids=["one page", "two pages", "later"]
)
def test_a_row_that_fills_pages_keeps_the_titles_and_leaves_no_page_empty(
    length: int, before: int
) -> None:
    short = [f"{at}番目の人材の育成及び確保" for at in range(before)]
    text = "関連する技術の研究開発、実証及び普及、" * length
    old = in_group(*short, f"{text}導入の促進", "人材の育成")
    new = in_group(*(f"{one}等" for one in short), f"{text}導入の推進", "人材の育成等")
    pdf, [of_text] = made(old, new, remarks=Remarks.KINDS)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    of_row = [at for at, page in enumerate(pages) if at and "研究開発" in page]
    assert len(of_row) > 1
    for at in of_row:
        assert re.search(r"変更案\s+現行\s+備考", pages[at]), pages[at][:80]
    for at in range(1, of_row[-1]):  # all pages of the table before the one where the row ends
        assert len(pages[at]) > 600
    require_faithful_tables(pdf, [of_text])


# Who can use it


class TagTree:
    """A PDF's contents by its tags alone."""

    def __init__(self, content: bytes) -> None:
        reader = pypdf.PdfReader(BytesIO(content))
        catalog: Any = reader.trailer["/Root"]
        self.root: Any = catalog["/StructTreeRoot"]
        self._pages = {
            page.indirect_reference.idnum: at
            for at, page in enumerate(reader.pages)
            if page.indirect_reference
        }
        self._texts: dict[tuple[int, int], str] = {}
        for at, page in enumerate(pypdfium2.PdfDocument(content)):
            reading = page.get_textpage()
            for each in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), textpage=reading):
                key = at, raw.FPDFPageObj_GetMarkedContentID(each)
                self._texts[key] = self._texts.get(key, "") + each.extract()

    def cells(self) -> list[str]:
        """Returns the cells of all tables; 〈Ins＝…〉 stands for what is tagged so."""
        return [self._read(each) for each in self._of_type(self.root, "/TD")]

    def _of_type(self, element: Any, name: str) -> Iterator[Any]:
        for kid in _kids(element):
            if isinstance(kid, dict):
                yield from [kid] if kid.get("/S") == name else self._of_type(kid, name)

    def _read(self, element: Any) -> str:
        page = self._pages[element.raw_get("/Pg").idnum]
        said = "".join(
            self._texts[page, kid] if isinstance(kid, int) else self._read(kid)
            for kid in _kids(element)
        )
        said = "".join(said.split())
        name = element["/S"].removeprefix("/")
        return f"〈{name}＝{said}〉" if name in ("Ins", "Del") else said


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]


@pytest.fixture(scope="module")
def tagged() -> TagTree:
    old = in_group("導入の促進", "人材の育成", "制度の検討")
    new = in_group("導入の推進", "人材の育成")
    return TagTree(made(old, new)[0])


def test_changes_are_tagged(tagged: TagTree) -> None:
    assert tagged.cells()[-6:] == [
        "①導入の〈Ins＝推進〉【経産省】",
        "①導入の〈Del＝促進〉【経産省】",
        "②（略）",
        "②（略）",
        "（削る）",
        "〈Del＝③制度の検討【経産省】〉",
    ]


def test_own_tags_are_mapped_to_standard_ones(tagged: TagTree) -> None:
    assert tagged.root["/RoleMap"] == {"/Ins": "/Span", "/Del": "/Span"}


def test_checker_finds_nothing_in_it(example: Made) -> None:
    report = validate_pdf_bytes(example[0], profile=ValidationProfile.PDF_UA_1)
    assert [f.message for f in report.failures if not f.rule_id.endswith(MISREAD)] == []
