"""``kihonkeikaku diff``."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kihonkeikaku.cli.shared import FINE, FOUND, PLAN_HELP


class DiffFormat(StrEnum):
    """How a comparison is printed."""

    TEXT = "text"
    JSON = "json"
    AMENDMENT = "amendment"


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=f"前の{PLAN_HELP}")],
    new: Annotated[str | None, typer.Argument(metavar="[NEW]", help="新しい計画")] = None,
    format: Annotated[DiffFormat, typer.Option(help="出力の形式")] = DiffFormat.TEXT,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="出力先")] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="違いがあれば 1 で終わります。")
    ] = False,
) -> int:
    """二つの版の違いを示します。OLD だけなら、改める版（supersedes）か plan と比べます。"""
    from kihonkeikaku.amendment import proved_amendment
    from kihonkeikaku.change_report import changes_json, changes_text
    from kihonkeikaku.compare import compare
    from kihonkeikaku.compare.proofs import prove
    from kihonkeikaku.editions import pair_of_plans
    from kihonkeikaku.judgement import Judge
    from kihonkeikaku.numbering import number
    from kihonkeikaku.publishing.files import write_file

    before, after = pair_of_plans(old, new)
    comparison = compare(before, after)
    prove(before, after, comparison)
    if format is DiffFormat.JSON:
        report = changes_json(comparison, Judge(before, after))
    elif format is DiffFormat.AMENDMENT:
        report = proved_amendment(before, after)[0].removesuffix("\n")
    else:
        report = changes_text(comparison, number(before), number(after))
    if out:
        write_file(out, report + "\n")
    else:
        print(report)
    return FOUND if exit_code and comparison.changes else FINE
