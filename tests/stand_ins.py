"""Rules made for a test, run by the real check: what ``--fix`` is to do must not hang on theirs."""

from collections.abc import Callable, Iterable, Iterator
from unittest.mock import patch

from kihonkeikaku.check import Checked, check
from kihonkeikaku.draft import Draft
from kihonkeikaku.finding import Fault, Severity
from kihonkeikaku.load import Loaded
from kihonkeikaku.repair import Judge
from kihonkeikaku.rules import Rule

Wrong = tuple[int, int, str | None]
"""What is wrong with a text: from where, how many characters, and what to write instead."""


def rule(id: str, find: Callable[[str], Iterable[Wrong]], severity: Severity = "error") -> Rule:
    """A rule about every text of a plan."""

    def faults(draft: Draft) -> Iterator[Fault]:
        for path, text in draft.prose():
            for offset, length, repair in find(text):
                wrong = text[offset : offset + length]
                yield Fault(
                    path,
                    f"「{wrong}」は困ります。",
                    "直します。",
                    offset=offset,
                    length=length,
                    repair=repair,
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


def judge(*rules: Rule) -> Judge:
    """The real check, with these rules only."""

    def judged(loaded: Loaded) -> Checked:
        with patch("kihonkeikaku.check.RULES", rules):
            return check(loaded)

    return judged
