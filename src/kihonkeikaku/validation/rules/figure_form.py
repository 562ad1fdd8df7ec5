"""図のファイルの名前が正しくありません。

図は計画の figures フォルダーに置き、「figures/x.svg」の形で書きます。使えるのは PNG、JPEG、SVG
です。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments: [{ministry: 経産省}]
    body:
      - figure: {file: ../x.svg, alt: 体制の図}

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments: [{ministry: 経産省}]
    body:
      - figure: {file: figures/x.svg, alt: 体制の図}
    # figures/x.svg
    <svg xmlns="http://www.w3.org/2000/svg"/>
"""

SEVERITY = "error"
