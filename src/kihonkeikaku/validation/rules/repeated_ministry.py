"""一つの【】に同じ府省庁が二度書かれています。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
      - ministry: 経産省

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

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each name after its first inside one 【】."""
    for path, assignments in draft.assignment_lists:
        names = [assignment.ministry for assignment in assignments]
        for index, name in enumerate(names):
            if name in names[:index]:
                yield Violation(
                    (*path, index, "ministry"),
                    f"府省庁「{name}」が一つの【】に二度書かれています。",
                    "どちらか一方を除いてください。",
                    first=(*path, names.index(name), "ministry"),
                )
