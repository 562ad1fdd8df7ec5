"""All variants have their metadata, tags and text, and artifacts in the margins.

What a checker such as veraPDF would ask for beyond this is not checked here.
"""

import re
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pypdf
import pytest
from weasyprint.pdf import VARIANTS as OFFERED

from kihonkeikaku.cli import run
from kihonkeikaku.errors import CommandError
from kihonkeikaku.rendering.pdf.job import DEFAULT_VARIANT, VARIANTS, PdfOptions, parse_variant
from tests.rendering.pdf.rendering import render_plan, render_plans
from tests.rendering.plan_data import document

pytestmark = pytest.mark.slow

ARCHIVING: Final = {"pdf/a-2b": ("2", "B"), "pdf/a-3a": ("3", "A"), "pdf/a-3u": ("3", "U")}


def made(variant: str) -> tuple[bytes, bytes]:
    """Returns the sample as decided edition and as draft."""
    impressions = [PdfOptions(variant, draft=False), PdfOptions(variant, draft=True)]
    decided, draft, _ = render_plans(document(), None, impressions)
    return decided, draft


@pytest.fixture(scope="module")
def default() -> bytes:
    return render_plan(document(), None)


@pytest.fixture(scope="module", params=ARCHIVING)
def archived(request: pytest.FixtureRequest) -> tuple[str, bytes, bytes]:
    return (request.param, *made(request.param))


def catalog(content: bytes) -> Any:
    return pypdf.PdfReader(BytesIO(content)).trailer["/Root"]


def texts(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages]


# Which there are


def test_weasyprint_knows_all_variants() -> None:
    assert set(VARIANTS) <= set(OFFERED)
    assert VARIANTS[0] == DEFAULT_VARIANT


@pytest.mark.parametrize("name", ["pdf/a-3u", "a-3u", "PDF/A-3u", " a-3u "])
def test_a_name_may_be_short(name: str) -> None:
    assert parse_variant(name) == "pdf/a-3u"


@pytest.mark.parametrize("name", ["", "pdf", "pdf/", "a-1b", "pdf/x-4", "debug", "pdf/pdf/ua-1"])
def test_an_unknown_variant_is_refused_with_the_choices(name: str) -> None:
    with pytest.raises(CommandError) as refused:
        parse_variant(name)
    assert str(refused.value) == (
        "--pdf-variant には pdf/ua-1、pdf/ua-2、pdf/a-2a、pdf/a-2b、pdf/a-2u、pdf/a-3a、pdf/a-3b、"
        "pdf/a-3u のどれかを書いてください。"
    )


def test_the_command_ends_with_2_and_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "edition"
    assert run(["build", "--pdf-variant", "a-9z", "--out", str(out)]) == 2
    assert capsys.readouterr().err.startswith("--pdf-variant には pdf/ua-1、")
    assert not out.exists()


# What they carry


def test_metadata_name_the_variant(archived: tuple[str, bytes, bytes]) -> None:
    variant, *contents = archived
    part, conformance = ARCHIVING[variant]
    for content in contents:
        metadata = catalog(content)["/Metadata"].get_data().decode()
        assert re.search(f'pdfaid:part="{part}"', metadata)
        assert re.search(f'pdfaid:conformance="{conformance}"', metadata)
        [intent] = catalog(content)["/OutputIntents"]
        assert intent["/S"] == "/GTS_PDFA1"
        assert "/DestOutputProfile" in intent


def test_all_variants_are_tagged(archived: tuple[str, bytes, bytes]) -> None:
    for content in archived[1:]:
        assert catalog(content)["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in catalog(content)
        assert catalog(content)["/Lang"] == "ja"


def test_fonts_are_embedded_with_a_map_to_unicode(archived: tuple[str, bytes, bytes]) -> None:
    for content in archived[1:]:
        fonts = pypdf.PdfReader(BytesIO(content)).pages[3]["/Resources"]["/Font"]  # type: ignore[index] # pypdf's dictionaries hold any object
        assert fonts
        for font in fonts.values():
            [descendant] = font["/DescendantFonts"]
            assert {"/FontFile2", "/FontFile3"} & set(descendant["/FontDescriptor"])
            assert "/ToUnicode" in font


def test_the_text_is_that_of_the_default_variant(
    archived: tuple[str, bytes, bytes], default: bytes
) -> None:
    variant, decided, draft = archived
    assert texts(decided) == texts(default)
    assert [t.split() for t in texts(draft)] == [t.split() for t in texts(default)], variant


def test_it_is_the_same_bytes_each_time(archived: tuple[str, bytes, bytes]) -> None:
    variant, *first = archived
    assert list(made(variant)) == first


def test_another_kind_has_another_identifier(default: bytes) -> None:
    other, draft = made("pdf/ua-2")
    identifiers = {
        str(pypdf.PdfReader(BytesIO(each)).trailer["/ID"]) for each in (default, other, draft)
    }
    assert len(identifiers) == 3
    assert b'pdfuaid:part="2"' in catalog(other)["/Metadata"].get_data()


# Artefacts


def test_margins_are_artifacts_and_all_other_text_is_tagged(default: bytes) -> None:
    reader = pypdf.PdfReader(BytesIO(default))
    nums = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]  # type: ignore[index] # pypdf's dictionaries hold any object
    for i, page in enumerate(reader.pages):
        contents = page.get_contents()
        assert contents is not None
        artifacts, tagged = marked_texts(contents.get_data().decode("latin-1"))
        numbered = 0 < i < len(reader.pages) - 1
        assert artifacts == 1 + numbered  # the notice, and the page number
        assert tagged == list(range(len(nums[nums.index(i) + 1])))


def marked_texts(operators: str) -> tuple[int, list[int]]:
    """Returns how many texts are artifacts, and the marks of the others; fails on an unmarked."""
    open_marks: list[str] = []
    artifacts, tagged = 0, []
    for found in re.finditer(r"/Artifact\s+BMC|/MCID (\d+)>>\s*BDC|\bEMC\b|\bBT\b", operators):
        if found[0] == "EMC":
            open_marks.pop()
        elif found[0] == "BT":
            assert open_marks
            artifacts += open_marks[-1] == "artifact"
        elif found[1]:
            assert not open_marks
            open_marks.append("text")
            tagged.append(int(found[1]))
        else:
            open_marks.append("artifact")
    assert not open_marks
    return artifacts, tagged


def test_no_link_is_inside_of_another(default: bytes) -> None:
    for page in pypdf.PdfReader(BytesIO(default)).pages:
        areas = [tuple(annotation["/Rect"]) for annotation in page.get("/Annots", [])]
        for one in areas:
            inside = [
                other
                for other in areas
                if other[0] >= one[0]
                and other[2] <= one[2]
                and min(other[1], other[3]) >= min(one[1], one[3])
                and max(other[1], other[3]) <= max(one[1], one[3])
            ]
            assert inside == [one]
