"""A plan's files before they are parsed: names, limits, encoding, and why one is refused."""

import codecs
import hashlib
import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from kihonkeikaku.model.figures import FIGURE_LIMIT
from kihonkeikaku.model.finding import Fix
from kihonkeikaku.system.terminal import escape_unprintable

YAML_LIMIT: Final = 1 << 20
"""Largest YAML file that is read, in bytes."""
FROZEN_LIMIT: Final = 16 << 20
"""Largest frozen edition that is read, in bytes: as text and data it takes many times as much."""
PLAN_LIMIT: Final = 64 << 20
"""Most bytes that are read of one plan, all its files together."""

_SHOWN_COMMIT: Final = 10
"""So many digits of a commit's id are shown."""

DEFAULT_PLAN: Final = "plan"
"""The folder of the plan where none is named; ids of adopted editions are looked up in it."""
PLAN_FILE: Final = "plan.yaml"
MINISTRIES_FILE: Final = "ministries.yaml"
FORMER_REVISION_FILE: Final = "revision.yaml"
"""Where format 1 kept what the folder ``revision`` holds now."""
SITE_FILE: Final = "site.yaml"
CHAPTERS: Final = "chapters"
MEASURES: Final = "measures"
REVISION: Final = "revision"
EDITIONS: Final = "editions"
SHEETS: Final = "sheets"
FIGURES: Final = "figures"
PLAN_RECORD: Final = "plan.json"
"""The record of its plan that an edition brings along."""
_TOP_FILES: Final = (PLAN_FILE, MINISTRIES_FILE, FORMER_REVISION_FILE, SITE_FILE)
FOLDERS: Final = {
    CHAPTERS: (".yaml",),
    MEASURES: (".yaml",),
    REVISION: (".yaml",),
    EDITIONS: (".json",),
    SHEETS: (".json",),
    FIGURES: (".svg", ".png", ".jpg", ".jpeg"),
}
"""The folders of a plan, and how the names of their files end."""

_ENCODINGS: Final = (("cp932", "Shift_JIS（CP932）"), ("euc_jp", "EUC-JP"))

BYTE_ORDER_MARK: Final = "\ufeff"
# How a file begins that is in another encoding, whether it decodes as UTF-8 or not. The first
# character of a plan's file is of one byte: with zeros beside it, it is of two or four.
_BEGINNINGS: Final = (
    (re.compile(rb"\xff\xfe\0\0|\0\0\xfe\xff|[^\0]\0\0\0|\0\0\0[^\0]"), "UTF-32"),
    (re.compile(rb"\xff\xfe|\xfe\xff|[^\0]\0|\0[^\0]"), "UTF-16"),
)

_ISO_2022_JP: Final = re.compile(rb"\x1b\$[@B]")

_TEMPORARY_FILE: Final = re.compile(r"\..+\.kihonkeikaku-[0-9]+")
"""What a killed command leaves in a plan where it could have no temporary file outside."""

_HALF_WIDTH_KATAKANA: Final = re.compile("[\uff61-\uff9f]")

_OTHER_ENDING: Final = re.compile(r"[\w-]+\.(?:ya?ml|yam|json|txt)(?:\.txt)?", re.ASCII | re.I)

LineColumn = tuple[int, int]
"""1-based line and column."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """What is wrong with a file, and where: the rule, and the two sentences of its finding.

    ``fix`` is what should stand on its line instead, where that is beyond doubt.
    """

    rule: str
    message: str
    hint: str
    place: LineColumn = (1, 1)
    fix: Fix | None = None


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
    """A plan's files in the order of their names; ``label`` is the plan as the user named it.

    ``commit`` is the id of the git commit that they are of, empty for files of a folder.
    """

    label: str
    files: tuple[SourceFile, ...]
    commit: str = ""

    @property
    def ref(self) -> str:
        """How reports say which plan this is."""
        return f"{self.label}（{self.commit[:_SHOWN_COMMIT]}）" if self.commit else self.label

    @property
    def sha256(self) -> str:
        """A hash of all names and contents, and of what was refused."""
        digest = hashlib.sha256()
        for file in self.files:
            digest.update((file.sha256 or repr(file)).encode())
        return digest.hexdigest()

    @property
    def records(self) -> tuple[SourceFile, ...]:
        """The frozen editions beside the plan."""
        return tuple(file for file in self.files if file.folder == EDITIONS)

    def display_name(self, name: str) -> str:
        """Returns a file's name as messages show it."""
        joint = "" if self.label.endswith((":", "/")) else "/"
        return f"{self.label}{joint}{name}"


