"""根拠となる法律の、ない条項が引かれています。

plan.yaml の basis に書いた法律を題名や略称（「（以下「AI法」）」と定めたもの）で引くときの条、項、
法律番号を、その法律にあるものと照らします。漢数字でも、「第16条の2」のような枝番号でも同じです。
計画の根拠として引く条項は、basis の article と同じでなければなりません。「同法」は、どの法律か
分からないため調べません。

出典: 人工知能関連技術の研究開発及び活用の推進に関する法律（令和7年法律第53号）は、第28条までありま
す。第18条は、第5項まであります。ほかの法律は、条の数が分からないため、根拠の条項だけを調べます。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 「人工知能関連技術の研究開発及び活用の推進に関する法律」第61条に基づく調査
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 「人工知能関連技術の研究開発及び活用の推進に関する法律」第16条に基づく調査
    assignments:
      - ministry: 経産省
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation
from kihonkeikaku.model.plan_head import Basis
from kihonkeikaku.text.numerals import parse_numeral

SEVERITY = "warning"

# e-Gov law id → how many articles; and (law id, article) → how many paragraphs.
_ARTICLES: Final = {"507AC0000000053": 28}
_PARAGRAPHS: Final = {("507AC0000000053", 18): 5}


_NUMERAL: Final = "[0-9０-９〇一二三四五六七八九十百千]{1,6}"
_ARTICLE: Final = (
    f"第(?P<number>{_NUMERAL})条(?P<branch>(?:の{_NUMERAL})*)(?:第(?P<paragraph>{_NUMERAL})項)?"
)
_LAW_NUMBER: Final = (
    f"(?P<law>(?:明治|大正|昭和|平成|令和)(?:元|{_NUMERAL})年(?:法律|政令|府令|省令)第{_NUMERAL}号)"
)


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each citation of a law of the plan that can't be right."""
    if draft.head is None:
        return
    prose = list(draft.prose)
    for basis in draft.head.basis:
        yield from _check_citations(basis, draft.head.title, prose)


def _check_citations(
    basis: Basis, title: str, prose: list[tuple[PlanPath, str]]
) -> Iterator[Violation]:
    names = _law_names(basis, prose)
    article = re.compile(
        f"(?:{names})」?(?:（[^（）]*）)?(?:の)?(?P<article>{_ARTICLE})"
        f"(?P<basis>に基づく、?「?(?:{re.escape(title[:50])}|基本計画))?"
    )
    law_number = re.compile(f"(?:{names})」?（{_LAW_NUMBER}")
    for path, text in prose:
        for match in law_number.finditer(text):
            if _as_digits(match["law"]) != _as_digits(basis.number):
                message = f"{basis.law}は「{basis.number}」です。"
                hint = "法律番号を確かめてください。"
                yield _violation(path, match, "law", message, hint)
        for match in article.finditer(text):
            wrong = _unknown_article(basis, match) or _wrong_basis(basis, match)
            if wrong:
                hint = "条と項の番号を確かめてください。"
                yield _violation(path, match, "article", wrong, hint)


def _violation(
    path: PlanPath, match: re.Match[str], group: str, message: str, hint: str
) -> Violation:
    return Violation(path, message, hint, offset=match.start(group), length=len(match[group]))


def _law_names(basis: Basis, prose: list[tuple[PlanPath, str]]) -> str:
    """Returns the law's name, and what the text calls it, as a regular expression."""
    # Cut off, since a search for words without end would take time without end.
    law = re.escape(basis.law[:200])
    definition = re.compile(f"{law}」?（(?:[^（）「」]*。)?以下「([^「」]{{2,30}})」")
    found = next(filter(None, (definition.search(text) for _, text in prose)), None)
    return law if found is None else f"{law}|{re.escape(found[1])}"


def _as_digits(text: str) -> str:
    """Returns a citation with its numerals in half-width digits."""
    return re.sub(_NUMERAL, lambda numeral: str(_value(numeral[0])), text.replace("元年", "1年"))


def _value(numeral: str) -> int:
    """Returns what a numeral is worth; 0, which no article has, where it is worth nothing."""
    return int(parse_numeral(unicodedata.normalize("NFKC", numeral)) or 0)


def _unknown_article(basis: Basis, match: re.Match[str]) -> str | None:
    """Returns a message for an article or paragraph that the law doesn't have."""
    law_id, number = basis.law_id, _value(match["number"])
    articles = _ARTICLES.get(law_id or "")
    if articles is None:
        return None
    branch = _as_digits(match["branch"])
    if branch or not 1 <= number <= articles:
        return f"{basis.law}に第{number}条{branch}はありません（第{articles}条まで）。"
    paragraph = _value(match["paragraph"] or "1")
    paragraphs = _PARAGRAPHS.get((law_id or "", number), max(paragraph, 1))
    if not 1 <= paragraph <= paragraphs:
        return f"第{number}条に第{paragraph}項はありません（第{paragraphs}項まで）。"
    return None


def _wrong_basis(basis: Basis, match: re.Match[str]) -> str | None:
    """Returns a message where the text names another basis than plan.yaml."""
    if match["basis"] is None or _as_digits(match["article"]) == _as_digits(basis.article):
        return None
    return f"計画の根拠が、plan.yaml の basis では「{basis.article}」です。"
