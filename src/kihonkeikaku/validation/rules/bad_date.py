"""日付として読めません。

2026-04-01 の形で、実在する日付を書いてください。

誤り:

    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
        established: 2001-13-06
      - id: mext
        name: 文科省

正しい:

    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
        established: 2001-01-06
      - id: mext
        name: 文科省
"""

SEVERITY = "error"
