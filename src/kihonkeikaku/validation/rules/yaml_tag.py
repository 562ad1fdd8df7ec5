"""「!」で始まるタグは使えません。

値の型は計画の形式で決まっていて、タグで変えることはできません。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: !!str 取組
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
"""

SEVERITY = "error"
