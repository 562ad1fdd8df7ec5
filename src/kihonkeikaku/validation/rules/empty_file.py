"""ファイルが空です。

内容を書くか、要らないファイルなら除いてください。

誤り:

    # measures/alpha.yaml
    # まだ書いていません

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
"""

SEVERITY = "error"
