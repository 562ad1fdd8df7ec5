"""A plan's files before they are parsed: their names, their limits, and why one is refused."""

import hashlib
from dataclasses import dataclass
from typing import Final, Literal

from kihonkeikaku.system.terminal import escape_unprintable

YAML_LIMIT: Final = 1 << 20
"""Largest YAML file that is read, in bytes."""
FROZEN_LIMIT: Final = 16 << 20
"""Largest frozen edition that is read, in bytes: as text and data it takes many times as much."""
PLAN_LIMIT: Final = 64 << 20
"""Most bytes that are read of one plan, all its files together."""

PLAN_FILE: Final = "plan.yaml"
MINISTRIES_FILE: Final = "ministries.yaml"
REVISION_FILE: Final = "revision.yaml"
CHAPTERS: Final = "chapters"
MEASURES: Final = "measures"
EDITIONS: Final = "editions"
PLAN_RECORD: Final = "plan.json"
"""The record of its plan that an edition brings along."""
_TOP_FILES: Final = (PLAN_FILE, MINISTRIES_FILE, REVISION_FILE)
FOLDERS: Final = {CHAPTERS: ".yaml", MEASURES: ".yaml", EDITIONS: ".json"}


LineColumn = tuple[int, int]
"""1-based line and column."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """What is wrong with a file, and where: the rule, and the two sentences of its finding."""

    rule: str
    message: str
    hint: str
    place: LineColumn = (1, 1)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: its name within the plan, and its bytes or why it is refused."""

    name: str
    content: bytes | FileProblem

    @property
    def folder(self) -> str:
        """The folder within the plan; empty at the top."""
        return self.name.rpartition("/")[0]

    @property
    def stem(self) -> str:
        """The file's name without its ending, which is the identifier of its content."""
        return self.name.rpartition("/")[2].rpartition(".")[0]

    @property
    def sha256(self) -> str:
        """A hash of its name and content; empty if it was refused."""
        if not isinstance(self.content, bytes):
            return ""
        return hashlib.sha256(f"{self.name}\0".encode() + self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """A plan's files in the order of their names; ``label`` is the plan as the user named it."""

    label: str
    files: tuple[SourceFile, ...]

    @property
    def sha256(self) -> str:
        """A hash of all names and contents, and of what was refused."""
        digest = hashlib.sha256()
        for file in self.files:
            digest.update((file.sha256 or repr(file)).encode())
        return digest.hexdigest()

    def display_name(self, name: str) -> str:
        """Returns a file's name as messages show it."""
        joint = "" if self.label.endswith((":", "/")) else "/"
        return f"{self.label}{joint}{name}"


@dataclass(frozen=True, slots=True)
class FrozenEditionFile:
    """The file of a frozen edition; ``label`` is how the user named it."""

    label: str
    content: bytes | FileProblem

    @property
    def sha256(self) -> str:
        """A hash of its bytes; empty if it was refused."""
        return hashlib.sha256(self.content).hexdigest() if isinstance(self.content, bytes) else ""


PlanSource = SourceFolder | FrozenEditionFile
"""A plan's files before they are parsed."""


def refuse_unread(
    name: str, kind: Literal["file", "folder", "other"] = "file"
) -> SourceFile | None:
    """Refuses, by its name and kind alone, what has no place in a plan; else returns nothing."""
    stray = _stray_file(name)
    if stray:
        return SourceFile(escape_unprintable(name) + ("/" if kind == "folder" else ""), stray)
    return None if kind == "file" else SourceFile(name, not_a_file())


def size_limit(name: str) -> int:
    """Returns how large a file of this name may be, in bytes."""
    return FROZEN_LIMIT if name.endswith(".json") else YAML_LIMIT


def _stray_file(name: str) -> FileProblem | None:
    """Refuses whatever has no place in a plan, by its name."""
    folder, _, file = name.rpartition("/")
    if name in _TOP_FILES or (
        folder in FOLDERS and file.endswith(FOLDERS[folder]) and file.isprintable()
    ):
        return None
    hint = "計画に要るものなら置き場所と名前を確かめ、要らないものなら計画の外へ移してください。"
    if file.endswith(".yml"):
        hint = "ファイル名の終わりを「.yaml」にしてください。"
    return FileProblem("stray-file", "計画のファイルではないものが置かれています。", hint)


def not_a_file() -> FileProblem:
    """Refuses a link, a folder in the place of a file, a pipe and the like."""
    return FileProblem(
        "not-a-file",
        "通常のファイルではないため読みません（リンク、フォルダー、パイプなど）。",
        "中身を通常のファイルとして置いてください。",
    )


def unreadable_file(error: OSError) -> FileProblem:
    """Refuses a file that the machine can't read."""
    return FileProblem(
        "unreadable-file",
        f"ファイルを読めません（{error.strerror}）。",
        "ファイルの権限を確かめてください。",
    )


def too_large(limit: int) -> FileProblem:
    """Refuses a file of more than ``limit`` bytes."""
    return FileProblem(
        "too-large",
        f"ファイルが大きすぎるため読みません（上限 {limit >> 20} MiB）。",
        "内容を分けるか、誤って入った大きなデータを除いてください。",
    )


def plan_too_large() -> FileProblem:
    """Refuses a file with which a plan would be larger than its limit."""
    return FileProblem(
        "too-large",
        f"計画の全体が大きすぎるため、ここから先は読みません（上限 {PLAN_LIMIT >> 20} MiB）。",
        "誤って入った大きなデータを除いてください。",
    )
