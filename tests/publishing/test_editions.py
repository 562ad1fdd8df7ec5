"""The editions of the real plan say what ``plan/`` says: all of it, in order, nothing twice.

What is expected is read from the YAML anew, by a few lines that share nothing with the tool.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml

from kihonkeikaku import cli
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow

PLAN = REPOSITORY / "plan"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"


def read(name: str) -> Any:
    return yaml.load((PLAN / name).read_text("utf-8"), Loader=yaml.BaseLoader)


def expected_blocks() -> Iterator[str]:
    for count, name in enumerate(read("plan.yaml")["chapters"], start=1):
        chapter = read(f"chapters/{name}.yaml")
        yield f"第{count}章" + chapter["title"]
        yield from below_heading(chapter)


def below_heading(heading: dict[str, Any]) -> Iterator[str]:
    for paragraph in heading.get("body", ()):
        if isinstance(paragraph, str):
            yield "・" + paragraph
        else:
            [(form, text)] = paragraph.items()
            yield {"note": f"（※{text}）", "legend": f"【{text}】"}[form]
    if "measures_label" in heading:
        yield f"【{heading['measures_label']}】"
    for circle, placement in zip(CIRCLED, heading.get("measures", ()), strict=False):
        yield circle + measure(placement)
    counts: dict[str, int] = {}
    for section in heading.get("sections", ()):
        counts[section["kind"]] = number = counts.get(section["kind"], 0) + 1
        yield {
            "section": f"第{number}節{section['title']}",
            "topic": f"（{section['title']}）",
            "policy": f"{number}.{section['title']}",
            "group": f"({number}){section['title']}",
        }[section["kind"]]
        yield from below_heading(section)


def measure(placement: Any) -> str:
    reprint = not isinstance(placement, str)
    data = read(f"measures/{placement['reprint'] if reprint else placement}.yaml")
    printed = ""
    for clause in data.get("clauses", [data]):
        names = "、".join(
            ("◎" if "role" in a else "") + a["ministry"] for a in clause["assignments"]
        )
        printed += clause["text"] + ("【再掲】" if reprint else "") + f"【{names}】"
    return printed


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


EXPECTED = "".join(squeezed(block) for block in expected_blocks())


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("edition") / "out"
    assert cli.run(["build", str(PLAN), "--out", str(out), "--quiet"]) == 0
    return out


class MainText(HTMLParser):
    """Collects the text inside <main>."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._inside = self._inside or tag == "main"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "main"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.text += data


def test_the_transcription_has_its_counts() -> None:
    blocks = [squeezed(block) for block in expected_blocks()]
    assert (len(blocks), sum(map(len, blocks))) == (164, 8597)
    text = "".join(blocks)
    legend = "【◎は主な府省庁を示す。】"
    assert text.replace(legend, "").count("◎") == 47
    assert text.count("【再掲】") == 1
    assert len(list((PLAN / "measures").iterdir())) == 58
    items = sum(block[0] in CIRCLED for block in blocks)
    groups = sum(bool(re.match(r"\(\d+\)", block)) for block in blocks)
    assert (items, groups) == (59, 14)


def test_html_says_what_the_plan_says(edition: Path) -> None:
    parser = MainText()
    parser.feed((edition / "html" / "index.html").read_text("utf-8"))
    assert squeezed(parser.text) == EXPECTED


def test_pdf_says_what_the_plan_says(edition: Path) -> None:
    pages = pdf_pages(edition / "pdf" / "plan.pdf")
    body = "".join(pages)
    start = body.rindex("第1章基本構想")  # the contents name the chapter before
    assert body[start : start + len(EXPECTED)] == EXPECTED
    assert body[start + len(EXPECTED) :].startswith("府省庁別索引")


def pdf_pages(file: Path) -> list[str]:
    """The text of each page without the page number at its foot."""
    document = pypdfium2.PdfDocument(file)
    texts = [page.get_textpage().get_text_range() for page in document]
    return [squeezed(re.sub(r"\s*\d+\s*$", "", text)) for text in texts]


def test_the_plan_has_neither_errors_nor_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    """One measure of the outline has no lead among three ministries: a note."""
    assert cli.run(["validate", "--format", "json", str(PLAN)]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["summary"] == {"files": 64, "errors": 0, "warnings": 0, "notes": 1}
    assert [finding["rule"] for finding in report["findings"]] == ["no-lead"]
