"""前の版と同じ名前の図の、中身が変わっています。

新旧対照表は、図の違いをファイルの名前と、題、説明（alt）で示します。名前が同じままでは、図が変わったことが
読む人に伝わりません。
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "warning"


def check(draft: Draft) -> Iterator[Violation]:
    """Compares each picture with that of the same name in the edition before."""
    before = draft.predecessor.figures if draft.predecessor else ()
    for figure in before:
        now = draft.figures.get(figure.file)
        if now and now.content != figure.content:
            yield Violation(
                ("figures", figure.file),
                f"図「{figure.file}」の中身が、前の版と違います。",
                "「…-2.svg」のように名前を変え、本文の file も書き換えてください。",
            )
