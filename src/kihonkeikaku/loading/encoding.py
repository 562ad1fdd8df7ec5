"""Bytes → text: strict UTF-8; any other encoding is refused by its name."""

import re
from typing import Final

from kihonkeikaku.loading.source import FileProblem

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


def decode(content: bytes) -> str | FileProblem:
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


def _wrong_encoding(name: str, before: bytes = b"") -> FileProblem:
    """Refuses a file; ``before`` is what comes before the first byte that is wrong."""
    line = before.rpartition(b"\n")[2].decode("utf-8", "replace")
    return FileProblem(
        "bad-encoding",
        f"文字コードが UTF-8 ではありません（{name} のようです。{len(before) + 1} バイト目）。",
        "エディターで文字コードを「UTF-8（BOM なし）」にして保存し直してください。",
        (before.count(b"\n") + 1, len(line) + 1),
    )
