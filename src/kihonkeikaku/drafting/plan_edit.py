"""A plan's files while they are edited: what they will hold, and that the plan is no worse then."""

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from kihonkeikaku.drafting.editable_yaml import EditableYaml
from kihonkeikaku.drafting.file_changes import FileChange, undo_killed_changes, write_changes
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.folder import leads_to_folder
from kihonkeikaku.loading.loader import Loaded, load_folder
from kihonkeikaku.loading.plan_resolver import open_source_folder
from kihonkeikaku.loading.source import CHAPTERS, MEASURES, SourceFile, SourceFolder
from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Finding, PlanPath
from kihonkeikaku.model.values import Id
from kihonkeikaku.validation.linter import InvalidPlanError, LintResult, lint

_SCHEMA_COMMENT: Final = "# yaml-language-server:"

HeadingData = tuple[str, PlanPath, Mapping[str, Any]]
"""A heading as its file has it: the file's name, the path in it, and the data."""


class WorsePlanError(InvalidPlanError):
    """An edit that would leave a plan with errors that it has not now; ``result`` holds them."""

    def __init__(self, argument: str, result: LintResult) -> None:
        super().__init__(argument, result)
        self.args = ("そのように変えると、上の誤りが生まれるため、何も書き換えませんでした。",)


def open_for_editing(argument: str) -> "PlanEdit":
    """Opens the plan in a folder; what a killed command left undone in it is undone first.

    Raises:
        CommandError: ``argument`` names no plan, or one that is not a folder.
    """
    if not leads_to_folder(argument) or Path(argument).is_symlink():
        raise CommandError(f"{argument} は計画のフォルダーではないため、書き換えられません。")
    undo_killed_changes(Path(argument).resolve())
    return PlanEdit(open_source_folder(argument))


def measure_file(id: Id) -> str:
    """Returns the name of a measure's file."""
    return f"{MEASURES}/{id}.yaml"


