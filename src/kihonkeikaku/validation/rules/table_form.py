"""表の行の欄の数が、列の数と合いません。

一行に、列（columns）と同じ数の欄を書きます。空の欄は「''」と書きます。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments: [{ministry: 経産省}]
    body:
      - table:
          columns: [指標, 現状値, 目標値]
          rows:
            - [利用率, 2割]

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments: [{ministry: 経産省}]
    body:
      - table:
          columns: [指標, 現状値, 目標値]
          rows:
            - [利用率, 2割, '']
"""

SEVERITY = "error"
