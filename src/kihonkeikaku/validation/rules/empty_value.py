"""キーだけがあって、値がありません。

値を書くか、要らなければキーごと除いてください。

誤り:

    # measures/alpha.yaml
    id: alpha
    text:
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
        role: lead
"""

SEVERITY = "error"
