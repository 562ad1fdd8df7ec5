"""通常のファイルではないものが置かれています（リンク、フォルダー、パイプなど）。

リンクの先には計画の外の何があるか分からないため、たどりません。中身を通常のファイルとして置いて
ください。
"""

from typing import Final

from kihonkeikaku.model.finding import Severity

ID: Final = "not-a-file"
SEVERITY: Final[Severity] = "error"
