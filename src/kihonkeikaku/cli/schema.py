"""``kihonkeikaku schema``."""

from pathlib import Path
from typing import Annotated

import typer

from kihonkeikaku.cli.options import FINE, FOUND


def schema(
    check: Annotated[
        bool, typer.Option("--check", help="古くなっていないかだけを調べます。")
    ] = False,
    into: Annotated[Path, typer.Option(metavar="FOLDER", help="置き場所")] = Path("schema"),
) -> int:
    """エディター用の JSON Schema を schema に書きます。"""
    from kihonkeikaku.model.json_schema import schema_files
    from kihonkeikaku.system.atomic_files import write_file

    for name, text in schema_files().items():
        file = into / name
        if check and (not file.is_file() or file.read_text("utf-8") != text):
            print(f"{file} が古くなっています。kihonkeikaku schema で作り直してください。")
            return FOUND
        if not check:
            write_file(file, text)
    return FINE
