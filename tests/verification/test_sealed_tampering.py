"""Tampering by someone who makes the manifest fit: found, since the plan makes something else."""

import io
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import DecodedStreamObject, NameObject, RectangleObject

from kihonkeikaku import cli
from kihonkeikaku.errors import MachineError
from kihonkeikaku.model.frozen import freeze, hash_content, thaw
from kihonkeikaku.rendering.pdf.job import PdfJob, PdfOptions, RenderPdfs
from kihonkeikaku.verification import rebuild
from kihonkeikaku.verification.problems import Problem, ProblemKind
from kihonkeikaku.verification.rebuild import compare_bytes
from kihonkeikaku.verification.untrusted_folder import UntrustedFolder
from kihonkeikaku.verification.verifier import EditionCheck
from tests.sample import SAMPLE, plant
from tests.verification.published import (
    build_edition,
    change_manifest,
    list_files,
    renew_manifest,
    replace_text,
)

pytestmark = pytest.mark.slow

Output = pytest.CaptureFixture[str]

RECORD = "editions/outline.json"
CHANGED = "計画から作り直したものと違います（"


def problems(edition: Path) -> Iterator[Problem]:
    """Yields what is found once the manifest fits all files."""
    renew_manifest(edition)
    check = EditionCheck(UntrustedFolder(edition))
    assert list(check.find_file_problems()) == [], "the files are as the manifest says"
    return (one for one in check.find_problems() if isinstance(one, Problem))


def found(edition: Path) -> list[tuple[str, str]]:
    """Paths and kinds of the problems that are found once the manifest fits all files."""
    return sorted((one.path, one.kind.value) for one in problems(edition))


ALTERATIONS = {
    "html/index.html": ("<main", '<main hidden></main><div id="main"'),
    "html/measures/ai-chips.html": ("<blockquote>", "<!--><blockquote>"),
    "html/measures/ai-crime.html": ("<blockquote>", "<!-- --!><p>嘘</p><!-- --><blockquote>"),
    "html/measures/ai-for-science.html": ("<blockquote>", "<![CDATA[>嘘]]><blockquote>"),
    "html/measures/ai-literacy.html": ("</main>", "<template>嘘</template></main>"),
    "html/measures/ai-communities.html": (
        "</main>",
        "<style>p{color:#fff}</style></main>",
    ),
    "html/measures/government-ai.html": ("</main>", '<input value="嘘"></main>'),
    "html/measures/government-data.html": ("</main>", "<textarea>嘘</textarea></main>"),
    "html/measures/guidelines.html": ("</body>", "<script>alert(1)</script></body>"),
    "html/measures/gpai-tokyo.html": ("<body", "<body onload=alert(1)"),
    "html/measures/military-ai.html": ("Content-Security-Policy", "X-Nothing"),
    "html/measures/physical-ai.html": ("script-src 'self'", "script-src *"),
    "html/measures/police-ai.html": ("</main>", '<a href="https://example.jp/">続き</a></main>'),
    "html/measures/sector-ai.html": (
        "</main>",
        '<img src="https://example.jp/x"></main>',
    ),
    "html/measures/supply-chain.html": ("<blockquote>", '<blockquote style="display:none">'),
    "html/measures/training-data.html": ("<blockquote>", '<blockquote aria-hidden="true">'),
    "html/measures/telecom-security.html": ("<head>", '<head><base href="https://example.jp/">'),
    "html/measures/talent-needs.html": ("完了", "継続"),
    "html/measures/work-styles.html": (
        "<head>",
        '<head><meta http-equiv=refresh content="0;url=/">',
    ),
    "html/measures/index.html": ("</main>", "<p>嘘</p></main>"),
    "html/overview/index.html": ("</main>", "<p>嘘</p></main>"),
    "html/ministries/cao-ai.html": ("</main>", "<p>嘘</p></main>"),
    "html/matrix/index.html": ("◎", "○"),
    "html/search/index.html": ("</main>", "<p>嘘</p></main>"),
    "html/404.html": ("</main>", "<p>嘘</p></main>"),
    "html/data/assignments.csv": ("内閣府", "総務省"),
    "html/data/assignments.json": ("内閣府", "総務省"),
    "comparison/index.html": ("</main>", "<p>変更はありません</p></main>"),
    "comparison/changes.json": ('"reworded"', '"renumbered"'),
    "comparison/amendment.txt": ("を", "が"),
}
"""By file: what stands there, and what is put in its place."""


