"""前の版の取組の行き先の書き方が合っていません。

統合（merged）と分割（split）には、行き先の取組を into に書きます。完了（completed）、移管
（transferred）、廃止（abolished）には行き先の取組がないので、書きません。

誤り:

    # revision.yaml
    from: first
    dispositions:
      - measures: [old]
        became: split

正しい:

    # revision.yaml
    from: first
    dispositions:
      - measures: [old]
        became: split
        into: [alpha, beta]
"""

SEVERITY = "error"
