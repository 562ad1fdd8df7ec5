"""版が、自分自身を改めることになっています。

edition.supersedes には、この版が改める前の版の識別子を書きます。editions にある前の版をたどって、
この版に戻ることもありません。

誤り:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition: {id: second, stage: 案, supersedes: second}
    basis: {law: 法律, number: 令和7年法律第53号, law_id: 507AC0000000053, article: 第18条第1項}
    chapters: [vision, policy, measures, promotion]

正しい:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition: {id: second, stage: 案, supersedes: first}
    basis: {law: 法律, number: 令和7年法律第53号, law_id: 507AC0000000053, article: 第18条第1項}
    chapters: [vision, policy, measures, promotion]
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Follows ``supersedes`` through the adopted editions and looks for the draft's own id."""
    if draft.head is None:
        return
    own, seen = draft.head.edition.id, set[str]()
    id = draft.head.edition.supersedes
    while id and id != own and id not in seen:
        seen.add(id)
        id = draft.adopted[id].head.edition.supersedes if id in draft.adopted else None
    if id == own:
        yield Violation(
            ("plan", "edition", "supersedes"),
            f"edition.supersedes をたどると、この版「{own}」自身に戻ります。",
            "この版が改める前の版の識別子を書いてください。",
        )