def test_alterations_of_pages_and_data(
    edition: Path, pdfs_rendered_once: None, capsys: Output
) -> None:
    """All of them in one edition: each file is compared by itself."""
    expected = {}
    for name, (old, new) in ALTERATIONS.items():
        made = (edition / name).read_bytes().decode()
        replace_text(edition / name, old, new)
        tampered = (edition / name).read_bytes().decode()
        pairs = zip(made, tampered, strict=False)
        at = next(index for index, (one, other) in enumerate(pairs) if one != other)
        line, column = made.count("\n", 0, at) + 1, at - made.rfind("\n", 0, at)
        expected[name] = (
            f"{CHANGED}{line} 行 {column} 列、"
            f"「{made[at : at + 12]}」のはずが、「{tampered[at : at + 12]}」）。"
        )
    for asset in sorted((edition / "html" / "assets").iterdir()):
        size = asset.stat().st_size
        with asset.open("a") as file:
            file.write("/* 嘘 */")
        lines = asset.read_bytes()[:size].decode()
        line, column = lines.count("\n") + 1, len(lines) - lines.rfind("\n")
        expected[asset.relative_to(edition).as_posix()] = (
            f"{CHANGED}{line} 行 {column} 列、何もないはずが、「/* 嘘 */」）。"
        )
    assert len(expected) == len(ALTERATIONS) + 9
    assert {one.path: one.message for one in problems(edition)} == expected


def swap(edition: Path, one: str, other: str) -> None:
    contents = (edition / one).read_bytes(), (edition / other).read_bytes()
    (edition / other).write_bytes(contents[0])
    (edition / one).write_bytes(contents[1])


def two_ministries_swapped(edition: Path) -> None:
    swap(edition, "html/ministries/cao-ai.html", "html/ministries/meti.html")


def a_page_removed(edition: Path) -> None:
    (edition / "html" / "measures" / "ai-chips.html").unlink()


def a_page_of_a_retired_measure_removed(edition: Path) -> None:
    (edition / "html" / "measures" / "talent-needs.html").unlink()


def a_page_added(edition: Path) -> None:
    shutil.copy(edition / "html" / "404.html", edition / "html" / "about.html")


def a_file_of_a_server_added(edition: Path) -> None:
    (edition / "html" / ".htaccess").write_text("Redirect / https://example.jp/")


def a_page_emptied(edition: Path) -> None:
    (edition / "html" / "index.html").write_bytes(b"")


def a_page_in_another_encoding(edition: Path) -> None:
    path = edition / "html" / "index.html"
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))


def a_page_with_other_line_ends(edition: Path) -> None:
    path = edition / "html" / "404.html"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def a_byte_order_mark(edition: Path) -> None:
    path = edition / "html" / "404.html"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (
            two_ministries_swapped,
            [("html/ministries/cao-ai.html", "changed"), ("html/ministries/meti.html", "changed")],
        ),
        (a_page_removed, [("html/measures/ai-chips.html", "missing")]),
        (a_page_of_a_retired_measure_removed, [("html/measures/talent-needs.html", "missing")]),
        (a_page_added, [("html/about.html", "extra")]),
        (a_file_of_a_server_added, [("html/.htaccess", "extra")]),
        (a_page_emptied, [("html/index.html", "changed")]),
        (a_page_in_another_encoding, [("html/index.html", "changed")]),
        (a_page_with_other_line_ends, [("html/404.html", "changed")]),
        (a_byte_order_mark, [("html/404.html", "changed")]),
    ],
)
def test_pages_swapped_added_removed_or_written_otherwise(
    tamper: Callable[[Path], None], expected: list[tuple[str, str]], page_edition: Path
) -> None:
    tamper(page_edition)
    assert found(page_edition) == expected


def rewrite(path: Path, change: Callable[[PdfWriter], object]) -> None:
    writer = PdfWriter(clone_from=path)
    change(writer)
    content = io.BytesIO()
    writer.write(content)
    path.write_bytes(content.getvalue())


def draw(writer: PdfWriter, operators: bytes) -> None:
    """Adds to what the third page shows."""
    page = writer.pages[2]
    stream = DecodedStreamObject()
    contents = page.get_contents()
    assert contents is not None
    stream.set_data(contents.get_data() + operators)
    page[NameObject("/Contents")] = writer._add_object(stream)


def an_overlay(writer: PdfWriter) -> None:
    writer.pages[2].merge_page(writer.pages[3])


def a_white_box(writer: PdfWriter) -> None:
    draw(writer, b" q 1 1 1 rg 50 400 500 200 re f Q")


def hidden_text(writer: PdfWriter) -> None:
    draw(writer, b" BT 3 Tr /F1 9 Tf (lie) Tj ET")


