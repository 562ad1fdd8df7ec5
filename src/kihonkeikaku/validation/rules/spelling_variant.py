"""一つの計画の中で、同じ語の表記が揺れています。

「取組」と「取り組み」、「サーバー」と「サーバ」のように表記が混ざると、検索で漏れ、版の比較で意味の
ない変更になります。どの表記が正しいかは決めず、この計画で多い方に合わせるよう知らせます（同数のとき
は公用文の表記に合わせます）。調べる語は `src/kihonkeikaku/text/spelling_variants.py` の表に
あります。

出典: 「公用文における漢字使用等について」（平成22年内閣訓令第1号）、「外来語の表記」（平成3年内閣告
示第2号）

誤り:

    # measures/alpha.yaml
    id: alpha
    text: サーバーとサーバの整備
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: サーバーの整備に取り組み、国の取組を進める
    assignments:
      - ministry: 経産省
"""

import re
from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.text.spelling_variants import SPELLINGS, Spelling
from kihonkeikaku.validation.printed_text import PrintedText, join_printed_text, plan_file_of

SEVERITY = "warning"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each word whose spelling is not the usual one in this plan."""
    printed = join_printed_text(draft)
    for group in SPELLINGS:
        # Searching for fixed words is much faster, and hardly ever finds two of a group.
        if sum(spelling.stem in printed.text for spelling in group) > 1:
            yield from _find_unusual(printed, group)


def _find_unusual(printed: PrintedText, group: tuple[Spelling, ...]) -> Iterator[Violation]:
    found = {s.word: list(re.finditer(s.pattern, printed.text)) for s in group}
    usual = max(found, key=lambda word: len(found[word]))  # of equals, the first of the table
    for match in (match for word in found if word != usual for match in found[word]):
        path, offset = printed.locate(match.start())
        first, _ = printed.locate(found[usual][0].start())
        yield Violation(
            path,
            f"「{match[0]}」は、この計画に{len(found[usual])}か所ある「{usual}」"
            f"（初めは {plan_file_of(first)}）と表記が違います。",
            f"「{usual}」の表記に合わせてください。",
            offset=offset,
            length=len(match[0]),
        )
