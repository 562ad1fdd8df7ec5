"""必要なキーがありません。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - role: lead

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
        role: lead
"""

SEVERITY = "error"
