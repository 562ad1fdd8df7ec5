"""英数字が全角で書かれています。

英数字は半角で書きます。「AI」と「ＡＩ」が混ざると、検索でも版の比較でも別の語として扱わ
れます。「／」「％」などの記号は、英数字に続くときに半角にします。「賛成／反対」のように日本語だけを
つなぐものは、全角のままで構いません。数字は、一桁か二桁以上かの別に、計画の多くが全角で書いていれば、
全角のままで構いません。

出典: 「公用文作成の考え方」（令和4年1月11日 内閣官房長官通知）は、全角か半角かを文書の中で統一する
ことを求めています。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: ＡＩの利活用
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: AIの利活用
    assignments:
      - ministry: 経産省
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"
ADJUSTABLE: Final = True

_RUN: Final = re.compile("[０-９Ａ-Ｚａ-ｚ＂＃＄％＆＇＊＋－．／＜＝＞＠＼＾＿｀｜]+")
_WORD: Final = re.compile("[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]")
_NUMBER: Final = re.compile("[0-9]+|[０-９]+")
_LETTER: Final = re.compile("[0-9A-Za-zＡ-Ｚａ-ｚ]")
_TO_HALF: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each stretch of full-width letters, digits and the symbols among them."""
    usual = _usual_lengths(draft)
    for path, text in draft.prose:
        for run in _RUN.finditer(text):
            around = text[max(run.start() - 1, 0) : run.end() + 1]
            if _WORD.search(around) and not _is_usual(run, around, usual):
                half = run[0].translate(_TO_HALF)
                yield Violation(
                    path,
                    f"「{run[0]}」が全角で書かれています。",
                    f"半角で「{half}」と書いてください。",
                    offset=run.start(),
                    length=len(run[0]),
                    replacement=half,
                )


def _usual_lengths(draft: Draft) -> set[bool]:
    """Returns whether most numbers of one digit (True), and of more (False), are full-width."""
    balance: Counter[bool] = Counter()
    for _, text in draft.prose:
        for number in _NUMBER.finditer(text):
            balance[len(number[0]) == 1] += -1 if number[0].isascii() else 1
    return {is_single for is_single, more in balance.items() if more > 0}


def _is_usual(run: re.Match[str], around: str, usual: set[bool]) -> bool:
    """Whether a stretch is numbers and their symbols alone, as this plan mostly writes them."""
    numbers = _NUMBER.findall(run[0])
    only = not _LETTER.search(around)
    return only and bool(numbers) and all((len(number) == 1) in usual for number in numbers)
