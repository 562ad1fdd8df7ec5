"""ministries.yaml に、同じ識別子か同じ名前が二度あります。

誤り:

    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
      - id: meti
        name: 文科省

正しい:

    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
      - id: mext
        name: 文科省
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each id and each name after its first in the register."""
    for key, what in (("id", "識別子"), ("name", "名前")):
        first: dict[str, PlanPath] = {}
        for index, ministry in enumerate(draft.ministries):
            value: str = getattr(ministry, key)
            path: PlanPath = ("ministries", index, key)
            if value in first:
                yield Violation(
                    path,
                    f"府省庁の{what}「{value}」が二度使われています。",
                    "府省庁ごとに違うものにしてください。",
                    first=first[value],
                )
            first.setdefault(value, path)
