"""Loaded → findings: all rules over all files, in one run; plans that must be without errors.

A frozen edition is asked by no rule: nobody may reword it any more, and a rule may be younger than
the edition. What it can't be used with (``find_contradictions_within``), reading it has found.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.folder import leads_to_folder
from kihonkeikaku.loading.loader import Loaded, load
from kihonkeikaku.loading.plan_resolver import open_plan, open_record
from kihonkeikaku.loading.positions import find_column
from kihonkeikaku.loading.source import DEFAULT_PLAN, PlanSource
from kihonkeikaku.model.draft import Draft, draft_from_plan
from kihonkeikaku.model.finding import (
    Finding,
    Fix,
    PlanPath,
    Position,
    Severity,
    Violation,
    shorten_quotes,
)
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.validation.overrides import WaiverTracker, check_rule_settings, find_severity
from kihonkeikaku.validation.rules import IDLE_WAIVER, RULES, Rule

FINDINGS_PER_RULE: Final = 1_000
"""How many findings of one rule in one file are made; there may be 300,000, which are counted."""

_ALL_SEVERITIES: Final[frozenset[Severity]] = frozenset({"error", "warning", "note"})


@dataclass(frozen=True, slots=True)
class LintResult:
    """A plan's findings, in the order of files and lines, beside what was loaded.

    ``more_findings`` counts, by file and severity, what was found beyond ``findings``.
    """

    loaded: Loaded
    findings: tuple[Finding, ...]
    more_findings: Mapping[tuple[str, Severity], int] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        listed = any(finding.severity == "error" for finding in self.findings)
        return listed or any(severity == "error" for _, severity in self.more_findings)


def lint(loaded: Loaded, against: Plan | None = None, limit: int = FINDINGS_PER_RULE) -> LintResult:
    """Runs all rules, unless the plan is a frozen edition.

    Args:
        loaded: what the loader read; its own findings are among the result.
        against: the edition before; without one, the adopted edition that the plan supersedes.
        limit: how many findings of one rule in one file are made; further ones are counted.
    """
    return _lint(loaded, against, limit, _ALL_SEVERITIES)


def is_valid(loaded: Loaded) -> bool:
    """Whether a plan has no errors; only the rules that find errors are run."""
    return not _lint(loaded, None, 1, frozenset({"error"})).has_errors


def _lint(
    loaded: Loaded, against: Plan | None, limit: int, severities: frozenset[Severity]
) -> LintResult:
    draft = replace(loaded.draft, predecessor=against or loaded.draft.superseded)
    collector = _FindingCollector(loaded, limit)
    adopted = cache(lambda: _adopted_texts(draft))
    for rule in () if draft.is_frozen else RULES:
        severity = find_severity(rule, draft)
        if severity in severities:
            violations = _keep_adopted(_run_rule(rule, draft), adopted)
            collector.collect(rule, severity, violations)
    return collector.finish()


def _run_rule(rule: Rule, draft: Draft) -> Iterable[Violation]:
    if rule.id == "rule-setting":  # the one rule that must know all the others
        return check_rule_settings(draft)
    return rule.check(draft) if rule.check else ()


def _keep_adopted(
    violations: Iterable[Violation], adopted: Callable[[], Set[PlanPath]]
) -> Iterator[Violation]:
    """Takes the fixes from the violations of what the plan carries on from the edition before.

    An adopted edition's words are not rewritten by the way: that would be a change of the plan.
    """
    for violation in violations:
        if violation.replacement is not None and violation.path in adopted():
            yield violation._replace(replacement=None)
        else:
            yield violation


def _adopted_texts(draft: Draft) -> Set[PlanPath]:
    """Returns the paths of the texts that the edition before has, too."""
    if draft.predecessor is None:
        return frozenset()
    before = {text for _, text in draft_from_plan(draft.predecessor).prose}
    return frozenset(path for path, text in draft.prose if text in before)


class _FindingCollector:
    """Makes findings of the first violations of each rule in a file, and counts the rest."""

    def __init__(self, loaded: Loaded, limit: int) -> None:
        self._loaded = loaded
        self._limit = limit
        self._waivers = WaiverTracker(loaded.waivers)
        self._lines = cache(lambda file: loaded.texts[file].split("\n"))
        self._findings = list(loaded.findings)
        self._more: Counter[tuple[str, Severity]] = Counter()
        for file, count in loaded.more_errors.items():
            self._more[file, "error"] += count

    def collect(self, rule: Rule, severity: Severity, violations: Iterable[Violation]) -> None:
        """Makes findings of one rule's violations, except those that a waiver accepts."""
        counts: Counter[str] = Counter()
        path, file, has_waiver = None, "", False
        for violation in violations:
            if violation.path is not path:  # of many violations, many are of one text
                path = violation.path
                file = self._loaded.positions.file_of(path)
                has_waiver = rule.adjustable and self._waivers.has_waiver(rule.id, file)
            if has_waiver and self._waivers.accept(rule.id, self._position(violation)):
                continue
            counts[file] += 1
            if counts[file] <= self._limit:
                self._findings.append(self._finding(rule.id, severity, violation))
        self._count_more(counts, severity)

    def finish(self) -> LintResult:
        """Returns all findings, those of unused waivers among them."""
        counts: Counter[str] = Counter()
        for finding in self._waivers.find_idle(all_read=not self._loaded.findings):
            counts[finding.position.file] += 1
            if counts[finding.position.file] <= self._limit:
                self._findings.append(finding)
        self._count_more(counts, IDLE_WAIVER.severity)
        return LintResult(self._loaded, tuple(sorted(self._findings, key=_sort_key)), self._more)

    def _count_more(self, counts: Counter[str], severity: Severity) -> None:
        for file, count in counts.items():
            if count > self._limit:
                self._more[file, severity] += count - self._limit

    def _position(self, violation: Violation) -> Position:
        return self._loaded.positions.find(violation.path, at_key=violation.at_key)

    def _finding(self, rule: str, severity: Severity, violation: Violation) -> Finding:
        position, fix = self._position(violation), None
        if violation.length and position.file in self._loaded.texts:
            line = self._lines(position.file)[position.line - 1]
            start, end = (
                find_column(line, position.column, offset)
                for offset in (violation.offset, violation.offset + violation.length)
            )
            position = replace(position, column=start)
            if violation.replacement is not None and start < end:
                fix = Fix(start, end, violation.replacement)
        message = shorten_quotes(violation.message)
        if violation.first is not None:
            first = self._loaded.positions.find(violation.first)
            file = first.file.removeprefix(self._loaded.positions.label).lstrip("/")
            message = f"{message.removesuffix('。')}（一つめは {file} の {first.line} 行目）。"
        return Finding(rule, severity, message, violation.hint, position, fix)


