"""A folder set out for a new plan, which can be built at once, with what editors and CI need."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kihonkeikaku.drafting.editable_yaml import EditableYaml
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.folder import leads_anywhere
from kihonkeikaku.loading.source import PLAN_FILE, SourceFile, SourceFolder
from kihonkeikaku.model.json_schema import schema_files
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.system.atomic_files import (
    make_parent_folders,
    remove_empty_folders,
    remove_if_possible,
    write_new_file,
)
from kihonkeikaku.system.os_errors import translate_os_errors
from kihonkeikaku.validation.linter import load_valid

_SOURCE: Final = TEMPLATES / "new_plan"
_PLAN: Final = "plan"
_HIDDEN: Final = frozenset(
    {"devcontainer", "dockerignore", "editorconfig", "gitattributes"}
    | {"github", "gitignore", "pre-commit-config.yaml", "vscode"}
)
"""What begins with a dot once it is set out; with one here, it would be about this repository."""


def set_out_plan(folder: Path, title: str | None = None) -> list[Path]:
    """Writes the files of a new plan, all or none, and returns their paths.

    Args:
        folder: where; it may hold other files.
        title: the plan's title; else that of the model.

    Raises:
        CommandError: a file of that name is there, or the title breaks a rule.
        MachineError: one can't be written; none is left then.
    """
    files = new_plan_files(title)
    for name in files:
        if leads_anywhere(str(folder / name)):
            raise CommandError(f"{folder / name} がすでにあるため、何も作りませんでした。")
    _require_valid(str(folder / _PLAN), files)
    written: list[Path] = []
    folders: list[Path] = []
    try:
        for name, content in files.items():
            path = folder / name
            with translate_os_errors(path):
                folders += make_parent_folders(path)
                write_new_file(path, content)
            written.append(path)
    except BaseException:
        for path in written:
            remove_if_possible(path)
        remove_empty_folders(folders)
        raise
    return written


def new_plan_files(title: str | None = None) -> Mapping[str, bytes]:
    """Returns the content of each file of a new plan, by its name within the folder."""
    files = {
        _name_of(path): path.read_bytes() for path in sorted(_SOURCE.rglob("*")) if path.is_file()
    }
    files |= {f"schema/{name}": text.encode() for name, text in schema_files().items()}
    if title:
        head = EditableYaml(PLAN_FILE, files[f"{_PLAN}/{PLAN_FILE}"])
        head.replace_strings({("title",): title})
        files[f"{_PLAN}/{PLAN_FILE}"] = head.content
    return files


def _require_valid(label: str, files: Mapping[str, bytes]) -> None:
    prefix = f"{_PLAN}/"
    sources = (
        SourceFile(name.removeprefix(prefix), content)
        for name, content in sorted(files.items())
        if name.startswith(prefix)
    )
    load_valid(SourceFolder(label, tuple(sources)))


def _name_of(path: Path) -> str:
    name = path.relative_to(_SOURCE).as_posix()
    return f".{name}" if name.partition("/")[0] in _HIDDEN else name
