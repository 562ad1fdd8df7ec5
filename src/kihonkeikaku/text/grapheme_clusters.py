"""What a reader sees as one character though it is several: 葛󠄀, か゚, a flag, an emoji with a tone.

The boundaries are those of Unicode's UAX #29 as far as Japanese plans may need them: marks and
variation selectors, joiners, skin tones, regional indicators in pairs, and half-width ﾞ and ﾟ.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

_JOINER: Final = "\u200d"
_TONES: Final = range(0x1F3FB, 0x1F400)
_REGIONAL_INDICATORS: Final = range(0x1F1E6, 0x1F200)


def join_clusters(parts: Iterable[str]) -> Iterator[str]:
    """Yields the parts of a text, those as one between which one character would be cut."""
    whole = ""
    for part in parts:
        if whole and not _is_cut(whole, part[:1]):
            yield whole
            whole = ""
        whole += part
    if whole:
        yield whole


def cut_short(text: str, length: int) -> str:
    """Returns at most so many characters of a text's beginning, the last one not cut in two."""
    end = length
    while 0 < end < len(text) and _is_cut(text[:end], text[end]):
        end -= 1
    return text[:end]


def _is_cut(before: str, after: str) -> bool:
    """Returns whether one character would be cut between two texts."""
    if before[-1] == _JOINER or _extends(after):
        return True
    if not after or ord(after) not in _REGIONAL_INDICATORS:
        return False
    pending = 0  # flags are pairs: an odd number of indicators has a half that is still alone
    while pending < len(before) and ord(before[-1 - pending]) in _REGIONAL_INDICATORS:
        pending += 1
    return pending % 2 == 1


def _extends(character: str) -> bool:
    """Returns whether a character is part of the one before it."""
    if not character:
        return False
    return (
        character in "\u200d\uff9e\uff9f"
        or ord(character) in _TONES
        or unicodedata.category(character) in ("Mn", "Mc", "Me")
    )
