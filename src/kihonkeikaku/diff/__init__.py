"""The difference between two editions: what changed, told in a closed set of kinds."""

from kihonkeikaku.diff.change import Change, Comparison, Kind, Place, Type, to_json
from kihonkeikaku.diff.comparison import compare

__all__ = ["Change", "Comparison", "Kind", "Place", "Type", "compare", "to_json"]
