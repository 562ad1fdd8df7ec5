"""Bytes → text: encodings, and the characters that no plan may hold."""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.source import Refusal

_ENCODINGS: Final = (("cp932", "Shift_JIS（CP932）"), ("euc_jp", "EUC-JP"))
# How a file begins that is in another encoding, whether it decodes as UTF-8 or not. The first
# character of a plan's file is of one byte: with zeros beside it, it is of two or four.
_BEGINNINGS: Final = (
    (re.compile(rb"\xef\xbb\xbf"), "BOM 付きの UTF-8"),
    (re.compile(rb"\xff\xfe\0\0|\0\0\xfe\xff|[^\0]\0\0\0|\0\0\0[^\0]"), "UTF-32"),
    (re.compile(rb"\xff\xfe|\xfe\xff|[^\0]\0|\0[^\0]"), "UTF-16"),
)
_ISO_2022_JP: Final = re.compile(rb"\x1b\$[@B]")
_HALF_WIDTH_KATAKANA: Final = re.compile("[\uff61-\uff9f]")

_PLANES: Final = range(0x10000, 0x110000, 0x10000)

_FORBIDDEN_TO_FFFF: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters; U+0085 counts as a line break in YAML
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero width and bidi controls: Trojan Source
    "\u061c\u180e\u00ad\u034f\u115f\u1160\u3164\uffa0"  # invisible letters and fillers
    "\u17b4\u17b5\u180b-\u180f\ufff0-\ufffb"  # likewise
    "\u2028\u2029"  # line and paragraph separators
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # surrogates and non-characters
)
_FORBIDDEN_BEYOND: Final = (
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # invisible letters
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in _PLANES)
    # Tag characters, and what may become invisible; the variation selectors E0100–E01EF are kept.
    + "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
FORBIDDEN: Final = re.compile(f"[{_FORBIDDEN_TO_FFFF}{_FORBIDDEN_BEYOND}]")
"""Characters that are invisible, that break lines, or that reorder what is read.

Among them are all that Unicode ignores by default (Default_Ignorable_Code_Point), variation
selectors excepted.
"""

# One range stands for all beyond U+FFFF: these are not looked up in a table but compared in turn,
# which takes ten times as long.
_SUSPECT: Final = re.compile(f"[{_FORBIDDEN_TO_FFFF}\U00010000-\U0010ffff]")


def forbidden_in(text: str) -> Iterator[re.Match[str]]:
    """Finds the characters of a text that no plan may hold."""
    return FORBIDDEN.finditer(text) if _SUSPECT.search(text) else iter(())


def decode(content: bytes) -> str | Refusal:
    """Decodes a file's bytes: strict UTF-8 without a byte order mark. CRLF becomes LF."""
    for beginning, name in _BEGINNINGS:
        if beginning.match(content):
            return _wrong_encoding(name)
    found = _ISO_2022_JP.search(content)
    if found:
        return _wrong_encoding("ISO-2022-JP（JIS）", content[: found.start()])
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return _wrong_encoding(_guess(content), content[: error.start])


def forbidden_name(character: str) -> str:
    """Returns how messages name a character that can't be shown."""
    return f"U+{ord(character):04X}"


def _guess(content: bytes) -> str:
    """Names the encoding that ``content``, which is not UTF-8, is most likely to be in.

    EUC-JP mostly decodes as CP932, too, but comes out as half-width katakana.
    """
    likely = []
    for codec, name in _ENCODINGS:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        likely.append((len(_HALF_WIDTH_KATAKANA.findall(text)), name))
    return min(likely, default=(0, "壊れた UTF-8"), key=lambda guess: guess[0])[1]


def _wrong_encoding(name: str, before: bytes = b"") -> Refusal:
    """Refuses a file; ``before`` is what comes before the first byte that is wrong."""
    line = before.rpartition(b"\n")[2].decode("utf-8", "replace")
    return Refusal(
        "bad-encoding",
        f"文字コードが UTF-8 ではありません（{name} のようです。{len(before) + 1} バイト目）。",
        "エディターで文字コードを「UTF-8（BOM なし）」にして保存し直してください。",
        (before.count(b"\n") + 1, len(line) + 1),
    )
