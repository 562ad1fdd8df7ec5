"""Joins the lines of a paragraph and takes the spaces of typesetting out of the text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.importing.account import Account
from kihonkeikaku.importing.source_lines import SourceLine
from kihonkeikaku.text.characters import FORBIDDEN, find_narrow_brackets, is_japanese
from kihonkeikaku.text.printed_characters import find_unprintable

MARK: Final = "\ufdd0"
"""Stands on both sides of a footnote's label in a joined text; no source may hold it."""

RUBY: Final = "\ufdd1"
"""Stands before, between and behind the words and their reading."""

_LOOKALIKE: Final = re.compile("[\u2e80-\u2fdf\uff61-\uff9f]")
"""Radicals that stand for ideographs, and half-width katakana: what bad PDFs give."""

_WIDTHS: Final = str.maketrans("()[]０１２３４５６７８９", "（）［］0123456789")

_SPACES: Final = re.compile(r"[\s　]+")
_LETTER_SPACED: Final = re.compile(r"(?<![A-Za-z])[A-Z](?: [A-Z])+(?![A-Za-z])")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_LONGEST_WORD: Final = 60
_LATIN_END: Final = re.compile(r"[A-Za-z0-9]+$")
_LATIN_START: Final = re.compile(r"[A-Za-z0-9]+")


class Vocabulary:
    """The Latin words of a source: by them a word that a line's end broke is known again."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts = Counter(
            word for text in texts for word in _WORD.findall(_join_spaced_letters(text))
        )

    def count(self, word: str) -> int:
        """Returns how often a word stands in the source."""
        return self._counts[word]


@dataclass(frozen=True, slots=True)
class JoinedText:
    """A paragraph's text: the lines joined, without spaces that are none of the text's."""

    text: str
    widened: int
    """How many half-width brackets became full width."""


def join_lines(
    lines: Sequence[SourceLine],
    cut: int,
    vocabulary: Vocabulary,
    account: Account,
    *,
    is_title: bool,
) -> JoinedText:
    """Joins the lines of a paragraph.

    Args:
        lines: its lines.
        cut: how many characters of the first one are its label, and no part of the text.
        vocabulary: the words of the source.
        account: where doubts go.
        is_title: whether a space between Japanese characters may be meant.
    """
    text = ""
    for at, line in enumerate(lines):
        _note_characters(line, account)
        part = _with_marks(line, cut if at == 0 else 0)
        text = _join(text, part, line, vocabulary, account) if text else part
    cleaned = _clean(_join_spaced_letters(text), is_title=is_title)
    if is_title and "　" in cleaned and " " in text:
        account.doubt(lines[0], "見出しの中の空白を、全角の空白一つとして残しました")
    brackets = [b for b in find_narrow_brackets(cleaned) if b.certain]
    characters = list(cleaned)
    for bracket in brackets:
        characters[bracket.offset] = bracket.meant
    return JoinedText("".join(characters), len(brackets))


def _note_characters(line: SourceLine, account: Account) -> None:
    """Notes characters that no plan may hold, that no face has, or that stand for others."""
    unprintable = dict.fromkeys(
        match[0] for match in find_unprintable(FORBIDDEN.sub("", line.text))
    )
    for character in unprintable:
        account.doubt(
            line, f"「{character}」（U+{ord(character[0]):04X}）は、印刷する書体にない文字です"
        )
    for character in dict.fromkeys(_LOOKALIKE.findall(line.text)):
        meant = unicodedata.normalize("NFKC", character)
        account.doubt(
            line,
            f"「{character}」（U+{ord(character):04X}）は、「{meant}」と見える別の文字です"
            "（そのまま入れました）",
        )
    found = sorted({f"U+{ord(match[0]):04X}" for match in FORBIDDEN.finditer(line.text)})
    if found:
        account.doubt(line, f"見えない文字（{'、'.join(found)}）を除きました")


def _with_marks(line: SourceLine, cut: int) -> str:
    """Returns a line's text, its marks of notes and its ruby in signs, without its head."""
    text = line.text
    inserts = [(m.offset, f"{MARK}{m.label}{MARK}") for m in line.marks]
    for offset, base, reading in line.ruby:
        inserts += [(offset, RUBY), (offset + len(base), f"{RUBY}{reading}{RUBY}")]
    parts, start = [], cut
    for offset, insert in sorted(inserts, key=lambda pair: pair[0]):
        parts += [FORBIDDEN.sub("", text[start:offset]), insert]
        start = max(offset, start)
    return "".join([*parts, FORBIDDEN.sub("", text[start:])]).strip()


def _join(text: str, part: str, line: SourceLine, vocabulary: Vocabulary, account: Account) -> str:
    """Joins a line to the text before it; where both sides are Latin, a space may have been."""
    end, start = _LATIN_END.search(text[-_LONGEST_WORD:]), _LATIN_START.match(part)
    if not end or not start:
        return text + part
    if end[0].isdigit() and start[0].isdigit():
        account.doubt(
            line, f"数字が行末で分かれています（「{end[0]}」と「{start[0]}」をつなぎました）"
        )
        return text + part
    before, after = (
        _join_spaced_letters(text[-_LONGEST_WORD:]),
        _join_spaced_letters(part[:_LONGEST_WORD]),
    )
    words = (_LATIN_END.search(before) or end)[0], (_LATIN_START.match(after) or start)[0]
    joined, apart = vocabulary.count("".join(words)), min(map(vocabulary.count, words))
    if len(words[0]) == 1 and len(words[1]) == 1:
        return text + part  # letters spaced out: A I
    if joined > 1:
        return text + part
    spaced = apart > 1 and min(map(len, words)) > 1
    account.doubt(
        line,
        f"英字が行末で分かれています（「{words[0]}」と「{words[1]}」を"
        f"{'空白でつなぎました' if spaced else 'そのままつなぎました'}）",
    )
    return f"{text} {part}" if spaced else text + part


def _join_spaced_letters(text: str) -> str:
    """Returns a text in which 「A I」, whose letters were spaced out, is 「AI」."""
    return _LETTER_SPACED.sub(lambda match: match[0].replace(" ", ""), text)


def _clean(text: str, *, is_title: bool) -> str:
    """Returns a text with the spaces that belong to it only.

    These are one between two Latin words, one of full width after ？ or ！, and one of full width
    in a title between Japanese characters.
    """

    def wanted(match: re.Match[str]) -> str:
        before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() :][:1]
        if not before or not after or {MARK, RUBY} & {before, after}:
            return ""
        japanese = is_japanese(before), is_japanese(after)
        if all(japanese):
            meant = is_title or (before in "？！" and match[0] == "　")
            return "　" if meant and after not in "）」』】、。" else ""
        if any(japanese) or before in "()[]" or after in "()[]":
            return " " if not any(japanese) and before not in "([" and after not in ")]" else ""
        return " "

    return _SPACES.sub(wanted, text)


def squeeze(text: str) -> str:
    """Returns a text without spaces, with brackets and digits of one width."""
    plain = FORBIDDEN.sub("", re.sub(r"\s+", "", text))
    return plain.translate(_WIDTHS)
