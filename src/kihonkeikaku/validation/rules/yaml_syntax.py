"""YAML として読めません。

多いのは、全角の「：」「－」「　」、コロンの後の空白の抜け、値の中の「: 」、閉じていない引用符、
揃っていない字下げ、タブです。全角の記号と空白の抜けは、validate --fix で直せます。書き間違いの
ほかのところは、直したものとして読み、そこにある誤りも一度に示します。

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
