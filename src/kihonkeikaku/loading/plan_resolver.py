"""The plan that an argument names: a record's file, a folder, an edition's id, or a revision."""

from pathlib import Path

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.folder import (
    leads_anywhere,
    leads_to_file,
    leads_to_folder,
    read_folder,
    read_records,
    read_regular_file,
)
from kihonkeikaku.loading.git import NoSuchPlanError, read_revision
from kihonkeikaku.loading.source import (
    DEFAULT_PLAN,
    EDITIONS,
    FROZEN_LIMIT,
    PLAN_FILE,
    FrozenEditionFile,
    PlanSource,
    SourceFolder,
)
from kihonkeikaku.text.suggestions import did_you_mean


def open_plan(argument: str, beside: PlanSource | None = None) -> PlanSource:
    """Reads the plan that ``argument`` names.

    It is the file of a frozen edition, a folder, the id of an adopted edition, or a revision, tried
    in this order.

    Args:
        argument: as the user wrote it.
        beside: the plan that this one is compared with: its adopted editions are looked up first,
            then those of ``DEFAULT_PLAN``.

    Raises:
        CommandError: there is no such plan.
    """
    if leads_to_file(argument):
        return _open_edition(argument)
    if leads_to_folder(argument):
        return open_source_folder(argument)
    known = open_record(beside, argument) if beside else None
    if known:
        return known
    path = named_record(argument)
    if path:
        return _open_edition(path)
    try:
        return open_source_folder(argument)
    except NoSuchPlanError as error:
        records = beside.records if beside else ()
        records += read_records(Path(DEFAULT_PLAN, EDITIONS))
        hint = did_you_mean(argument, {record.stem for record in records}, "")
        raise NoSuchPlanError(f"{error}{hint}") from error


def open_record(plan: PlanSource, edition: str) -> FrozenEditionFile | None:
    """Returns the record of an adopted edition beside a plan, if there is one of this id."""
    for record in plan.records:
        if record.stem == edition:
            name = plan.display_name(record.name)
            return FrozenEditionFile(name, record.content, plan.records)
    return None


def named_record(argument: str) -> str | None:
    """Returns the file of the adopted edition of ``DEFAULT_PLAN`` that a word names, if any."""
    path = f"{DEFAULT_PLAN}/{EDITIONS}/{argument}.json"
    bare = "/" not in argument and not leads_anywhere(argument)
    return path if bare and leads_to_file(path) else None


def _open_edition(path: str) -> FrozenEditionFile:
    """Reads the file of a frozen edition, and the records beside it if it is one of several."""
    folder = Path(path).parent
    records = read_records(folder) if folder.name == EDITIONS else ()
    return FrozenEditionFile(path, read_regular_file(path, FROZEN_LIMIT), records)


def open_source_folder(argument: str) -> SourceFolder:
    """Reads the plan that ``argument`` names: a folder, ``REV:FOLDER``, ``REV:``, or ``REV``.

    Raises:
        CommandError: there is no such plan.
    """
    source = read_folder(argument) if leads_to_folder(argument) else read_revision(argument)
    if not any(entry.name == PLAN_FILE for entry in source.files):
        raise CommandError(
            f"{argument} は計画のフォルダーではありません（{PLAN_FILE} がありません）。"
        )
    return source
