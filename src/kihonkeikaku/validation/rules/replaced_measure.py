"""識別子は同じなのに、前の版とまったく別の取組になっています。

本文に共通する語がなく、担当の府省庁にも共通するものがないとき、別の取組とみなします。どの取組にもある
語（AI、推進、支援など）は数えません。別の取組であれば、新しい識別子にし、前の取組がどうなったかを
revision に書いてください。

前の版は --against で示すか、editions に edition.supersedes の版があれば自動で読みます。
"""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.model.plan import Measure, Ministry

SEVERITY = "warning"

_WORD: Final = re.compile(r"[\u4e00-\u9fff々]+|[ァ-ヶー]+|[A-Za-z]{2,}")
_IN_EVERY_PLAN: Final = frozenset(
    {
        *("AI", "推進", "促進", "支援", "強化", "検討", "構築", "整備", "確保", "向上", "実施"),
        *("取組", "施策", "利活", "活用", "連携", "関連"),
    }
)
"""Words that are common to measures of every subject."""


def check(draft: Draft) -> Iterator[Violation]:
    """Compares each measure with the one of its id in the edition before."""
    if draft.predecessor is None:
        return
    before = {m.name: m for m in draft.predecessor.ministries}
    now = draft.ministries_by_name()
    for old in draft.predecessor.measures:
        new = draft.measures.get(old.id)
        if (
            new
            and _share_nothing(_words(old), _words(new))
            and _share_nothing(_ministries(old, before), _ministries(new, now))
        ):
            yield Violation(
                ("measures", old.id, "id"),
                f"取組「{old.id}」は、前の版の同じ識別子の取組と、本文も担当もまったく違います。",
                "別の取組なら、新しい識別子にし、前の取組のことを revision に書いてください。",
            )


def _share_nothing(old: set[str], new: set[str]) -> bool:
    """Whether two sets have nothing in common, and neither is empty."""
    return bool(old and new) and not old & new


def _words(measure: Measure) -> set[str]:
    """Returns pairs of kanji, and words of kana and of Latin letters; no common ones."""
    runs = [run for clause in measure.parts for run in clause.text if isinstance(run, str)]
    words = [word for run in runs for word in _WORD.findall(run)]
    kanji = [word for word in words if word[0] >= "一"]
    pairs = {word[at : at + 2] for word in kanji for at in range(len(word) - 1)}
    return (pairs | {word for word in words if word[0] < "一"}) - _IN_EVERY_PLAN


def _ministries(measure: Measure, register: dict[str, Ministry]) -> set[str]:
    """Returns the ids of the ministries with those above and before them, without collectives."""
    assigned = (a.ministry for clause in measure.parts for a in clause.assignments)
    known = [register[name] for name in assigned if name in register]
    kin = [(m.id, m.parent, *m.succeeds) for m in known if not m.collective]
    return {id for ids in kin for id in ids if id}
