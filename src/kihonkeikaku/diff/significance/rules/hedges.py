"""Single words added, removed or replaced: hedges such as 必要に応じて, 等, opposites."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.diff.significance.mark_rule import (
    MarkExample,
    MarkRule,
    MatchedWords,
    Replacement,
    RevisedText,
    search_each_text,
    search_reversed,
)

_HEDGES: Final = (
    r"必要に応じて?", r"可能な限り", r"可能な範囲(?:内)?で", r"できる(?:限り|だけ)", r"適宜",
    r"状況(?:等)?に応じて?", r"原則と(?:して|し(?=、))", r"当面(?:の間)?", r"当分の間",
    r"おおむね|概ね", r"可能であれば", r"場合により|場合によっては", r"検討の上", r"検討した上で",
    r"(?<=[0-9０-９円件人社校割倍％%年月])程度",
)  # fmt: skip
"""Words that leave open whether, when or how far something is done."""

_HEDGE: Final = re.compile("|".join(_HEDGES))


def _hedge_added(text: RevisedText) -> Iterator[MatchedWords]:
    """Yields the added hedges, unless as many others were removed: 適宜 → 必要に応じて."""
    old, new = Counter(_HEDGE.findall(text.old)), Counter(_HEDGE.findall(text.new))
    if new.total() > old.total():
        yield from (("", hedge) for hedge in (new - old))


HEDGE_RULES: Final = (
    MarkRule(
        "hedge-added",
        "留保が加わった",
        "「必要に応じて」「可能な限り」「原則として」のように、行うかどうか、いつ、どこまで行うかを、"
        "行う側に委ねる語が加わりました。",
        search_each_text(_hedge_added),
        (
            MarkExample(
                "制度の在り方を見直す", "必要に応じて制度の在り方を見直す", (("", "必要に応じて"),)
            ),
            MarkExample("100校で導入", "100校程度で導入", (("", "程度"),)),
        ),
        (
            MarkExample("必要に応じて見直す", "適宜見直す"),
            MarkExample("AI社会の理念", "人間中心のAI社会原則"),
        ),
    ),
    MarkRule(
        "hedge-removed",
        "留保がなくなった",
        "行うかどうか、いつ、どこまで行うかを委ねる語がなくなりました。",
        search_reversed(search_each_text(_hedge_added)),
        (MarkExample("可能な限り公表する", "公表する", (("可能な限り", ""),)),),
        (MarkExample("程度の差を把握", "差を把握"),),
    ),
)

_ET_CETERA: Final = r"(?:(?<![上下中初劣優同均対平高一彼])等(?![々分価級式号身高位差速質比])|など)"
"""「等」 as a word of its own: not that of 平等, 高等, 等級."""


def _et_cetera_added(text: RevisedText) -> Iterator[MatchedWords]:
    for replacement in text.replacements:
        if _widens(replacement):
            yield replacement.old, replacement.new


def _widens(replacement: Replacement) -> bool:
    """Returns whether the inserted text is 「等」, alone or at the end of new list entries."""
    if re.search(_ET_CETERA, replacement.old):
        return False
    if not replacement.old:
        return re.fullmatch(rf"{_ET_CETERA}|[、・].+{_ET_CETERA}", replacement.new) is not None
    kept = re.sub(_ET_CETERA, "", replacement.new)
    return kept == replacement.old and kept != replacement.new


_EXAMPLE_ADDED: Final = MarkExample(
    "医療、教育の分野における導入", "医療、教育等の分野における導入", (("", "等"),)
)

_EXAMPLE_MORE: Final = MarkExample(
    "医療、教育における導入", "医療、教育、防災等における導入", (("", "、防災等"),)
)

ET_CETERA_RULES: Final = (
    MarkRule(
        "et-cetera-added",
        "「等」が加わった",
        "列挙に「等」（「など」）が加わりました。挙げたもののほかも含まれることになり、範囲が広がります。"
        "新しく書き加えられた句の中の「等」は、数えません。",
        search_each_text(_et_cetera_added),
        (_EXAMPLE_ADDED, _EXAMPLE_MORE),
        (
            MarkExample("医療などにおける導入", "医療等における導入"),
            MarkExample("初等教育の充実", "初等教育及び高等教育の充実"),
            MarkExample("導入を支援", "研究者等への周知を図り、導入を支援"),
        ),
    ),
    MarkRule(
        "et-cetera-removed",
        "「等」がなくなった",
        "列挙から「等」（「など」）がなくなりました。挙げたものに限られることになり、範囲が狭まります。",
        search_reversed(search_each_text(_et_cetera_added)),
        (
            MarkExample(
                "医療、教育等の分野における導入", "医療、教育の分野における導入", (("等", ""),)
            ),
        ),
        (MarkExample("医療等における導入", "医療などにおける導入"),),
    ),
)

_OPPOSITES: Final = (
    ("拡大", "縮小"), ("強化", "緩和"), ("増加", "減少"), ("増額", "減額"), ("増やす", "減らす"),
    ("引上げ", "引下げ"), ("引き上げる", "引き下げる"), ("延長", "短縮"), ("継続", "終了"),
    ("継続", "廃止"), ("継続", "中止"), ("開始", "終了"), ("設置", "廃止"), ("新設", "廃止"),
    ("公開", "非公開"), ("許可", "禁止"), ("容認", "禁止"), ("集中", "分散"), ("集権", "分権"),
    ("義務", "任意"), ("必須", "任意"), ("する", "しない"), ("行う", "行わない"),
    ("できる", "できない"), ("認める", "認めない"), ("含む", "除く"), ("含み", "除き"),
)  # fmt: skip

_EXTENTS: Final = (("全て", "全"), ("ほとんど", "大半", "大部分"), ("多く", "多数"), ("一部",))
"""Words for how much of a whole is meant, from all to some."""

_BOTH_WAYS: Final = frozenset((*_OPPOSITES, *((new, old) for old, new in _OPPOSITES)))

_RANKS: Final = {word: rank for rank, words in enumerate(_EXTENTS) for word in words}

_TAIL: Final = re.compile(r"[のをにがはで]$")


def _reversed(text: RevisedText) -> Iterator[MatchedWords]:
    for replacement in text.replacements:
        if (_TAIL.sub("", replacement.old), _TAIL.sub("", replacement.new)) in _BOTH_WAYS:
            yield replacement.old, replacement.new


def _narrowed(text: RevisedText) -> Iterator[MatchedWords]:
    for replacement in text.replacements:
        old, new = (
            _RANKS.get(_TAIL.sub("", words)) for words in (replacement.old, replacement.new)
        )
        if old is not None and new is not None and old < new:
            yield replacement.old, replacement.new


OPPOSITE_RULES: Final = (
    MarkRule(
        "reversed",
        "逆の意味の語に替わった",
        "拡大と縮小、強化と緩和、「する」と「しない」のように、語がその逆の意味の語に替わりました。",
        search_each_text(_reversed),
        (
            MarkExample("規制の強化", "規制の緩和", (("強化", "緩和"),)),
            MarkExample("情報を公開する", "情報を公開しない", (("する", "しない"),)),
        ),
        (MarkExample("規制の強化", "規制の見直し"),),
    ),
    MarkRule(
        "extent-narrowed",
        "対象が狭まった",
        "「全て」「ほとんど」「多く」「一部」のうち、より狭い語になりました。",
        search_each_text(_narrowed),
        (MarkExample("全ての府省庁で導入", "一部の府省庁で導入", (("全て", "一部"),)),),
        (MarkExample("全ての府省庁で導入", "全府省庁で導入"),),
    ),
    MarkRule(
        "extent-widened",
        "対象が広がった",
        "「一部」「多く」「ほとんど」「全て」のうち、より広い語になりました。",
        search_reversed(search_each_text(_narrowed)),
        (MarkExample("多くの学校で導入", "全ての学校で導入", (("多く", "全て"),)),),
        (MarkExample("一部の学校で導入", "各地の学校で導入"),),
    ),
)
