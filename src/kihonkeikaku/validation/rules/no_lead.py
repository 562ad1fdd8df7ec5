"""府省庁が並ぶ取組に、◎がありません。

担当が複数あるのに主な府省庁が決まっていないと、どこに尋ねればよいかが分かりません。途中の【】に◎がなく
ても、取組の最後の【】にあれば、取組全体の主な府省庁と読めます。◎のない取組は骨子にもあるので、参考に
とどめます。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
      - ministry: 文科省

正しい:

    # measures/alpha.yaml
    id: alpha
    clauses:
      - text: 調査
        assignments:
          - ministry: 経産省
          - ministry: 文科省
      - text: 及び開発
        assignments:
          - ministry: 経産省
            role: lead
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation
from kihonkeikaku.model.plan import Clause, Measure

SEVERITY = "note"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each 【】 of several ministries without a lead, unless the last one has one."""
    for name, measure in draft.measures.items():
        if _has_lead(measure.parts[-1]):
            continue
        for index, clause in enumerate(measure.parts):
            several = len({assignment.ministry for assignment in clause.assignments})
            if several > 1 and not _has_lead(clause):
                yield Violation(
                    (*_path(name, measure, index), "assignments"),
                    f"{several} の府省庁が並んでいますが、◎がありません。",
                    "主な府省庁が決まっていれば、role: lead を付けてください。",
                    at_key=True,
                )


def _has_lead(clause: Clause) -> bool:
    return any(assignment.role == "lead" for assignment in clause.assignments)


def _path(name: str, measure: Measure, index: int) -> PlanPath:
    return ("measures", name, "clauses", index) if measure.clauses else ("measures", name)
