"""一つの取組が二か所に載っています。

二度目からは再掲です。再掲と書けば【再掲】が付き、番号を引くときは元の場所の番号になります。

誤り:

    # chapters/promotion.yaml
    id: promotion
    title: 必要な事項
    measures: [alpha]

正しい:

    # chapters/promotion.yaml
    id: promotion
    title: 必要な事項
    measures:
      - reprint: alpha
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields every place after the first that lists a measure without being a reprint."""
    first: dict[str, PlanPath] = {}
    for path, placement in draft.placements():
        if isinstance(placement, str):
            if placement in first:
                yield Violation(
                    path,
                    f"取組「{placement}」は、すでに別の場所に載っています。",
                    f"再掲なら「- reprint: {placement}」と書き、そうでなければ除いてください。",
                    first=first[placement],
                )
            first.setdefault(placement, path)
