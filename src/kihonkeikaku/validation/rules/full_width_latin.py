"""英数字が全角で書かれています。

この計画では英数字を半角で書きます。「AI」と「ＡＩ」が混ざると、検索でも版の比較でも別の語として扱わ
れます。「／」「％」などの記号は、英数字に続くときに半角にします。「賛成／反対」のように日本語だけを
つなぐものは、全角のままで構いません。

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

SEVERITY = "error"
ADJUSTABLE: Final = True

_RUN: Final = re.compile("[０-９Ａ-Ｚａ-ｚ＂＃＄％＆＇＊＋－．／＜＝＞＠＼＾＿｀｜]+")
_WORD: Final = re.compile("[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]")
_TO_HALF: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each stretch of full-width letters, digits and the symbols among them."""
    for path, text in draft.prose:
        for run in _RUN.finditer(text):
            around = text[max(run.start() - 1, 0) : run.end() + 1]
            if _WORD.search(around):
                half = run[0].translate(_TO_HALF)
                yield Violation(
                    path,
                    f"「{run[0]}」が全角で書かれています。",
                    f"半角で「{half}」と書いてください。",
                    offset=run.start(),
                    length=len(run[0]),
                    replacement=half,
                )
