"""The rule book says what the rules' own manuals say."""

from kihonkeikaku.validation.rule_book import render_rule_book
from tests.conftest import REPOSITORY


def test_rule_book_is_not_stale(renew: bool) -> None:
    file = REPOSITORY / "docs" / "rules.md"
    if renew:
        file.write_text(render_rule_book(), "utf-8")
    assert file.read_text("utf-8") == render_rule_book()  # renew with: make goldens
