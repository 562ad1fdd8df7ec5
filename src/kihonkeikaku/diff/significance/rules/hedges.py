"""Words that leave room: 必要に応じて, 可能な限り."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.diff.significance.revised_text import Revised
from kihonkeikaku.diff.significance.rule import Example, Turn, Words, in_texts, mirrored

_HEDGES: Final = (
    r"必要に応じて?", r"可能な限り", r"可能な範囲(?:内)?で", r"できる(?:限り|だけ)", r"適宜",
    r"状況(?:等)?に応じて?", r"原則と(?:して|し(?=、))", r"当面(?:の間)?", r"当分の間",
    r"おおむね|概ね", r"可能であれば", r"場合により|場合によっては", r"検討の上", r"検討した上で",
    r"(?<=[0-9０-９円件人社校割倍％%年月])程度",
)  # fmt: skip
"""Words that leave it to those who act whether, when or how far."""

_HEDGE: Final = re.compile("|".join(_HEDGES))


def _added(text: Revised) -> Iterator[Words]:
    """Yields the hedges that came, unless as many others went: 必要に応じて for 適宜."""
    old, new = Counter(_HEDGE.findall(text.old)), Counter(_HEDGE.findall(text.new))
    if new.total() > old.total():
        yield from (("", hedge) for hedge in (new - old))


TURNS: Final = (
    Turn(
        "hedge-added",
        "留保が加わった",
        "「必要に応じて」「可能な限り」「原則として」のように、行うかどうか、いつ、どこまで行うかを、"
        "行う側に委ねる語が加わりました。",
        in_texts(_added),
        (
            Example(
                "制度の在り方を見直す", "必要に応じて制度の在り方を見直す", (("", "必要に応じて"),)
            ),
            Example("100校で導入", "100校程度で導入", (("", "程度"),)),
        ),
        (
            Example("必要に応じて見直す", "適宜見直す"),
            Example("AI社会の理念", "人間中心のAI社会原則"),
        ),
    ),
    Turn(
        "hedge-removed",
        "留保がなくなった",
        "行うかどうか、いつ、どこまで行うかを委ねる語がなくなりました。",
        mirrored(in_texts(_added)),
        (Example("可能な限り公表する", "公表する", (("可能な限り", ""),)),),
        (Example("程度の差を把握", "差を把握"),),
    ),
)
