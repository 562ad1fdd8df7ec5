"""前にあった識別子を、別のものに使っています。

版をまたいで同じものだと分かるのは、識別子によってだけです。前の版で見出しだった識別子を取組に使ったり、
一度なくなった識別子を使ったりすると、新旧対照表が別のものどうしを結びます。なくなった取組を、同じものと
して元に戻すのであれば、理由を添えて認めてください。
"""

from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft, draft_from_plan
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"
ADJUSTABLE: Final = True


def check(draft: Draft) -> Iterator[Violation]:
    """Looks up each identifier in the editions before, the latest that has it."""
    before: dict[str, tuple[str, str, bool]] = {}
    for age, plan in enumerate(draft.editions_before()):
        for _, id, what in draft_from_plan(plan).identified():
            before.setdefault(id, (what, plan.head.edition.id, age == 0))
    for path, id, what in draft.identified():
        was, edition, in_last = before.get(id, (what, "", True))
        if not in_last:
            yield Violation(
                (*path, "id"),
                f"識別子「{id}」は、前の版になく、その前の版「{edition}」で{was}に使われていました。",
                "別のものなら、これまでに使われていない識別子にしてください。",
            )
        elif was != what:
            yield Violation(
                (*path, "id"),
                f"識別子「{id}」は、前の版「{edition}」では{was}に使われていました。",
                "これまでに使われていない識別子にしてください。",
            )
