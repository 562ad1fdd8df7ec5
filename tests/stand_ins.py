"""Rules made for a test, run by the real check: what ``--fix`` is to do must not hang on theirs."""

from collections.abc import Callable, Iterable, Iterator
from unittest.mock import patch

from kihonkeikaku.loading.loader import Loaded
from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Severity, Violation
from kihonkeikaku.validation.fixer import Linter
from kihonkeikaku.validation.linter import LintResult, lint
from kihonkeikaku.validation.rules import Rule

Wrong = tuple[int, int, str | None]
"""What is wrong with a text: from where, how many characters, and what to write instead."""


def rule(id: str, find: Callable[[str], Iterable[Wrong]], severity: Severity = "error") -> Rule:
    """A rule about every text of a plan."""

    def faults(draft: Draft) -> Iterator[Violation]:
        for path, text in draft.prose:
            for offset, length, repair in find(text):
                wrong = text[offset : offset + length]
                yield Violation(
                    path,
                    f"「{wrong}」は困ります。",
                    "直します。",
                    offset=offset,
                    length=length,
                    replacement=repair,
                )

    manual = f"{id} のための規則です。"
    return Rule(id, severity, manual, faults, off=False, adjustable=True)


def replacing(id: str, old: str, new: str) -> Rule:
    """A rule that wants ``new`` for every ``old``."""

    def find(text: str) -> Iterator[Wrong]:
        at = text.find(old)
        while at >= 0:
            yield at, len(old), new
            at = text.find(old, at + len(old))

    return rule(id, find)


def judge(*rules: Rule) -> Linter:
    """The real check, with these rules only."""

    def judged(loaded: Loaded) -> LintResult:
        with patch("kihonkeikaku.validation.linter.RULES", rules):
            return lint(loaded)

    return judged
