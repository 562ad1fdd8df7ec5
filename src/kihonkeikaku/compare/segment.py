"""A text → its words, the smallest pieces that a redline strikes out or puts in."""

import re
from typing import Final

_KANJI: Final = r"\u3400-\u9fff\uf900-\ufaff々〆ヶ"

_JOINTS: Final = r"及び|並びに|又は|若しくは|(?<![上下中初劣優同均対平高])等"
"""Words of officialese that would otherwise stick to the kanji before them (but 平等 is one)."""

_WORD: Final = re.compile(
    rf"{_JOINTS}"
    rf"|(?:(?!{_JOINTS})[{_KANJI}])+"  # a run of kanji
    r"|[ァ-ヺヽヾー]+"  # of katakana
    r"|[ぁ-ゖゝゞ]+"  # of hiragana
    r"|[A-Za-zＡ-Ｚａ-ｚ]+"
    r"|[0-9０-９]+(?:[.,．，][0-9０-９]+)*"  # a number with its points and commas
    r"|.",
    re.DOTALL,
)


def words(text: str) -> tuple[str, ...]:
    """Returns the words of a text; joined they give the text again.

    A word is a run of one script: Japanese has no spaces, but turns of script follow its words
    closely enough that none is torn.
    """
    return tuple(_WORD.findall(text))
