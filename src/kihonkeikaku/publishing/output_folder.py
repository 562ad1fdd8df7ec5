"""Where an edition is put: what may stand there, and what stands beside it while it is made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.source import PLAN_RECORD
from kihonkeikaku.publishing.manifest import MANIFEST, read_manifest
from kihonkeikaku.system.os_errors import translate_os_errors
from kihonkeikaku.system.terminal import escape_unprintable

_ALWAYS_OURS: Final = frozenset({MANIFEST, PLAN_RECORD, "html", "pdf", "comparison"})
_OF_THE_DESKTOP: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_ELSEWHERE: Final = "別のフォルダーを --out に指定してください。"


@dataclass(frozen=True, slots=True)
class Place:
    """An output folder: as the user named it, and as it is.

    What stands beside it while a build is at work has a name that tells it is ours: nobody else
    has any business there, and with the lock held, whatever is there was left by a killed build.
    """

    shown: Path
    path: Path

    @property
    def lock(self) -> Path:
        """The lock file."""
        return self._beside("lock")

    @property
    def new(self) -> Path:
        """The edition that is being made, and after the exchange the one that was there before."""
        return self._beside("new")

    @property
    def old(self) -> Path:
        """The edition before, on its way out, where the two can't be exchanged."""
        return self._beside("old")

    def _beside(self, what: str) -> Path:
        return self.path.with_name(f".{self.path.name}.kihonkeikaku-{what}")


def place(out: Path) -> Place:
    """Returns the place that ``out`` names.

    Raises:
        CommandError: ``out`` is the root, or no path at all.
        MachineError: the way there can't be followed.
    """
    with translate_os_errors(out):
        try:
            whole = out.name in ("", "..")
            path = out.resolve() if whole else out.parent.resolve() / out.name
        except (RuntimeError, ValueError) as error:  # links in a circle; a name with a zero byte
            raise CommandError(f"{out} という場所はありません。") from error
    if not path.name:
        raise CommandError(f"{out} は置き換えません。{_ELSEWHERE}")
    return Place(out, path)


def refuse_place(place: Place, plans: Iterable[Path] = ()) -> None:
    """Checks that an edition may be put somewhere: it's absent, empty, or holds one of ours.

    Args:
        place: where it is to go.
        plans: the folders and files that the edition is made from, which it must leave alone.

    Raises:
        CommandError: it may not.
        MachineError: it can't be looked at.
    """
    with translate_os_errors(place.shown):
        _refuse_plan(place, plans)
        if place.path.is_symlink():
            raise CommandError(f"{place.shown} はリンクであるため、置き換えません。{_ELSEWHERE}")
        if not place.path.exists():
            return
        if not place.path.is_dir():
            raise CommandError(
                f"{place.shown} はフォルダーではないため、置き換えません。{_ELSEWHERE}"
            )
        if place.path.is_mount():
            raise CommandError(
                f"{place.shown} はマウントされた場所そのものであるため、置き換えられません。"
                "その下のフォルダーを --out に指定してください。"
            )
        if _is_within(Path.cwd(), place.path):
            raise CommandError(
                f"{place.shown} は今いるフォルダーであるため、置き換えません。"
                "ほかのフォルダーに移ってから実行してください。"
            )
        refuse_foreign_files(place.path, place.shown)


def refuse_foreign_files(folder: Path, shown: Path) -> None:
    """Checks that a folder is empty or holds an edition of ours, with nothing beside it.

    What lies within the folders of an edition is the edition's.

    Raises:
        CommandError: it is not.
        OSError: it can't be read.
    """
    names = sorted({item.name for item in folder.iterdir()} - _OF_THE_DESKTOP)
    facts = read_manifest(folder) if names else None
    ours = _ours(facts) if facts else set()
    foreign = [name for name in names if name not in ours]
    if foreign:
        raise CommandError(
            f"{shown} には kihonkeikaku が作ったのではないファイルがあるため、"
            f"置き換えません（{_listed(foreign)}）。{_ELSEWHERE}"
        )


def _refuse_plan(place: Place, plans: Iterable[Path]) -> None:
    for plan in plans:
        there = plan.resolve()
        if _is_within(there, place.path):
            raise CommandError(
                f"{place.shown} には計画（{plan}）があるため、置き換えません。{_ELSEWHERE}"
            )
        if _is_within(place.path, there):
            raise CommandError(
                f"{place.shown} は計画のフォルダー（{plan}）の中であるため、"
                f"作りません。{_ELSEWHERE}"
            )


def _ours(facts: Mapping[str, Any]) -> set[str]:
    """What may stand at the top of an edition: what editions have, and what its manifest lists."""
    files = facts.get("files")
    listed = files if isinstance(files, dict) else {}
    return {*_ALWAYS_OURS, *(name.partition("/")[0] for name in listed)}


def _is_within(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


def _listed(names: list[str]) -> str:
    return "、".join(map(escape_unprintable, names[:3])) + ("など" if len(names) > 3 else "")
