"""ファイルを読めません。

ファイルの権限か、ディスクの異常です。ファイルの権限を確かめてください。
"""

from typing import Final

from kihonkeikaku.model.finding import Severity

ID: Final = "unreadable-file"
SEVERITY: Final[Severity] = "error"
