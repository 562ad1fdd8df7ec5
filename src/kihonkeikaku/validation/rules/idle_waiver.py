"""指摘を認める注釈が、何も認めていません。

指摘された文が原文のとおりであるなど、直さない理由があるときは、同じ行の終わりか、すぐ上の行に
「# allow 規則の名前: 理由」と書くと、その指摘は出なくなります。認める指摘がなくなった注釈、理由の
ない注釈、認められない規則の注釈は、次の誤りを隠すため、それ自体を知らせます。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組 # allow unassigned-measure: 担当は調整中
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    # allow unassigned-measure: 担当は調整中
    id: alpha
    text: 取組
"""

from typing import Final

SEVERITY = "warning"
ADJUSTABLE: Final = False
