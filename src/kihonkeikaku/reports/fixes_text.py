"""What ``--fix`` did, for a reader."""

from collections.abc import Iterator

from kihonkeikaku.reports.findings_summary import LISTED_PER_FILE
from kihonkeikaku.system.terminal import shown
from kihonkeikaku.validation.fixer.fixer import Fix, Repaired


def repairs_text(repaired: Repaired) -> str:
    """Returns a line for each repair, and for each file that was left as it was."""
    count = sum(len(fixes) for fixes in repaired.fixes.values())
    end = f"{count} か所を直しました。" if count else "直すところはありませんでした。"
    return "\n".join([*_made(repaired), *_left(repaired), end])


def _made(repaired: Repaired) -> Iterator[str]:
    for file, fixes in repaired.fixes.items():
        yield from (_fix_text(fix) for fix in fixes[:LISTED_PER_FILE])
        if len(fixes) > LISTED_PER_FILE:
            yield f"{shown(file)}: ほかに {len(fixes) - LISTED_PER_FILE} か所を直しました。"


def _fix_text(fix: Fix) -> str:
    place = f"{shown(fix.file)}:{fix.line}:{fix.column}:"
    return f"{place} 「{shown(fix.old)}」→「{shown(fix.new)}」［{fix.rule}］"


def _left(repaired: Repaired) -> Iterator[str]:
    for file, reason in repaired.left.items():
        yield f"{shown(file)}: {reason}、このファイルは直していません。"
