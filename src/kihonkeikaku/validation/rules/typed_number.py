"""文の初めに番号や行頭の記号が書き込まれています。

章、節、(1)、①の番号と、「・」「※」の記号は、自動で付きます。書き込むと二重に印字され、項目を足し
たときに番号がずれます。取組や、「・」のない段落の初めに「・」や「※」を書き込むこともできません。一つの文の中に「①…、②…」と並べるときは、そのままで構いません。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: ①AIの利活用
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: ①研究開発、②利活用の両面からの支援
    assignments:
      - ministry: 経産省
"""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation

SEVERITY = "error"
ADJUSTABLE: Final = True

_HEAD: Final = re.compile(
    "(?P<sign>[①-⓿㉑-㉟㊱-㊿❶-➓㈠-㈩])"
    "|(?P<number>[(（]?(?P<digits>[0-9０-９]{1,2})[)）.．])(?![0-9０-９])"
    "|(?P<heading>第[0-9０-９一二三四五六七八九十]+[章節])"
    "|(?P<mark>[・※•‣▪▫●◦■□◆◇▶►☆★]|○(?!○)|[-*＊－][ \u3000])"
)

_MARK_HINT: Final = "記号を除き、「・」の項目は bullet、「※」の注記は note として書いてください。"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each number or mark at the head of a text, unless it begins an enumeration."""
    for path, text in draft.prose:
        match = _HEAD.match(text)
        if match and _is_head(path) and _is_wrong(match, is_title=path[-1] == "title"):
            yield Violation(
                path,
                f"文の初めに「{match[0]}」が書き込まれています。",
                "番号や記号は自動で付くため、除いてください。" if not match["mark"] else _MARK_HINT,
                length=len(match[0]),
            )


def _is_head(path: PlanPath) -> bool:
    """Whether a string begins what is printed: no later run or clause, label or footnote.

    Cells of tables have marks and numbers of their own: ○ for yes, (1) for a row.
    """
    if "table" in path:
        return False
    return path[-1] in (0, "title") and (path[2:3] != ("clauses",) or path[3] == 0)


def _is_wrong(match: re.Match[str], *, is_title: bool) -> bool:
    rest = match.string[match.end() :]
    if match["sign"]:
        return chr(ord(match["sign"]) + 1) not in rest
    if match["digits"]:
        return f"{int(match['digits']) + 1}{match[0][-1]}" not in rest
    return is_title or not match["heading"]
