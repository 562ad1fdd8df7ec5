"""Loaded → findings: all rules over all files, in one run."""

from dataclasses import dataclass, replace

from kihonkeikaku.draft import Draft
from kihonkeikaku.finding import Fault, Finding, Position, Trouble
from kihonkeikaku.load import Loaded, load
from kihonkeikaku.model import Plan
from kihonkeikaku.rules import RULES, Rule


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
    """Loads and checks the plan that ``argument`` names.

    Raises:
        UnsoundPlan: it has errors.
        Trouble: there is nothing that could be read as a plan.
    """
    checked = check(load(argument))
    if checked.has_errors:
        raise UnsoundPlan(argument, checked)
    return checked.loaded.draft.plan()


def check(loaded: Loaded, against: Plan | None = None) -> Checked:
    """Runs all rules.

    Args:
        loaded: what the loader read; its own findings are among the result.
        against: the edition before; without one, the adopted edition that the plan supersedes.
    """
    draft = replace(loaded.draft, predecessor=against or _superseded(loaded.draft))
    findings = set(loaded.findings)
    for rule in RULES:
        if rule.check:
            findings.update(_finding(loaded, rule, fault) for fault in rule.check(draft))
    return Checked(loaded, tuple(sorted(findings, key=_place)))


def _superseded(draft: Draft) -> Plan | None:
    supersedes = draft.head.edition.supersedes if draft.head else None
    return draft.adopted.get(supersedes) if supersedes else None


def _finding(loaded: Loaded, rule: Rule, fault: Fault) -> Finding:
    position = loaded.positions.of(fault.path)
    return Finding(rule.id, rule.severity, fault.message, fault.hint, position)


def _place(finding: Finding) -> tuple[Position, str, str]:
    return finding.position, finding.rule, finding.message
