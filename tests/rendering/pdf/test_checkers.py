"""Checkers of PDF/UA and PDF/A that run without Java find nothing.

That is 「checked with」, not 「conforms」: each knows a part of the standards' rules, and veraPDF
has not been run. Each is shown to find something in a PDF that is known to be bad.
"""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pdfua
import pytest
from page import ValidationProfile, validate_pdf_bytes

from kihonkeikaku.model.numbering import number
from kihonkeikaku.rendering.pdf import typesetting
from kihonkeikaku.rendering.pdf.job import DEFAULT_VARIANT, VARIANTS, PdfOptions
from kihonkeikaku.rendering.pdf.weasyprint_patches import tagging
from kihonkeikaku.validation.linter import load_valid_plan
from tests.conftest import REPOSITORY
from tests.rendering.pdf.rendering import render_plans
from tests.rendering.plan_data import document

pytestmark = pytest.mark.slow

PROFILES: Final = {
    "pdf/ua-1": ValidationProfile.PDF_UA_1,
    "pdf/a-2a": ValidationProfile.PDF_A_2A,
    "pdf/a-2b": ValidationProfile.PDF_A_2B,
    "pdf/a-2u": ValidationProfile.PDF_A_2U,
    "pdf/a-3a": ValidationProfile.PDF_A_3A,
    "pdf/a-3b": ValidationProfile.PDF_A_3B,
    "pdf/a-3u": ValidationProfile.PDF_A_3U,
}
"""The profiles of page-validation for our variants: all but PDF/UA-2."""

MISREAD: Final = "-STREAM-LENGTH-001"
"""Found where compressed data happens to end with a carriage return: the checker takes it for the
end of a line. That lengths are right is shown here by counting.
"""


def page_validation_failures(pdf: bytes, variant: str) -> list[str]:
    report = validate_pdf_bytes(pdf, profile=PROFILES[variant])
    return [f.message for f in report.failures if not f.rule_id.endswith(MISREAD)]


@pytest.fixture(scope="module")
def plan() -> list[bytes]:
    """The plan itself, as decided edition and as draft."""
    outline = number(load_valid_plan(str(REPOSITORY / "plan")))
    both_options = [PdfOptions(draft=False), PdfOptions(draft=True)]
    return render_plans(outline, "0" * 64, both_options)[: len(both_options)]


def test_page_validation_knows_all_variants_but_one() -> None:
    assert set(VARIANTS) - set(PROFILES) == {"pdf/ua-2"}


@pytest.mark.parametrize("variant", PROFILES)
def test_page_validation_finds_nothing_in_any_variant(variant: str) -> None:
    both_options = [PdfOptions(variant, draft=False), PdfOptions(variant, draft=True)]
    for pdf in render_plans(document(), "0" * 64, both_options)[: len(both_options)]:
        assert page_validation_failures(pdf, variant) == []


def test_page_validation_finds_nothing_in_the_plan(plan: list[bytes]) -> None:
    for pdf in plan:
        assert page_validation_failures(pdf, DEFAULT_VARIANT) == []


def test_stream_lengths_are_right(plan: list[bytes]) -> None:
    for pdf in plan:
        streams = list(re.finditer(rb"/Length (\d+)>>\nstream\n", pdf))
        assert len(streams) > 20
        for stream in streams:
            end = stream.end() + int(stream[1])
            assert pdf[end : end + 10] == b"\nendstream"


def test_page_validation_finds_planted_errors(plan: list[bytes]) -> None:
    claiming = plan[0].replace(b"pdfuaid:part", b"pdfxxid:part")
    assert claiming != plan[0]
    assert page_validation_failures(claiming, DEFAULT_VARIANT)
    assert page_validation_failures(plan[0], "pdf/a-2a")  # it doesn't say that it is


def pdfua_findings(pdf: bytes, folder: Path) -> list[str]:
    path = folder / "plan.pdf"
    path.write_bytes(pdf)
    return [f"{each.rule_id} {each.message}" for each in pdfua.validate(str(path)).findings]


def test_pdfua_finds_nothing_in_the_plan(plan: list[bytes], tmp_path: Path) -> None:
    for pdf in plan:
        assert pdfua_findings(pdf, tmp_path) == []


def test_pdfua_finds_planted_errors(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typesetting, "describe_links", lambda _: None)
        patch.setattr(tagging, "_add_scopes", lambda _: None)
        [pdf] = render_plans(document(), None, [PdfOptions()])
    assert pdfua_findings(pdf, tmp_path)


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_qpdf_finds_nothing(plan: list[bytes], tmp_path: Path) -> None:
    for pdf in plan:
        (tmp_path / "plan.pdf").write_bytes(pdf)
        command = ["qpdf", "--check", str(tmp_path / "plan.pdf")]
        made = subprocess.run(command, capture_output=True, check=False)
        assert (made.returncode, made.stderr) == (0, b"")
