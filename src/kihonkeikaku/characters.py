"""Bytes → text: encodings, and the characters that no plan may hold."""

import re
from typing import Final

from kihonkeikaku.source import Refusal

_ENCODINGS: Final = (("cp932", "Shift_JIS（CP932）"), ("euc_jp", "EUC-JP"))
_BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "BOM 付きの UTF-8"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)

FORBIDDEN: Final = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters; U+0085 counts as a line break in YAML
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero width and bidi controls: Trojan Source
    "\u061c\u180e\u00ad\u034f\u115f\u1160\u3164\uffa0"  # invisible letters and fillers
    "\u2028\u2029"  # line and paragraph separators
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # surrogates and non-characters
    "\U000e0000-\U000e007f"  # tag characters; variation selectors (E0100–) are kept
    "]"
)
"""Characters that are invisible, that break lines, or that reorder what is read."""


def decode(content: bytes) -> str | Refusal:
    """Decodes a file's bytes: strict UTF-8 without a byte order mark. CRLF becomes LF."""
    for mark, name in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _wrong_encoding(name)
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return _wrong_encoding(_guess(content), error.start)


def forbidden_name(character: str) -> str:
    """Returns how messages name a character that can't be shown."""
    return f"U+{ord(character):04X}"


def _guess(content: bytes) -> str:
    for codec, name in _ENCODINGS:
        try:
            content.decode(codec)
        except UnicodeDecodeError:
            continue
        return name
    return "壊れた UTF-8"


def _wrong_encoding(name: str, offset: int = 0) -> Refusal:
    return Refusal(
        "bad-encoding",
        f"文字コードが UTF-8 ではありません（{name} のようです。{offset + 1} バイト目）。",
        "エディターで文字コードを「UTF-8（BOM なし）」にして保存し直してください。",
    )
