"""一つの見出しの下に、同じ取組の再掲が重なっています。

再掲は、別の見出しの下にもう一度示すためのものです。同じ見出しの下に重ねると、同じ文が並ぶうえ、
ウェブの版でどちらを指すのかが決まりません。

誤り:

    # chapters/promotion.yaml
    id: promotion
    title: 必要な事項
    measures:
      - reprint: alpha
      - reprint: alpha

正しい:

    # chapters/promotion.yaml
    id: promotion
    title: 必要な事項
    measures:
      - reprint: alpha
      - reprint: beta
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation
from kihonkeikaku.model.plan import Reprint

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each reprint of a measure that is already under the same heading."""
    for path, heading in draft.headings:
        first: dict[str, PlanPath] = {}
        for index, placement in enumerate(heading.measures):
            measure = placement.reprint if isinstance(placement, Reprint) else placement
            if isinstance(placement, Reprint) and measure in first:
                yield Violation(
                    (*path, "measures", index, "reprint"),
                    f"取組「{measure}」は、すでに同じ見出しの下に載っています。",
                    "再掲の行を除いてください。",
                    first=first[measure],
                )
            first.setdefault(measure, (*path, "measures", index))
