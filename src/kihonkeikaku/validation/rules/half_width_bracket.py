"""日本語の文に半角の括弧が使われています。

公用文では、日本語の文に全角の（）と［］を使います。半角と全角が混ざると、検索でも版の比較でも別の文
字として扱われます。英語の語句の中だけの括弧と、(1) のような見出しの番号は、半角のままで構いません。
計画の多くが半角なら、半角が正しく、全角のものを知らせます。

出典: 「公用文作成の考え方」（令和4年1月11日 内閣官房長官通知）

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 人工知能(AI)の利活用
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 人工知能（AI）の利活用
    assignments:
      - ministry: 経産省
"""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.text.characters import find_narrow_brackets
from kihonkeikaku.validation.plan_style import has_narrow_brackets

SEVERITY = "error"
ADJUSTABLE: Final = True

_WIDE: Final = re.compile("[（）［］]")
_NARROW: Final = str.maketrans("（）［］", "()[]")


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each bracket in or next to Japanese of the width that the plan uses less."""
    if has_narrow_brackets(draft):
        yield from _find_wide(draft)
        return
    for path, text in draft.prose:
        for bracket in find_narrow_brackets(text):
            yield Violation(
                path,
                f"半角の「{bracket.written}」が日本語の文に使われています。",
                f"全角の「{bracket.meant}」にしてください。",
                offset=bracket.offset,
                length=1,
                replacement=bracket.meant if bracket.certain else None,
            )


def _find_wide(draft: Draft) -> Iterator[Violation]:
    for path, text in draft.prose:
        for bracket in _WIDE.finditer(text):
            narrow = bracket[0].translate(_NARROW)
            yield Violation(
                path,
                f"全角の「{bracket[0]}」が使われていますが、この計画の多くは半角です。",
                f"半角の「{narrow}」にしてください。",
                offset=bracket.start(),
                length=1,
            )
