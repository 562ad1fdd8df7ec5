"""``kihonkeikaku build``."""

from pathlib import Path
from typing import Annotated

import typer

from kihonkeikaku.cli.shared import FINE, Against, PlanArgument, Quiet


def build(  # noqa: PLR0913, PLR0917 # one parameter an option
    plan: PlanArgument = "plan",
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="出力先")] = Path("build/edition"),
    only: Annotated[str, typer.Option(help="作るもの（html,pdf）")] = "html,pdf",
    against: Against = None,
    draft: Annotated[
        bool,
        typer.Option("--draft", help="行番号と資料番号のある PDF（plan-draft.pdf）も作ります。"),
    ] = False,
    pdf_variant: Annotated[
        str, typer.Option(metavar="V", help="PDF の種類（pdf/ua-1、保存用の pdf/a-3u など）")
    ] = "pdf/ua-1",
    quiet: Quiet = False,
) -> int:
    """HTML と PDF の版を作ります。誤りがあれば何も作りません。"""
    from kihonkeikaku.check import load_sound, sound_plan
    from kihonkeikaku.editions import edition_files, parse_only
    from kihonkeikaku.printability import refuse_unprintable_prose
    from kihonkeikaku.publish import publish, refuse_foreign_folder
    from kihonkeikaku.render.print.impression import Impression, parse_variant

    kinds = parse_only(only)
    impression = Impression(parse_variant(pdf_variant), draft)
    refuse_foreign_folder(out)
    loaded = load_sound(plan)
    old = sound_plan(against) if against else None
    if "pdf" in kinds:
        refuse_unprintable_prose(loaded)
    publish(edition_files(loaded.draft.plan(), kinds, old, impression), out)
    if not quiet:
        print(f"{out} に作りました。")
    return FINE
