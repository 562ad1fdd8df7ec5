"""What is printed around a unit's text: numbers, ・, brackets. Nobody has to keep them right."""

import re
from functools import lru_cache
from typing import Final

from kihonkeikaku.model.sheet import SheetUnit

_NUMERALS: Final = (
    ("0-9０-９〇一二三四五六七八九十百", "+"),
    ("①-⑳㉑-㉟㊱-㊿", ""),
    ("⑴-⒇", ""),
    ("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", "+"),
    ("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ", "+"),
    ("アイウエオカキクケコサシスセソタチツテト", ""),
    ("あいうえおかきくけこさしすせそたちつてと", ""),
    ("a-zａ-ｚ", ""),
    ("A-ZＡ-Ｚ", ""),
)
"""The characters that one number may be counted on in, as sets of a regular expression."""
_SPACE: Final = " \t\u3000"


def strip_marks(unit: SheetUnit, text: str) -> tuple[str, bool]:
    """Returns what was received of a unit without the marks around it.

    Args:
        unit: as it was sent.
        text: the whole paragraph as it was received.

    Returns:
        The text alone, and whether its marks are those that were sent.
    """
    if text.startswith(unit.head) and text.endswith(unit.tail):
        inner = text[len(unit.head) :]
        if len(inner) >= len(unit.tail):
            return inner.removesuffix(unit.tail), True
    match = _head_pattern(unit.head).match(text)
    body = text[match.end() :] if match else text
    return body.removesuffix(unit.tail), False


@lru_cache(maxsize=4096)
def _head_pattern(head: str) -> re.Pattern[str]:
    """Matches the head with any other number, other spaces, or without the spaces."""
    parts: list[str] = []
    for character in head.strip(_SPACE):
        found = next((n for n in _NUMERALS if re.match(f"[{n[0]}]", character)), None)
        part = f"[{found[0]}]{found[1]}" if found else re.escape(character)
        if not (found and parts and parts[-1] == part):
            parts.append(part)
    return re.compile(f"[{_SPACE}]*{''.join(parts)}[{_SPACE}]*" if parts else "")
