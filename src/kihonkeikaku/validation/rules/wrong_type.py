"""値の型が違います。

一行の文字で書くところに一覧があるなど、値の形が形式と合っていません。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
        role: lead
"""

SEVERITY = "error"
