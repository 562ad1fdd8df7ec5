"""一つの見出しの下の取組が 50 を超えています。

丸数字は①から㊿までしかありません（U+2460–2473、U+3251–325F、U+32B1–32BF）。見出しを分けて
ください。
"""

from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"


LIMIT: Final = 50


def check(draft: Draft) -> Iterator[Violation]:
    """Yields the first measure under a heading that no circled number is left for."""
    for path, heading in draft.headings:
        if len(heading.measures) > LIMIT:
            yield Violation(
                (*path, "measures", LIMIT),
                f"「{heading.title}」の下の取組が {len(heading.measures)} あります。",
                f"丸数字は {LIMIT} までなので、見出しを分けてください。",
            )
