"""What verifying an edition found: its problems, as text and as JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from kihonkeikaku.system.terminal import escape_unprintable


class ProblemKind(StrEnum):
    """The kinds of problems."""

    MANIFEST = "manifest"
    """The manifest is missing, can't be read, or contradicts the plan."""
    MISSING = "missing"
    CHANGED = "changed"
    """It is not what the plan makes, or what the manifest lists."""
    EXTRA = "extra"
    LINK = "link"
    """A symbolic link: an edition has none."""
    NOT_A_FILE = "not-a-file"
    UNREADABLE = "unreadable"
    """It can't be read, or is too large or too intricate to be looked at."""
    PLAN = "plan"
    """``plan.json`` is not what was frozen."""
    CHAIN = "chain"
    """The adopted editions don't follow one another without a gap, or one is damaged."""
    TEXT = "text"
    """The text of a PDF that could not be made again differs from the plan."""
    PARTIAL = "partial"
    """It could not be compared, or not wholly: a limit of the check, not a fault."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: where, of what kind, and a sentence in Japanese.

    ``path`` is within the edition, with slashes.
    """

    path: str
    kind: ProblemKind
    message: str

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Returns the problem that ``as_json`` gave.

        Raises:
            ValueError: there is no such kind.
            KeyError: something is missing.
        """
        return cls(str(data["path"]), ProblemKind(data["kind"]), str(data["message"]))

    def as_json(self) -> dict[str, str]:
        """Returns the problem as JSON data."""
        return {**asdict(self), "kind": self.kind.value}


@dataclass(frozen=True, slots=True)
class Verification:
    """The result: the problems, how many there are in all, and what was checked.

    ``limitations``, of the kind ``PARTIAL``, are what could not be compared.
    ``checked`` counts ``files``, ``pages``, ``pdfs`` and ``rebuilt``, those that were made again
    and compared, and names ``editions``: those before this one that have a record. What was not
    reached is missing.
    """

    edition: str | None
    problems: tuple[Problem, ...]
    count: int
    checked: Mapping[str, Any]
    limitations: tuple[Problem, ...] = ()


LISTED_PROBLEMS = 1_000
"""The most problems that a report lists; the rest is counted."""


def render_verification_text(path: Path, verification: Verification) -> str:
    """Returns the result in Japanese: a line a problem, its path first, and a summary."""
    listed = verification.problems[:LISTED_PROBLEMS]
    lines = [_line(path, problem) for problem in listed]
    rest = verification.count - len(listed)
    if rest:
        lines.append(f"ほかに {rest:,} 件あります。")
    lines += [_line(path, limitation) for limitation in verification.limitations]
    checked = verification.checked
    counts = "、".join(
        f"{name} {checked.get(key, 0):,}"
        for key, name in (
            ("files", "ファイル"),
            ("pages", "ページ"),
            ("pdfs", "PDF"),
            ("rebuilt", "計画から作り直して比べたもの"),
        )
    )
    earlier = "、".join(checked.get("editions", ())) or "なし"
    if verification.count:
        lines.append(f"問題が {verification.count:,} 件あります（確かめたもの：{counts}）。")
    else:
        result = f"は、版「{verification.edition}」の公表されたままです"
        if verification.limitations:
            result = "に、確かめられた範囲では問題はありません"
        lines.append(f"{path} {result}（{counts}、前の版の記録：{earlier}）。")
    return "\n".join(lines)


def _line(path: Path, problem: Problem) -> str:
    return f"{escape_unprintable(str(path / problem.path))}: {escape_unprintable(problem.message)}"


def render_verification_json(verification: Verification) -> str:
    """Returns the result as JSON."""
    data = {
        "edition": verification.edition,
        "problems": [problem.as_json() for problem in verification.problems[:LISTED_PROBLEMS]],
        "limitations": [limitation.as_json() for limitation in verification.limitations],
        "summary": {"problems": verification.count, **verification.checked},
    }
    return json.dumps(data, ensure_ascii=False, indent=1)
