"""Words that were turned into their opposites, or that take in more or less than before."""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.diff.significance.revised_text import Revised
from kihonkeikaku.diff.significance.rule import Example, Turn, Words, in_texts, mirrored

_OPPOSITES: Final = (
    ("拡大", "縮小"), ("強化", "緩和"), ("増加", "減少"), ("増額", "減額"), ("増やす", "減らす"),
    ("引上げ", "引下げ"), ("引き上げる", "引き下げる"), ("延長", "短縮"), ("継続", "終了"),
    ("継続", "廃止"), ("継続", "中止"), ("開始", "終了"), ("設置", "廃止"), ("新設", "廃止"),
    ("公開", "非公開"), ("許可", "禁止"), ("容認", "禁止"), ("集中", "分散"), ("集権", "分権"),
    ("義務", "任意"), ("必須", "任意"), ("する", "しない"), ("行う", "行わない"),
    ("できる", "できない"), ("認める", "認めない"), ("含む", "除く"), ("含み", "除き"),
)  # fmt: skip
_EXTENTS: Final = (("全て", "全"), ("ほとんど", "大半", "大部分"), ("多く", "多数"), ("一部",))
"""How much of a whole is meant, from all to a part."""

_BOTH_WAYS: Final = frozenset((*_OPPOSITES, *((new, old) for old, new in _OPPOSITES)))
_RANKS: Final = {word: rank for rank, words in enumerate(_EXTENTS) for word in words}
_TAIL: Final = re.compile(r"[のをにがはで]$")


def _reversed(text: Revised) -> Iterator[Words]:
    for hunk in text.hunks:
        if (_TAIL.sub("", hunk.old), _TAIL.sub("", hunk.new)) in _BOTH_WAYS:
            yield hunk.old, hunk.new


def _narrowed(text: Revised) -> Iterator[Words]:
    for hunk in text.hunks:
        old, new = (_RANKS.get(_TAIL.sub("", words)) for words in (hunk.old, hunk.new))
        if old is not None and new is not None and old < new:
            yield hunk.old, hunk.new


TURNS: Final = (
    Turn(
        "reversed",
        "逆の意味の語に替わった",
        "拡大と縮小、強化と緩和、「する」と「しない」のように、語がその逆の意味の語に替わりました。",
        in_texts(_reversed),
        (
            Example("規制の強化", "規制の緩和", (("強化", "緩和"),)),
            Example("情報を公開する", "情報を公開しない", (("する", "しない"),)),
        ),
        (Example("規制の強化", "規制の見直し"),),
    ),
    Turn(
        "extent-narrowed",
        "対象が狭まった",
        "「全て」「ほとんど」「多く」「一部」のうち、より狭い語になりました。",
        in_texts(_narrowed),
        (Example("全ての府省庁で導入", "一部の府省庁で導入", (("全て", "一部"),)),),
        (Example("全ての府省庁で導入", "全府省庁で導入"),),
    ),
    Turn(
        "extent-widened",
        "対象が広がった",
        "「一部」「多く」「ほとんど」「全て」のうち、より広い語になりました。",
        mirrored(in_texts(_narrowed)),
        (Example("多くの学校で導入", "全ての学校で導入", (("多く", "全て"),)),),
        (Example("一部の学校で導入", "各地の学校で導入"),),
    ),
)
