"""計画のファイルではないものが置かれています。

計画のフォルダーに置けるのは、plan.yaml、ministries.yaml、revision.yaml と、chapters・measures の
中の .yaml、editions・sheets の中の .json だけです。読まれないファイルがあると、書いたつもりの内容が
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
