"""How much a change weighs: whether it is of substance, of wording, or a mere consequence."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final, Literal

from kihonkeikaku.diff import Change, Kind
from kihonkeikaku.diff.significance.revised_text import Revised
from kihonkeikaku.text.segmentation import words

Weight = Literal["substance", "wording", "consequence"]

WEIGHTS: Final[tuple[Weight, ...]] = ("substance", "wording", "consequence")
"""The weights, the heaviest first."""

WEIGHT_NAMES: Final[Mapping[Weight, str]] = {
    "substance": "内容",
    "wording": "字句",
    "consequence": "付随",
}
"""How people call the weights: of what is promised, of how it is said, of other changes."""

_OF_KIND: Final[Mapping[Kind, Weight]] = {
    "metadata-changed": "substance",
    "ministry-succeeded": "substance",
    "ministry-renamed": "wording",
    "added": "substance",
    "removed": "substance",
    "split": "substance",
    "merged": "substance",
    "moved": "substance",
    "reordered": "wording",
    "renumbered": "consequence",
    "clauses-changed": "substance",
    "lead-changed": "substance",
    "assignment-added": "substance",
    "assignment-removed": "substance",
    "assignment-reordered": "wording",
    "attribute-changed": "wording",
    "reprint-added": "wording",
    "reprint-removed": "wording",
    "reprint-moved": "wording",
}
"""Kinds that always weigh the same; the others are weighed by their texts."""

_SAME: Final = (
    ("推進", "促進"),
    ("利活用", "利用"),
    ("活用", "利用"),
    ("など", "等"),
    ("を進める", "を図る"),
    ("を進め", "を図り"),
    ("を行う", "を実施する"),
    ("を行い", "を実施し"),
    ("に関する", "に係る"),
    ("に基づき", "を踏まえ"),
    ("並びに", "及び"),
    ("若しくは", "又は"),
    ("当該", "その"),
)
"""Words of which one may stand for the other without a change of what is promised."""

_CONTENT: Final = re.compile(r"[\u3400-\u9fff々〆A-Za-zＡ-Ｚａ-ｚ0-9０-９ァ-ヺー]")


def weight(change: Change, texts: tuple[Revised, ...], *, marked: bool) -> Weight:
    """Returns the weight of a change, of which ``texts`` are those that differ.

    A rewording is of substance unless it is shown to be of wording only: it bears no mark, and
    all words that carry content are the same, but for their order and for known pairs such as
    促進 and 推進.
    """
    if change.type == "ministry" and change.kind in ("added", "removed"):
        return "consequence"  # who does what is told where it is done
    if change.kind == "metadata-changed" and _is_of_publication(change):
        return "wording"
    if change.kind in _OF_KIND:
        return _OF_KIND[change.kind]
    same = all(_content(text.old) == _content(text.new) for text in texts)
    return "wording" if same and not marked else "substance"


def _is_of_publication(change: Change) -> bool:
    field = str(change.detail["field"])
    return field.startswith("publication.") or field in ("series", "label")


def _content(text: str) -> Counter[str]:
    """Returns the words that carry content, known pairs as one."""
    for word, other in _SAME:
        text = text.replace(word, other)
    return Counter(word for word in words(text) if _CONTENT.search(word))
