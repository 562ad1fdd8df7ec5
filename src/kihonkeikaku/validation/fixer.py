"""``validate --fix``: makes the fixes that are beyond doubt, and nothing else.

All of it is worked out in memory, round after round, until the rules find nothing more to fix.
Only then is anything written, each file whole or not at all. A file that can't be fixed without
changing more than the text that was found is skipped, and reported with the reason.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.folder import leads_to_file, leads_to_folder, read_regular_file
from kihonkeikaku.loading.loader import Loaded, load, load_folder
from kihonkeikaku.loading.plan_resolver import open_source_folder
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
"""A file that still has something to fix after so many rounds is skipped."""

MOST_FIXES: Final = 10_000
"""A file with more to fix at once is none that a person wrote, and is skipped.

The linter has to list as many findings of one rule in one file.
"""

_UNSAFE: Final = "直すと、ほかのところまで変わってしまうため"
_TOO_LARGE: Final = "直すと、ファイルが大きくなりすぎるため"
_TOO_MANY: Final = f"直すところが多すぎるため（{MOST_FIXES:,} か所まで）"
_ENDLESS: Final = "直しても、また直すところが出てくるため"
_CHANGED: Final = "検査している間に書き換えられたため"

Linter = Callable[[Loaded], LintResult]
"""Finds what is wrong with a plan: ``lint``, or a test's stand-in."""


@dataclass(frozen=True, slots=True)
class AppliedFix:
    """One fix that was made: where, for which rule, and what was written for what."""

    file: str
    line: int
    column: int
    rule: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class FixResult:
    """What ``--fix`` did: the fixes by file, the findings that remain, and the files skipped.

    ``skipped`` maps a file to the reason, which is the first half of a sentence.
    """

    result: LintResult
    fixes: dict[str, tuple[AppliedFix, ...]]
    skipped: dict[str, str]


class _UnfixableError(Exception):
    """A file has to be skipped; ``str()`` is the reason."""


def fix_plan(argument: str, linter: Linter) -> FixResult:
    """Fixes the files of the plan in a folder, and lints what is then there.

    Raises:
        CommandError: ``argument`` names no plan, or one that is not a folder.
        MachineError: a file can't be written.
    """
    fixer = _Fixer(_open_fixable_folder(argument), linter)
    fixer.run()
    for name, file in fixer.changed_files():
        fixer.write(Path(argument), name, file)
    return FixResult(
        linter(load(argument)),
        {file: tuple(fixes) for file, fixes in fixer.fixes.items()},
        fixer.skipped,
    )


def _open_fixable_folder(argument: str) -> SourceFolder:
    folder = Path(argument)
    if leads_to_file(argument):
        raise CommandError(f"{argument} は決定された版の記録なので、--fix では直せません。")
    source = open_source_folder(argument)
    if not leads_to_folder(argument):
        raise CommandError(f"{argument} は git の版なので、--fix では直せません。")
    if folder.is_symlink():
        raise CommandError(f"{argument} はリンクなので、--fix では直せません。")
    return source


class _Fixer:
    """Holds the plan's files before and after the fixes, by their shown names."""

    def __init__(self, folder: SourceFolder, linter: Linter) -> None:
        self._folder = folder
        self._linter = linter
        self._before = {folder.display_name(file.name): file for file in folder.files}
        self._after = dict(self._before)
        self.fixes: dict[str, list[AppliedFix]] = defaultdict(list)
        self.skipped: dict[str, str] = {}

    def run(self) -> None:
        """Fixes in memory until there is nothing more to fix."""
        rounds = 0
        while self._run_round(rounds >= ROUNDS):
            rounds += 1

    def changed_files(self) -> list[tuple[str, SourceFile]]:
        """Returns the files that are to be written, with their shown names."""
        return [(name, file) for name, file in self._after.items() if file != self._before[name]]

    def write(self, root: Path, name: str, file: SourceFile) -> None:
        """Writes one file, unless somebody has written it since it was read."""
        path = root / file.name
        assert isinstance(file.content, bytes), "what was refused was not fixed"
        if read_regular_file(path, YAML_LIMIT) == self._before[name].content:
            replace_file(path, file.content, tree=root)
        else:
            self._skip(name, _CHANGED)

    def _run_round(self, is_last: bool) -> bool:
        """Makes the fixes that can be made at once; returns whether there were any."""
        folder = SourceFolder(self._folder.label, tuple(self._after.values()))
        result = self._linter(load_folder(folder))
        changed = False
        for name, findings in _group_fixable(result.findings).items():
            if name not in self.skipped:
                changed |= self._fix_file(name, findings, is_last)
        return changed

    def _fix_file(self, name: str, findings: list[Finding], is_last: bool) -> bool:
        file = self._after[name]
        assert isinstance(file.content, bytes), "fixes are of what could be read"
        try:
            if len(findings) >= MOST_FIXES:
                raise _UnfixableError(_TOO_MANY)
            content, fixes = _fix_content(file.content, findings)
            if fixes and is_last:
                raise _UnfixableError(_ENDLESS)
        except _UnfixableError as reason:
            self._skip(name, str(reason))
            return True
        if fixes:
            self._after[name] = replace(file, content=content)
            self.fixes[name] += fixes
        return bool(fixes)

    def _skip(self, name: str, reason: str) -> None:
        self.skipped[name] = reason
        self.fixes.pop(name, None)
        self._after[name] = self._before[name]


def _group_fixable(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    files: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.fix:
            files[finding.position.file].append(finding)
    return files


def _fix_content(content: bytes, findings: list[Finding]) -> tuple[bytes, list[AppliedFix]]:
    """Returns a file's content after those of the findings' fixes that can be made at once.

    Raises:
        _UnfixableError: the file's data would change by more than the fixes.
    """
    # What is of the file's text comes first: only then can its strings be found in it.
    of_text = [finding for finding in findings if finding.fix and not finding.fix.in_value]
    findings = of_text or findings
    before = parse_yaml(content, mend_slips=bool(of_text))
    strings = StringIndex(before)
    findings_by_edit: dict[Edit, Finding] = {}
    for finding in findings:
        edit = strings.edit(finding)
        if edit:
            findings_by_edit.setdefault(edit, finding)
    edits = drop_overlapping(findings_by_edit)
    fixed = apply_to_text(content.decode("utf-8-sig"), edits).encode()
    if len(fixed) > YAML_LIMIT:
        raise _UnfixableError(_TOO_LARGE)
    after = parse_yaml(fixed, mend_slips=bool(of_text))
    expected = apply_to_data(before.data, edits)
    remaining = len(before.problems) - (len(edits) if of_text else 0)
    if after.data != expected or len(after.problems) != remaining:
        raise _UnfixableError(_UNSAFE)
    return fixed, [_applied_fix(edit, findings_by_edit[edit]) for edit in edits]


def _applied_fix(edit: Edit, finding: Finding) -> AppliedFix:
    file = finding.position.file
    return AppliedFix(file, edit.line, edit.start, finding.rule, edit.old, edit.new)
