"""計画の中の番号が、文に書き込まれています。

「第3章第2節(1)」のように番号を書き込むと、項目が動いたときに古い番号が残ります。{ref: 識別子} と書
けば、その時点の番号が印字されます。法令、条約、白書、ほかの計画などの章（「同法第2章」「…に関する法律
（令和7年法律第53号）第3章」など）は、そのままで構いません。

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
_OTHER_DOCUMENT: Final = re.compile(
    "(?:[法律令例則書」』約針綱領]|憲章|要項|協定|計画|戦略|方策|報告|答申|提言|通知|告示|規程|手引き?|議定書"
    "|ガイドライン|プラン|ビジョン|パッケージ|ロードマップ|[A-Za-z][A-Za-z/ -]*[0-9:-]*)$"
)
_THIS_PLAN: Final = re.compile("(?:この|(?<!基)本)(?:基本)?計画$")
_BETWEEN: Final = re.compile("(?:（[^（）]{0,200}）|の)$")
_JOINED: Final = re.compile("、?(?:及び|並びに|又は|若しくは|から|[、・～とや])")
_WORD: Final = re.compile("[\u4e00-\u9fffァ-ヶーA-Za-z0-9]$")
_LONGEST: Final = 300
"""How many characters before a number are looked at for the document that it is of."""


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each number of a chapter or section of this plan, except those that begin titles."""
    title = draft.head.title if draft.head else ""
    for path, text in draft.prose:
        other_ends = -1  # where the last number of another document ends
        for match in _REFERENCE.finditer(text):
            joined = other_ends >= 0 and _JOINED.fullmatch(text, other_ends, match.start())
            if joined or _names_other_document(text[: match.start()], title):
                other_ends = match.end()
                continue
            if path[-1] == "title" and not match.start():
                continue
            yield Violation(
                path,
                f"「{match[0]}」という番号が書き込まれています。",
                "{ref: 識別子} で書けば、いつもその時点の番号になります。",
                offset=match.start(),
                length=len(match[0]),
            )


def _names_other_document(before: str, title: str) -> bool:
    """Whether a text ends with the name of a law, a report or another plan.

    What stands in brackets behind the name, such as the law's number, is passed over.
    """
    before = before[-_LONGEST:]
    while between := _BETWEEN.search(before):
        before = before[: between.start()]
    name = before.rstrip("」』")
    is_title = title and name.endswith(title) and not _WORD.search(name[: -len(title)])
    if is_title or _THIS_PLAN.search(name):
        return False
    return bool(_OTHER_DOCUMENT.search(before))
