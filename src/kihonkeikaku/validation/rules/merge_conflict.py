"""git の統合で残った目印があります。

どちらの内容を採るか決めて、<<<<<<<、=======、>>>>>>> で始まる行を除いてください。

誤り:

    # measures/alpha.yaml
    id: alpha
    <<<<<<< HEAD
    text: 取組の推進
    =======
    text: 取組の促進
    >>>>>>> draft

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組の推進
    assignments:
      - ministry: 経産省
"""

SEVERITY = "error"
