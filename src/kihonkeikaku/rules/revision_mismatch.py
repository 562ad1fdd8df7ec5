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
from typing import Final

from kihonkeikaku.draft import Draft, draft_of
from kihonkeikaku.finding import Fault, Path, Severity
from kihonkeikaku.model import Revision
from kihonkeikaku.nearest import did_you_mean

ID: Final = "revision-mismatch"
SEVERITY: Final[Severity] = "error"


def check(draft: Draft) -> Iterator[Fault]:
    """Holds revision.yaml against plan.yaml, the measures, and the edition before."""
    revision = draft.revision
    if revision is None:
        return
    if draft.head and revision.from_ != draft.head.edition.supersedes:
        yield Fault(
            ("revision", "from"),
            f"前の版「{revision.from_}」が plan.yaml の edition.supersedes と違います。",
            "二つを同じにしてください。",
        )
    for index, disposition in enumerate(revision.dispositions):
        here: Path = ("revision", "dispositions", index)
        for place, id in enumerate(disposition.into):
            if not draft.has_file("measures", id):
                hint = did_you_mean(id, draft.measures, "この版の取組を書いてください。")
                yield Fault((*here, "into", place), f"「{id}」という取組はありません。", hint)
        for place, id in enumerate(disposition.measures):
            yield from _check_gone(draft, (*here, "measures", place), id)
    yield from _check_reasons(draft, revision)


def _check_gone(draft: Draft, path: Path, id: str) -> Iterator[Fault]:
    if draft.has_file("measures", id):
        yield Fault(
            path,
            f"取組「{id}」はこの版にもあります。",
            "なくなった取組だけを書いてください。",
        )
    elif draft.predecessor:
        before = [measure.id for measure in draft.predecessor.measures]
        if id not in before:
            hint = did_you_mean(id, before, "前の版の取組を書いてください。")
            yield Fault(path, f"前の版に「{id}」という取組はありません。", hint)


def _check_reasons(draft: Draft, revision: Revision) -> Iterator[Fault]:
    """Looks up what the reasons are given for, where both editions could be read."""
    if draft.predecessor is None or not draft.all_chapters_read:
        return
    before = draft_of(draft.predecessor)
    known = {id for one in (draft, before) for id in one.ids()}
    known |= {ministry.id for one in (draft, before) for ministry in one.ministries}
    for index, reason in enumerate(revision.reasons):
        if reason.id not in known:
            yield Fault(
                ("revision", "reasons", index, "id"),
                f"「{reason.id}」はどちらの版にもありません。",
                did_you_mean(reason.id, sorted(known), "変わったものの識別子を書いてください。"),
            )
