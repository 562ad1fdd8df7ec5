"""What a change weighs: help for reviewers who have ten minutes for a whole comparison."""

from kihonkeikaku.diff.significance.classifier import Judge, Judgement, Mark, judged_json
from kihonkeikaku.diff.significance.noise import is_noise, quiet
from kihonkeikaku.diff.significance.rules import TURNS, Turn
from kihonkeikaku.diff.significance.weight import WEIGHT_NAMES, WEIGHTS, Weight

__all__ = [
    "TURNS",
    "WEIGHTS",
    "WEIGHT_NAMES",
    "Judge",
    "Judgement",
    "Mark",
    "Turn",
    "Weight",
    "is_noise",
    "judged_json",
    "quiet",
]