@dataclass(frozen=True, slots=True)
class FrozenEditionFile:
    """The file of a frozen edition; ``label`` is how messages name it.

    ``records`` are the frozen editions beside it, by which a chain leads to those before.
    """

    label: str
    content: bytes | FileProblem
    records: tuple[SourceFile, ...] = ()

    @property
    def sha256(self) -> str:
        """A hash of its bytes, and of the records beside it; empty if it was refused."""
        if not isinstance(self.content, bytes):
            return ""
        digest = hashlib.sha256(self.content)
        for file in self.records:
            digest.update((file.sha256 or repr(file)).encode())
        return digest.hexdigest()

    @property
    def ref(self) -> str:
        """How reports say which plan this is."""
        return self.label

    def display_name(self, name: str) -> str:
        """Returns the name of a record beside this one as messages show it."""
        return f"{self.label.rpartition(f'{EDITIONS}/')[0]}{name}"


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
    if name.startswith(f"{FIGURES}/"):
        return FIGURE_LIMIT
    return FROZEN_LIMIT if name.endswith(".json") else YAML_LIMIT


def _stray_file(name: str) -> FileProblem | None:
    """Refuses whatever has no place in a plan, by its name."""
    folder, _, file = name.rpartition("/")
    if name in _TOP_FILES or (
        folder in FOLDERS and file.endswith(FOLDERS[folder]) and file.isprintable()
    ):
        return None
    hint = "計画に要るものなら置き場所と名前を確かめ、要らないものなら計画の外へ移してください。"
    is_placed = folder in FOLDERS or f"{file.partition('.')[0]}.yaml" in _TOP_FILES
    if is_placed and _OTHER_ENDING.fullmatch(file):
        endings = "」か「".join(FOLDERS.get(folder, (".yaml",)))
        hint = f"ファイル名の終わりを「{endings}」にしてください。"
    elif _TEMPORARY_FILE.fullmatch(file):
        hint = "kihonkeikaku が書いている途中で強制終了されたときの残りです。消してください。"
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


def decode_text(content: bytes) -> str | FileProblem:
    """Decodes a file's bytes: strict UTF-8. A byte order mark goes, and CRLF becomes LF."""
    for beginning, name in _BEGINNINGS:
        if beginning.match(content):
            return _wrong_encoding(name)
    found = _ISO_2022_JP.search(content)
    if found:
        return _wrong_encoding("ISO-2022-JP（JIS）", content[: found.start()])
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return _wrong_encoding(_guess(content), content[: error.start])


def find_byte_order_mark(content: bytes) -> FileProblem | None:
    """Reports the mark before a file's text: columns are counted without it."""
    if not content.startswith(codecs.BOM_UTF8):
        return None
    return replace(_wrong_encoding("BOM 付きの UTF-8"), fix=Fix(1, 1, "", in_value=False))


def _guess(content: bytes) -> str:
    """Names the encoding that ``content``, which is not UTF-8, is most likely to be in.

    EUC-JP mostly decodes as CP932, too, but comes out as half-width katakana.
    """
    likely = []
    for codec, name in _ENCODINGS:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        likely.append((len(_HALF_WIDTH_KATAKANA.findall(text)), name))
    return min(likely, default=(0, "壊れた UTF-8"), key=lambda guess: guess[0])[1]


def _wrong_encoding(name: str, before: bytes = b"") -> FileProblem:
    """Refuses a file; ``before`` is what comes before the first byte that is wrong."""
    line = before.rpartition(b"\n")[2].decode("utf-8", "replace")
    return FileProblem(
        "bad-encoding",
        f"文字コードが UTF-8 ではありません（{name} のようです。{len(before) + 1} バイト目）。",
        "エディターで文字コードを「UTF-8（BOM なし）」にして保存し直してください。",
        (before.count(b"\n") + 1, len(line) + 1),
    )
