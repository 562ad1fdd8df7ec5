"""参照（ref）の指す先がありません。

参照は、章・見出し・取組・段落の識別子を指します。印字されるのは、指す先のその時点の番号です。

誤り:

    # chapters/policy.yaml
    id: policy
    title: 基本的な方針
    body:
      - bullet: [{ref: alfa}, を進める。]

正しい:

    # chapters/policy.yaml
    id: policy
    title: 基本的な方針
    body:
      - bullet: [{ref: alpha}, を進める。]
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.model.values import Ref
from kihonkeikaku.text.suggestions import Suggestions

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Looks up each reference, once all chapters could be read."""
    if not draft.all_chapters_read:
        return
    known = set(draft.ids())
    suggestions = Suggestions(known)
    for path, runs in draft.texts():
        for index, run in enumerate(runs):
            if isinstance(run, Ref) and run.ref not in known:
                yield Violation(
                    (*path, index, "ref"),
                    f"「{run.ref}」という参照先はありません。",
                    suggestions.hint(run.ref, "参照先の識別子を確かめてください。"),
                )
