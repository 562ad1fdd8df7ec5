"""A plan's overrides of the rules: severities in plan.yaml, and waivers in comments."""

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from kihonkeikaku.loading.waivers import Waiver
from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Finding, Position, Severity, Violation
from kihonkeikaku.text.suggestions import Suggestions
from kihonkeikaku.validation.rules import IDLE_WAIVER, RULES, Rule

ADJUSTABLE: Final = frozenset(rule.id for rule in RULES if rule.adjustable)
"""The rules whose findings can be waived, and whose severity plan.yaml may set."""


def find_severity(rule: Rule, draft: Draft) -> Severity | Literal["off"]:
    """Returns the severity of a rule in this plan."""
    if rule.adjustable and draft.head:
        for setting in draft.head.rules:
            if setting.rule == rule.id:
                return setting.severity
    return "off" if rule.off else rule.severity


def check_rule_settings(draft: Draft) -> Iterator[Violation]:
    """Yields what is wrong with the severities in plan.yaml (``rule-setting``)."""
    known, suggestions = {rule.id for rule in RULES}, Suggestions(ADJUSTABLE)
    for index, setting in enumerate(draft.head.rules if draft.head else ()):
        path = ("plan", "rules", index, "rule")
        if setting.rule not in known:
            hint = suggestions.hint(setting.rule, "名前を確かめてください。")
            yield Violation(path, f"「{setting.rule}」という規則はありません。", hint)
        elif setting.rule not in ADJUSTABLE:
            hint = "この設定を除いてください。"
            yield Violation(path, f"「{setting.rule}」の重さは変えられません。", hint)


class WaiverTracker:
    """A plan's waivers: which findings they accept, and which of them accept none."""

    def __init__(self, waivers: Iterable[Waiver]) -> None:
        self._waivers = tuple(waivers)
        self._by_line: dict[tuple[str, str], dict[int, list[int]]] = {}
        self._used: set[int] = set()
        for number, waiver in enumerate(self._waivers):
            if waiver.reason:
                by_line = self._by_line.setdefault((waiver.rule, waiver.position.file), {})
                for line in waiver.lines:
                    by_line.setdefault(line, []).append(number)

    def has_waiver(self, rule: str, file: str) -> bool:
        """Whether there is any waiver of a rule in a file."""
        return (rule, file) in self._by_line

    def accept(self, rule: str, position: Position) -> bool:
        """Whether a waiver accepts what a rule finds at a position; remembers that it is used."""
        numbers = self._by_line.get((rule, position.file), {}).get(position.line, ())
        self._used.update(numbers)
        return bool(numbers)

    def find_idle(self, *, all_read: bool) -> Iterator[Finding]:
        """Yields a finding for each waiver that has accepted nothing (``idle-waiver``).

        Unless all files could be read, a waiver may wait for what rules could not find.
        """
        suggestions = Suggestions(ADJUSTABLE)
        for number, waiver in enumerate(self._waivers):
            if number not in self._used and (all_read or not _could_accept(waiver)):
                yield _idle_finding(waiver, suggestions)


def _could_accept(waiver: Waiver) -> bool:
    return bool(waiver.reason) and waiver.rule in ADJUSTABLE


def _idle_finding(waiver: Waiver, suggestions: Suggestions) -> Finding:
    message = f"この場所で「{waiver.rule}」の指摘を認めていますが、認める指摘がありません。"
    hint = "この注釈を除いてください。"
    if not waiver.reason:
        message = f"「{waiver.rule}」の指摘を認める理由が書かれていません。"
        hint = f"「# allow {waiver.rule}: 理由」の形で書いてください。"
    elif waiver.rule not in ADJUSTABLE:
        message = f"「{waiver.rule}」は、認めることのできる規則ではありません。"
        hint = suggestions.hint(waiver.rule, "指摘されたところを直してください。")
    return Finding(IDLE_WAIVER.id, IDLE_WAIVER.severity, message, hint, waiver.position)
