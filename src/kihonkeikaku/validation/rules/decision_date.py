"""段階と閣議決定の日が合っていません。

閣議決定の日（decided_on）は、段階（stage）が「決定」の版に必ず書き、ほかの段階の版には書きません。表紙
と奥付に「令和7年12月23日　閣議決定」と印字されるからです。案の日付は dated に書いてください。

誤り:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition:
      id: second
      stage: 案
      decided_on: 2025-12-23
    basis:
      law: 人工知能関連技術の研究開発及び活用の推進に関する法律
      number: 令和7年法律第53号
      law_id: 507AC0000000053
      article: 第18条第1項
    chapters: [vision, policy, measures, promotion]

正しい:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition:
      id: second
      stage: 決定
      decided_on: 2025-12-23
    basis:
      law: 人工知能関連技術の研究開発及び活用の推進に関する法律
      number: 令和7年法律第53号
      law_id: 507AC0000000053
      article: 第18条第1項
    chapters: [vision, policy, measures, promotion]
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Compares the edition's stage with the date of its decision."""
    if not draft.head:
        return
    edition = draft.head.edition
    if edition.stage == "決定" and not edition.decided_on:
        yield Violation(
            ("plan", "edition", "stage"),
            "段階が「決定」なのに、閣議決定の日がありません。",
            "edition に「decided_on: 2025-12-23」の形で日付を書いてください。",
        )
    if edition.stage != "決定" and edition.decided_on:
        yield Violation(
            ("plan", "edition", "decided_on"),
            f"段階が「{edition.stage}」なのに、閣議決定の日があります。",
            "決定された版なら stage を「決定」にし、そうでなければ dated に日付を書いてください。",
        )
