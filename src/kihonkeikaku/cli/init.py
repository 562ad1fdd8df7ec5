"""``kihonkeikaku init``."""

from pathlib import Path
from typing import Annotated

import typer

from kihonkeikaku.cli.parameters import EXIT_SUCCESS, Quiet, print_note


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="計画を書くフォルダー")],
    title: Annotated[str | None, typer.Option("--title", help="書名")] = None,
    quiet: Quiet = False,
) -> int:
    """すぐに版を作れる計画のひな形と、エディターや CI の設定を作ります。"""
    from kihonkeikaku.drafting.new_plan import set_out_plan

    files = set_out_plan(folder, title)
    if not quiet:
        plan = folder / "plan"
        print_note(f"{folder} に {len(files)} 個のファイルを作りました。次のようにします。")
        print_note(f"  {plan}/plan.yaml  書名、根拠法、公表する機関を直します。")
        print_note(f"  kihonkeikaku validate {plan}  検査します。")
        print_note(f"  kihonkeikaku build {plan}  build/edition に HTML と PDF の版を作ります。")
    return EXIT_SUCCESS
