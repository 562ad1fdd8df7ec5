"""Addresses in pages: which are dead, and the messages."""

from pathlib import Path

import pytest

from kihonkeikaku import cli
from kihonkeikaku.verification.links import find_dead_links, read_links
from tests.sample import SAMPLE, plant

pytestmark = pytest.mark.slow

FILES = {"html/index.html", "html/a/index.html", "html/assets/style.css", "pdf/plan.pdf"}
BASE = "https://example.jp/plan/html"


def messages(markup: str, page: str = "html/a/index.html") -> list[str]:
    pages = {page: read_links(markup), "html/index.html": read_links('<p id="here">')}
    return [problem.message for problem in find_dead_links(pages, FILES, BASE)]


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="../index.html#here">',
        '<a href="../">',
        '<a href="../../pdf/plan.pdf#page=3">',
        '<p id="x"><a href="#x">',
        '<p id="あ"><a href="#%E3%81%82">',
        '<a href="">',
        '<a href="https://www.cao.go.jp/">',
        '<a href="mailto:a@example.jp">',
        '<link rel="canonical" href="https://example.jp/elsewhere">',
        '<link rel="stylesheet" href="../assets/style.css">',
        f'<link rel="stylesheet" href="{BASE}/assets/style.css">',
        f'<a href="{BASE}/">',
    ],
)
def test_working_addresses(markup: str) -> None:
    assert messages(markup) == []


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ('<a href="x.html">', "リンク「x.html」の先に、ファイルがありません。"),
        ('<a href="../#x">', "リンク「../#x」の先に、その場所（id）がありません。"),
        ('<a href="../../../x">', "リンク「../../../x」は、版の外を指しています。"),
        ('<a href="/etc/passwd">', "リンク「/etc/passwd」は、版の外を指しています。"),
        (
            '<a href="%2e%2e/%2e%2e/%2e%2e/x">',
            "リンク「%2e%2e/%2e%2e/%2e%2e/x」は、版の外を指しています。",
        ),
        ('<a href="javascript:x">', "リンク「javascript:x」は、使えない種類のアドレスです。"),
        ('<a href="file:///x">', "リンク「file:///x」は、使えない種類のアドレスです。"),
        ('<a href="//[">', "リンク「//[」を読めません。"),
        (
            '<img src="https://example.jp/x">',
            "リンク「https://example.jp/x」は、版の外から取り寄せます。",
        ),
        ('<img src="//example.jp/x">', "リンク「//example.jp/x」は、版の外から取り寄せます。"),
        (
            '<link rel="icon stylesheet" href="https://example.jp/x">',
            "リンク「https://example.jp/x」は、版の外から取り寄せます。",
        ),
        (f'<a href="{BASE}/x/">', f"リンク「{BASE}/x/」の先に、ファイルがありません。"),
    ],
)
def test_dead_addresses(markup: str, message: str) -> None:
    assert messages(markup) == [message]


def test_public_addresses_of_the_edition_are_links_within_it(tmp_path: Path) -> None:
    head = (
        SAMPLE["plan.yaml"]
        + f"publication:\n  publisher: 内閣府\n  attribution: 出典\n  base_url: {BASE}/\n"
    )
    plan, out = plant(tmp_path / "plan", {"plan.yaml": head}), tmp_path / "edition"
    assert cli.run(["build", str(plan), "--only", "html", "--out", str(out), "--quiet"]) == 0
    assert BASE in (out / "html" / "404.html").read_text("utf-8")
    assert cli.run(["verify", str(out)]) == 0
