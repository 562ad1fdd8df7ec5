"""同じ識別子が二つ以上のものに使われています。

識別子は、章・見出し・取組・段落を通して一つのものだけを指します。版をまたいで追うときも、印字された
番号ではなく識別子で結びます。

誤り:

    # chapters/vision.yaml
    id: vision
    title: 基本構想
    sections:
      - id: alpha
        kind: topic
        title: 目標
        body: [国民の誰もが使える社会を築く。]

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
from kihonkeikaku.model.finding import PlanPath, Violation

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields every use of an id after its first, chapters and sections before measures."""
    first: dict[str, tuple[PlanPath, str]] = {}
    for path, id, what in _all_ids(draft):
        if id in first:
            yield Violation(
                (*path, "id"),
                f"識別子「{id}」は、すでに{first[id][1]}に使われています。",
                "ほかと重ならない識別子にしてください。",
                first=first[id][0],
            )
        first.setdefault(id, ((*path, "id"), what))


def _all_ids(draft: Draft) -> Iterator[tuple[PlanPath, str, str]]:
    for path, heading in draft.headings:
        yield path, heading.id, f"見出し「{heading.title}」"
    for name, measure in draft.measures.items():
        yield ("measures", name), measure.id, "取組"
    for line in draft.body_lines:
        if line.id:
            yield line.path, line.id, "項目" if line.marker == "item" else "段落、表など"
