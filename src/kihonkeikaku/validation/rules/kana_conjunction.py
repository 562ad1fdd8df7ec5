"""接続詞の漢字と仮名の使い分けが、公用文の書き方と違います。

公用文では「及び」「並びに」「又は」「若しくは」の四つだけを漢字で書き、「また」「ただし」「したがっ
て」「かつ」などは仮名で書きます。解説や広報では四つも仮名で書くことがあるため、参考として知らせま
す。一つの計画が同じ語を仮名だけで、または多くは仮名で書いているときは、知らせません。

出典: 「公用文における漢字使用等について」（平成22年内閣訓令第1号）、「公用文作成の考え方」（令和4年
1月11日 内閣官房長官通知）

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 研究および開発の推進、研究及び普及
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 研究及び開発の推進、かつ、その普及
    assignments:
      - ministry: 経産省
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "note"

_WANTED: Final = {
    "および": "及び",
    "ならびに": "並びに",
    "または": "又は",
    "もしくは": "若しくは",
    "又": "また",
    "但し": "ただし",
    "従って": "したがって",
    "且つ": "かつ",
}
_WORD: Final = re.compile(
    "および|ならびに|または|もしくは|但し(?!書)|且つ|(?P<begins>又(?!は)|従って(?=、))"
)


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each conjunction in the other script than official documents, and this plan, use."""
    found = [
        (path, match)
        for path, text in draft.prose
        for match in _WORD.finditer(text)
        if not match["begins"] or _begins_clause(match)
    ]
    counts = Counter(match[0] for _, match in found)
    official = {word: _count(draft, _WANTED[word]) for word in counts}
    for path, match in found:
        if counts[match[0]] <= official[match[0]]:
            yield Violation(
                path,
                f"接続詞が「{match[0]}」と書かれています。",
                f"公用文でも、この計画の多くでも「{_WANTED[match[0]]}」と書きます。",
                offset=match.start(),
                length=len(match[0]),
            )


def _count(draft: Draft, word: str) -> int:
    return sum(text.count(word) for _, text in draft.prose)


def _begins_clause(match: re.Match[str]) -> bool:
    """Whether a word begins a clause, and so is a conjunction: not in 「規則に従って」."""
    return match.start() == 0 or match.string[match.start() - 1] in "。、"
