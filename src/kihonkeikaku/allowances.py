"""What a plan allows itself: severities set in plan.yaml, and findings waived in place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from kihonkeikaku.draft import Draft
from kihonkeikaku.finding import Fault, Finding, Severity
from kihonkeikaku.nearest import Guesses
from kihonkeikaku.rules import RULES, Rule, idle_waiver
from kihonkeikaku.waivers import Waiver

ADJUSTABLE: Final = frozenset(rule.id for rule in RULES if rule.adjustable)
"""The rules whose findings can be waived, and whose severity plan.yaml may set."""


def severity_of(rule: Rule, draft: Draft) -> Severity | Literal["off"]:
    """Returns how severely this plan takes what a rule finds."""
    if rule.adjustable and draft.head:
        for setting in draft.head.rules:
            if setting.rule == rule.id:
                return setting.severity
    return "off" if rule.off else rule.severity


def setting_faults(draft: Draft) -> Iterator[Fault]:
    """Yields what is wrong with the severities that plan.yaml sets (``rule-setting``)."""
    known, guesses = {rule.id for rule in RULES}, Guesses(ADJUSTABLE)
    for index, setting in enumerate(draft.head.rules if draft.head else ()):
        path = ("plan", "rules", index, "rule")
        if setting.rule not in known:
            hint = guesses.hint(setting.rule, "名前を確かめてください。")
            yield Fault(path, f"「{setting.rule}」という規則はありません。", hint)
        elif setting.rule not in ADJUSTABLE:
            hint = "この設定を除いてください。"
            yield Fault(path, f"「{setting.rule}」の重さは変えられません。", hint)


def without_waived(findings: set[Finding], waivers: Iterable[Waiver]) -> set[Finding]:
    """Takes out what waivers accept, and adds what is wrong with waivers (``idle-waiver``)."""
    remaining = set(findings)
    guesses = Guesses(ADJUSTABLE)
    on_line: defaultdict[tuple[str, int], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.rule in ADJUSTABLE:
            on_line[finding.position.file, finding.position.line].append(finding)
    for waiver in waivers:
        near = (f for line in waiver.lines for f in on_line[waiver.position.file, line])
        covered = set(filter(waiver.covers, near))
        remaining -= covered
        if not covered:
            remaining.add(_idle(waiver, guesses))
    return remaining


def _idle(waiver: Waiver, guesses: Guesses) -> Finding:
    """What there is to say of a waiver that waives nothing."""
    message = f"この場所で「{waiver.rule}」の指摘を認めていますが、認める指摘がありません。"
    hint = "この注釈を除いてください。"
    if not waiver.reason:
        message = f"「{waiver.rule}」の指摘を認める理由が書かれていません。"
        hint = f"「# allow {waiver.rule}: 理由」の形で書いてください。"
    elif waiver.rule not in ADJUSTABLE:
        message = f"「{waiver.rule}」は、認めることのできる規則ではありません。"
        hint = guesses.hint(waiver.rule, "指摘されたところを直してください。")
    return Finding(idle_waiver.ID, idle_waiver.SEVERITY, message, hint, waiver.position)