class PlanEdit:
    """The files of a plan, by their names within it, before and after an edit.

    Raises:
        CommandError: a file can't be read, so that nobody knows what would break.
    """

    def __init__(self, folder: SourceFolder) -> None:
        self._folder = folder
        self._before = {
            file.name: file.content for file in folder.files if isinstance(file.content, bytes)
        }
        self._refused = tuple(file for file in folder.files if not isinstance(file.content, bytes))
        self._yaml: dict[str, EditableYaml] = {}
        self._after = dict(self._before)
        self._moved: dict[str, str] = {}
        if self.draft.unreadable:
            file = self.before.positions.file_of(min(self.draft.unreadable, key=str))
            raise CommandError(
                f"{file} が読めないため、何も書き換えませんでした。"
                "kihonkeikaku validate で示される誤りを先に直してください。"
            )

    @property
    def names(self) -> list[str]:
        """The names of the files as they are now, in order."""
        return sorted(self._after)

    @cached_property
    def before(self) -> Loaded:
        """The plan as it was before."""
        return load_folder(self._folder)

    @property
    def draft(self) -> Draft:
        """The draft of the plan as it was before."""
        return self.before.draft

    def yaml(self, name: str) -> EditableYaml:
        """Returns a file to be edited; what becomes of it is what the file will hold.

        Raises:
            CommandError: there is none, or it has errors of its own.
        """
        if name not in self._yaml:
            if name not in self._after:
                raise CommandError(f"{self.display_name(name)} がありません。")
            self._yaml[name] = EditableYaml(self.display_name(name), self._after[name])
        return self._yaml[name]

    def headings(self) -> Iterator[HeadingData]:
        """Yields each heading: the file, the path and the data of it, in the order of files.

        Those within a measure come after the chapters'; the measure itself is none.
        """
        for name in self.names:
            if name.startswith(f"{CHAPTERS}/"):
                yield from _walk_headings(name, (), self.yaml(name).data)
        for name in self.names:
            if name.startswith(f"{MEASURES}/") and b"sections" in self.read(name):
                found = _walk_headings(name, (), self.yaml(name).data)
                yield from ((file, path, data) for file, path, data in found if path)

    def read(self, name: str) -> bytes:
        """Returns what a file holds as it is now."""
        return self._content(name)

    def schema_comment(self, folder: str) -> list[str]:
        """Returns the line that tells editors the schema of a new file, if measures have one.

        Args:
            folder: that of the file: ``measures`` or ``revision``.
        """
        names = [name for name in self.names if name.startswith((f"{folder}/", f"{MEASURES}/"))]
        for name in sorted(names, key=lambda name: not name.startswith(folder)):
            line = self.read(name).decode("utf-8", "replace").partition("\n")[0].rstrip()
            line = line.replace("/measure.schema", f"/{folder.removesuffix('s')}.schema")
            return [line] if line.startswith(_SCHEMA_COMMENT) else []
        return []

    def add_file(self, name: str, content: bytes) -> None:
        """Adds a new file.

        Raises:
            CommandError: there is one of that name.
        """
        if name in self._after or any(file.name == name for file in self._refused):
            raise CommandError(f"{self.display_name(name)} がすでにあります。")
        self._after[name] = content

    def remove_file(self, name: str) -> None:
        """Removes a file."""
        self._yaml.pop(name, None)
        del self._after[name]

    def move_file(self, old: str, new: str) -> None:
        """Gives a file another name.

        Raises:
            CommandError: there is one of that name.
        """
        content = self.yaml(old).content
        self.remove_file(old)
        self.add_file(new, content)
        self._moved[new] = old

    def display_name(self, name: str) -> str:
        """Returns a file's name as messages show it."""
        return self._folder.display_name(name)

    def changes(self) -> list[FileChange]:
        """Returns what is to be written; files that are moved come before those they replace."""
        after = {name: self._content(name) for name in self._after}
        names = sorted(self._before.keys() | after.keys(), key=lambda n: (n not in after, n))
        return [
            FileChange(name, self._before.get(name), after.get(name), self._moved.get(name))
            for name in names
            if self._before.get(name) != after.get(name)
        ]

    def new_findings(self) -> LintResult:
        """Returns what is wrong with the plan after the edit and not before.

        Raises:
            WorsePlanError: there are errors among it.
        """
        before, after = lint(self.before), lint(load_folder(self.edited_folder()))
        new = LintResult(after.loaded, tuple(_new_findings(before, after)))
        if new.has_errors:
            errors = tuple(f for f in new.findings if f.severity == "error")
            raise WorsePlanError(self._folder.label, LintResult(after.loaded, errors))
        return new

    def write(self) -> None:
        """Writes all changes or none.

        Raises:
            CommandError: somebody has changed one of the files.
            MachineError: something can't be written; everything is as it was.
        """
        write_changes(Path(self._folder.label), self.changes())

    def diff(self) -> str:
        """Returns the changes as a unified diff, which ``git apply`` and ``patch`` take."""
        return "".join(self._diff_of(change) for change in self.changes())

    def _diff_of(self, change: FileChange) -> str:
        name = self.display_name(change.name)
        old, new = (
            (content or b"").decode("utf-8", "replace").splitlines(keepends=True)
            for content in (change.old, change.new)
        )
        lines = difflib.unified_diff(
            old,
            new,
            "/dev/null" if change.old is None else f"a/{name}",
            "/dev/null" if change.new is None else f"b/{name}",
        )
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in lines
        )

    def edited_folder(self) -> SourceFolder:
        """Returns the plan as it is after the edit, unwritten."""
        files = [SourceFile(name, self._content(name)) for name in self._after]
        files += self._refused
        return SourceFolder(self._folder.label, tuple(sorted(files, key=lambda file: file.name)))

    def _content(self, name: str) -> bytes:
        return self._yaml[name].content if name in self._yaml else self._after[name]


def _new_findings(before: LintResult, after: LintResult) -> Iterator[Finding]:
    """Yields the findings of rules that find more than before: places move, and names change."""
    counts = Counter(finding.rule for finding in before.findings)
    more = {
        rule
        for rule, count in Counter(finding.rule for finding in after.findings).items()
        if count > counts[rule]
    }
    known = Counter((finding.rule, finding.message) for finding in before.findings)
    for finding in after.findings:
        if finding.rule in more and known[finding.rule, finding.message] <= 0:
            yield finding
        known[finding.rule, finding.message] -= 1


def _walk_headings(name: str, path: PlanPath, data: Any) -> Iterator[HeadingData]:
    if isinstance(data, dict):
        yield name, path, data
        sections = data.get("sections")
        for index, section in enumerate(sections if isinstance(sections, tuple) else ()):
            yield from _walk_headings(name, (*path, "sections", index), section)
