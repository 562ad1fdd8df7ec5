"""``kihonkeikaku serve``."""

import gc
from typing import Annotated, Final

import typer

from kihonkeikaku.cli.parameters import EXIT_SUCCESS
from kihonkeikaku.errors import CommandError

_YOUNG_OBJECTS: Final = 100_000
"""So many new objects before the collector looks: it must not run ten times in each update."""


def serve(
    plan: Annotated[str, typer.Argument(metavar="[PLAN]", help="計画のフォルダー")] = "plan",
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="ポートの番号（0 なら、空いているもの）")
    ] = 8000,
) -> int:
    """計画をブラウザーで見せ、ファイルが変わるたびに作り直します。Ctrl-C で終えます。"""
    from contextlib import ExitStack, closing
    from pathlib import Path

    from kihonkeikaku.editor.preview import Preview
    from kihonkeikaku.editor.preview_server import serve_preview
    from kihonkeikaku.loading.folder import leads_to_folder
    from kihonkeikaku.system.folder_watch import folder_changes

    if not leads_to_folder(plan):
        raise CommandError(f"{plan} はフォルダーではないため、変わるたびに見せることができません。")
    gc.set_threshold(_YOUNG_OBJECTS)
    gc.enable()  # commands end soon and need none; this one does not
    try:
        with ExitStack() as stack:
            preview = stack.enter_context(closing(Preview(plan)))
            address = stack.enter_context(serve_preview(preview, port))
            print(f"{address} を開いてください（Ctrl-C で終えます）。", flush=True)
            for _ in folder_changes(Path(plan)):
                print(preview.update().summary, flush=True)
    except KeyboardInterrupt:  # how it is meant to end
        print("プレビューを終えました。")
    return EXIT_SUCCESS
