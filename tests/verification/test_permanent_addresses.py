"""Retired measures and ministries keep their addresses; their pages show the outcome."""

import re
from pathlib import Path

import pytest

from kihonkeikaku import cli
from kihonkeikaku.model.frozen import thaw
from kihonkeikaku.publishing.manifest import MANIFEST
from tests.verification.published import BEFORE, list_files

pytestmark = pytest.mark.slow

OUTCOMES = {
    "talent-needs": ("完了", ()),
    "work-styles": ("移管", ()),
    "industry-location": ("分割", ("regulatory-sandbox", "startup-location")),
    "physical-ai-adoption": ("統合", ("physical-ai",)),
    "physical-ai-development": ("統合", ("physical-ai",)),
}
"""The dispositions of examples/next-edition: outcome and successors of each retired measure."""


def test_every_address_of_the_edition_before_has_a_page(original: Path, tmp_path: Path) -> None:
    before = tmp_path / "before"
    command = ["build", str(BEFORE), "--only", "html", "--out", str(before), "--quiet"]
    assert cli.run(command) == 0
    addresses = {name for name in list_files(before) if name.endswith(".html")}
    assert len(addresses) > 80
    assert addresses <= set(list_files(original))


def test_the_pages_of_retired_measures_show_the_outcome(original: Path) -> None:
    plan = (original / "html" / "index.html").read_text("utf-8")
    for measure, (outcome, successors) in OUTCOMES.items():
        assert f"/{measure}.html" not in plan, "it is retired"
        page = (original / "html" / "measures" / f"{measure}.html").read_text("utf-8")
        words = re.sub(r"<[^>]+>", "", page)
        assert outcome in words
        for successor in successors:
            assert f'href="../measures/{successor}.html"' in page


def test_the_records_of_editions_before_come_with_an_edition(original: Path) -> None:
    record = (original / "editions" / "outline.json").read_bytes()
    assert thaw(record) == thaw(BEFORE.read_bytes())  # which is of format 1
    assert '"edition": "outline"' in (original / MANIFEST).read_text("utf-8")
