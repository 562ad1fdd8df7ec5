"""ministries.yaml にない府省庁が書かれています。

【】の中の名前は、ministries.yaml の name と一字一句同じに書きます。名前の揺れがあると、府省庁ごとの
取組を数えられません。一覧の方だけが改められたときは、一覧のその行を一度だけ指摘します。

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

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.text.suggestions import Suggestions
from kihonkeikaku.validation.ministry_renames import MinistryRename, find_renames

SEVERITY = "error"

_BETWEEN: Final = re.compile(r"[、，,・･/／＋+]|及び|並びに|と(?=.*[省庁府])")
_MARKS: Final = "◎○【】[]「」“”\"' \u3000"
"""What surrounds a name in print, or is meant to quote it."""


def check(draft: Draft) -> Iterator[Violation]:
    """Looks up each assigned ministry in the register, once that could be read."""
    if draft.register is None:
        return
    names = {ministry.name for ministry in draft.ministries}
    suggestions = Suggestions(names)
    renames = list(find_renames(draft))
    for rename in renames:
        yield _renamed(rename, draft.ministries[rename.index].name)
    passed_over = names | {rename.old for rename in renames}
    full_names = {m.full_name: m.name for m in draft.ministries if m.full_name}
    for path, assignments in draft.assignment_lists:
        for index, assignment in enumerate(assignments):
            name = assignment.ministry
            if name not in passed_over:
                word = full_names.get(name, name.strip(_MARKS))
                yield Violation(
                    (*path, index, "ministry"),
                    f"府省庁「{name}」は ministries.yaml にありません。",
                    _advice_on_several(name, names)
                    or suggestions.hint(word, "名前を確かめるか、一覧に加えてください。"),
                )


def _renamed(rename: MinistryRename, name: str) -> Violation:
    return Violation(
        ("ministries", rename.index, "name"),
        f"一覧では「{name}」ですが、取組の {rename.uses} か所では「{rename.old}」です。",
        f"名前が変わったのなら取組の方も「{name}」に、そうでなければここを「{rename.old}」に"
        "してください。",
        first=rename.first,
    )


def _advice_on_several(value: str, names: set[str]) -> str | None:
    """Returns what to do where a value names several ministries."""
    parts = [part.strip(_MARKS) for part in _BETWEEN.split(value)]
    if len(parts) < 2 or not names.intersection(parts):
        return None
    items = "".join(f"「- ministry: {part}」" for part in parts if part)
    return f"府省庁ごとに項目を分け、{items}と書いてください。"
