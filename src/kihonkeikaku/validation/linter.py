"""Loaded → findings: all rules over all files, in one run."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from kihonkeikaku.loading.loader import Loaded
from kihonkeikaku.loading.scalars import find_column
from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Finding, Fix, Position, Severity, Violation, shorten_quotes
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.validation.overrides import WaiverTracker, check_rule_settings, find_severity
from kihonkeikaku.validation.rules import RULES, Rule, idle_waiver, rule_setting

FINDINGS_PER_RULE: Final = 1_000
"""So many findings of one rule in one file are told of; there may be 300,000, which are counted."""

_ALL: Final[frozenset[Severity]] = frozenset({"error", "warning", "note"})


@dataclass(frozen=True, slots=True)
class LintResult:
    """A plan's findings, in the order of files and lines, beside what was read.

    ``beyond`` counts, by file and severity, what was found beyond those that are told of.
    """

    loaded: Loaded
    findings: tuple[Finding, ...]
    beyond: Mapping[tuple[str, Severity], int] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        severities = (
            *(finding.severity for finding in self.findings),
            *(s for _, s in self.beyond),
        )
        return "error" in severities


def is_valid(loaded: Loaded) -> bool:
    """Whether a plan has no errors; what is no error is not looked for."""
    return not _checked(loaded, None, kept=1, sought=frozenset({"error"})).has_errors


def lint(loaded: Loaded, against: Plan | None = None, kept: int = FINDINGS_PER_RULE) -> LintResult:
    """Runs all rules.

    Args:
        loaded: what the loader read; its own findings are among the result.
        against: the edition before; without one, the adopted edition that the plan supersedes.
        kept: how many findings of one rule in one file are told of; further ones are counted.
    """
    return _checked(loaded, against, kept, sought=_ALL)


def _checked(
    loaded: Loaded, against: Plan | None, kept: int, sought: frozenset[Severity]
) -> LintResult:
    """Runs the rules of these severities."""
    draft = replace(loaded.draft, predecessor=against or loaded.draft.superseded)
    gathering = _Gathering(loaded, kept)
    for rule in RULES:
        severity = find_severity(rule, draft)
        if severity in sought:
            gathering.gather(rule, severity, _faults(rule, draft))
    return gathering.checked()


def _faults(rule: Rule, draft: Draft) -> Iterable[Violation]:
    if rule.id == rule_setting.ID:  # the one rule that must know all the others
        return check_rule_settings(draft)
    return rule.check(draft) if rule.check else ()


class _Gathering:
    """Makes findings of faults: of the first ones of each rule in a file, and counts the rest."""

    def __init__(self, loaded: Loaded, kept: int) -> None:
        self._loaded = loaded
        self._kept = kept
        self._allowances = WaiverTracker(loaded.waivers)
        self._lines = cache(lambda file: loaded.texts[file].split("\n"))
        self._findings = list(loaded.findings)
        self._beyond: Counter[tuple[str, Severity]] = Counter()
        for file, count in loaded.beyond.items():
            self._beyond[file, "error"] += count

    def gather(self, rule: Rule, severity: Severity, faults: Iterable[Violation]) -> None:
        """Takes in what one rule has found."""
        file_of, allowances = self._loaded.positions.file_of, self._allowances
        counts: Counter[str] = Counter()
        path, file, waived = None, "", False
        for fault in faults:
            if fault.path is not path:  # of many faults, many are of one text
                path = fault.path
                file = file_of(path)
                waived = rule.adjustable and allowances.speak_of(rule.id, file)
            if waived and allowances.accept(rule.id, self._position(fault)):
                continue
            counts[file] += 1
            if counts[file] <= self._kept:
                self._findings.append(self._finding(rule.id, severity, fault))
        self._count_beyond(counts, severity)

    def checked(self) -> LintResult:
        """Returns all findings, waivers that waive nothing among them."""
        counts: Counter[str] = Counter()
        for finding in self._allowances.idle():
            counts[finding.position.file] += 1
            if counts[finding.position.file] <= self._kept:
                self._findings.append(finding)
        self._count_beyond(counts, idle_waiver.SEVERITY)
        return LintResult(self._loaded, tuple(sorted(self._findings, key=_place)), self._beyond)

    def _count_beyond(self, counts: Counter[str], severity: Severity) -> None:
        for file, count in counts.items():
            if count > self._kept:
                self._beyond[file, severity] += count - self._kept

    def _position(self, fault: Violation) -> Position:
        return self._loaded.positions.of(fault.path, at_key=fault.at_key)

    def _finding(self, rule: str, severity: Severity, fault: Violation) -> Finding:
        position, repair = self._position(fault), None
        if fault.length and position.file in self._loaded.texts:
            line = self._lines(position.file)[position.line - 1]
            start, end = (
                find_column(line, position.column, offset)
                for offset in (fault.offset, fault.offset + fault.length)
            )
            position = replace(position, column=start)
            if fault.repair is not None and start < end:
                repair = Fix(start, end, fault.repair)
        return Finding(rule, severity, shorten_quotes(fault.message), fault.hint, position, repair)


def _place(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.position
    return place.file, place.line, place.column, finding.rule, finding.message
