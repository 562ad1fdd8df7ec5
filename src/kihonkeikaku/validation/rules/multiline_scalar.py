"""値が二行以上に分かれています。

YAML は行の変わり目を空白にするため、日本語の文の中に空白が入ります。値は一行で書いてください。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組の
      推進
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
