"""``kihonkeikaku build``."""

import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kihonkeikaku.cli.shared import FINE, Against, PlanArgument, Quiet

if TYPE_CHECKING:
    from kihonkeikaku.publishing.transaction import Published


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
    from kihonkeikaku.publishing.manifest import manifest
    from kihonkeikaku.publishing.place import place, refuse_place
    from kihonkeikaku.publishing.progress import progress
    from kihonkeikaku.publishing.transaction import publish
    from kihonkeikaku.render.print.impression import Impression, parse_variant

    kinds = parse_only(only)
    impression = Impression(parse_variant(pdf_variant), draft)
    where = place(out)
    refuse_place(where, [Path(name) for name in (plan, against) if name and Path(name).exists()])
    with progress(quiet) as tell:
        tell("計画を検査しています")
        loaded = load_sound(plan)
        old = sound_plan(against) if against else None
        if "pdf" in kinds:
            refuse_unprintable_prose(loaded)
        new = loaded.draft.plan()
        with closing(edition_files(loaded.draft, kinds, old, impression, tell)) as files:
            published = publish(files, where, partial(manifest, new))
    _report(out, published, quiet)
    return FINE


def _report(out: Path, published: "Published", quiet: bool) -> None:
    """Says what was made, and what the user has to know about it."""
    from kihonkeikaku.publishing.placement import Step

    if published.step is Step.TWO_RENAMES:
        print(
            f"{out} を二段階で置き換えました。このファイルシステムには、"
            "フォルダーを一度に入れ替える機能がありません。",
            file=sys.stderr,
        )
    if published.left:
        print(
            f"前の版を消しきれませんでした（{published.left}）。次の build が片付けます。",
            file=sys.stderr,
        )
    if not quiet:
        print(f"{out} に作りました（{_amount(published)}）。")


def _amount(published: "Published") -> str:
    total = sum(file.size for file in published.files.values())
    return f"ファイル {len(published.files)} 個、{total / 1_000_000:.1f} MB"
