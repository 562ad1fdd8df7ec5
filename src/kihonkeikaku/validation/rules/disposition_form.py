"""前の版からの変更の書き方が合っていません。

統合（merged）と分割（split）には、行き先の取組を into に書きます。完了（completed）、移管
（transferred）、廃止（abolished）には行き先の取組がないので、書きません。
残る取組から分けてできた取組には、came_from に元の取組を書きます。どれにも当たらなければ、理由
（reason）だけを書きます。

誤り:

    # revision/old.yaml
    id: old
    became: split

正しい:

    # revision/old.yaml
    id: old
    became: split
    into: [alpha, beta]
"""

SEVERITY = "error"
