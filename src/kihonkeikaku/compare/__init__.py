"""The difference between two editions: what changed, told in a closed set of kinds."""

from kihonkeikaku.compare.change import Change, Comparison, Kind, Place, Type, to_json
from kihonkeikaku.compare.comparison import compare

__all__ = ["Change", "Comparison", "Kind", "Place", "Type", "compare", "to_json"]
