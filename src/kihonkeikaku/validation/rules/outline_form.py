"""見出しの番号や囲みの形が読めません。

plan.yaml の outline には、見出しの種類を上から順に書きます。番号の形（label）は「第{1}章」
「({1})」のように、数になる記号を一つだけ波かっこに入れます。使える記号は {1} {１} {一} {Ⅰ} {ⅰ}
{①} {⑴} {ア} {イ} {い} {a} {A} です。{parent} は上の見出しの番号になります。担当の囲み（assignments
の form）には、中身の入る {} を一つ書きます。

誤り:

    # plan.yaml
    format: 2
    series: example
    title: 計画
    edition: {id: second, stage: 案}
    outline:
      - {kind: chapter, label: "第{n}章"}
      - {kind: topic, title: "（{title}）"}
    chapters: [vision, policy, measures, promotion]

正しい:

    # plan.yaml
    format: 2
    series: example
    title: 計画
    edition: {id: second, stage: 案}
    outline:
      - {kind: chapter, label: "第{1}章"}
      - {kind: topic, title: "（{title}）"}
      - {kind: section, label: "第{1}節"}
    chapters: [vision, policy, measures, promotion]
"""

SEVERITY = "error"
