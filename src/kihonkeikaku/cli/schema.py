"""``kihonkeikaku schema``."""

from pathlib import Path
from typing import Annotated

import typer

from kihonkeikaku.cli.parameters import EXIT_FINDINGS, EXIT_SUCCESS


def schema(
    check: Annotated[
        bool, typer.Option("--check", help="古くなっていないかだけを調べます。")
    ] = False,
    into: Annotated[Path, typer.Option(metavar="FOLDER", help="置き場所")] = Path("schema"),
) -> int:
    """エディター用の JSON Schema を schema に書きます。"""
    from kihonkeikaku.model.json_schema import schema_files
    from kihonkeikaku.publishing.output_folder import require_writable_file, write_output_file

    files = {into / name: text for name, text in schema_files().items()}
    if check:
        for file, text in files.items():
            if not file.is_file() or file.read_text("utf-8") != text:
                print(f"{file} が古くなっています。kihonkeikaku schema で作り直してください。")
                return EXIT_FINDINGS
        return EXIT_SUCCESS
    for file in files:
        require_writable_file(file)
    for file, text in files.items():
        write_output_file(file, text)
    return EXIT_SUCCESS
