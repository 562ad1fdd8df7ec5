"""決められた値のどれでもありません。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
        role: leader

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
        role: lead
"""

from typing import Final

from kihonkeikaku.model.finding import Severity

ID: Final = "wrong-value"
SEVERITY: Final[Severity] = "error"
