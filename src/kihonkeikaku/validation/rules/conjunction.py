"""「並びに」か「若しくは」が、組になる接続詞なしに使われています。

法令と公用文では、「並びに」は「及び」でつないだものをさらに大きくつなぐとき、「若しくは」は「又は」
でつなぐものをさらに小さく分けるときにだけ使います。同じ文に「及び」「又は」がなければ、「及び」「又
は」で足ります。

出典: 「公用文作成の考え方」（令和4年1月11日 内閣官房長官通知）

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 研究並びに開発の推進
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 研究及び開発並びに普及の推進
    assignments:
      - ministry: 経産省
"""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.validation.printed_text import PrintedText, find_printed_texts

SEVERITY = "warning"

_SENTENCE: Final = re.compile("[^。]+")
_RARE: Final = re.compile("並びに|ならびに|若しくは|もしくは")
_USUAL: Final = {"並びに": "及び", "ならびに": "及び", "若しくは": "又は", "もしくは": "又は"}
_IN_KANA: Final = {"及び": "および", "又は": "または"}


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each conjunction of another level in a sentence that has but one level."""
    for printed in find_printed_texts(draft, _RARE):
        for sentence in _SENTENCE.finditer(printed.text):
            lacking = {word for word, kana in _IN_KANA.items() if not _has(sentence[0], word, kana)}
            for match in _RARE.finditer(printed.text, *sentence.span()):
                if _USUAL[match[0]] in lacking:
                    yield _violation(printed, match)


def _has(sentence: str, *words: str) -> bool:
    return any(word in sentence for word in words)


def _violation(printed: PrintedText, match: re.Match[str]) -> Violation:
    path, offset = printed.locate(match.start())
    usual = _USUAL[match[0]]
    return Violation(
        path,
        f"「{match[0]}」が「{usual}」のない文に使われています。",
        f"つなぐ段階が一つなら「{usual}」にしてください。",
        offset=offset,
        length=len(match[0]),
    )
