"""読点や句点が、計画の中で混ざっています。

公用文の読点は「、」を原則とし、「，」を使うこともできますが、一つの文書では統一します。句点の「。」
と「．」も同じです。どちらが正しいかは決めず、この計画で少ない方を知らせます。日本語のすぐ後の半角の
「,」「.」は「，」「．」と同じに数えます。

出典: 「公用文作成の考え方」（令和4年1月11日 内閣官房長官通知）

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 研究，開発、導入、普及
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 研究、開発、導入、普及
    assignments:
      - ministry: 経産省
"""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.text.characters import is_japanese
from kihonkeikaku.validation.printed_text import PrintedText, join_printed_text

SEVERITY = "warning"

_PAIRS: Final = (("読点", "、", "，,"), ("句点", "。", "．."))


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each comma and each full stop of the kind that this plan uses less."""
    printed = join_printed_text(draft)
    for name, usual, other in _PAIRS:
        others = [m.start() for m in re.finditer(f"[{other}]", printed.text)]
        others = [at for at in others if at and is_japanese(printed.text[at - 1])]
        if others and usual in printed.text:
            usuals = [m.start() for m in re.finditer(usual, printed.text)]
            if len(others) <= len(usuals):
                yield from _violations(printed, name, others, usual)
            else:
                yield from _violations(printed, name, usuals, other[0])


def _violations(
    printed: PrintedText, name: str, offsets: list[int], wanted: str
) -> Iterator[Violation]:
    for at in offsets:
        path, offset = printed.locate(at)
        yield Violation(
            path,
            f"{name}に「{printed.text[at]}」が使われていますが、"
            f"この計画では「{wanted}」が多く使われています。",
            f"「{wanted}」にしてください。",
            offset=offset,
            length=1,
        )
