"""アンカー（&）、エイリアス（*）、取り込み（<<）は使えません。

一か所を直すと離れた場所の文も変わるため、読む人にも差分にも見えない変更になります。少ない行で
膨大な内容を作ることもできます。同じ内容でも、それぞれの場所にそのまま書いてください。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: &text 取組
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
