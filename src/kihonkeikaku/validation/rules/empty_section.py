"""見出しの下に何もありません。

本文も、取組も、下位の見出しもない見出しは、見出しだけが印字されます。取組を移したあとに残ったもの
であれば除き、これから書くのであれば書いてください。章は数えません。

誤り:

    # chapters/vision.yaml
    id: vision
    title: 基本構想
    sections:
      - id: vision-goal
        kind: topic
        title: 目標

正しい:

    # chapters/vision.yaml
    id: vision
    title: 基本構想
    sections:
      - id: vision-goal
        kind: topic
        title: 目標
        body: [国民の誰もが使える社会を築く。]
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.model.plan import Section

SEVERITY = "warning"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each heading below a chapter with nothing below it."""
    for path, heading in draft.headings:
        if isinstance(heading, Section) and not (
            heading.body or heading.measures or heading.sections
        ):
            yield Violation(
                (*path, "title"),
                f"見出し「{heading.title}」の下に何もありません。",
                "body、measures、sections のどれかを書くか、見出しを除いてください。",
            )
