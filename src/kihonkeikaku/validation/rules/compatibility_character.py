"""見た目の同じ文字の代わりに、互換用の文字が使われています。

PDFから写した文には、漢字の代わりに部首用の文字（⻑、⻄、⼈など。U+2E80–2FDF）が入ることがありま
す。見た目は同じでも別の文字で、検索や比較ができなくなり、フォントによっては印字されません。半角の片
仮名、濁点が分かれた仮名（か゛を2字で表すもの）、1字に組んだ語（㍿、㌔）、合字も同じです。

人名や地名に要る字形（神（U+FA19）などの互換漢字、異体字セレクターの付いた漢字）、合成のできない結合
文字（か゚など）、①–㊿、℃や㎡などの単位は、そのままで構いません。

部首用の文字のうち、U+2F00–2FD5はすべて、U+2E80–2EFFは日本語の文で漢字の代わりに現れる25字を直せま
す。残りは偏や冠などの形（⺡、⻌など）と中国の簡体字で、元の漢字が分からないため、指摘だけをします。

出典: Unicode Standard Annex #44, EquivalentUnifiedIdeograph.txt

誤り:

    # measures/alpha.yaml
    id: alpha
    text: ⻑期的な取組
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 長期的な取組
    assignments:
      - ministry: 経産省
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"
ADJUSTABLE: Final = True

# Those of U+2E80–2EFF that Unicode equates with an ideograph of Japanese texts. NFKC leaves them.
_RADICALS: Final = str.maketrans(
    "⺎⺒⺓⺔⺠⺬⺽⻁⻄⻆⻑⻗⻘⻝⻣⻤⻨⻩⻫⻭⻯⻱⻲",
    "兀巳幺彑民示臼虎西角長雨青食骨鬼麦黄斉歯竜龜亀",
)
# Marks up to the 30 that UAX #15 allows a text (Stream-Safe): putting them in order takes time by
# the square of their number.
_FORMS: Final = re.compile(
    "(?P<radical>[\u2e80-\u2fdf]+)"
    "|(?P<kana>(?:[ぁ-ゖァ-ヺ](?=[ﾞﾟ]))?[\uff61-\uff9f]+)"
    "|(?P<decomposed>[^\\W\\d_\uf900-\ufaff\U0002f800-\U0002fa1f][\u0300-\u036f\u3099\u309a]{1,30})"
    "|(?P<squared>[\u322a-\u3243\u32ff\u3300-\u3357\u337b-\u337f])"
    "|(?P<letter>[\ufb00-\ufb06\u2126\u212a\u212b]+)"
)
_SUSPECT: Final = re.compile(  # one look at each character: most texts hold none of all these
    "[\u0300-\u036f\u2126-\u212b\u2e80-\u2fdf\u3099-\u309a\u322a-\u337f\ufb00-\ufb06\uff61-\uff9f]"
)
_NAMES: Final = {
    "radical": "部首用の文字",
    "kana": "半角の片仮名や記号",
    "decomposed": "濁点などが分かれた文字",
    "squared": "1字に組んだ語",
    "letter": "合字や互換用の英字",
}
_WIDE_BRACKETS: Final = str.maketrans("()", "（）")


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each stretch of compatibility characters."""
    for path, text in draft.prose:
        if not _SUSPECT.search(text):
            continue
        for match in _FORMS.finditer(text):
            kind = str(match.lastgroup)
            meant = _MEANT[kind](match[0])
            if meant == match[0]:
                continue
            codes = "・".join(f"U+{ord(character):04X}" for character in match[0][:3])
            rest = "…" if len(match[0]) > 3 else ""
            yield Violation(
                path,
                f"「{match[0]}」は{_NAMES[kind]}です（{codes}{rest}）。",
                f"「{meant}」と書いてください。" if meant else "正しい文字に打ち直してください。",
                offset=match.start(),
                length=len(match[0]),
                replacement=meant if kind != "squared" else None,
            )


def _ideographs(radicals: str) -> str | None:
    """Returns the ideographs that radicals are used for, if all of them are known."""
    meant = unicodedata.normalize("NFKC", radicals.translate(_RADICALS))
    return None if any("\u2e80" <= character <= "\u2fdf" for character in meant) else meant


def _full_width(kana: str) -> str | None:
    """Returns half-width katakana as full-width ones, if each mark has a kana to join."""
    joined = unicodedata.normalize("NFKC", kana)
    return None if "\u3099" in joined or "\u309a" in joined else joined


def _spelt_out(squared: str) -> str:
    return unicodedata.normalize("NFKC", squared).translate(_WIDE_BRACKETS)


_MEANT: Final[dict[str, Callable[[str], str | None]]] = {
    "radical": _ideographs,
    "kana": _full_width,
    "decomposed": lambda text: unicodedata.normalize("NFC", text),
    "squared": _spelt_out,
    "letter": lambda text: unicodedata.normalize("NFKC", text),
}
