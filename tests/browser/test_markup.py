"""Every page is valid HTML, by the Nu HTML checker; the bad page isn't."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.browser_tools import VNU, require_npm_file, require_program
from tests.browser.site import BAD_PAGE, Site

pytestmark = pytest.mark.slow

NO_FAULTS = (
    # The checker takes a file for a foreign origin: what 'self' means there only a browser shows.
    "Resource violates Content Security Policy",
    # JSON-LD is data: a browser runs none of it, so the policy has no say.
    "Inline script violates Content Security Policy",
    # It computes no hash: that the one in the policy fits, the browser finds that visits the page.
    "Inline style violates Content Security Policy",
    # A guess, and wrong about the plan that attacks: most of its words are markup.
    "This document appears to be written in English",
)


@dataclass(frozen=True)
class Fault:
    """What the checker says of a place in a page; ``kind`` is 「error」 or 「info」 (a warning)."""

    page: Path
    kind: str
    line: int
    message: str


@pytest.fixture(scope="module")
def faults(site: Site) -> list[Fault]:
    """All that the checker says of all pages, the bad one too."""
    java, jar = require_program("java", "default-jre-headless"), require_npm_file(VNU)
    options = ["--stdout", "--format", "json", "--exit-zero-always", "--skip-non-html"]
    done = subprocess.run(
        [java, "-jar", jar, *options, site.folder], capture_output=True, check=True
    )
    return [
        Fault(_page(site, said["url"]), said["type"], said["lastLine"], said["message"])
        for said in json.loads(done.stdout)["messages"]
        if not said["message"].startswith(NO_FAULTS)
    ]


def _page(site: Site, url: str) -> Path:
    return Path(unquote(urlsplit(url).path)).relative_to(site.folder.resolve())


def test_every_page_is_valid(faults: list[Fault]) -> None:
    found = [fault for fault in faults if fault.page != BAD_PAGE]
    assert [fault for fault in found if not _is_on_purpose(fault)] == []


def _is_on_purpose(fault: Fault) -> bool:
    """Whether a text is written in pieces where it has to be: search must find it."""
    return fault.page.parts[0] == "words" and "Unicode Normalization Form C" in fault.message


def test_the_bad_page_is_not(faults: list[Fault]) -> None:
    errors = [fault.message for fault in faults if fault.page == BAD_PAGE and fault.kind == "error"]
    assert any("Duplicate ID" in error for error in errors)
    assert any("alt" in error for error in errors)
