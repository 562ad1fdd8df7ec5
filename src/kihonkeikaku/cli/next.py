"""``kihonkeikaku next``."""

from typing import Annotated

import typer

from kihonkeikaku.cli.editing import DryRun, PlanOption, finish_edit
from kihonkeikaku.cli.parameters import Quiet, print_note


def next_(  # noqa: PLR0913, PLR0917 # one for each option of the command
    id: Annotated[str, typer.Argument(metavar="ID", help="次の版の識別子（年ではありません）")],
    stage: Annotated[
        str | None, typer.Option("--stage", help="骨子、素案、案、決定（なければ、その次の段階）")
    ] = None,
    decided_on: Annotated[
        str | None, typer.Option("--decided-on", metavar="DATE", help="閣議決定の日（決定のとき）")
    ] = None,
    plan: PlanOption = "plan",
    dry_run: DryRun = False,
    quiet: Quiet = False,
) -> int:
    """凍結した版の次の版（次の段階、次の年の計画）を始めます。"""
    from kihonkeikaku.drafting.next_edition import start_next_edition
    from kihonkeikaku.drafting.plan_edit import open_for_editing

    edit = open_for_editing(plan)
    last, following = start_next_edition(edit, id, stage, decided_on)
    code = finish_edit(edit, dry_run=dry_run, quiet=quiet)
    if not (quiet or dry_run):
        print_note(
            f"版「{last.id}」（{last.stage}）を改める版「{id}」（{following}）を始めました。"
        )
        print_note("  直す：取組のファイルを直し、new、move、rename、remove で書き換えます。")
        print_note(f"  比べる：kihonkeikaku diff {plan}（版「{last.id}」と比べます）")
        print_note(f"  終える：kihonkeikaku adopt {plan}")
    return code
