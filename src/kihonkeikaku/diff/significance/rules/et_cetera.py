"""「等」: whether a list of things is meant to be complete."""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.diff.significance.revised_text import Hunk, Revised
from kihonkeikaku.diff.significance.rule import Example, Turn, Words, in_texts, mirrored

_ET_CETERA: Final = r"(?:(?<![上下中初劣優同均対平高一彼])等(?![々分価級式号身高位差速質比])|など)"
"""「等」 as a word of its own: not that of 平等, 高等, 等級."""


def _added(text: Revised) -> Iterator[Words]:
    for hunk in text.hunks:
        if _widens(hunk):
            yield hunk.old, hunk.new


def _widens(hunk: Hunk) -> bool:
    """Returns whether what was put in is 「等」, alone or at the end of what a list gained."""
    if re.search(_ET_CETERA, hunk.old):
        return False
    if not hunk.old:
        return re.fullmatch(rf"{_ET_CETERA}|[、・].+{_ET_CETERA}", hunk.new) is not None
    kept = re.sub(_ET_CETERA, "", hunk.new)
    return kept == hunk.old and kept != hunk.new


_EXAMPLE_ADDED: Final = Example(
    "医療、教育の分野における導入", "医療、教育等の分野における導入", (("", "等"),)
)
_EXAMPLE_MORE: Final = Example(
    "医療、教育における導入", "医療、教育、防災等における導入", (("", "、防災等"),)
)

TURNS: Final = (
    Turn(
        "et-cetera-added",
        "「等」が加わった",
        "列挙に「等」（「など」）が加わりました。挙げたもののほかも含まれることになり、範囲が広がります。"
        "新しく書き加えられた句の中の「等」は、数えません。",
        in_texts(_added),
        (_EXAMPLE_ADDED, _EXAMPLE_MORE),
        (
            Example("医療などにおける導入", "医療等における導入"),
            Example("初等教育の充実", "初等教育及び高等教育の充実"),
            Example("導入を支援", "研究者等への周知を図り、導入を支援"),
        ),
    ),
    Turn(
        "et-cetera-removed",
        "「等」がなくなった",
        "列挙から「等」（「など」）がなくなりました。挙げたものに限られることになり、範囲が狭まります。",
        mirrored(in_texts(_added)),
        (Example("医療、教育等の分野における導入", "医療、教育の分野における導入", (("等", ""),)),),
        (Example("医療等における導入", "医療などにおける導入"),),
    ),
)
