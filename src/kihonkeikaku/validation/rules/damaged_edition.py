"""決定された版の記録が壊れているか、書き換えられています。

editions の中の版は、決定された日のまま残すものです。記録には内容の SHA-256 が入っていて、一文字でも
変わると合わなくなります。git などから元のファイルを戻してください。
"""

from typing import Final

from kihonkeikaku.model.finding import Severity

ID: Final = "damaged-edition"
SEVERITY: Final[Severity] = "error"
