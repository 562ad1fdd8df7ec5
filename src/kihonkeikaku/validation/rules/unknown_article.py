"""根拠となる法律の、ない条項が引かれています。

plan.yaml の basis に書いた法律を題名や略称（「（以下「AI法」）」と定めたもの）で引くときの条と項
を、その法律にあるものと照らします。計画の根拠として引く条項は、basis の article と同じでなければな
りません。「同法」は、どの法律を指すか分からないため調べません。

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
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation
from kihonkeikaku.model.plan import PlanHead

SEVERITY = "warning"

# e-Gov law id → how many articles; and (law id, article) → how many paragraphs.
_ARTICLES: Final = {"507AC0000000053": 28}
_PARAGRAPHS: Final = {("507AC0000000053", 18): 5}


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each citation of the plan's law that can't be right."""
    if draft.head is None:
        return
    prose = list(draft.prose)
    citation = _citation_pattern(draft.head, prose)
    for path, text in prose:
        for match in citation.finditer(text):
            message = _unknown_article(draft.head, match) or _wrong_basis(draft.head, match)
            if message:
                yield Violation(
                    path,
                    message,
                    "条と項の番号を確かめてください。",
                    offset=match.start("article"),
                    length=len(match["article"]),
                )


def _citation_pattern(head: PlanHead, prose: list[tuple[PlanPath, str]]) -> re.Pattern[str]:
    """Returns what finds the law's name, or what the text calls it, before an article."""
    # Cut off, since a search for words without end would take time without end.
    law, title = re.escape(head.basis.law[:200]), re.escape(head.title[:50])
    definition = re.compile(f"{law}」?（以下「([^「」]{{2,30}})」")
    found = next(filter(None, (definition.search(text) for _, text in prose)), None)
    names = law if found is None else f"{law}|{re.escape(found[1])}"
    return re.compile(
        f"(?:{names})」?(?:（[^（）]*）)?(?:の)?"
        "(?P<article>第(?P<number>[0-9]{1,4})条(?:第(?P<paragraph>[0-9]{1,4})項)?)"
        f"(?!の[0-9])(?P<basis>に基づく、?「?(?:{title}|基本計画))?"
    )


def _unknown_article(head: PlanHead, match: re.Match[str]) -> str | None:
    """Returns a message for an article or paragraph that the law doesn't have."""
    law_id, number = head.basis.law_id, int(match["number"])
    articles = _ARTICLES.get(law_id, number)
    if not 1 <= number <= articles:
        return f"{head.basis.law}に第{number}条はありません（第{articles}条まで）。"
    paragraph = int(match["paragraph"] or 1)
    paragraphs = _PARAGRAPHS.get((law_id, number), paragraph)
    if not 1 <= paragraph <= paragraphs:
        return f"第{number}条に第{paragraph}項はありません（第{paragraphs}項まで）。"
    return None


def _wrong_basis(head: PlanHead, match: re.Match[str]) -> str | None:
    """Returns a message where the text names another basis than plan.yaml."""
    if match["basis"] is None or match["article"] == head.basis.article:
        return None
    return f"計画の根拠が、plan.yaml の basis では「{head.basis.article}」です。"
