"""【】の中の府省庁が建制順に並んでいません。

建制順は ministries.yaml に並べた順です。骨子にも建制順によらない取組があるので、この規則は
plan.yaml の rules で重さを決めたときだけ働きます。

誤り:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition: {id: second, stage: 案}
    basis: {law: 法律, number: 令和7年法律第53号, law_id: 507AC0000000053, article: 第18条第1項}
    chapters: [vision, policy, measures, promotion]
    rules:
      - {rule: ministry-order, severity: note, reason: 建制順に揃えるため}
    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 文科省
      - ministry: 経産省
        role: lead

正しい:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition: {id: second, stage: 案}
    basis: {law: 法律, number: 令和7年法律第53号, law_id: 507AC0000000053, article: 第18条第1項}
    chapters: [vision, policy, measures, promotion]
    rules:
      - {rule: ministry-order, severity: note, reason: 建制順に揃えるため}
    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
        role: lead
      - ministry: 文科省
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "note"
OFF: Final = True


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each ministry right after one that the register lists later."""
    rank = {name: place for place, name in enumerate(draft.ministries_by_name())}
    for path, assignments in draft.assignment_lists:
        known = [(i, a.ministry) for i, a in enumerate(assignments) if a.ministry in rank]
        for (_, before), (index, name) in pairwise(known):
            if rank[name] < rank[before]:
                yield Violation(
                    (*path, index, "ministry"),
                    f"「{name}」は、建制順では「{before}」より前です。",
                    f"「{before}」より前に書いてください。",
                )
