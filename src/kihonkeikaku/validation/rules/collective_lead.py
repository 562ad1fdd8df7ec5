"""総称（関係省庁、全省庁など）に◎が付いています。

◎は主な府省庁を示します。総称に付けると、どの府省庁も主でないのと同じです。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 関係省庁
        role: lead

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
        role: lead
      - ministry: 関係省庁
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "warning"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each lead that is a collective of the register."""
    collectives = {ministry.name for ministry in draft.ministries if ministry.collective}
    for path, assignments in draft.assignment_lists:
        for index, assignment in enumerate(assignments):
            if assignment.role == "lead" and assignment.ministry in collectives:
                yield Violation(
                    (*path, index, "role"),
                    f"総称「{assignment.ministry}」に◎が付いています。",
                    "主な府省庁を挙げて◎を付けるか、role を除いてください。",
                )
