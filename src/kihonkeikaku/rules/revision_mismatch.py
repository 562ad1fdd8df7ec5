"""revision.yaml の書くことが、計画や前の版と合いません。

revision.yaml は、前の版（plan.yaml の edition.supersedes）からの変更を記録します。行き先（into）は
この版にある取組、なくなったもの（measures）は前の版にあってこの版にない取組でなければなりません。

誤り:

    # revision.yaml
    from: zeroth

正しい:

    # revision.yaml
    from: first
"""

from collections.abc import Iterator
from typing import Final

from kihonkeikaku.draft import Draft
from kihonkeikaku.finding import Fault, Path, Severity
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
