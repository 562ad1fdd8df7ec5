"""``kihonkeikaku schema``."""

from pathlib import Path
from typing import Annotated, Final

import typer

from kihonkeikaku.cli.parameters import EXIT_FINDINGS, EXIT_SUCCESS

_INTO: Final = Path("schema")


def schema(
    check: Annotated[
        bool, typer.Option("--check", help="古くなっていないかだけを調べます。")
    ] = False,
    plan: Annotated[
        str | None,
        typer.Option(
            "--plan", metavar="PLAN", help="この計画の府省庁と識別子も選べるようにします。"
        ),
    ] = None,
    into: Annotated[Path, typer.Option(metavar="FOLDER", help="置き場所")] = _INTO,
) -> int:
    """エディター用の JSON Schema を schema に書きます。"""
    from kihonkeikaku.publishing.output_folder import require_writable_file, write_output_file

    files = {into / name: text for name, text in _files_of(plan).items()}
    if check:
        for file, text in files.items():
            if not file.is_file() or file.read_text("utf-8") != text:
                command = f"kihonkeikaku schema{_options_of(plan, into)}"
                print(f"{file} が古くなっています。{command} で作り直してください。")
                return EXIT_FINDINGS
        return EXIT_SUCCESS
    for file in files:
        require_writable_file(file)
    for file, text in files.items():
        write_output_file(file, text)
    return EXIT_SUCCESS


def _options_of(plan: str | None, into: Path) -> str:
    return (f" --plan {plan}" if plan else "") + (f" --into {into}" if into != _INTO else "")


def _files_of(plan: str | None) -> dict[str, str]:
    if plan is None:
        from kihonkeikaku.model.json_schema import schema_files

        return schema_files()
    from kihonkeikaku.drafting.plan_schemas import plan_schema_files
    from kihonkeikaku.loading.loader import load

    return plan_schema_files(load(plan).draft)
