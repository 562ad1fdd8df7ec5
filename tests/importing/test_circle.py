"""The circle: what is read of a built edition is the plan that it was built of."""

import html
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import cli
from kihonkeikaku.diff.comparison import compare
from kihonkeikaku.importing.document_worker import read_content
from kihonkeikaku.importing.importer import ImportResult, import_source
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.validation.linter import load_valid_plan
from tests.conftest import REPOSITORY

PLANS: Final = (("plan", "骨子"), ("examples/next-edition", "（素案）"))
OFFICE: Final = shutil.which("soffice")

_BLOCKS: Final = "p|h[1-6]|li|section|ul|ol|div|dt|dd|figcaption|td|th"


def build(name: str, only: str, folder: Path) -> Path:
    out = folder / "edition"
    arguments = ["build", str(REPOSITORY / name), "--out", str(out), "--only", only, "--quiet"]
    assert cli.run([*arguments, "--draft"]) == 0
    return out


def import_file(path: Path, like: Plan) -> ImportResult:
    return import_source(read_content(path.name, path.suffix, path.read_bytes()), like)


def convert(path: Path, format: str, *options: str) -> None:
    """Converts a file by LibreOffice, into its folder."""
    user = f"-env:UserInstallation={(path.parent / 'user').as_uri()}"
    command = [str(OFFICE), user, "--headless", *options, "--convert-to", format]
    subprocess.run(
        [*command, "--outdir", str(path.parent), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )


def page_main(edition: Path) -> str:
    found = re.search("<main.*?</main>", (edition / "html/index.html").read_text("utf-8"), re.S)
    assert found
    return found[0]


def page_text(edition: Path) -> str:
    """Returns the text of the page with the whole plan, a line for each block."""
    text = re.sub(f"</(?:{_BLOCKS})>", "\n", page_main(edition))
    lines = (html.unescape(line).strip() for line in re.sub("<[^>]+>", "", text).split("\n"))
    return "\n".join(line for line in lines if line)


def assert_same_plan(plan: Plan, result: ImportResult) -> None:
    assert compare(plan, result.plan).changes == ()
    assert result.is_complete
    assert result.new_ids == ()


@pytest.mark.parametrize(("name", "suffix"), PLANS)
def test_the_text_of_the_page_gives_the_plan(name: str, suffix: str, tmp_path: Path) -> None:
    plan = load_valid_plan(str(REPOSITORY / name))
    path = tmp_path / "page.txt"
    text = page_text(build(name, "html", tmp_path))
    path.write_text(f"人工知能基本計画{suffix}\n{text}", "utf-8")
    assert_same_plan(plan, import_file(path, plan))


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, _ in PLANS])
def test_the_pdfs_give_the_plan(name: str, tmp_path: Path) -> None:
    plan = load_valid_plan(str(REPOSITORY / name))
    edition = build(name, "pdf", tmp_path)
    for pdf in ("plan.pdf", "plan-draft.pdf"):
        assert_same_plan(plan, import_file(edition / "pdf" / pdf, plan))


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
@pytest.mark.parametrize("name", [name for name, _ in PLANS])
def test_the_text_that_pdftotext_lays_out_gives_the_plan(name: str, tmp_path: Path) -> None:
    plan = load_valid_plan(str(REPOSITORY / name))
    pdf = build(name, "pdf", tmp_path) / "pdf" / "plan.pdf"
    path = tmp_path / "plan.txt"
    subprocess.run(["pdftotext", "-layout", str(pdf), str(path)], check=True)
    assert_same_plan(plan, import_file(path, plan))


@pytest.mark.parametrize("name", [name for name, _ in PLANS])
def test_the_word_file_of_the_edition_gives_the_plan(name: str, tmp_path: Path) -> None:
    plan = load_valid_plan(str(REPOSITORY / name))
    edition = tmp_path / "edition"
    arguments = ["build", str(REPOSITORY / name), "--out", str(edition), "--only", "docx"]
    assert cli.run([*arguments, "--quiet"]) == 0
    assert_same_plan(plan, import_file(edition / "word" / "plan.docx", plan))


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("name", "suffix"), PLANS)
def test_a_word_file_made_of_the_page_gives_the_plan(
    name: str, suffix: str, tmp_path: Path
) -> None:
    plan = load_valid_plan(str(REPOSITORY / name))
    title = f"<p>人工知能基本計画{suffix}</p>"
    main = page_main(build(name, "html", tmp_path))
    (tmp_path / "page.html").write_text(f"<meta charset=utf-8>{title}{main}", "utf-8")
    convert(tmp_path / "page.html", "docx:MS Word 2007 XML", "--infilter=HTML (StarWriter)")
    assert_same_plan(plan, import_file(tmp_path / "page.docx", plan))


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", [name for name, _ in PLANS])
def test_a_pdf_that_another_program_sets_gives_the_plan(name: str, tmp_path: Path) -> None:
    plan = load_valid_plan(str(REPOSITORY / name))
    edition = tmp_path / "edition"
    arguments = ["build", str(REPOSITORY / name), "--out", str(edition), "--only", "docx"]
    assert cli.run([*arguments, "--quiet"]) == 0
    path = tmp_path / "plan.docx"
    shutil.copy(edition / "word" / "plan.docx", path)
    convert(path, "pdf")
    assert_same_plan(plan, import_file(tmp_path / "plan.pdf", plan))
