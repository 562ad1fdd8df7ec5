"""plan.yaml の rules に書いた規則がないか、重さを変えられない規則です。

plan.yaml の rules では、規則ごとに重さ（error、warning、note、off）を理由とともに変えられます。
それがなければ計画として成り立たない誤り（構文、参照、識別子など）の重さは変えられません。

誤り:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition: {id: second, stage: 案}
    basis: {law: 法律, number: 令和7年法律第53号, law_id: 507AC0000000053, article: 第18条第1項}
    chapters: [vision, policy, measures, promotion]
    rules:
      - {rule: several-leds, severity: note, reason: 共同の主担当が多いため}

正しい:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition: {id: second, stage: 案}
    basis: {law: 法律, number: 令和7年法律第53号, law_id: 507AC0000000053, article: 第18条第1項}
    chapters: [vision, policy, measures, promotion]
    rules:
      - {rule: several-leads, severity: note, reason: 共同の主担当が多いため}
"""

SEVERITY = "error"
