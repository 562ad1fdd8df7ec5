"""The following edition or stage started, after the last one was adopted."""

from collections.abc import Mapping
from typing import Final

from kihonkeikaku.drafting.plan_edit import PlanEdit
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.source import FORMER_REVISION_FILE, PLAN_FILE, REVISION
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.model.plan_head import Edition, Stage
from kihonkeikaku.model.values import Id

_FOLLOWING: Final[Mapping[Stage, Stage]] = {
    "骨子": "素案",
    "素案": "案",
    "案": "決定",
    "決定": "骨子",
}
"""The stages within a year; after the decision, the next plan begins."""


def start_next_edition(
    edit: PlanEdit, id: Id, stage: str | None = None, decided_on: str | None = None
) -> tuple[Edition, Stage]:
    """Makes a plan that was adopted the next edition, which supersedes it.

    What the revision said was said of the edition before, and is kept in its record.

    Args:
        edit: the plan.
        id: the next edition's id.
        stage: its stage; else the one that follows.
        decided_on: the date of the Cabinet's decision, of an edition of the last stage.

    Returns:
        The edition that is superseded, and the stage of the next one.

    Raises:
        CommandError: the plan's edition is not adopted, the id is taken, the stage is none, or the
            date is missing or too much.
    """
    record = _require_adopted(edit)
    last = record.head.edition
    if id in edit.draft.adopted:
        raise CommandError(f"版「{id}」の記録がすでにあります。別の識別子にしてください。")
    following = _choose_stage(last.stage, stage)
    if (following == "決定") != (decided_on is not None):
        raise CommandError(
            "閣議決定の日（--decided-on 2025-12-23 の形）は、段階が「決定」の版にだけ、必ず書いて"
            f"ください（この版の段階は「{following}」です。--stage で選べます）。"
        )
    head = edit.yaml(PLAN_FILE)
    head.set_key(("edition", "id"), id, after="id")
    head.set_key(("edition", "stage"), following, after="id")
    head.remove_key(("edition", "dated"))
    head.remove_key(("edition", "decided_on"))
    head.set_key(("edition", "supersedes"), last.id, after="stage")
    if decided_on:
        head.set_key(("edition", "decided_on"), decided_on, after="stage")
    for name in edit.names if edit.draft.plan().revision == record.revision else ():
        if name == FORMER_REVISION_FILE or name.startswith(f"{REVISION}/"):
            edit.remove_file(name)
    return last, following


def _require_adopted(edit: PlanEdit) -> Plan:
    """Returns the record of the plan's edition, which may be worked on for the next one already."""
    head = edit.draft.head
    id = head.edition.id if head else None
    record = edit.draft.adopted.get(id or "")
    if record is None:
        raise CommandError(
            f"版「{id}」は、まだ凍結されていません。"
            "kihonkeikaku adopt で凍結してから、次の版を始めてください。"
        )
    return record


def _choose_stage(last: Stage, wanted: str | None) -> Stage:
    if wanted is None:
        return _FOLLOWING[last]
    for stage in _FOLLOWING:
        if stage == wanted:
            return stage
    raise CommandError(
        f"「{wanted}」という段階はありません。{'、'.join(_FOLLOWING)} のどれかです。"
    )
