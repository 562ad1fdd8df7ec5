"""この版から前の版へのつながりが切れています。

edition.supersedes に書いた版と、その版が改めた版は、記録（「識別子.json」）が editions になければ
なりません。editions にある記録は、この版からたどれるものだけです。つながりが切れると、なくなった
取組も、取組のページの経緯も、調べられないまま抜け落ちます。記録が消えたのなら git などから戻し、
まだなければ kihonkeikaku adopt で作ってください。

誤り:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition: {id: second, stage: 案, supersedes: frist}
    basis: {law: 法律, number: 令和7年法律第53号, law_id: 507AC0000000053, article: 第18条第1項}
    chapters: [vision, policy, measures, promotion]

正しい:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition: {id: second, stage: 案}
    basis: {law: 法律, number: 令和7年法律第53号, law_id: 507AC0000000053, article: 第18条第1項}
    chapters: [vision, policy, measures, promotion]
"""

from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation
from kihonkeikaku.text.suggestions import Suggestions

SEVERITY = "error"

_LOOSE_HINT: Final = (
    "この版が改めた版なら edition.supersedes を確かめ、そうでなければ計画の外へ移してください。"
)


def check(draft: Draft) -> Iterator[Violation]:
    """Follows ``supersedes`` from the draft through the records, and looks for records beside."""
    if draft.head is None:
        return
    if any(plan.head.edition.id != name for name, plan in draft.adopted.items()):
        return  # edition-name
    own, before = draft.head.edition.id, draft.head.edition.supersedes
    path: PlanPath = ("plan", "edition", "supersedes")
    seen = {own}
    while before and before not in seen:
        if before not in draft.adopted:
            if ("editions", before) not in draft.unreadable:
                yield _missing(draft, path, before)
            return
        seen.add(before)
        path = ("editions", before)
        before = draft.adopted[before].head.edition.supersedes
    if before and before != own:  # back to the draft itself: supersedes-itself
        yield Violation(
            path,
            f"editions の記録をたどると、版「{before}」に戻ります。",
            "git などから元の記録を戻してください。",
        )
    yield from _loose_records(draft, seen)


def _missing(draft: Draft, path: PlanPath, id: str) -> Violation:
    hint = f"editions/{id}.json を git などから戻すか、識別子を確かめてください。"
    if path[0] == "plan":
        others = [name for name in draft.adopted if draft.head and name != draft.head.edition.id]
        hint = Suggestions(others).hint(id, hint)
    return Violation(path, f"改められる版「{id}」の記録が editions にありません。", hint)


def _loose_records(draft: Draft, seen: set[str]) -> Iterator[Violation]:
    """Yields the records that the draft doesn't lead to."""
    loose = [name for name in draft.adopted if name not in seen]
    if loose and draft.head and draft.head.edition.supersedes is None:
        superseded = {draft.adopted[name].head.edition.supersedes for name in loose}
        last = next((name for name in loose if name not in superseded), loose[0])
        yield Violation(
            ("plan", "edition"),
            f"決定された版「{last}」の記録がありますが、supersedes がありません。",
            f"その次の版なら、edition に「supersedes: {last}」の行を加えてください。",
            at_key=True,
        )
        return
    for name in loose:
        yield Violation(
            ("editions", name), f"版「{name}」の記録は、この版につながっていません。", _LOOSE_HINT
        )
