"""What is borrowed from inside WeasyPrint is as it was when it was borrowed.

These tests fail first when the pin moves, by what has changed. Then: read the function anew, see
whether what stands in for it still holds, look at the pages, and write its new likeness down here.
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
from weasyprint.layout import background, float, inline, percent
from weasyprint.pdf import fonts, stream
from weasyprint.text import line_break
from weasyprint.text.fonts import FontConfiguration

from kihonkeikaku.errors import MachineError
from kihonkeikaku.rendering.pdf.plan import set_pages
from kihonkeikaku.rendering.pdf.weasyprint_patches import shaping, sizes
from kihonkeikaku.rendering.pdf.weasyprint_patches.patches import weasyprint_improved
from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import WEASYPRINT_VERSION
from tests.conftest import REPOSITORY

SOURCES: Final = REPOSITORY / "src"

LIKENESS: Final[dict[Any, str]] = {
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
    weasyprint.HTML.__init__: "5f19f40b",
    FontConfiguration.add_font_face: "e4fcfcc3",
    pydyf.PDF.page_references.fget: "060bf90a",
    pydyf.PDF.write: "242cd38f",
    pydyf.Stream.data.fget: "bdc2bc51",
    css.ComputedStyle: "4ff0512c",
    css.AnonymousStyle: "414bbf41",
    css.StyleFor: "dac5a132",
    percent.resolve_percentages: "71673078",
    weasyprint.HTML._ua_stylesheets: "4fadfde9",
    line_break.strut: "b57885b7",
    float.avoid_collisions: "5fc7793c",
    background.layout_box_backgrounds: "617a8706",
    draw.border.draw_border: "8ba918f3",
    draw.border.draw_outline: "c98afcef",
    draw_text.draw_text: "ebaf9623",
    fonts.Font: "18888547",
    urls: "e9bcafd1",
}
"""What gives way, or what is counted on, and how its source begins as a hash."""

REPLACED: Final = (
    (inline, "justify_line"),
    (inline, "get_next_linebox"),
    (TargetCollector, "collect_missing_counters"),
    (draw, "draw_stacking_context"),
    (pdf, "add_tags"),
    (FontConfiguration, "add_font_face"),
    (pydyf.PDF, "page_references"),
    (pydyf, "zlib"),
    (weasyprint, "tinyhtml5"),
    (css.ComputedStyle, "__init__"),
    (css.ComputedStyle, "__missing__"),
    (css.ComputedStyle, "anonymous_style"),
    *((module, "resolve_percentages") for module in sizes._USERS),
    *((module, "strut") for module in shaping._USERS),
    *((line_break.Layout, f"{name}activate") for name in ("de", "re")),
    *((line_break.Layout, f"set{name}") for name in ("up", "_text")),
    (boxes.Box, "is_in_normal_flow"),
    (inline, "avoid_collisions"),
    (background, "layout_box_backgrounds"),
    (draw, "draw_border"),
    (draw, "draw_outline"),
    (draw.border, "draw_outline"),
    (fonts.Font, "__init__"),
)


def test_weasyprint_is_the_version_whose_private_side_is_known() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    assert f"weasyprint=={WEASYPRINT_VERSION}" in project["dependencies"]
    assert importlib.metadata.version("weasyprint") == WEASYPRINT_VERSION


@pytest.mark.parametrize("borrowed", LIKENESS, ids=lambda borrowed: borrowed.__name__)
def test_what_is_borrowed_has_not_changed(borrowed: Any) -> None:
    assert sha256(inspect.getsource(borrowed).encode()).hexdigest()[:8] == LIKENESS[borrowed]


def test_another_version_of_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with pytest.raises(MachineError) as refused:
        set_pages('<!DOCTYPE html><html lang="ja"><title>見本</title>', {})
    assert str(refused.value) == (
        "WeasyPrint 70.0 が必要ですが、71.0 が入っています。"
        "pip install weasyprint==70.0 で入れ直してください。"
    )


def test_weasyprint_is_left_as_it_was_found() -> None:
    def found() -> list[object]:
        return [inspect.getattr_static(owner, name) for owner, name in REPLACED]

    before = found()
    with weasyprint_improved():
        assert all(now is not was for now, was in zip(found(), before, strict=True))
    assert all(now is was for now, was in zip(found(), before, strict=True))


PUBLIC: Final = {"weasyprint.HTML", "weasyprint.urls.FatalURLFetchingError"} | {
    f"weasyprint.urls.{name}" for name in ("URLFetcher", "URLFetcherResponse")
}
"""What the rest of the package may take: what WeasyPrint documents."""


def test_no_other_room_touches_the_private_side() -> None:
    room = SOURCES / "kihonkeikaku/rendering/pdf/weasyprint_patches"
    outside = [path for path in SOURCES.rglob("*.py") if not path.is_relative_to(room)]
    taken = {(path.name, name) for path in outside for name in imported(path)}
    assert {name for _, name in taken} <= PUBLIC, taken
    assert {name for path in room.glob("*.py") for name in imported(path)} - PUBLIC


def imported(path: Path) -> set[str]:
    """Returns what a module imports from WeasyPrint, by its full name."""
    froms = re.findall(r"from (weasyprint\S*) import ([\w, ]+)", path.read_text("utf-8"))
    plain = re.findall(r"^import (weasyprint[\w.]*)", path.read_text("utf-8"), re.M)
    return {f"{module}.{name}" for module, names in froms for name in names.split(", ")} | {*plain}
