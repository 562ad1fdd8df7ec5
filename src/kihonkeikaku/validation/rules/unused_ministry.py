"""ministries.yaml に、どの取組も担当しない府省庁があります。

一覧に残ったままの府省庁は、担当する取組のない府省庁として版に載ります。担当する府省庁の上位（parent）に
あるものと、事務を引き継ぐ前（succeeds）のもの、総称（collective）は数えません。

誤り:

    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
      - id: mext
        name: 文科省
      - id: mod
        name: 防衛省

正しい:

    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
      - id: mext
        name: 文科省
        succeeds: [moe]
      - id: moe
        name: 文部省
        abolished: 2001-01-06
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.validation.ministry_renames import find_renames

SEVERITY = "warning"


def check(draft: Draft) -> Iterator[Violation]:
    """Looks for each ministry in the measures, once all of them could be read."""
    if not draft.all_measures_read:
        return
    used = _used(draft)
    renamed = {rename.index for rename in find_renames(draft)}
    for index, ministry in enumerate(draft.ministries):
        if ministry.id not in used and not ministry.collective and index not in renamed:
            yield Violation(
                ("ministries", index, "name"),
                f"府省庁「{ministry.name}」の担当する取組がありません。",
                "要らなければ一覧から除いてください。",
            )


def _used(draft: Draft) -> set[str]:
    """Returns the ids of all that are named, with those above and before them."""
    by_id = {ministry.id: ministry for ministry in draft.ministries}
    named = {a.ministry for _, assignments in draft.assignment_lists for a in assignments}
    pending = [ministry.id for ministry in draft.ministries if ministry.name in named]
    used: set[str] = set()
    while pending:
        id = pending.pop()
        if id in by_id and id not in used:
            used.add(id)
            pending += by_id[id].succeeds
            pending += [by_id[id].parent or id]
    return used
