"""英数字が全角で書かれています。

英数字は半角で書きます。「AI」と「ＡＩ」が混ざると、検索でも版の比較でも別の語として扱わ
れます。「／」「％」などの記号は、英数字に続くときに半角にします。「賛成／反対」のように日本語だけを
つなぐものは、全角のままで構いません。数字は、一桁か二桁以上かの別に、計画の多くが全角で書いていれば、
全角のままで構いません。英字も、計画の多くが全角なら全角が正しく、半角のものを知らせます。

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
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.validation.plan_style import find_wide_digits, has_wide_letters

SEVERITY = "error"
ADJUSTABLE: Final = True

_RUN: Final = re.compile("[０-９Ａ-Ｚａ-ｚ＂＃＄％＆＇＊＋－．／＜＝＞＠＼＾＿｀｜]+")
_WORD: Final = re.compile("[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]")
_NUMBER: Final = re.compile("[0-9]+|[０-９]+")
_LETTER: Final = re.compile("[0-9A-Za-zＡ-Ｚａ-ｚ]")
_WIDE: Final = re.compile("[Ａ-Ｚａ-ｚ]+(?:[－／．＆][Ａ-Ｚａ-ｚ]+)*")
_LONE_WORD: Final = re.compile(r"(?<![\x00-\x7f])[A-Za-z]+(?![\x00-\x7f])")
_TO_HALF: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TO_WIDE: Final = {half: wide for wide, half in _TO_HALF.items()}


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each stretch of letters, digits and symbols among them in the rarer width."""
    usual, wide_letters = find_wide_digits(draft), has_wide_letters(draft)
    for path, text in draft.prose:
        for run in _RUN.finditer(text):
            around = text[max(run.start() - 1, 0) : run.end() + 1]
            is_right = _is_usual(run, around, usual) or (wide_letters and _WIDE.fullmatch(run[0]))
            if _WORD.search(around) and not is_right:
                half = run[0].translate(_TO_HALF)
                yield Violation(
                    path,
                    f"「{run[0]}」が全角で書かれています。",
                    f"半角で「{half}」と書いてください。",
                    offset=run.start(),
                    length=len(run[0]),
                    replacement=half,
                )
        for word in _LONE_WORD.finditer(text) if wide_letters else ():
            yield Violation(
                path,
                f"「{word[0]}」が半角で書かれています。",
                f"この計画の多くに合わせて、全角で「{word[0].translate(_TO_WIDE)}」と書いてください。",
                offset=word.start(),
                length=len(word[0]),
            )


def _is_usual(run: re.Match[str], around: str, usual: frozenset[bool]) -> bool:
    """Whether a stretch is numbers and their symbols alone, as this plan mostly writes them."""
    numbers = _NUMBER.findall(run[0])
    only = not _LETTER.search(around)
    return only and bool(numbers) and all((len(number) == 1) in usual for number in numbers)
