"""Writes docs/images/*.png: what the README shows of the editions that `make` builds.

Run by `make pictures`, after changing how pages look. Screens are Chromium's, of pages opened from
disk; printed pages are found by what stands on them, not by their numbers.
"""

import sys
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps
from playwright.sync_api import sync_playwright

from tests.browser.browser_tools import FLAGS, require_browser

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
EDITION = ROOT / "build" / "edition"
EXAMPLE = ROOT / "build" / "example"

GREY = (208, 208, 208)
MARGIN = 20
SPREAD_SCALE = 1.113
"""Pixels a point, at which two pages fit side by side."""
DETAIL_SCALE = 1.6
DETAIL = (57, 75, 899, 897)
"""What is shown of a page's top, in pixels: left, upper, right, lower."""
SCREEN_WIDTH = 1280
SHOWN_WIDTH = 1024
COLOURS = 64


def draw_spread(pdf: Path, words: str) -> Image.Image:
    """The page on which these words stand first, and the next one."""
    with pypdfium2.PdfDocument(pdf) as document:
        first = _find_page(document, words)
        pages = [_draw_page(document, number, SPREAD_SCALE) for number in (first, first + 1)]
    width, height = pages[0].size
    shown = Image.new("RGB", (2 * width + 3 * MARGIN, height + 2 * MARGIN), GREY)
    for place, page in enumerate(pages):
        shown.paste(page, (MARGIN + place * (width + MARGIN), MARGIN))
    return shown


def draw_detail(pdf: Path, words: str) -> Image.Image:
    """The top of the page on which these words stand first."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = _draw_page(document, _find_page(document, words), DETAIL_SCALE)
    return ImageOps.expand(page.crop(DETAIL), border=1, fill=GREY)


def capture_screen(page: Path, height: int, from_row: str | None = None) -> Image.Image:
    """What a browser shows of a page: its top, or from the first row on that says this."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require_browser(), args=FLAGS)
        tab = browser.new_page(viewport={"width": SCREEN_WIDTH, "height": height}, locale="ja")
        tab.goto(page.as_uri())
        if from_row:
            tab.locator("tr", has_text=from_row).first.evaluate("row => row.scrollIntoView()")
        shot = Image.open(BytesIO(tab.screenshot()))
        browser.close()
    return shot.resize(
        (SHOWN_WIDTH, height * SHOWN_WIDTH // SCREEN_WIDTH), Image.Resampling.LANCZOS
    )


PICTURES: Mapping[str, Callable[[], Image.Image]] = {
    "pdf-page": lambda: draw_spread(EDITION / "pdf" / "plan.pdf", "(3)　AI利活用推進で新しい事業"),
    "draft": lambda: draw_detail(EDITION / "pdf" / "plan-draft.pdf", "具体的な施策は以下に列挙"),
    "index": lambda: draw_detail(
        EDITION / "pdf" / "plan.pdf", "取組を、番号、内容、ページの順に示す"
    ),
    "web-measure": lambda: capture_screen(EXAMPLE / "html/measures/digital-skills.html", 900),
    "web-matrix": lambda: capture_screen(EDITION / "html/matrix/index.html", 900),
    "comparison": lambda: capture_screen(
        EXAMPLE / "comparison/index.html", 900, "社会課題解決に向けた"
    ),
}


def main() -> int:
    """Takes all pictures."""
    for name, take in PICTURES.items():
        picture = take().convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        picture.save(IMAGES / f"{name}.png", optimize=True)
        print(f"docs/images/{name}.png")
    return 0


def _find_page(document: pypdfium2.PdfDocument, words: str) -> int:
    wanted = "".join(words.split())
    for number, page in enumerate(document):
        if wanted in "".join(page.get_textpage().get_text_range().split()):
            return number
    raise LookupError(f"no page says 「{words}」")


def _draw_page(document: pypdfium2.PdfDocument, number: int, scale: float) -> Image.Image:
    image: Image.Image = document[number].render(scale=scale).to_pil()
    return image


if __name__ == "__main__":
    sys.exit(main())
