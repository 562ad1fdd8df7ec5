"""法人番号ではありません。

法人番号は 13 桁の数字です（法人番号の指定等に関する省令）。

誤り:

    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
        corporate_number: 4000-0120-90001
      - id: mext
        name: 文科省

正しい:

    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
        corporate_number: '4000012090001'
      - id: mext
        name: 文科省
"""

SEVERITY = "error"
