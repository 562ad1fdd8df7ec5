"""段落の種類が一つに決まりません。

段落は、bullet（・）、note（（※…））、legend（【…】）、plain（本文だけ）のどれか一つです。
文字だけを書けば bullet になります。

誤り:

    # chapters/vision.yaml
    id: vision
    title: 基本構想
    body:
      - bullet: 本文
        note: 注記

正しい:

    # chapters/vision.yaml
    id: vision
    title: 基本構想
    body:
      - 本文
      - note: 注記
"""

SEVERITY = "error"