def _sort_key(finding: Finding) -> tuple[str, int, int, str, str]:
    position = finding.position
    return position.file, position.line, position.column, finding.rule, finding.message


class InvalidPlanError(CommandError):
    """A plan with errors, where a valid one is needed; ``result`` holds them."""

    def __init__(self, argument: str, result: LintResult) -> None:
        super().__init__(f"{argument} に誤りがあるため、何も作りませんでした。")
        self.result = result


def load_valid(plan: str | PlanSource) -> Loaded:
    """Loads and validates a plan, by its name or opened already.

    Raises:
        InvalidPlanError: it has errors.
        CommandError: there is nothing that could be read as a plan.
    """
    loaded = load(plan)
    if not is_valid(loaded):
        raise InvalidPlanError(plan if isinstance(plan, str) else plan.label, lint(loaded))
    return loaded


def load_valid_plan(plan: str | PlanSource) -> Plan:
    """Loads and validates a plan: the plan of ``load_valid``."""
    return load_valid(plan).draft.plan()


@dataclass(frozen=True, slots=True)
class LoadedPair:
    """Two editions to compare, as they were read."""

    old: Loaded
    new: Loaded

    @property
    def refs(self) -> tuple[str, str]:
        """How reports say which two plans these are."""
        return self.old.ref, self.new.ref


def load_plan_pair(old: str, new: str | None) -> LoadedPair:
    """Loads the two editions to compare.

    With ``old`` alone: a folder whose plan supersedes an edition is compared with that one;
    anything else with the plan in ``plan``.

    Raises:
        CommandError: one can't be read, has errors, or there is nothing to compare with.
    """
    if new is None and leads_to_folder(old):
        source = open_plan(old)
        alone = load_valid(source)
        head = alone.draft.head
        superseded = open_record(source, (head and head.edition.supersedes) or "")
        if superseded:
            return LoadedPair(load_valid(superseded), alone)
        return LoadedPair(alone, load_valid(DEFAULT_PLAN))
    [before], after = load_plans([old], new or DEFAULT_PLAN)
    return LoadedPair(before, after)


def load_plans(olds: Iterable[str], new: str) -> tuple[tuple[Loaded, ...], Loaded]:
    """Loads editions to compare with one, and that one.

    Raises:
        CommandError: one can't be read, or has errors.
    """
    source = open_plan(new)
    return tuple(load_valid(open_plan(old, source)) for old in olds), load_valid(source)
