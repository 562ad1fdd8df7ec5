"""府省庁の上位（parent）か前身（succeeds）をたどると、元の府省庁に戻ります。

どの府省庁も、自分自身の上位や前身にはなりません。

誤り:

    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
        parent: mext
      - id: mext
        name: 文科省
        parent: meti

正しい:

    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
      - id: mext
        name: 文科省
        parent: meti
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.model.ministry_cycles import find_cycles

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each parent and each predecessor by which a ministry comes back to itself."""
    for link in find_cycles(draft.ministries):
        index, key, *_ = link
        yield Violation(
            ("ministries", *link),
            f"府省庁「{draft.ministries[index].name}」の {key} をたどると、自分自身に戻ります。",
            f"{key} の指す府省庁を確かめてください。",
        )
