"""plan.yaml の章の並びが正しくありません。

同じ章を二度挙げることはできません。ファイル形式 1 の計画の章は、基本構想（vision）、基本的な方針
（policy）、講ずべき施策（measures）、推進するために必要な事項（promotion）の四つです（人工知能
関連技術の研究開発及び活用の推進に関する法律第18条第2項）。番号のない章（kind: unnumbered）と別紙
（kind: annex）は、いくつあっても構いません。形式 2 では、章は計画ごとに決めます。

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
from kihonkeikaku.model.outline import ANNEX, UNNUMBERED
from kihonkeikaku.model.plan import Chapter

SEVERITY = "error"

REQUIRED: Final = ("vision", "policy", "measures", "promotion")


def check(draft: Draft) -> Iterator[Violation]:
    """Compares plan.yaml's list with the four, each once; others must not be numbered."""
    chapters = draft.head.chapters if draft.head else REQUIRED
    required = REQUIRED if draft.head and draft.head.format == 1 else ()
    for name in required:
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
        elif required and name in draft.chapters and _is_misplaced(name, draft.chapters[name]):
            yield Violation(
                ("chapters", name, "kind"),
                f"章「{name}」の kind が「{draft.chapters[name].kind}」になっています。",
                "四つの章は chapter、ほかの章は unnumbered か annex にしてください。",
            )
        seen.add(name)


def _is_misplaced(name: str, chapter: Chapter) -> bool:
    is_known = chapter.kind in (None, "chapter", UNNUMBERED, ANNEX)  # else: wrong-value
    return is_known and (name in REQUIRED) != (chapter.kind in (None, "chapter"))
