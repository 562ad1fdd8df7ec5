"""識別子として使えない文字が入っています。

識別子はファイル名とアドレスになり、版をまたいで取組を結びます。英小文字と数字を、ハイフンで
つないで書いてください。index は、一覧のページのアドレスになるので使えません。con、prn、aux、nul、
com1～com9、lpt1～lpt9 は、.html などが付いても Windows のファイル名にできないので使えません。

出典: Microsoft, Naming Files, Paths, and Namespaces

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
