"""印刷する書体にない文字が使われています。

PDFの版は、同梱している書体（BIZ UD 明朝・ゴシックと、それを補う Noto Serif JP、Noto Serif、
Noto Sans Symbols 2）で組みます。常用漢字、JIS X 0213の漢字、多くの異体字、ヨーロッパの文字、上付き
や下付きの数字、記号は印字できます。絵文字、ハングル、タイ文字、アラビア文字、中国の簡体字の一部、珍し
い異体字は印字できません。濁点や発音記号だけの文字や、それを重ねて付けたものも同じです。

検査を通った計画は必ずPDFにできるように、本文のほか、見出し、注、府省庁の名前、plan.yaml の各欄、
改定の理由も調べます。前の版（editions/）にあるときは、その版との比較をPDFにできません。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組の推進☺️
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: CO₂の削減、𠮷野町の取組、☑の確認
    assignments:
      - ministry: 経産省
"""

import unicodedata
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft, draft_from_plan
from kihonkeikaku.model.finding import PlanPath, Violation
from kihonkeikaku.text.characters import find_forbidden, name_character
from kihonkeikaku.text.printed_characters import find_unprintable

SEVERITY = "error"

_EMOJI_SELECTOR: Final = "\ufe0f"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each character that no packaged font has."""
    for path, text in draft.printed_strings():
        for match in find_unprintable(text):
            if any(find_forbidden(match[0])):
                continue  # forbidden-character has said so
            codes = " ".join(map(name_character, match[0]))
            yield Violation(
                path,
                f"「{match[0]}」（{codes}）は、印刷する書体にない文字です。",
                _advice(match[0]),
                offset=match.start(),
                length=len(match[0]),
            )
    yield from _check_earlier_editions(draft)


def _advice(character: str) -> str:
    base, rest = character[0], character[1:]
    if unicodedata.category(base) == "Co":
        return "登録した機械だけで見える外字です。どの機械にもある文字で書いてください。"
    if rest and not any(find_unprintable(base)):
        if _EMOJI_SELECTOR in rest:
            return f"「{base}」だけを打ち直すか、ほかの言葉や記号で書いてください。"
        return f"「{base}」に付いている {'・'.join(map(name_character, rest))} を除いてください。"
    return "ほかの文字や言葉で書いてください。"


def _check_earlier_editions(draft: Draft) -> Iterator[Violation]:
    """Yields a character of each earlier edition that a comparison with it could not print."""
    for plan in draft.editions_before():
        path: PlanPath = ("editions", plan.head.edition.id)
        texts = (text for _, text in draft_from_plan(plan).printed_strings())
        found = next((match for text in texts for match in find_unprintable(text)), None)
        if found:
            codes = " ".join(map(name_character, found[0]))
            yield Violation(
                path,
                f"前の版に、印刷する書体にない文字「{found[0]}」（{codes}）があります。",
                "この版との比較は PDF にできません。この文字を印字できる書体を同梱した"
                " kihonkeikaku を使ってください。",
            )
