"""この場所では使えないキーがあります。

綴りの誤りであれば、書いた内容が黙って抜け落ちるところでした。似たキーがあれば示します。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignmnets:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
        role: lead
"""

SEVERITY = "error"
