"""再掲が、元の取組より前に載っています。

再掲は、すでに載っている取組をもう一度示すものです。読む人は、【再掲】とあれば前を探します。元の取組が
どの章にも載っていないときは、unlisted-measure として指摘します。

誤り:

    # chapters/policy.yaml
    id: policy
    title: 基本的な方針
    measures:
      - reprint: alpha

正しい:

    # chapters/promotion.yaml
    id: promotion
    title: 必要な事項
    measures:
      - reprint: alpha
"""

from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"
ADJUSTABLE: Final = True


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each reprint whose original comes later in the chapters that are printed."""
    order = draft.head.chapters if draft.head else ()
    placements = [(path, p) for path, p in draft.placements() if path[1] in order]
    later = {placement for _, placement in placements if isinstance(placement, str)}
    for path, placement in placements:
        if isinstance(placement, str):
            later.discard(placement)
        elif placement.reprint in later:
            yield Violation(
                (*path, "reprint"),
                f"再掲「{placement.reprint}」が、元の取組より前に載っています。",
                "先に載せる方を再掲でなくし、後に載せる方を再掲にしてください。",
            )
