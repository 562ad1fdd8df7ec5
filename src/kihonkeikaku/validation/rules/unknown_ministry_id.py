"""parent か succeeds の指す府省庁が一覧にありません。

誤り:

    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
      - id: mext
        name: 文科省
        parent: metl

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
from kihonkeikaku.model.finding import PlanPath, Violation
from kihonkeikaku.text.suggestions import Suggestions

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Looks up parents and predecessors; a predecessor may be in the edition before."""
    known = {ministry.id for ministry in draft.ministries}
    before = {m.id for m in draft.predecessor.ministries} if draft.predecessor else set()
    ever = known | before
    suggestions, suggestions_ever = Suggestions(known), Suggestions(ever)
    for index, ministry in enumerate(draft.ministries):
        here: PlanPath = ("ministries", index)
        if ministry.parent and ministry.parent not in known:
            yield _unknown((*here, "parent"), ministry.parent, suggestions)
        for place, id in enumerate(ministry.succeeds):
            if id not in ever:
                yield _unknown((*here, "succeeds", place), id, suggestions_ever)


def _unknown(path: PlanPath, id: str, suggestions: Suggestions) -> Violation:
    hint = suggestions.hint(id, "その府省庁を一覧に加えてください。")
    return Violation(path, f"「{id}」という識別子の府省庁はありません。", hint)
