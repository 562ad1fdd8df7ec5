"""Adopting an edition: frozen once, never written again."""

from pathlib import Path

from kihonkeikaku.finding import MachineTrouble, Trouble
from kihonkeikaku.frozen import freeze
from kihonkeikaku.model import Plan
from kihonkeikaku.publish import write_new_file
from kihonkeikaku.source import EDITIONS


def own_folder(argument: str) -> Path:
    """Returns where the plan that ``argument`` names keeps its adopted editions.

    Raises:
        Trouble: the plan is no folder, so that there is nowhere to keep them.
    """
    if not Path(argument).is_dir():
        raise Trouble(f"{argument} はフォルダーではありません。--into で置き場所を示してください。")
    return Path(argument) / EDITIONS


def adopt(plan: Plan, folder: Path) -> Path:
    """Writes the plan's frozen edition into ``folder`` and returns the file's path.

    An edition that is there already, byte for byte, is left as it is.

    Raises:
        Trouble: the edition's id is taken by another content.
        MachineTrouble: the file can't be written.
    """
    content = freeze(plan)
    target = folder / f"{plan.head.edition.id}.json"
    try:
        write_new_file(target, content)
    except FileExistsError as error:
        if target.read_bytes() != content:
            raise Trouble(
                f"{target} は別の内容ですでにあります。"
                "版の識別子（plan.yaml の edition.id）を新しくしてください。"
            ) from error
    except OSError as error:
        raise MachineTrouble(f"{target} に書けません（{error.strerror}）。") from error
    return target
