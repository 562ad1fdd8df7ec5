"""A page never gets the styles or scripts of another edition: their names change with them."""

import hashlib
import re
from pathlib import Path

import pytest

from kihonkeikaku import cli
from tests.conftest import REPOSITORY

_LOADED = re.compile(r'<(?:link[^>]*rel="stylesheet"[^>]*href|script[^>]*src)="([^"]+)"')


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("assets") / "out"
    command = ["build", str(REPOSITORY / "plan"), "--only", "html", "--quiet", "--out", str(out)]
    assert cli.run(command) == 0
    return out / "html"


def test_what_a_page_loads_is_named_by_its_content(html: Path) -> None:
    loaded = {
        (page.parent / name).resolve()
        for page in html.rglob("*.html")
        for name in _LOADED.findall(page.read_text("utf-8"))
    }
    assert loaded
    for path in loaded | {path.resolve() for path in (html / "assets").rglob("*.*")}:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert digest[:8] in path.name, path
