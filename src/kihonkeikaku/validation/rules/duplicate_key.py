"""同じキーが二度書かれています。

多くの道具は後のものだけを黙って使い、前に書いた内容が失われます。どちらか一方を除いてください。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組の推進
    text: 取組の促進
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組の推進
    assignments:
      - ministry: 経産省
"""

SEVERITY = "error"
