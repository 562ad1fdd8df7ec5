"""ファイルが大きすぎます。

YAML は 1 MiB、決定された版の記録は 16 MiB まで読みます。計画のファイルがこれを超えるのは、誤って
入った大きなデータがあるときだけです。
"""

from typing import Final

from kihonkeikaku.model.finding import Severity

ID: Final = "too-large"
SEVERITY: Final[Severity] = "error"
