"""What a change weighs: help for reviewers who have ten minutes for a whole comparison."""

from kihonkeikaku.judgement.judge import Judge, Judgement, Mark, judged_json
from kihonkeikaku.judgement.marks import TURNS, Turn
from kihonkeikaku.judgement.noise import is_noise, quiet
from kihonkeikaku.judgement.weight import WEIGHT_NAMES, WEIGHTS, Weight

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
