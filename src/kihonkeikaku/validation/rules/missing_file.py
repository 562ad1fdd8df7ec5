"""なくてはならないファイルがありません。

plan.yaml と ministries.yaml は、どの計画にも要ります。
"""

from typing import Final

from kihonkeikaku.model.finding import Severity

ID: Final = "missing-file"
SEVERITY: Final[Severity] = "error"
