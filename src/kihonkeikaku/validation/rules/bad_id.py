"""識別子として使えない文字が入っています。

識別子はファイル名とアドレスになり、版をまたいで取組を結びます。英小文字と数字を、ハイフンで
つないで書いてください。index は、一覧のページのアドレスになるので使えません。

誤り:

    # chapters/vision.yaml
    id: vision
    title: 基本構想
    sections:
      - id: Vision_Goal
        kind: topic
        title: 目標
        body: [国民の誰もが使える社会を築く。]

正しい:

    # chapters/vision.yaml
    id: vision
    title: 基本構想
    sections:
      - id: vision-goal
        kind: topic
        title: 目標
        body: [国民の誰もが使える社会を築く。]
"""

SEVERITY = "error"
