"""What the commands that edit a plan's files share: options, and how an edit ends."""

from typing import TYPE_CHECKING, Annotated

import typer

from kihonkeikaku.cli.completion import complete_placed
from kihonkeikaku.cli.parameters import EXIT_SUCCESS, print_note
from kihonkeikaku.errors import CommandError

if TYPE_CHECKING:
    from kihonkeikaku.drafting.placement import Anchor
    from kihonkeikaku.drafting.plan_edit import PlanEdit

PlanOption = Annotated[str, typer.Option("--plan", metavar="PLAN", help="計画のフォルダー")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="何も書き換えず、差分を表示します。")]
AfterOption = Annotated[
    str | None,
    typer.Option(
        metavar="ID",
        help="この取組（見出し）の次に置きます。",
        autocompletion=complete_placed,
    ),
]
BeforeOption = Annotated[
    str | None,
    typer.Option(
        metavar="ID",
        help="この取組（見出し）の前に置きます。",
        autocompletion=complete_placed,
    ),
]


def read_anchor(after: str | None, before: str | None) -> "Anchor | None":
    """Returns what something is put next to.

    Raises:
        CommandError: both options are given.
    """
    from kihonkeikaku.drafting.placement import Anchor

    if after and before:
        raise CommandError("--after と --before は、どちらか一方だけにしてください。")
    id = after or before
    return Anchor(id, is_before=bool(before)) if id else None


def finish_edit(edit: "PlanEdit", *, dry_run: bool, quiet: bool) -> int:
    """Writes an edit, if the plan is no worse then, and says what was changed.

    Raises:
        CommandError: it would be worse, or somebody has changed one of the files.
    """
    from kihonkeikaku.reports.findings import finding_text, listed_findings

    changes = edit.changes()
    new = edit.new_findings()
    if dry_run:
        print(edit.diff(), end="")
        return EXIT_SUCCESS
    edit.write()
    if not quiet:
        moved = {change.moved_from for change in changes}
        for change in changes:
            name = edit.display_name(change.name)
            if change.moved_from:
                print_note(f"名前を変えました：{edit.display_name(change.moved_from)} → {name}")
            elif change.new is None and change.name not in moved:
                print_note(f"消しました：{name}")
            elif change.new is not None:
                print_note(f"{'書き換え' if change.old else '作り'}ました：{name}")
        if not changes:
            print_note("すでにそのとおりになっています。")
        for finding in listed_findings(new.findings):
            print_note(finding_text(finding, new.loaded.texts))
    return EXIT_SUCCESS
