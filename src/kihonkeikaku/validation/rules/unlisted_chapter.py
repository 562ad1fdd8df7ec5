"""plan.yaml に挙げられていない章のファイルがあります。

挙げられていない章は印字されません。

誤り:

    # chapters/glossary.yaml
    id: glossary
    kind: annex
    title: 用語

正しい:

    # chapters/vision.yaml
    id: vision
    title: 基本構想
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Looks up each readable chapter in plan.yaml's list."""
    if draft.head is None:
        return
    for name in draft.chapters.keys() - set(draft.head.chapters):
        yield Violation(
            ("chapters", name),
            f"章「{name}」が plan.yaml の chapters に挙げられていません。",
            "印字する場所を chapters に書くか、ファイルを除いてください。",
        )
