"""The edition, the redline and the table as Word files: other programs read in them what we do."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pypandoc
import pytest
from openxml_audit import OpenXmlValidator

from kihonkeikaku.diff.comparison import ComparisonResult, compare_editions
from kihonkeikaku.errors import MachineError
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.office.word_file import NOTE_MARK, WordView
from kihonkeikaku.office.word_reader import read_word_file
from kihonkeikaku.rendering.comparison.report import comparison_report
from kihonkeikaku.rendering.comparison.table_options import (
    NewSide,
    Remarks,
    TableOptions,
    UnderlineStyle,
)
from kihonkeikaku.rendering.fidelity import squeezed
from kihonkeikaku.rendering.word.comparison_docx import comparison_docx
from kihonkeikaku.rendering.word.docx_text import document_lines
from kihonkeikaku.rendering.word.plan_docx import plan_docx, require_faithful_docx
from kihonkeikaku.rendering.word.redline_docx import redline_docx, require_both_editions
from kihonkeikaku.validation.linter import load_plan_pair, load_valid_plan
from tests.conftest import REPOSITORY
from tests.office.libreoffice import LibreOffice
from tests.properties.plan_pairs import plan_pair
from tests.sample import SAMPLE, plant

NOT_NEEDED: Final = ("fontTable", "theme")
"""Relationships that the validator asks for, and ECMA-376 part 1 (11.3.5, 14.2.7) does not."""


@pytest.fixture(scope="module")
def example() -> ComparisonResult:
    pair = load_plan_pair(str(REPOSITORY / "plan"), str(REPOSITORY / "examples" / "next-edition"))
    new = pair.new.draft
    return compare_editions(pair.old.draft.plan(), new.plan(), adopted=new.adopted)


def faults(content: bytes, path: Path) -> list[str]:
    """What a validator finds in a Word file, but for what nobody needs."""
    path.write_bytes(content)
    errors = [str(error) for error in OpenXmlValidator().validate(path).errors]
    return [e for e in errors if not any(f"relationships/{name}'" in e for name in NOT_NEEDED)]


MAKERS: Final[dict[str, Callable[[ComparisonResult], bytes]]] = {
    "plan": lambda both: plan_docx(both.new),
    "redline": redline_docx,
    "table": lambda both: comparison_docx(comparison_report(both, TableOptions())),
    "table with remarks": lambda both: comparison_docx(
        comparison_report(
            both, TableOptions(NewSide.RIGHT, remarks=Remarks.KINDS, style=UnderlineStyle.ORDINANCE)
        )
    ),
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_validator_finds_nothing_and_the_bytes_are_the_same(
    name: str, example: ComparisonResult, tmp_path: Path
) -> None:
    content = MAKERS[name](example)
    assert faults(content, tmp_path / "a.docx") == []
    assert MAKERS[name](example) == content


PLANTED: Final = {
    "unknown element": (b"<w:pPr>", b"<w:pPr><w:nothing/>"),
    "wrong order": (
        b'<w:pStyle w:val="Title"/>',
        b'<w:jc w:val="left"/><w:pStyle w:val="Title"/>',
    ),
    "wrong value": (b'<w:pStyle w:val="Title"/>', b'<w:jc w:val="sideways"/>'),
    "no body": (b"w:body", b"w:bodi"),
}
"""Faults of the XML: what is written, and what is planted instead."""


@pytest.mark.parametrize(("old", "new"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_would_be_found(
    old: bytes, new: bytes, example: ComparisonResult, tmp_path: Path
) -> None:
    content = replaced_part(plan_docx(example.new), old, new)
    assert faults(content, tmp_path / "a.docx") != []


def replaced_part(content: bytes, old: bytes, new: bytes) -> bytes:
    """A Word file with other bytes in its main part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "word/document.xml":
                assert old in part
                part = part.replace(old, new)
            after.writestr(name, part)
    return buffer.getvalue()


def test_a_changed_character_would_be_found(example: ComparisonResult) -> None:
    changed = replaced_part(plan_docx(example.new), "防衛力".encode(), "防衛カ".encode())
    with pytest.raises(MachineError, match="本文が計画と違うため、中止しました"):
        require_faithful_docx(changed, example.new)
    changed = replaced_part(redline_docx(example), "防衛力".encode(), "防衛カ".encode())
    with pytest.raises(MachineError, match="見え消しが計画と違うため、中止しました"):
        require_both_editions(changed, example.old, example.new)


def test_a_mark_that_is_lost_would_be_found(example: ComparisonResult) -> None:
    unmarked = re.sub(rb"</?w:ins\b[^>]*>", b"", main_part(redline_docx(example)))
    content = replaced_part(redline_docx(example), main_part(redline_docx(example)), unmarked)
    with pytest.raises(MachineError, match="見え消しが計画と違う"):
        require_both_editions(content, example.old, example.new)


