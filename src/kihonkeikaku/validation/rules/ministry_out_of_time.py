"""版の日付に存在しない府省庁が担当になっています。

版の日付は edition.decided_on（閣議決定の日）、なければ edition.dated です。どちらもない版は
調べません。
府省庁は設置（established）の日からあり、廃止（abolished）の日にはもうありません。

誤り:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition: {id: second, stage: 案, dated: 2001-04-01}
    basis: {law: 法律, number: 令和7年法律第53号, law_id: 507AC0000000053, article: 第18条第1項}
    chapters: [vision, policy, measures, promotion]
    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
        succeeds: [miti]
      - id: miti
        name: 通産省
        abolished: 2001-01-06
      - id: mext
        name: 文科省
    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 通産省

正しい:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition: {id: second, stage: 案, dated: 2001-04-01}
    basis: {law: 法律, number: 令和7年法律第53号, law_id: 507AC0000000053, article: 第18条第1項}
    chapters: [vision, policy, measures, promotion]
    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
        succeeds: [miti]
      - id: miti
        name: 通産省
        abolished: 2001-01-06
      - id: mext
        name: 文科省
    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.model.plan import Ministry
from kihonkeikaku.model.plan_head import PlanHead

SEVERITY = "error"
ADJUSTABLE: Final = True

_MOST_RELATIVES: Final = 5
"""So many successions in a row are followed for a hint, and so many names given."""

Relatives = Mapping[str, Sequence[Ministry]]
"""The successors, or the predecessors, of each ministry by its id."""


def check(draft: Draft) -> Iterator[Violation]:
    """Holds each assigned ministry against the edition's date."""
    day = _date(draft.head) if draft.head else None
    if day is None:
        return
    by_name, successors, predecessors = (
        draft.ministries_by_name(),
        *_find_relatives(draft.ministries),
    )
    for path, assignments in draft.assignment_lists:
        for index, assignment in enumerate(assignments):
            ministry = by_name.get(assignment.ministry)
            if ministry is None or _exists(ministry, day):
                continue
            relatives = successors if _is_over(ministry, day) else predecessors
            yield Violation(
                (*path, index, "ministry"),
                f"府省庁「{ministry.name}」は、版の日付（{day}）には{_state(ministry, day)}。",
                _hint(_find_existing_relatives(ministry, relatives, day)),
            )


def _date(head: PlanHead) -> date | None:
    return head.edition.decided_on or head.edition.dated


def _is_over(ministry: Ministry, day: date) -> bool:
    return ministry.abolished is not None and ministry.abolished <= day


def _exists(ministry: Ministry, day: date) -> bool:
    founded = ministry.established is None or ministry.established <= day
    return founded and not _is_over(ministry, day)


def _state(ministry: Ministry, day: date) -> str:
    if _is_over(ministry, day):
        return f"もうありません（廃止 {ministry.abolished}）"
    return f"まだありません（設置 {ministry.established}）"


def _hint(names: list[str]) -> str:
    if not names:
        return "担当する府省庁を改めるか、ministries.yaml の日付を直してください。"
    choice = "か".join(f"「{name}」" for name in names)
    return f"{choice}に改めるか、ministries.yaml の日付を直してください。"


def _find_relatives(ministries: Sequence[Ministry]) -> tuple[Relatives, Relatives]:
    """Returns the successors and the predecessors of each."""
    by_id = {ministry.id: ministry for ministry in ministries}
    successors: dict[str, list[Ministry]] = defaultdict(list)
    predecessors: dict[str, list[Ministry]] = defaultdict(list)
    for ministry in ministries:
        for id in ministry.succeeds:
            successors[id].append(ministry)
            predecessors[ministry.id] += [by_id[id]] if id in by_id else []
    return successors, predecessors


def _find_existing_relatives(ministry: Ministry, relatives: Relatives, day: date) -> list[str]:
    """Returns the names of the nearest relatives that exist on that day."""
    generation = [ministry]
    for _ in range(_MOST_RELATIVES):
        generation = [one for m in generation for one in relatives.get(m.id, ())[:_MOST_RELATIVES]][
            :_MOST_RELATIVES
        ]
        present = [one.name for one in generation if _exists(one, day)]
        if present:
            return present
    return []
