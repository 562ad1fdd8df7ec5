"""revision の書くことが、計画や前の版と合いません。

revision フォルダーは、前の版（plan.yaml の edition.supersedes）からの変更を記録します。became の
あるものは前の版にあってこの版にない取組、行き先（into）はこの版にある取組、came_from は前の版にも
この版にもある取組です。理由だけを書くものは、どちらかの版にあるものです。

誤り:

    # revision/alpha.yaml
    id: alpha
    became: completed

正しい:

    # revision/alpha.yaml
    id: alpha
    reason: 記載の順を整えたため
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft, draft_from_plan
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.model.plan import Disposition
from kihonkeikaku.model.values import Id
from kihonkeikaku.text.suggestions import Suggestions

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Holds ``revision/`` against plan.yaml, the measures, and the edition before."""
    if draft.revision and draft.head and draft.head.edition.supersedes is None:
        yield Violation(
            ("plan", "edition"),
            "前の版からの変更の記録（revision）がありますが、supersedes がありません。",
            "前の版の識別子を edition に「supersedes: …」と書いてください。",
            at_key=True,
        )
    former = draft.former_supersedes
    if former and draft.head and former != draft.head.edition.supersedes:
        yield Violation(
            ("former-revision", "from"),
            f"前の版「{former}」が plan.yaml の edition.supersedes と違います。",
            "二つを同じにしてください。",
        )
    before = {measure.id for measure in draft.predecessor.measures} if draft.predecessor else None
    here, there = Suggestions(draft.measures), Suggestions(before or ())
    for name, disposition in draft.revision.items():
        for place, id in enumerate(disposition.into):
            if not draft.has_file("measures", id):
                yield Violation(
                    ("revision", name, "into", place),
                    f"「{id}」という取組はありません。",
                    here.hint(id, "この版の取組を書いてください。"),
                )
        if disposition.became:
            yield from _check_gone(draft, disposition, before, there)
        if disposition.came_from:
            yield from _check_origins(draft, disposition, before, there)
    yield from _check_reasons(draft)


def _check_gone(
    draft: Draft, disposition: Disposition, before: set[Id] | None, there: Suggestions
) -> Iterator[Violation]:
    id = disposition.id
    if draft.has_file("measures", id):
        yield Violation(
            ("revision", id, "id"),
            f"取組「{id}」はこの版にもあります。",
            "なくなった取組だけに became を書いてください。残る取組に統合したときは、なくなった"
            "取組の into にその取組を、残る取組から分けたときは、分けてできた取組の came_from に"
            "元の取組を書きます。",
        )
    elif before is not None and id not in before:
        yield Violation(
            ("revision", id, "id"),
            f"前の版に「{id}」という取組はありません。",
            there.hint(id, "前の版の取組を書いてください。"),
        )


def _check_origins(
    draft: Draft, disposition: Disposition, before: set[Id] | None, there: Suggestions
) -> Iterator[Violation]:
    id = disposition.id
    if not draft.has_file("measures", id) or (before is not None and id in before):
        yield Violation(
            ("revision", id, "id"),
            f"取組「{id}」は、この版で新しくできた取組ではありません。",
            "came_from は、新しくできた取組に書いてください。",
        )
    for place, origin in enumerate(disposition.came_from):
        path = ("revision", id, "came_from", place)
        if before is not None and origin not in before:
            yield Violation(
                path,
                f"前の版に「{origin}」という取組はありません。",
                there.hint(origin, "前の版の取組を書いてください。"),
            )
        elif not draft.has_file("measures", origin):
            yield Violation(
                path,
                f"取組「{origin}」はこの版にありません。",
                f"なくなった取組なら、revision/{origin}.yaml に「became: split」と書いてください。",
            )


def _check_reasons(draft: Draft) -> Iterator[Violation]:
    """Looks up what the reasons are given for, where both editions could be read."""
    if draft.predecessor is None or not draft.all_chapters_read:
        return
    before = draft_from_plan(draft.predecessor)
    known = {id for one in (draft, before) for id in one.ids()}
    known |= {ministry.id for one in (draft, before) for ministry in one.ministries}
    suggestions = Suggestions(known)
    for name, disposition in draft.revision.items():
        if not disposition.became and not disposition.came_from and name not in known:
            yield Violation(
                ("revision", name, "id"),
                f"「{name}」はどちらの版にもありません。",
                suggestions.hint(name, "変わったものの識別子を書いてください。"),
            )
