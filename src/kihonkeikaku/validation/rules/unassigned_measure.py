"""担当の府省庁が一つも書かれていない取組があります。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.model.plan import Item

SEVERITY = "warning"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields measures without a single ministry in any clause or item."""
    for name, measure in draft.measures.items():
        assigned = any(clause.assignments for clause in measure.parts)
        if not assigned and not _has_assigned_item(measure.items):
            yield Violation(
                ("measures", name),
                f"取組「{name}」に担当の府省庁が書かれていません。",
                "assignments に府省庁を書いてください。",
            )


def _has_assigned_item(items: tuple[Item, ...]) -> bool:
    return any(item.assignments or _has_assigned_item(item.items) for item in items)
