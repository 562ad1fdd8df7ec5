"""括弧の開きと閉じが対応していません。

「」『』（）【】〈〉《》〔〕［］｛｝を、一つの文章の中で調べます。一つの文章とは、段落、見出し、注、取組
の本文のそれぞれです。clauses に分けた取組は、括弧が【】をまたぐことがあるため、つないだ全体で調べま
す。半角の ( ) [ ] { } は、全角のものと同じに数えます。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 「信頼できるAIの開発
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    clauses:
      - text: 信頼できるAI（国産のもの
        assignments:
          - ministry: 経産省
      - text: を含む）の開発
        assignments:
          - ministry: 文科省
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.validation.printed_text import find_printed_texts

SEVERITY = "error"
ADJUSTABLE: Final = True

_BRACKET: Final = re.compile(r"[「」『』（）【】〈〉《》〔〕［］｛｝()\[\]{}]")
_FULL_WIDTH: Final = str.maketrans("()[]{}", "（）［］｛｝")
_CLOSING: Final = dict(zip("「『（【〈《〔［｛", "」』）】〉》〕］｝", strict=True))
_OPENING: Final = {closing: opening for opening, closing in _CLOSING.items()}


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each bracket without its partner."""
    for printed in find_printed_texts(draft, _BRACKET):
        for offset in _find_unbalanced(printed.text):
            path, place = printed.locate(offset)
            bracket = printed.text[offset]
            wide = bracket.translate(_FULL_WIDTH)
            partner = _CLOSING.get(wide) or _OPENING[wide]
            yield Violation(
                path,
                f"「{bracket}」に対応する「{partner}」がありません。",
                f"「{partner}」を補うか、「{bracket}」を除いてください。",
                offset=place,
                length=1,
            )


def _find_unbalanced(text: str) -> Iterator[int]:
    """Yields the offsets of brackets without a partner."""
    opened: list[tuple[str, int]] = []
    awaited: Counter[str] = Counter()  # closing brackets, to see at once if one has an opener
    for match in _BRACKET.finditer(text):
        bracket = match[0].translate(_FULL_WIDTH)
        if bracket in _CLOSING:
            opened.append((_CLOSING[bracket], match.start()))
            awaited[_CLOSING[bracket]] += 1
        elif not awaited[bracket]:
            yield match.start()
        else:
            while opened[-1][0] != bracket:  # what was opened since was never closed
                closing, offset = opened.pop()
                awaited[closing] -= 1
                yield offset
            opened.pop()
            awaited[bracket] -= 1
    yield from (offset for _, offset in opened)
