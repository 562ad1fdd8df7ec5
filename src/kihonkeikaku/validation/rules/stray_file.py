"""計画のファイルではないものが置かれています。

計画のフォルダーに置けるのは、plan.yaml、ministries.yaml、site.yaml と、chapters・measures・
revision の中の .yaml、editions・sheets の中の .json、figures の中の図（.svg、.png、.jpg、.jpeg）
だけです（形式 1 の計画では revision.yaml も）。読まれないファイルがあると、書いたつもりの内容が
黙って抜け落ちるため、ほかのものは一つも見逃しません。

誤り:

    # measures/beta.yml
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
