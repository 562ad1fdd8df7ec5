"""What was removed from the plan keeps its address, and the page says what became of it."""

import re
from pathlib import Path

from kihonkeikaku import cli
from kihonkeikaku.publishing.manifest import MANIFEST
from tests.verification.published import BEFORE, names

FATES = {
    "talent-needs": ("完了", ()),
    "work-styles": ("移管", ()),
    "industry-location": ("分割", ("regulatory-sandbox", "startup-location")),
    "physical-ai-adoption": ("統合", ("physical-ai",)),
    "physical-ai-development": ("統合", ("physical-ai",)),
}
"""What examples/next-edition says became of measures of the edition before, and into what."""


def test_every_address_of_the_edition_before_is_still_there(original: Path, tmp_path: Path) -> None:
    before = tmp_path / "before"
    command = ["build", str(BEFORE), "--only", "html", "--out", str(before), "--quiet"]
    assert cli.run(command) == 0
    addresses = {name for name in names(before) if name.endswith(".html")}
    assert len(addresses) > 80
    assert addresses <= set(names(original))


def test_the_pages_of_measures_that_are_gone_say_what_became_of_them(original: Path) -> None:
    plan = (original / "html" / "index.html").read_text("utf-8")
    for measure, (became, into) in FATES.items():
        assert f"/{measure}.html" not in plan, "it is gone"
        page = (original / "html" / "measures" / f"{measure}.html").read_text("utf-8")
        words = re.sub(r"<[^>]+>", "", page)
        assert became in words
        for successor in into:
            assert f'href="../measures/{successor}.html"' in page


def test_the_records_of_editions_before_come_with_an_edition(original: Path) -> None:
    assert (original / "editions" / "outline.json").read_bytes() == BEFORE.read_bytes()
    assert '"edition": "outline"' in (original / MANIFEST).read_text("utf-8")
