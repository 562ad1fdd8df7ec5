"""revision.yaml の書くことが、計画や前の版と合いません。

revision.yaml は、前の版（plan.yaml の edition.supersedes）からの変更を記録します。なくなったもの
（measures）は前の版にあってこの版にない取組、行き先（into）はこの版にある取組です。理由（reasons）の
id は、どちらかの版にあるものです。

誤り:

    # revision.yaml
    from: zeroth

正しい:

    # revision.yaml
    from: first
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft, draft_from_plan
from kihonkeikaku.model.finding import PlanPath, Violation
from kihonkeikaku.model.plan import Revision
from kihonkeikaku.text.suggestions import Suggestions

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Holds revision.yaml against plan.yaml, the measures, and the edition before."""
    revision = draft.revision
    if revision is None:
        return
    if draft.head and revision.from_ != draft.head.edition.supersedes:
        yield Violation(
            ("revision", "from"),
            f"前の版「{revision.from_}」が plan.yaml の edition.supersedes と違います。",
            "二つを同じにしてください。",
        )
    yield from _check_successors(draft, revision)
    yield from _check_gone(draft, revision)
    yield from _check_reasons(draft, revision)


def _check_successors(draft: Draft, revision: Revision) -> Iterator[Violation]:
    suggestions = Suggestions(draft.measures)
    for index, disposition in enumerate(revision.dispositions):
        for place, id in enumerate(disposition.into):
            if not draft.has_file("measures", id):
                path: PlanPath = ("revision", "dispositions", index, "into", place)
                hint = suggestions.hint(id, "この版の取組を書いてください。")
                yield Violation(path, f"「{id}」という取組はありません。", hint)


def _check_gone(draft: Draft, revision: Revision) -> Iterator[Violation]:
    before = {measure.id for measure in draft.predecessor.measures} if draft.predecessor else None
    suggestions = Suggestions(before or ())
    for index, disposition in enumerate(revision.dispositions):
        for place, id in enumerate(disposition.measures):
            path: PlanPath = ("revision", "dispositions", index, "measures", place)
            if draft.has_file("measures", id):
                hint = (
                    "なくなった取組だけを書いてください。残る取組に統合したときは、その取組を into "
                    "に、残る取組から分けたときは、分けてできた取組を reasons に書きます。"
                )
                yield Violation(path, f"取組「{id}」はこの版にもあります。", hint)
            elif before is not None and id not in before:
                hint = suggestions.hint(id, "前の版の取組を書いてください。")
                yield Violation(path, f"前の版に「{id}」という取組はありません。", hint)


def _check_reasons(draft: Draft, revision: Revision) -> Iterator[Violation]:
    """Looks up what the reasons are given for, where both editions could be read."""
    if draft.predecessor is None or not draft.all_chapters_read:
        return
    before = draft_from_plan(draft.predecessor)
    known = {id for one in (draft, before) for id in one.ids()}
    known |= {ministry.id for one in (draft, before) for ministry in one.ministries}
    suggestions = Suggestions(known)
    for index, reason in enumerate(revision.reasons):
        if reason.id not in known:
            yield Violation(
                ("revision", "reasons", index, "id"),
                f"「{reason.id}」はどちらの版にもありません。",
                suggestions.hint(reason.id, "変わったものの識別子を書いてください。"),
            )
