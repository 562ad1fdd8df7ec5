"""取組の本文に、担当の府省庁を示す【】や◎が書き込まれています。

【】は assignments から自動で付きます。本文に書き込むと、府省庁ごとに取組を数えられません。本文の途
中にも【】が付くときは、clauses に分けて書きます。【再掲】は、章の measures に reprint として書きま
す。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: AIの利活用【◎経産省】
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: AIの利活用
    assignments:
      - ministry: 経産省
        role: lead
"""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation

SEVERITY = "error"
ADJUSTABLE: Final = True

_TYPED: Final = re.compile("【[^【】]*】?|◎")
_REPRINT: Final = "【再掲】"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each 【】 and each ◎ outside of one in the text of a measure."""
    for path, text in draft.prose:
        if not _is_measure_text(path):
            continue
        for match in _TYPED.finditer(text):
            yield Violation(
                path,
                f"本文に「{match[0]}」が書き込まれています。",
                "章の measures に reprint として書いてください。"
                if match[0] == _REPRINT
                else "府省庁は assignments に、◎は role: lead と書いてください。",
                offset=match.start(),
                length=len(match[0]),
            )


def _is_measure_text(path: PlanPath) -> bool:
    """Whether a string is printed before a 【】: not in a body or a footnote."""
    return path[0] == "measures" and path[2] != "body" and path[-1] != "footnote"
