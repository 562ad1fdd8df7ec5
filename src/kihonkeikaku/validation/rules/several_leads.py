"""一つの【】に◎が二つ以上あります。

共同の主担当はあり得ますが、誤って付けたものであれば、責任の所在が分からなくなります。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
        role: lead
      - ministry: 文科省
        role: lead

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
        role: lead
      - ministry: 文科省
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "warning"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each lead after the first inside one 【】."""
    for path, assignments in draft.assignment_lists:
        leads = [i for i, assignment in enumerate(assignments) if assignment.role == "lead"]
        for index in leads[1:]:
            yield Violation(
                (*path, index, "role"),
                f"一つの【】に◎が {len(leads)} 個あります。",
                "主な府省庁を一つにしてください。共同で主担当となるなら、このままで構いません。",
                first=(*path, leads[0], "role"),
            )
