"""``validate --fix``: carries out the repairs that are beyond doubt, and nothing else.

All of it is worked out in memory, round after round, until the rules ask for nothing more. Only
then is anything written, each file whole or not at all. What can't be repaired without changing
more than the text that was found is left as it was, and said so.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.folder import read_regular_file
from kihonkeikaku.loading.loader import Loaded, load, load_folder, open_source_folder
from kihonkeikaku.loading.source import YAML_LIMIT, SourceFile, SourceFolder
from kihonkeikaku.loading.yaml_parser import parse_yaml
from kihonkeikaku.model.finding import Finding
from kihonkeikaku.system.atomic_files import replace_file
from kihonkeikaku.validation.edits import (
    Edit,
    StringIndex,
    apply_to_data,
    apply_to_text,
    drop_overlapping,
)
from kihonkeikaku.validation.linter import LintResult

ROUNDS: Final = 10
"""A file for which the rules still ask for repairs after so many rounds is left as it was."""

MOST_REPAIRS: Final = 10_000
"""A file with more to repair at once is none that a person wrote, and is left as it was.

As many findings of one rule in one file have to be told of by whoever judges.
"""

_UNSAFE: Final = "直すと、ほかのところまで変わってしまうため"
_TOO_LARGE: Final = "直すと、ファイルが大きくなりすぎるため"
_TOO_MANY: Final = f"直すところが多すぎるため（{MOST_REPAIRS:,} か所まで）"
_ENDLESS: Final = "直しても、また直すところが出てくるため"
_CHANGED: Final = "検査している間に書き換えられたため"

Linter = Callable[[Loaded], LintResult]
"""Finds what is wrong with a plan: ``check``, or a test's stand-in."""


@dataclass(frozen=True, slots=True)
class AppliedFix:
    """One repair that was made: where, for which rule, and what was written for what."""

    file: str
    line: int
    column: int
    rule: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class FixResult:
    """What ``--fix`` did: the fixes by file, what is left after them, and files left alone.

    ``left`` tells for each file that was left as it was why, as the first half of a sentence.
    """

    checked: LintResult
    fixes: dict[str, tuple[AppliedFix, ...]]
    left: dict[str, str]


class _Unrepairable(Exception):  # noqa: N818 - caught in this module, always
    """A file has to be left as it was; ``str()`` says why."""


def fix_plan(argument: str, judge: Linter) -> FixResult:
    """Repairs the files of the plan in a folder, and judges again what is then there.

    Raises:
        CommandError: ``argument`` names no plan, or one that is not a folder.
        MachineError: a file can't be written.
    """
    work = _Work(_repairable_tree(argument), judge)
    work.run()
    for entry in work.changed():
        work.write(Path(argument), entry)
    return FixResult(
        judge(load(argument)),
        {file: tuple(fixes) for file, fixes in work.fixes.items()},
        work.left,
    )


def _repairable_tree(argument: str) -> SourceFolder:
    folder = Path(argument)
    if folder.is_file():
        raise CommandError(f"{argument} は決定された版の記録なので、--fix では直せません。")
    tree = open_source_folder(argument)
    if not folder.is_dir():
        raise CommandError(f"{argument} は git の版なので、--fix では直せません。")
    if folder.is_symlink():
        raise CommandError(f"{argument} はリンクなので、--fix では直せません。")
    return tree


class _Work:
    """The plan's files as they were read and as they are to be, by the names that are shown."""

    def __init__(self, tree: SourceFolder, judge: Linter) -> None:
        self._tree = tree
        self._judge = judge
        self._read = {tree.display(entry.name): entry for entry in tree.entries}
        self._wanted = dict(self._read)
        self.fixes: dict[str, list[AppliedFix]] = defaultdict(list)
        self.left: dict[str, str] = {}

    def run(self) -> None:
        """Repairs in memory until there is nothing more to repair."""
        rounds = 0
        while self._round(rounds >= ROUNDS):
            rounds += 1

    def changed(self) -> list[tuple[str, SourceFile]]:
        """Returns the files that are to be written, with the names that are shown."""
        return [(file, entry) for file, entry in self._wanted.items() if entry != self._read[file]]

    def write(self, root: Path, changed: tuple[str, SourceFile]) -> None:
        """Writes one file, unless somebody else has written it meanwhile."""
        file, entry = changed
        path = root / entry.name
        assert isinstance(entry.content, bytes), "what was refused was not repaired"
        if read_regular_file(path, YAML_LIMIT) == self._read[file].content:
            replace_file(path, entry.content)
        else:
            self._leave(file, _CHANGED)

    def _round(self, last: bool) -> bool:
        """Repairs what can be repaired at once; returns whether there was anything."""
        found = self._judge(
            load_folder(SourceFolder(self._tree.label, tuple(self._wanted.values())))
        )
        anything = False
        for file, findings in _by_file(found.findings).items():
            if file not in self.left:
                anything |= self._repair_file(file, findings, last)
        return anything

    def _repair_file(self, file: str, findings: list[Finding], last: bool) -> bool:
        entry = self._wanted[file]
        assert isinstance(entry.content, bytes), "repairs are of what could be read"
        try:
            if len(findings) >= MOST_REPAIRS:
                raise _Unrepairable(_TOO_MANY)
            content, fixes = _repaired(entry.content, findings)
            if fixes and last:
                raise _Unrepairable(_ENDLESS)
        except _Unrepairable as reason:
            self._leave(file, str(reason))
            return True
        if fixes:
            self._wanted[file] = replace(entry, content=content)
            self.fixes[file] += fixes
        return bool(fixes)

    def _leave(self, file: str, reason: str) -> None:
        self.left[file] = reason
        self.fixes.pop(file, None)
        self._wanted[file] = self._read[file]


def _by_file(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    files: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.repair:
            files[finding.position.file].append(finding)
    return files


def _repaired(content: bytes, findings: list[Finding]) -> tuple[bytes, list[AppliedFix]]:
    """Returns a file's content after those of the findings' repairs that can be made at once.

    Raises:
        _Unrepairable: the file would then not say what it is meant to say.
    """
    reading = parse_yaml(content)
    strings = StringIndex(reading)
    wanted: dict[Edit, Finding] = {}
    for finding in findings:
        edit = strings.edit(finding)
        if edit:
            wanted.setdefault(edit, finding)
    edits = drop_overlapping(wanted)
    repaired = apply_to_text(content.decode(), edits).encode()
    if len(repaired) > YAML_LIMIT:
        raise _Unrepairable(_TOO_LARGE)
    again = parse_yaml(repaired)
    if again.data != apply_to_data(reading.data, edits) or len(again.flaws) != len(reading.flaws):
        raise _Unrepairable(_UNSAFE)
    return repaired, [_fix(edit, wanted[edit]) for edit in edits]


def _fix(edit: Edit, finding: Finding) -> AppliedFix:
    file = finding.position.file
    return AppliedFix(file, edit.line, edit.start, finding.rule, edit.old, edit.new)
