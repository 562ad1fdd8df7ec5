"""Adopts an edition: writes its frozen file, which is never written again."""

from pathlib import Path

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.folder import leads_to_folder, read_regular_file
from kihonkeikaku.loading.source import EDITIONS, FROZEN_LIMIT
from kihonkeikaku.model.frozen import freeze, thaw
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.publishing.output_folder import plan_folder_above, require_writable_file
from kihonkeikaku.system.atomic_files import write_new_file
from kihonkeikaku.system.os_errors import translate_os_errors


def editions_folder(argument: str) -> Path:
    """Returns the folder of the adopted editions of the plan that ``argument`` names.

    Raises:
        CommandError: the plan is no folder.
    """
    if not leads_to_folder(argument):
        raise CommandError(
            f"{argument} はフォルダーではありません。--into で置き場所を示してください。"
        )
    return Path(argument) / EDITIONS


def adopt(plan: Plan, folder: Path) -> Path:
    """Writes a valid plan's frozen edition into ``folder`` and returns the file's path.

    An edition that is there already, byte for byte, is left as it is.

    Raises:
        CommandError: the edition's id is taken by another content, its record could not be read
            again, or ``folder`` is a plan's, and has no record of the edition that this one
            supersedes.
        MachineError: the file can't be written.
    """
    content = freeze(plan)
    thaw(content)
    target = folder / f"{plan.head.edition.id}.json"
    require_writable_file(target, within=EDITIONS)
    _require_predecessor(plan, folder)
    with translate_os_errors(target):
        try:
            write_new_file(target, content, tree=plan_folder_above(target))
        except FileExistsError:
            if read_regular_file(target, FROZEN_LIMIT) != content:
                raise CommandError(
                    f"{target} は別の内容ですでにあります。"
                    "版の識別子（plan.yaml の edition.id）を新しくしてください。"
                ) from None
    return target


def _require_predecessor(plan: Plan, folder: Path) -> None:
    before = plan.head.edition.supersedes
    if before and plan_folder_above(folder / before) and not (folder / f"{before}.json").exists():
        raise CommandError(
            f"改められる版「{before}」の記録が {folder} にありません。"
            f"先に {before}.json を置いてください。"
        )
