"""What a plan allows itself: severities set in plan.yaml, and findings waived in place."""

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from kihonkeikaku.loading.waivers import Waiver
from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Finding, Position, Severity, Violation
from kihonkeikaku.text.suggestions import Guesses
from kihonkeikaku.validation.rules import RULES, Rule, idle_waiver

ADJUSTABLE: Final = frozenset(rule.id for rule in RULES if rule.adjustable)
"""The rules whose findings can be waived, and whose severity plan.yaml may set."""


def find_severity(rule: Rule, draft: Draft) -> Severity | Literal["off"]:
    """Returns how severely this plan takes what a rule finds."""
    if rule.adjustable and draft.head:
        for setting in draft.head.rules:
            if setting.rule == rule.id:
                return setting.severity
    return "off" if rule.off else rule.severity


def check_rule_settings(draft: Draft) -> Iterator[Violation]:
    """Yields what is wrong with the severities that plan.yaml sets (``rule-setting``)."""
    known, guesses = {rule.id for rule in RULES}, Guesses(ADJUSTABLE)
    for index, setting in enumerate(draft.head.rules if draft.head else ()):
        path = ("plan", "rules", index, "rule")
        if setting.rule not in known:
            hint = guesses.hint(setting.rule, "名前を確かめてください。")
            yield Violation(path, f"「{setting.rule}」という規則はありません。", hint)
        elif setting.rule not in ADJUSTABLE:
            hint = "この設定を除いてください。"
            yield Violation(path, f"「{setting.rule}」の重さは変えられません。", hint)


class WaiverTracker:
    """What a plan's waivers accept, and which of them have accepted anything."""

    def __init__(self, waivers: Iterable[Waiver]) -> None:
        self._waivers = tuple(waivers)
        self._of_line: dict[tuple[str, str], dict[int, list[int]]] = {}
        self._used: set[int] = set()
        for number, waiver in enumerate(self._waivers):
            if waiver.reason:
                of_line = self._of_line.setdefault((waiver.rule, waiver.position.file), {})
                for line in waiver.lines:
                    of_line.setdefault(line, []).append(number)

    def speak_of(self, rule: str, file: str) -> bool:
        """Whether there is any waiver of a rule in a file."""
        return (rule, file) in self._of_line

    def accept(self, rule: str, place: Position) -> bool:
        """Whether what a rule finds at a place is accepted; notes the waivers that do so."""
        numbers = self._of_line.get((rule, place.file), {}).get(place.line, ())
        self._used.update(numbers)
        return bool(numbers)

    def idle(self) -> Iterator[Finding]:
        """Yields what is wrong with waivers that have accepted nothing (``idle-waiver``)."""
        guesses = Guesses(ADJUSTABLE)
        for number, waiver in enumerate(self._waivers):
            if number not in self._used:
                yield _idle(waiver, guesses)


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
