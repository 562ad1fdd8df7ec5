"""文字コードが UTF-8（BOM なし）ではありません。

CP932（Shift_JIS）や UTF-16 で保存されたファイルを推測で読むと、文字が静かに変わることがあるため、
読まずに誤りとします。エディターで文字コードを「UTF-8（BOM なし）」にして保存し直してください。
"""

from typing import Final

from kihonkeikaku.model.finding import Severity

ID: Final = "bad-encoding"
SEVERITY: Final[Severity] = "error"
