"""番号の付く章が、決まった四つではありません。

計画の章は、基本構想（vision）、基本的な方針（policy）、講ずべき施策（measures）、推進するために必要な
事項（promotion）の四つです（人工知能関連技術の研究開発及び活用の推進に関する法律第18条第2項）。
前書き（kind: preface）と別紙（kind: appendix）は、いくつあっても構いません。

誤り:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition: {id: second, stage: 案}
    basis: {law: 法律, number: 令和7年法律第53号, law_id: 507AC0000000053, article: 第18条第1項}
    chapters: [vision, policy, measures, promotion, vision]

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
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"

REQUIRED: Final = ("vision", "policy", "measures", "promotion")


def check(draft: Draft) -> Iterator[Violation]:
    """Compares plan.yaml's list with the four, each once; others must not be numbered."""
    chapters = draft.head.chapters if draft.head else REQUIRED
    for name in REQUIRED:
        if name not in chapters:
            yield Violation(
                ("plan", "chapters"),
                f"章「{name}」が挙げられていません。",
                "四つの章（vision、policy、measures、promotion）をすべて挙げてください。",
            )
    seen: set[str] = set()
    for index, name in enumerate(chapters):
        if name in seen:
            yield Violation(
                ("plan", "chapters", index),
                f"章「{name}」が二度挙げられています。",
                "どちらか一方を除いてください。",
                first=("plan", "chapters", chapters.index(name)),
            )
        elif name in draft.chapters and _misplaced(name, draft.chapters[name].kind):
            yield Violation(
                ("chapters", name, "kind"),
                f"章「{name}」の kind が「{draft.chapters[name].kind}」になっています。",
                "四つの章は chapter、ほかの章は preface か appendix にしてください。",
            )
        seen.add(name)


def _misplaced(name: str, kind: str) -> bool:
    return (name in REQUIRED) != (kind == "chapter")
