"""一つのファイルに文書が二つ以上あります。

「---」で区切った二つ目からは、多くの道具が黙って読み飛ばします。一つのファイルには一つの文書だけを
書いてください。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    ---
    id: beta
    text: 取組

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
"""

SEVERITY = "error"
