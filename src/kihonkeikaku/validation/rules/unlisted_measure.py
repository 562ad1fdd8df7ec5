"""どの章にも載っていない取組があります。

載っていない取組は印字されません。

誤り:

    # measures/gamma.yaml
    id: gamma
    text: 取組
    assignments:
      - ministry: 経産省

正しい:

    # measures/gamma.yaml
    id: gamma
    text: 取組
    assignments:
      - ministry: 経産省
    # chapters/policy.yaml
    id: policy
    title: 基本的な方針
    measures: [gamma]
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.model.plan import Reprint

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Looks for each measure in the chapters, once all of them could be read."""
    if not draft.all_chapters_read:
        return
    placements = [placement for _, placement in draft.placements()]
    listed = {placement for placement in placements if isinstance(placement, str)}
    reprinted = {placement.reprint for placement in placements if isinstance(placement, Reprint)}
    for name in draft.measures.keys() - listed:
        yield (
            _reprinted_only(name)
            if name in reprinted
            else Violation(
                ("measures", name),
                f"取組「{name}」が、どの章にも載っていません。",
                "章のファイルの measures に書くか、この取組のファイルを除いてください。",
            )
        )


def _reprinted_only(name: str) -> Violation:
    return Violation(
        ("measures", name),
        f"取組「{name}」は再掲だけで、元の取組としてはどの章にも載っていません。",
        f"先に載せる方の「reprint: {name}」を「{name}」だけにしてください。",
    )
