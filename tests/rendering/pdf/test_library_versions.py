"""The versions of the system's libraries that PDFs are rendered with."""

import json
import zlib
from pathlib import Path

import pytest
import weasyprint
from weasyprint.text.ffi import pango

from kihonkeikaku import cli
from kihonkeikaku.rendering.pdf import library_versions as libraries
from kihonkeikaku.rendering.pdf.library_versions import library_versions, pdf_cache_key
from tests.sample import plant

pytestmark = pytest.mark.slow


def test_versions_are_those_of_the_libraries_in_use() -> None:
    versions = library_versions()
    assert list(versions)[:4] == ["pango", "harfbuzz", "harfbuzz-subset", "zlib"]
    assert versions["weasyprint"] == weasyprint.__version__
    major, minor, micro = map(int, versions["pango"].split("."))
    assert pango.pango_version() == major * 10_000 + minor * 100 + micro
    assert versions["zlib"] == zlib.ZLIB_RUNTIME_VERSION


def test_another_version_changes_the_cache_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = pdf_cache_key()
    monkeypatch.setattr(zlib, "ZLIB_RUNTIME_VERSION", "0.1")
    assert pdf_cache_key() != before


def test_a_missing_library_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        libraries, "_VERSION_FUNCTIONS", {"pango": ("libno-such-thing.so.0", "version")}
    )
    assert library_versions()["pango"] == ""


def test_the_manifest_lists_the_versions(tmp_path: Path) -> None:
    """Someone who renders a PDF again and gets other bytes can compare the versions."""
    out = tmp_path / "out"
    plan = str(plant(tmp_path / "plan", {}))
    assert cli.run(["build", plan, "--only", "pdf", "--out", str(out), "--quiet"]) == 0
    told = json.loads((out / "manifest.json").read_text("utf-8"))["pdf"]["libraries"]
    assert told == dict(library_versions())
