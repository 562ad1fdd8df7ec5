"""各ページや表紙に印字する文が長すぎます。

書名（title）、副題（subtitle）、版の呼び名（edition.label）、根拠の法律、publication の各欄は、表紙
や奥付、すべてのページの上下に印字されます。長さの上限は指摘に示します。長い説明は、本文か、前文
（kind: unnumbered の章）に書いてください。

誤り:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition:
      id: second
      stage: 案
      label: 第1期から第2期までの経過をふまえ、社会の変化に応じて見直しを行い、修正を加えた版
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
      stage: 案
      label: 第2期
    basis:
      law: 人工知能関連技術の研究開発及び活用の推進に関する法律
      number: 令和7年法律第53号
      law_id: 507AC0000000053
      article: 第18条第1項
    chapters: [vision, policy, measures, promotion]
"""

from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation

SEVERITY = "error"

_LIMITS: Final[dict[PlanPath, int]] = {
    ("plan", "title"): 120,
    ("plan", "subtitle"): 120,
    ("plan", "edition", "label"): 40,
    ("plan", "basis", "law"): 200,
    ("plan", "basis", "number"): 50,
    ("plan", "basis", "article"): 50,
    ("plan", "publication", "publisher"): 100,
    ("plan", "publication", "attribution"): 500,
    ("plan", "publication", "contents_title"): 40,
    ("plan", "publication", "document_number"): 40,
    ("plan", "publication", "notice"): 100,
}
"""Characters, by the path of a string; the law's longest title in force has 110."""


def check(draft: Draft) -> Iterator[Violation]:
    """Measures what is printed on the cover or on every page."""
    for path, text in draft.printed_strings():
        limit = _LIMITS.get(path)
        if limit and len(text) > limit:
            yield Violation(
                path,
                f"「{path[-1]}」が{len(text):,}字あります（上限{limit}字）。",
                "短くして、長い説明は本文に書いてください。",
            )
