"""期限の言葉と、日付（by）が合っていません。

by は、text に書いた期限が終わる日です。年度は翌年の3月31日に、上半期は9月30日に、年は12月31日に
終わります。text が「早期に」のように日付を言わなければ、調べません。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
    deadline:
      text: 令和7年度中
      by: 2025-12-31

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
    deadline:
      text: 令和7年度中
      by: 2026-03-31
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation
from kihonkeikaku.model.plan import PrintedDeadline
from kihonkeikaku.text.dates import format_wareki
from kihonkeikaku.text.deadline_reader import read_deadlines

SEVERITY = "warning"

_PARTS_OF_MONTH: Final = 32
"""In how many parts a day divides a month in ``Deadline.month``."""


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each ``by`` that is not the last day of what is printed."""
    for path, deadline in _deadlines(draft):
        ends = [
            found.month
            for found in read_deadlines(deadline.text)
            if found.kind == "end by year" and found.month >= 12
        ]
        if deadline.by is None or not ends:
            continue
        first, last = _days_meant(max(ends))
        if not first <= deadline.by <= last:
            yield Violation(
                (*path, "by"),
                f"期限「{deadline.text}」は{format_wareki(last)}に終わりますが、"
                f"by は{format_wareki(deadline.by)}です。",
                f"by を {last.isoformat()} とするか、text を直してください。",
            )


def _deadlines(draft: Draft) -> Iterator[tuple[PlanPath, PrintedDeadline]]:
    for name, measure in draft.measures.items():
        if measure.deadline:
            yield ("measures", name, "deadline"), measure.deadline
    for line in draft.body_lines:
        if line.deadline:
            yield (*line.path, "deadline"), line.deadline


def _days_meant(months: float) -> tuple[date, date]:
    """Returns the first and the last day that may be meant by a number of months.

    A whole number is the end of a month, one with 32nds a day, any other a part of a month.
    """
    whole = int(months) if months == int(months) else int(months) + 1
    year, month = divmod(whole - 1, 12)
    last = date(year, month + 1, monthrange(year, month + 1)[1])
    if months == int(months):
        return last, last
    day = (months - int(months)) * _PARTS_OF_MONTH
    if abs(day - round(day)) < 1e-6:
        on = last.replace(day=min(round(day), last.day))
        return on, on
    return last.replace(day=1), last
