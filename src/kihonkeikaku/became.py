"""What became of a measure that a new edition no longer has, in Japanese."""

from typing import Final

BECAME_NAMES: Final = {
    "completed": "完了",
    "merged": "統合",
    "split": "分割",
    "transferred": "移管",
    "abolished": "廃止",
}
