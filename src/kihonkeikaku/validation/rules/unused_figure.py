"""どこにも示されない図が、figures フォルダーにあります。

本文の figure で示さない図は、版に入りません。
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "warning"


def check(draft: Draft) -> Iterator[Violation]:
    """Looks for each picture in the bodies, once all of them could be read."""
    if not (draft.all_chapters_read and draft.all_measures_read):
        return
    for file in draft.figures.keys() - draft.shown_figures().keys():
        yield Violation(
            ("figures", file),
            f"図「{file}」は、どこにも示されていません。",
            "本文の figure に書くか、要らなければ除いてください。",
        )
