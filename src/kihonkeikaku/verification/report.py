"""What verifying found, in words and for programs."""

import json
from pathlib import Path

from kihonkeikaku.verification.verify import Verification

LISTED = 1_000
"""So many problems are listed; the rest is counted."""


def verification_text(path: Path, verification: Verification) -> str:
    """Returns what was found, in Japanese: a line a problem, its path first, and a summary."""
    lines = [
        f"{printable(str(path / problem.path))}: {printable(problem.message)}"
        for problem in verification.problems[:LISTED]
    ]
    rest = verification.count - len(lines)
    if rest:
        lines.append(f"ほかに {rest:,} 件あります。")
    seen = verification.seen
    looked = "、".join(
        f"{name} {seen.get(key, 0):,}"
        for key, name in (
            ("files", "ファイル"),
            ("pages", "ページ"),
            ("links", "リンク"),
            ("pdfs", "PDF"),
        )
    )
    if verification.count:
        lines.append(f"問題が {verification.count:,} 件あります（確かめたもの：{looked}）。")
    else:
        earlier = "、".join(seen.get("editions", ())) or "なし"
        lines.append(
            f"{path} は、版「{verification.edition}」の公表されたままです"
            f"（{looked}、前の版の記録：{earlier}）。"
        )
    return "\n".join(lines)


def verification_json(verification: Verification) -> str:
    """Returns what was found, as JSON with sorted problems."""
    facts = {
        "edition": verification.edition,
        "problems": [problem.facts() for problem in verification.problems[:LISTED]],
        "summary": {"problems": verification.count, **verification.seen},
    }
    return json.dumps(facts, ensure_ascii=False, indent=1)


def printable(text: str) -> str:
    """Returns a text as a terminal can show it on one line, whatever somebody put into it."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