def javascript(writer: PdfWriter) -> None:
    writer.add_open_action(JavaScript("app.alert(1)"))


def an_attachment(writer: PdfWriter) -> None:
    writer.add_attachment("plan.exe", b"MZ")


def a_page_in_front(writer: PdfWriter) -> None:
    writer.insert_blank_page(index=0)


def a_page_behind(writer: PdfWriter) -> None:
    writer.add_blank_page()


def another_title(writer: PdfWriter) -> None:
    writer.add_metadata({"/Title": "別の計画"})


def a_page_swapped(writer: PdfWriter) -> None:
    pages = [PageObject(writer, page.indirect_reference) for page in writer.pages]
    kids = writer.root_object["/Pages"]["/Kids"]  # type: ignore[index] # no object is typed
    assert len(pages) == len(kids)
    kids[2], kids[3] = kids[3], kids[2]


def a_link_elsewhere(writer: PdfWriter) -> None:
    writer.add_uri(2, "https://example.jp/", RectangleObject((50, 50, 200, 200)))


@pytest.mark.parametrize(
    "name", ["pdf/plan.pdf", "pdf/plan-draft.pdf", "comparison/comparison.pdf"]
)
@pytest.mark.parametrize(
    "change",
    [
        an_overlay,
        a_white_box,
        hidden_text,
        javascript,
        an_attachment,
        a_page_in_front,
        a_page_behind,
        another_title,
        a_page_swapped,
        a_link_elsewhere,
    ],
)
def test_an_altered_pdf_is_none_that_the_plan_makes(
    change: Callable[[PdfWriter], object], name: str, edition: Path, tmp_path: Path
) -> None:
    """Compared as bytes: what each alteration needs is that it alters any."""
    made = (edition / name).read_bytes()
    rewrite(edition / name, change)
    difference = compare_bytes(made, (edition / name).read_bytes(), name)
    assert difference and difference.endswith(" バイト目から")


def an_appended_update(path: Path) -> None:
    """What is there stays as it is, byte by byte; what comes after it takes its place."""
    before = path.read_bytes()
    writer = PdfWriter(path, incremental=True)
    writer.pages[2].rotate(180)
    content = io.BytesIO()
    writer.write(content)
    assert content.getvalue().startswith(before)
    path.write_bytes(content.getvalue())


def test_altered_pdfs_are_found_and_named(edition: Path, pdfs_rendered_once: None) -> None:
    size = (edition / "pdf" / "plan.pdf").stat().st_size
    an_appended_update(edition / "pdf" / "plan.pdf")
    assert len(PdfReader(edition / "pdf" / "plan.pdf").pages) > 10
    rewrite(edition / "pdf" / "plan-draft.pdf", a_white_box)
    (edition / "comparison" / "comparison.pdf").unlink()
    messages = {one.path: one.message for one in problems(edition)}
    assert messages["pdf/plan.pdf"] == f"{CHANGED}{size + 1:,} バイト目から）。"
    assert messages["pdf/plan-draft.pdf"].startswith(CHANGED)
    missing = "計画から作られるはずの、このファイルがありません。"
    assert messages == {**messages, "comparison/comparison.pdf": missing}
    assert len(messages) == 3


