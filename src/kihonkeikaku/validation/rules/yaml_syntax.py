"""YAML として読めません。

多いのは、値の中の「: 」、閉じていない引用符、揃っていない字下げ、タブです。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 目標: 取組の推進

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 目標：取組の推進
    assignments:
      - ministry: 経産省
"""

SEVERITY = "error"
