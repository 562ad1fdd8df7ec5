"""取組の本文の書き方が一つに決まりません。

【】が終わりに一つだけ付く取組は text と assignments で、本文の途中にも【】が付く取組は clauses で
書きます。両方を書くと、どちらが印字されるのか分かりません。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    clauses:
      - text: 取組

正しい:

    # measures/alpha.yaml
    id: alpha
    clauses:
      - text: 研究開発
        assignments:
          - ministry: 文科省
      - text: 、実証
        assignments:
          - ministry: 経産省
"""

SEVERITY = "error"
