"""plan.yaml に挙げた章のファイルがありません。

誤り:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition: {id: second, stage: 案}
    basis: {law: 法律, number: 令和7年法律第53号, law_id: 507AC0000000053, article: 第18条第1項}
    chapters: [vision, policy, measures, promotion, glossary]

正しい:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition: {id: second, stage: 案}
    basis: {law: 法律, number: 令和7年法律第53号, law_id: 507AC0000000053, article: 第18条第1項}
    chapters: [vision, policy, measures, promotion]
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.text.suggestions import Suggestions

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Looks for the file of each chapter that plan.yaml lists."""
    suggestions = Suggestions(draft.chapters)
    for index, name in enumerate(draft.head.chapters if draft.head else ()):
        if not draft.has_file("chapters", name):
            otherwise = f"chapters/{name}.yaml を作るか、一覧から除いてください。"
            yield Violation(
                ("plan", "chapters", index),
                f"章「{name}」のファイルがありません。",
                suggestions.hint(name, otherwise),
            )
