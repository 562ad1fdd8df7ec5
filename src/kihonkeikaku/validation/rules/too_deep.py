"""入れ子が深すぎます。

32 段まで読みます。計画の見出しと段落は 15 段に収まります。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[取組]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

正しい:

    # measures/alpha.yaml
    id: alpha
    text: [取組]
    assignments:
      - ministry: 経産省
"""

SEVERITY = "error"
