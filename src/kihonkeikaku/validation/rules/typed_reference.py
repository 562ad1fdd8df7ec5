"""計画の中の番号が、文に書き込まれています。

「第3章第2節(1)」のように番号を書き込むと、項目が動いたときに古い番号が残ります。{ref: 識別子} と書
けば、その時点の番号が印字されます。法令やほかの計画の章（「同法第2章」など）は、そのままで構いませ
ん。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 第3章第1節②の推進
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: [{ref: beta}, の推進]
    assignments:
      - ministry: 経産省
"""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "warning"

_NUMBER: Final = "[0-9０-９一二三四五六七八九十]{1,3}"
_REFERENCE: Final = re.compile(
    f"第{_NUMBER}(?:章(?:第{_NUMBER}節)?|節)(?:の?[(（][0-9]{{1,2}}[)）])?[①-⑳㉑-㉟㊱-㊿]?"
)
_OTHER_DOCUMENT: Final = re.compile("(?:[法令例則」』]|(?<!この)(?<!^本)(?<![^基]本)計画)$")


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each number of a chapter or section of this plan, except those that begin titles."""
    for path, text in draft.prose:
        for match in _REFERENCE.finditer(text):
            before = text[max(match.start() - 4, 0) : match.start()]
            if (path[-1] == "title" and not before) or _OTHER_DOCUMENT.search(before):
                continue
            yield Violation(
                path,
                f"「{match[0]}」という番号が書き込まれています。",
                "{ref: 識別子} で書けば、いつもその時点の番号になります。",
                offset=match.start(),
                length=len(match[0]),
            )