def other_words_frozen(path: Path) -> None:
    """Rewrites the text of a frozen edition, and sets its hash right."""
    edition = json.loads(path.read_bytes())
    text = json.dumps(edition["plan"], ensure_ascii=False)
    assert "富岳NEXTの開発" in text
    edition["plan"] = json.loads(text.replace("富岳NEXTの開発", "富岳NEXTの廃止"))
    edition["sha256"] = hash_content(edition["plan"])
    path.write_text(json.dumps(edition, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    thaw(path.read_bytes())


def test_another_plan_whose_hash_is_right_makes_other_pages(page_edition: Path) -> None:
    other_words_frozen(page_edition / "plan.json")
    names = {path for path, _ in found(page_edition)}
    assert {"html/index.html", "html/measures/ai-chips.html"} < names
    assert "plan.json" not in names


def test_another_record_whose_hash_is_right_makes_another_history(page_edition: Path) -> None:
    other_words_frozen(page_edition / RECORD)
    assert found(page_edition) == [("html/measures/ai-chips.html", "changed")]


def test_a_plan_written_otherwise_is_not_what_it_makes(page_edition: Path) -> None:
    path = page_edition / "plan.json"
    path.write_text(json.dumps(json.loads(path.read_bytes())))
    assert found(page_edition) == [("plan.json", "changed")]


def test_a_plan_that_no_edition_can_be_made_of(page_edition: Path) -> None:
    path = page_edition / "plan.json"
    edition = json.loads(path.read_bytes())
    gone = edition["plan"]["measures"].pop(0)["id"]
    edition["sha256"] = hash_content(edition["plan"])
    path.write_text(json.dumps(edition, ensure_ascii=False))
    [problem] = [one for one in problems(page_edition) if one.kind is ProblemKind.PLAN]
    assert problem.path == "plan.json"
    assert problem.message == f"決定された版の記録の「{gone}」は、ないものを指す識別子です。"


def damaged(edition: Path, name: str) -> None:
    replace_text(edition / name, "富岳NEXTの開発", "富岳NEXTの廃止")


def another_edition_adopted(edition: Path) -> None:
    (edition / RECORD).write_bytes((edition / "plan.json").read_bytes())


def no_record(edition: Path) -> None:
    shutil.rmtree(edition / "editions")


PARTLY = ("", "partial")


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (lambda edition: damaged(edition, "plan.json"), [PARTLY, ("plan.json", "plan")]),
        (lambda edition: damaged(edition, RECORD), [PARTLY, (RECORD, "chain")]),
        (another_edition_adopted, [PARTLY, (RECORD, "chain"), (RECORD, "chain")]),
    ],
)
def test_a_damaged_plan_or_record(
    tamper: Callable[[Path], None], expected: list[tuple[str, str]], page_edition: Path
) -> None:
    manifest = json.loads((page_edition / "manifest.json").read_bytes())
    tamper(page_edition)
    renew_manifest(page_edition)
    kept = {key: manifest[key] for key in ("source_sha256", "editions")}
    change_manifest(page_edition, **kept)
    check = EditionCheck(UntrustedFolder(page_edition))
    seen = [(one.path, one.kind.value) for one in check.find_problems() if isinstance(one, Problem)]
    assert set(expected) <= set(seen)
    assert {path for path, _ in seen} == {path for path, _ in expected}


def test_records_left_out_make_another_history(page_edition: Path) -> None:
    """Without records the chain may begin here, but then no retired measure has a page."""
    no_record(page_edition)
    names = dict(found(page_edition))
    assert names["html/measures/talent-needs.html"] == "extra"


def test_what_was_compared_with_comes_with_the_edition(tmp_path: Path, capsys: Output) -> None:
    """The edition compared with need not be an adopted one: its record is in the comparison."""
    head = SAMPLE["plan.yaml"].replace("  supersedes: first\n", "")
    new = plant(tmp_path / "new", {"plan.yaml": head})
    old = plant(
        tmp_path / "old",
        {
            "plan.yaml": head.replace("id: second", "id: draft"),
            "measures/alpha.yaml": SAMPLE["measures/alpha.yaml"].replace("取組", "試み"),
        },
    )
    made = build_edition(tmp_path, "--only", "html", "--against", str(old), plan=new)
    record = made / "comparison" / "old.json"
    assert thaw(record.read_bytes()).head.edition.id == "draft"
    assert cli.run(["verify", str(made)]) == 0

    plan = thaw(record.read_bytes())
    other = plan.head.model_copy(update={"title": "別の計画"})
    record.write_bytes(freeze(plan.model_copy(update={"head": other})))
    names = {path for path, _ in found(made)}
    assert {"comparison/index.html", "comparison/changes.json", "manifest.json"} <= names

    record.unlink()
    renew_manifest(made)
    capsys.readouterr()
    assert cli.run(["verify", str(made)]) == 1
    out = capsys.readouterr().out
    assert "comparison/old.json: 比べた版「draft」の記録がありません。\n" in out
    assert "計画か前の版の記録に問題があるため、作り直して比べることはできません。" in out


def test_an_adopted_edition_is_not_recorded_twice(original: Path) -> None:
    assert RECORD in list_files(original)
    assert "comparison/old.json" not in list_files(original)


