"""章に載せた取組のファイルがありません。

誤り:

    # chapters/promotion.yaml
    id: promotion
    title: 必要な事項
    measures:
      - reprint: alfa

正しい:

    # chapters/promotion.yaml
    id: promotion
    title: 必要な事項
    measures:
      - reprint: alpha
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.text.suggestions import Suggestions

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Looks for the file of each measure that a chapter lists or reprints."""
    suggestions = Suggestions(draft.measures)
    for path, placement in draft.placements():
        name = placement if isinstance(placement, str) else placement.reprint
        if not draft.has_file("measures", name):
            yield Violation(
                path if isinstance(placement, str) else (*path, "reprint"),
                f"「{name}」という取組はありません。",
                suggestions.hint(name, f"measures/{name}.yaml を作るか、この行を除いてください。"),
            )
