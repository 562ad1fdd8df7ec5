"""ministries.yaml にない府省庁が書かれています。

【】の中の名前は、ministries.yaml の name と一字一句同じに書きます。名前の揺れがあると、府省庁ごとの
取組を数えられません。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経済産業省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.text.suggestions import Suggestions

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Looks up each assigned ministry in the register, once that could be read."""
    if draft.register is None:
        return
    names = {ministry.name for ministry in draft.ministries}
    suggestions = Suggestions(names)
    full_names = {m.full_name: m.name for m in draft.ministries if m.full_name}
    for path, assignments in draft.assignment_lists:
        for index, assignment in enumerate(assignments):
            name = assignment.ministry
            if name not in names:
                word = full_names.get(name, name)
                yield Violation(
                    (*path, index, "ministry"),
                    f"府省庁「{name}」は ministries.yaml にありません。",
                    suggestions.hint(word, "名前を確かめるか、一覧に加えてください。"),
                )