def test_a_problem_is_a_line_of_the_report(page_edition: Path, capsys: Output) -> None:
    replace_text(page_edition / "html" / "index.html", "富岳NEXTの開発", "富岳NEXTの廃止")
    renew_manifest(page_edition)
    assert cli.run(["verify", str(page_edition)]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{page_edition}/html/index.html: {CHANGED}")
    assert "列、「開発" in first and "のはずが、「廃止" in first
    assert last.startswith("問題が 1 件あります（確かめたもの：ファイル ")


def another_program(edition: Path) -> None:
    change_manifest(edition, version="0.0.9", program_sha256="0" * 64)


def the_same_version_of_another_program(edition: Path) -> None:
    change_manifest(edition, program_sha256="0" * 64)


def a_program_that_did_not_say(edition: Path) -> None:
    manifest = json.loads((edition / "manifest.json").read_bytes())
    del manifest["program_sha256"]
    (edition / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (another_program, "0.0.9（プログラムの SHA-256 は 000000000000…）"),
        (the_same_version_of_another_program, "（プログラムの SHA-256 は 000000000000…）"),
        (a_program_that_did_not_say, "（プログラムの SHA-256 は記録されていません）"),
    ],
)
def test_an_edition_of_another_program_is_compared_in_part(
    change: Callable[[Path], None], name: str, page_edition: Path, capsys: Output
) -> None:
    change(page_edition)
    assert cli.run(["verify", str(page_edition)]) == 4
    limitation, last = capsys.readouterr().out.splitlines()
    assert limitation.startswith(f"{page_edition}: この版を作ったのは kihonkeikaku ")
    assert name in limitation
    assert "verify してください。" in limitation
    assert last.startswith(f"{page_edition} に、確かめられた範囲では問題はありません（ファイル ")
    assert cli.run(["verify", str(page_edition), "--format", "json"]) == 4
    report = json.loads(capsys.readouterr().out)
    assert [(one["path"], one["kind"]) for one in report["limitations"]] == [("", "partial")]
    assert report["summary"]["rebuilt"] == 0


@pytest.mark.parametrize("name", ["html/index.html", "plan.json", RECORD])
def test_what_can_be_compared_without_that_program(
    name: str, page_edition: Path, capsys: Output
) -> None:
    another_program(page_edition)
    with (page_edition / name).open("a") as file:
        file.write(" ")
    assert cli.run(["verify", str(page_edition)]) == 1
    assert f"{page_edition}/{name}: " in capsys.readouterr().out


def other_libraries(edition: Path) -> None:
    manifest = json.loads((edition / "manifest.json").read_bytes())
    manifest["pdf"]["libraries"]["pango"] = "1.0"
    change_manifest(edition, pdf=manifest["pdf"])


def test_pdfs_of_other_libraries_are_compared_by_their_text(edition: Path, capsys: Output) -> None:
    other_libraries(edition)
    rewrite(edition / "pdf" / "plan.pdf", another_title)
    renew_manifest(edition)
    assert cli.run(["verify", str(edition)]) == 4
    limitation, last = capsys.readouterr().out.splitlines()
    assert limitation == (
        f"{edition}/pdf: PDF を組んだ部品（pango 1.0）が、ここにあるものと違うため、"
        "PDF は本文の文だけを照らし合わせました。"
    )
    assert last.startswith(f"{edition} に、確かめられた範囲では問題はありません（")


def test_pdfs_that_cannot_be_made_again_are_compared_by_their_text(
    edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def fail_to_render() -> Iterator[RenderPdfs]:
        def render(job: PdfJob, options: Sequence[PdfOptions]) -> list[bytes]:
            raise MachineError("PDF の組版を中止しました（メモリーが足りません）。")

        yield render

    monkeypatch.setattr(rebuild, "start_pdf_worker", fail_to_render)
    rewrite(edition / "pdf" / "plan.pdf", another_title)
    [limitation] = problems(edition)
    assert (limitation.path, limitation.kind) == ("pdf", ProblemKind.PARTIAL)
    assert limitation.message == (
        "PDF を作り直せない（PDF の組版を中止しました（メモリーが足りません）。）ため、"
        "PDF は本文の文だけを照らし合わせました。"
    )


def a_wrong_hash(edition: Path) -> None:
    manifest = json.loads((edition / "manifest.json").read_bytes())
    manifest["files"]["html/404.html"]["sha256"] = "0" * 64
    change_manifest(edition, files=manifest["files"])


def test_a_hash_that_is_not_the_files_is_the_manifests_fault(page_edition: Path) -> None:
    a_wrong_hash(page_edition)
    check = EditionCheck(UntrustedFolder(page_edition))
    [problem] = (one for one in check.find_problems() if isinstance(one, Problem))
    assert (problem.path, problem.kind) == ("manifest.json", ProblemKind.MANIFEST)
    assert problem.message == "「html/404.html」の大きさか SHA-256 が、そのファイルと違います。"


def test_their_text_is_compared(edition: Path) -> None:
    other_libraries(edition)
    swap(edition, "pdf/plan.pdf", "comparison/comparison.pdf")
    (edition / "pdf" / "plan-draft.pdf").write_bytes(b"%PDF-1.7\n")
    assert found(edition) == [
        ("comparison/comparison.pdf", "text"),
        ("pdf", "partial"),
        ("pdf/plan-draft.pdf", "unreadable"),
        ("pdf/plan.pdf", "text"),
    ]
