"""Loaded → findings: all rules over all files, in one run."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

from kihonkeikaku.allowances import setting_faults, severity_of, without_waived
from kihonkeikaku.draft import Draft
from kihonkeikaku.finding import Fault, Finding, Repair, Severity, Trouble, brief
from kihonkeikaku.load import Loaded, load
from kihonkeikaku.model import Plan
from kihonkeikaku.rules import RULES, Rule, rule_setting
from kihonkeikaku.scalar_text import column_of


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan's findings, in the order of files and lines, beside what was read."""

    loaded: Loaded
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity == "error" for finding in self.findings)


class UnsoundPlan(Trouble):
    """A plan with errors, where a sound one is needed; ``checked`` holds them."""

    def __init__(self, argument: str, checked: Checked) -> None:
        super().__init__(f"{argument} に誤りがあるため、何も作りませんでした。")
        self.checked = checked


def sound_plan(argument: str) -> Plan:
    """Loads and checks the plan that ``argument`` names: the plan of ``load_sound``."""
    return load_sound(argument).draft.plan()


def load_sound(argument: str) -> Loaded:
    """Loads and checks the plan that ``argument`` names.

    Raises:
        UnsoundPlan: it has errors.
        Trouble: there is nothing that could be read as a plan.
    """
    checked = check(load(argument))
    if checked.has_errors:
        raise UnsoundPlan(argument, checked)
    return checked.loaded


def check(loaded: Loaded, against: Plan | None = None) -> Checked:
    """Runs all rules.

    Args:
        loaded: what the loader read; its own findings are among the result.
        against: the edition before; without one, the adopted edition that the plan supersedes.
    """
    draft = replace(loaded.draft, predecessor=against or loaded.draft.superseded)
    findings = set(loaded.findings)
    lines = cache(lambda file: loaded.texts[file].split("\n"))  # one file may have 100,000 faults
    for rule in RULES:
        severity = severity_of(rule, draft)
        if severity != "off":
            findings.update(
                _finding(loaded, lines, rule, severity, f) for f in _faults(rule, draft)
            )
    findings = without_waived(findings, loaded.waivers)
    return Checked(loaded, tuple(sorted(findings, key=_place)))


def _faults(rule: Rule, draft: Draft) -> Iterable[Fault]:
    if rule.id == rule_setting.ID:  # the one rule that must know all the others
        return setting_faults(draft)
    return rule.check(draft) if rule.check else ()


def _finding(
    loaded: Loaded,
    lines: Callable[[str], list[str]],
    rule: Rule,
    severity: Severity,
    fault: Fault,
) -> Finding:
    position = loaded.positions.of(fault.path, at_key=fault.at_key)
    if not fault.length or position.file not in loaded.texts:
        return Finding(rule.id, severity, brief(fault.message), fault.hint, position)
    line = lines(position.file)[position.line - 1]
    start, end = (
        column_of(line, position.column, offset)
        for offset in (fault.offset, fault.offset + fault.length)
    )
    repair = None if fault.repair is None else Repair(start, end, fault.repair)
    place = replace(position, column=start)
    return Finding(rule.id, severity, brief(fault.message), fault.hint, place, repair)


def _place(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.position
    return place.file, place.line, place.column, finding.rule, finding.message
