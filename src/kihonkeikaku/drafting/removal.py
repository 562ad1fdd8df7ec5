"""A measure removed, with what became of it."""

from collections.abc import Sequence
from typing import Final, get_args

from kihonkeikaku.drafting.editable_yaml import EditableYaml, ItemText, write_string
from kihonkeikaku.drafting.placement import find_placements
from kihonkeikaku.drafting.plan_edit import PlanEdit, measure_file
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.source import FORMER_REVISION_FILE, REVISION
from kihonkeikaku.model.plan import OUTCOME_NAMES, MeasureOutcome
from kihonkeikaku.model.values import Id

_WITH_SUCCESSORS: Final = ("merged", "split")


def needs_outcome(edit: PlanEdit, id: Id) -> bool:
    """Whether the edition that this one supersedes has a measure, so that it must be explained."""
    before = edit.draft.superseded
    return before is not None and any(measure.id == id for measure in before.measures)


def remove_measure(
    edit: PlanEdit,
    id: Id,
    outcome: MeasureOutcome | None = None,
    into: Sequence[Id] = (),
    reason: str | None = None,
) -> None:
    """Removes a measure: its file, its place, its reprints; what became of it is recorded.

    Args:
        edit: the plan.
        id: the measure's id.
        outcome: what became of it, where the edition before has it.
        into: the measures it went into, of one that was merged or split.
        reason: why.

    Raises:
        CommandError: there is no such measure, or what became of it is not said rightly.
    """
    if measure_file(id) not in edit.names:
        raise CommandError(f"「{id}」という取組はありません。")
    if needs_outcome(edit, id):
        if outcome is None:
            choices = "、".join(
                f"{name}（{OUTCOME_NAMES[name]}）" for name in get_args(MeasureOutcome)
            )
            raise CommandError(
                f"取組「{id}」は前の版にあります。"
                f"どうなったかを --became に書いてください：{choices}"
            )
        if (outcome in _WITH_SUCCESSORS) != bool(into):
            raise CommandError(
                "行き先の取組（--into）は、merged（統合）と split（分割）にだけ、"
                "必ず書いてください。"
            )
        _record_outcome(edit, id, outcome, into, reason)
    # From the last to the first: what is removed shifts what comes after it.
    for name, path, _ in reversed(list(find_placements(edit, id))):
        edit.yaml(name).remove_item(path)
    edit.remove_file(measure_file(id))


def _record_outcome(
    edit: PlanEdit, id: Id, outcome: MeasureOutcome, into: Sequence[Id], reason: str | None
) -> None:
    values: dict[str, str] = {"became": outcome}
    if into:
        values["into"] = f"[{', '.join(write_string(one, in_brackets=True) for one in into)}]"
    if reason:
        values["reason"] = write_string(reason)
    lines = [f"{key}: {value}" for key, value in values.items()]
    file = f"{REVISION}/{id}.yaml"
    if FORMER_REVISION_FILE not in edit.names and file in edit.names:
        _complete_record(edit.yaml(file), outcome, into, reason)
        return
    if FORMER_REVISION_FILE not in edit.names:
        text = [*edit.schema_comment(REVISION), f"id: {write_string(id)}", *lines]
        edit.add_file(file, "".join(f"{line}\n" for line in text).encode())
        return
    measures = f"- measures: [{write_string(id, in_brackets=True)}]"
    item = ItemText((measures, *(f"  {line}" for line in lines)))
    revision = edit.yaml(FORMER_REVISION_FILE)
    dispositions = revision.data.get("dispositions", ())
    revision.insert_item(("dispositions",), len(dispositions), item, before=("reasons",))


def _complete_record(
    record: EditableYaml, outcome: MeasureOutcome, into: Sequence[Id], reason: str | None
) -> None:
    """Adds what became of a measure to the file that had the reason of its changes."""
    record.set_key(("became",), outcome, after="id")
    if reason:
        record.set_key(("reason",), reason, after="became")
    for index, successor in enumerate(into):
        item = ItemText.of_value(write_string(successor, in_brackets=True))
        record.insert_item(("into",), index, item, before=("reason",))
