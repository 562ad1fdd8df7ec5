"""The private parts of WeasyPrint that the patches replace or read have not changed.

These tests fail first when the pinned version moves, naming each function that has changed. Then:
read the function again, check whether the patch still holds, look at the pages, and write the new
hash down here.
"""

import importlib.metadata
import inspect
import re
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pydyf
import pytest
import weasyprint
from weasyprint import anchors, css, draw, pdf, urls
from weasyprint.css.targets import TargetCollector
from weasyprint.document import Document
from weasyprint.draw import text as draw_text
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.pdf import stream, tags
from weasyprint.text import line_break

from kihonkeikaku.errors import MachineError
from kihonkeikaku.rendering.pdf.weasyprint_patches import patched_weasyprint
from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import WEASYPRINT_VERSION
from kihonkeikaku.rendering.pdf.weasyprint_patches.shaping import STRUT_MODULES
from tests.conftest import REPOSITORY
from tests.rendering.pdf.rendering import render_page

SOURCES: Final = REPOSITORY / "src"

SOURCE_HASHES: Final[dict[Any, str]] = {
    inline.justify_line: "f83b21ff",
    inline.get_next_linebox: "67af458c",
    line_break.Layout: "681b737d",
    TargetCollector.collect_missing_counters: "24ea43be",
    draw.draw_stacking_context: "c5811b17",
    pdf.add_tags: "f0e74575",
    anchors.gather_anchors: "373f8c67",
    stream.Stream.artifact: "be61e421",
    Document.write_pdf: "086e4a8e",
    boxes.Box: "ff6d6230",
    pydyf.PDF.page_references.fget: "060bf90a",
    pydyf.PDF.write: "242cd38f",
    pydyf.Stream.data.fget: "bdc2bc51",
    css.ComputedStyle: "4ff0512c",
    css.AnonymousStyle: "414bbf41",
    css.StyleFor: "dac5a132",
    line_break.strut: "b57885b7",
    draw_text.draw_text: "ebaf9623",
    tags._get_pdf_tag: "88270735",
    urls: "e9bcafd1",
}
"""What is replaced or relied on, and the beginning of its source's SHA-256."""

REPLACED: Final = (
    (inline, "justify_line"),
    (inline, "get_next_linebox"),
    (TargetCollector, "collect_missing_counters"),
    (draw, "draw_stacking_context"),
    (pdf, "add_tags"),
    (pydyf.PDF, "page_references"),
    (tags, "_get_pdf_tag"),
    (css.ComputedStyle, "__init__"),
    (css.ComputedStyle, "__missing__"),
    (css.ComputedStyle, "anonymous_style"),
    *((module, "strut") for module in STRUT_MODULES),
    *((line_break.Layout, f"{name}activate") for name in ("de", "re")),
    *((line_break.Layout, f"set{name}") for name in ("up", "_text")),
)


def test_the_supported_version_is_pinned_and_installed() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    assert f"weasyprint=={WEASYPRINT_VERSION}" in project["dependencies"]
    assert importlib.metadata.version("weasyprint") == WEASYPRINT_VERSION


@pytest.mark.parametrize("private", SOURCE_HASHES, ids=lambda private: private.__name__)
def test_private_sources_have_not_changed(private: Any) -> None:
    assert sha256(inspect.getsource(private).encode()).hexdigest()[:8] == SOURCE_HASHES[private]


def test_another_version_of_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with pytest.raises(MachineError) as refused:
        render_page('<!DOCTYPE html><html lang="ja"><title>見本</title>')
    assert str(refused.value) == (
        "WeasyPrint 70.0 が必要ですが、71.0 が入っています。"
        "pip install weasyprint==70.0 で入れ直してください。"
    )


def test_patches_are_undone() -> None:
    def attributes() -> list[object]:
        return [inspect.getattr_static(owner, name) for owner, name in REPLACED]

    before = attributes()
    with patched_weasyprint():
        assert all(now is not old for now, old in zip(attributes(), before, strict=True))
    assert all(now is old for now, old in zip(attributes(), before, strict=True))


PUBLIC: Final = {"weasyprint.HTML", "weasyprint.urls.FatalURLFetchingError"} | {
    f"weasyprint.urls.{name}" for name in ("URLFetcher", "URLFetcherResponse")
}
"""What the rest of the package may import: the documented interface."""


def test_only_the_patches_import_private_parts() -> None:
    patches = SOURCES / "kihonkeikaku/rendering/pdf/weasyprint_patches"
    outside = [path for path in SOURCES.rglob("*.py") if not path.is_relative_to(patches)]
    found = {(path.name, name) for path in outside for name in imported(path)}
    assert {name for _, name in found} <= PUBLIC, found
    assert {name for path in patches.glob("*.py") for name in imported(path)} - PUBLIC


def imported(path: Path) -> set[str]:
    """Returns what a module imports from WeasyPrint, by its full name."""
    froms = re.findall(r"from (weasyprint\S*) import ([\w, ]+)", path.read_text("utf-8"))
    plain = re.findall(r"^import (weasyprint[\w.]*)", path.read_text("utf-8"), re.M)
    return {f"{module}.{name}" for module, names in froms for name in names.split(", ")} | {*plain}
