"""``kihonkeikaku explain``."""

from typing import Annotated

import typer

from kihonkeikaku.cli.completion import complete_rules
from kihonkeikaku.cli.parameters import EXIT_SUCCESS


def explain(
    rule: Annotated[
        str | None,
        typer.Argument(metavar="[RULE]", help="規則の名前", autocompletion=complete_rules),
    ] = None,
) -> int:
    """規則の説明を表示します。"""
    from kihonkeikaku.validation.rule_book import explain_rules

    print(explain_rules(rule))
    return EXIT_SUCCESS