def main_part(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml")


def test_a_redline_has_moves_insertions_and_deletions_by_the_publisher(
    example: ComparisonResult,
) -> None:
    changes = list(read_word_file(redline_docx(example), "a").changes())
    assert {(c.rejected, c.accepted, c.moved) for c in changes} == {
        (True, False, False),
        (False, True, False),
        (True, False, True),
        (False, True, True),
    }
    assert {c.author for c in changes} == {"kihonkeikakuプロジェクト（例示の作成者）"}


def pandoc_text(content: bytes, path: Path, view: WordView) -> str:
    """What pandoc reads in a view, footnotes aside, without white space."""
    path.write_bytes(content)
    track = "reject" if view == "rejected" else "accept"
    tree = json.loads(
        pypandoc.convert_file(str(path), "json", "docx", extra_args=[f"--track-changes={track}"])
    )
    heads = [tree["meta"][name] for name in ("title", "subtitle", "date") if name in tree["meta"]]
    return squeezed(pandoc_words([*heads, tree["blocks"]]))


def pandoc_words(node: Any) -> Iterator[str]:
    """The words in pandoc's tree, but for those of footnotes."""
    if isinstance(node, list):
        for child in node:
            yield from pandoc_words(child)
    elif isinstance(node, dict):
        if node.get("t") == "Str":
            yield node["c"]
        elif node.get("t") in ("Header", "Span", "Div", "Link"):
            yield from pandoc_words([c for c in node["c"] if not is_attributes(c)])
        elif node.get("t") != "Note":
            yield from pandoc_words(node.get("c", []))


def is_attributes(node: Any) -> bool:
    return isinstance(node, int) or (
        isinstance(node, list) and len(node) == 3 and isinstance(node[0], str)
    )


def our_text(lines: list[str]) -> str:
    return squeezed([re.sub(r"（注\d+）", "（注）", line) for line in lines])


def test_pandoc_reads_the_same_in_the_example(example: ComparisonResult, tmp_path: Path) -> None:
    content = redline_docx(example)
    editions: dict[WordView, Document] = {"rejected": example.old, "accepted": example.new}
    for view, document in editions.items():
        found = pandoc_text(content, tmp_path / "a.docx", view)
        assert found == our_text([*document_lines(document), "（以上）"])


def compared(pair: tuple[Plan, Plan]) -> ComparisonResult:
    return compare_editions(*pair)


@pytest.mark.slow
def test_redlines_and_tables_of_generated_pairs_are_both_editions() -> None:
    for seed in range(100):
        both = compared(plan_pair(seed))
        redline_docx(both)  # each proves itself
        comparison_docx(comparison_report(both, TableOptions(remarks=Remarks.KINDS)))
        plan_docx(both.new)


PANDOC_FAULTS: Final = {22}
"""Pairs that pandoc 3.9 reads wrongly, and LibreOffice rightly.

Where a paragraph's mark is rejected, pandoc puts the words before it into the next footnote.
"""


@pytest.mark.slow
def test_pandoc_reads_the_same_in_generated_pairs(tmp_path: Path) -> None:
    for seed in set(range(100)) - PANDOC_FAULTS:
        both = compared(plan_pair(seed))
        content = redline_docx(both)
        editions: dict[WordView, Document] = {"rejected": both.old, "accepted": both.new}
        for view, document in editions.items():
            found = pandoc_text(content, tmp_path / "a.docx", view)
            assert found == our_text([*document_lines(document), "（以上）"]), seed


def libreoffice_text(libreoffice: LibreOffice, content: bytes, path: Path, view: WordView) -> str:
    """What LibreOffice shows when everything is rejected or accepted."""
    path.write_bytes(content)
    verb = "reject_all" if view == "rejected" else "accept_all"
    return our_text(libreoffice.run(path, [(verb,)]))


def require_libreoffice_agrees(
    both: ComparisonResult, libreoffice: LibreOffice, path: Path
) -> None:
    content = redline_docx(both)
    editions: dict[WordView, Document] = {"rejected": both.old, "accepted": both.new}
    for view, document in editions.items():
        found = libreoffice_text(libreoffice, content, path, view)
        assert found == our_text([*document_lines(document), "（以上）"])


@pytest.mark.slow
def test_libreoffice_accepts_the_new_edition_and_rejects_to_the_old(
    example: ComparisonResult, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    require_libreoffice_agrees(example, libreoffice, tmp_path / "example.docx")
    for seed in range(10):
        require_libreoffice_agrees(
            compared(plan_pair(seed)), libreoffice, tmp_path / f"{seed}.docx"
        )


@pytest.mark.torture
def test_libreoffice_agrees_on_a_hundred_pairs(libreoffice: LibreOffice, tmp_path: Path) -> None:
    for seed in range(10, 110):
        require_libreoffice_agrees(
            compared(plan_pair(seed)), libreoffice, tmp_path / f"{seed}.docx"
        )


def test_the_words_under_a_line_are_those_of_the_table(example: ComparisonResult) -> None:
    report = comparison_report(example, TableOptions())
    content = main_part(comparison_docx(report)).decode()
    underlined = re.findall(r'<w:u w:val="single"/></w:rPr><w:t[^>]*>([^<]*)<', content)
    expected = [
        piece.text
        for row in report.table.all_rows
        for cell in (row.new, row.old)
        for line in cell.lines
        for piece in line.pieces
        if piece.underline
    ]
    assert underlined == expected


def test_a_footnote_is_one_of_words_own(example: ComparisonResult) -> None:
    file = read_word_file(plan_docx(example.new), "a")
    assert len(file.footnotes) == 1
    [note] = file.footnotes.values()
    assert note[0].text("accepted").startswith(f"{NOTE_MARK}　計算機が内容を")


def test_an_edition_without_a_publisher_or_a_date_can_be_made() -> None:
    plan = plan_pair(1)[1]
    head = plan.head.model_copy(update={"publication": None})
    document = number(plan.model_copy(update={"head": head}))
    assert plan_docx(document)


WHOLE: Final = "世界各国で、AIの利活用が進み、開発競争も激化。日本としても出遅れることはできない。"
HALVES: Final = tuple(f"{half}。" for half in WHOLE.split("。")[:2])


@pytest.mark.parametrize("joins", [False, True], ids=["divided", "joined"])
def test_a_paragraph_that_was_divided_or_joined_differs_by_its_marks(joins: bool) -> None:
    plan = plan_pair(1)[0]
    before, after = (with_vision(plan, body) for body in ((WHOLE,), HALVES))
    both = compared((after, before) if joins else (before, after))
    assert {change.kind for change in both.comparison.changes} == {"merged" if joins else "split"}
    file = read_word_file(redline_docx(both), "a")
    changed = [p.mark for p in file.paragraphs if p.mark.is_changed]
    assert [(mark.rejected, mark.accepted) for mark in changed] == [(joins, not joins)]
    texts = [s.text for p in file.paragraphs for s in p.spans if s.presence.is_changed]
    assert texts == ["・"]


def with_vision(plan: Plan, body: tuple[str, ...]) -> Plan:
    """A plan of which the first chapter is one heading with these paragraphs."""
    first, *others = plan.chapters
    data = {**first.model_dump(), "body": body, "sections": (), "measures": ()}
    chapter = type(first).model_validate({**data, "measures_label": None})
    placed = {m for c in others for m in _placed(c.model_dump())}
    kept = tuple(m for m in plan.measures if m.id in placed)
    return plan.model_copy(
        update={"chapters": (chapter, *others), "measures": kept, "revision": None}
    )


def _placed(heading: dict[str, Any]) -> Iterator[str]:
    yield from (m for m in heading["measures"] if isinstance(m, str))
    yield from (m["reprint"] for m in heading["measures"] if not isinstance(m, str))
    for section in heading["sections"]:
        yield from _placed(section)


def test_a_table_of_the_plan_is_one_of_words_own(tmp_path: Path) -> None:
    files = {
        "plan.yaml": SAMPLE["plan.yaml"].replace("format: 1", "format: 2"),
        "chapters/vision.yaml": "id: vision\ntitle: 基本構想\nbody:\n"
        "  - table: {title: 表の題, columns: [項目, 数], rows: [[甲, 一], [乙, 二]]}\n"
        "  - table: {columns: [年度], rows: [[令和8年度]]}\n"
        "  - 終わりの段落。\n",
    }
    document = number(load_valid_plan(str(plant(tmp_path / "plan", files))))
    content = plan_docx(document)
    assert faults(content, tmp_path / "a.docx") == []
    cells = [
        (p.cell.table, p.cell.row, p.cell.column, p.text("accepted"))
        for p in read_word_file(content, "a").paragraphs
        if p.cell
    ]
    assert cells == [
        (0, 0, 0, "項目"),
        (0, 0, 1, "数"),
        (0, 1, 0, "甲"),
        (0, 1, 1, "一"),
        (0, 2, 0, "乙"),
        (0, 2, 1, "二"),
        (1, 0, 0, "年度"),
        (1, 1, 0, "令和8年度"),
    ]
