"""No command removes or overwrites a file that is not its own.

Each test sets a trap: files that would be gone or changed. Where a guard protects them, the trap is
also tried with the guard taken away, and must fire then.
"""

import hashlib
import json
import os
import re
import stat
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import cli
from kihonkeikaku.errors import CommandError
from kihonkeikaku.publishing import build_record, output_folder, previous_edition, transaction
from kihonkeikaku.publishing.build_record import MOST_RECORDS, RECORDS, BuildRecord
from kihonkeikaku.publishing.output_folder import resolve_output_folder
from kihonkeikaku.system.atomic_files import remove_tree
from kihonkeikaku.system.file_lock import FileLock
from tests.publishing.editions import NEW, OLD, beside, on_disk, put, whole
from tests.sample import SAMPLE, plant

Output = pytest.CaptureFixture[str]
Trap = Callable[[Path], None]
HASH: Final = "0" * 64


def snapshot(folder: Path) -> dict[str, object]:
    """What is in a folder: kinds of entries, contents of files, targets of links."""
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        content: object = None
        if stat.S_ISREG(mode):
            content = path.read_bytes()
        elif stat.S_ISLNK(mode):
            content = path.readlink()
        found[path.relative_to(folder).as_posix()] = stat.S_IFMT(mode), content
    return found


# Forgetting the oldest build records.


def thesis(records: Path) -> None:
    (records / "thesis.json").write_text("{}")


def hash_with_another_ending(records: Path) -> None:
    (records / f"{HASH}.json.bak").write_text("{}")


def hash_in_capitals(records: Path) -> None:
    (records / f"{'AB' * 32}.json").write_text("{}")


def link_named_like_a_record(records: Path) -> None:
    (records.parent / "letter").write_text("dear")
    (records / f"{HASH}.json").symlink_to(records.parent / "letter")


def folder_named_like_a_record(records: Path) -> None:
    (records / f"{HASH}.json").mkdir()


def folder_of_an_earlier_version(records: Path) -> None:
    (records / f"{HASH}.folders").mkdir()
    (records / f"{HASH}.folders" / "letter").write_text("dear")


def beside_the_records(records: Path) -> None:
    (records.parent / f"{HASH}.json").write_text("{}")
    (records.parent / "thesis.json").write_text("{}")


RECORD_TRAPS: Final[tuple[Trap, ...]] = (
    thesis,
    hash_with_another_ending,
    hash_in_capitals,
    link_named_like_a_record,
    folder_named_like_a_record,
    folder_of_an_earlier_version,
    beside_the_records,
)


def is_sprung_by_records(trap: Trap, cache: Path) -> bool:
    """Whether something of a trap is gone after more records were written than are kept."""
    records = cache / RECORDS
    records.mkdir(parents=True)
    trap(records)
    before = snapshot(cache)
    for number in range(MOST_RECORDS + 3):
        out = resolve_output_folder(cache.parent / str(number))
        BuildRecord(cache_key=str(number)).write(out, "program")
    after = snapshot(cache)
    assert sum(bool(re.search(r"[0-9a-f]{64}\.json$", name)) for name in after) >= MOST_RECORDS
    return not before.items() <= after.items()


@pytest.mark.parametrize("trap", RECORD_TRAPS)
def test_only_records_are_forgotten(trap: Trap, cache: Path) -> None:
    assert not is_sprung_by_records(trap, cache)


@pytest.mark.parametrize("trap", [thesis, hash_with_another_ending, hash_in_capitals])
def test_without_the_guard_on_names_other_files_would_go(
    trap: Trap, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_record, "_RECORD_NAME", re.compile(".*"))
    assert is_sprung_by_records(trap, cache)


def test_without_the_guard_on_kinds_a_link_would_go(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_record, "_is_record", lambda path: path.suffix == ".json")
    assert is_sprung_by_records(link_named_like_a_record, cache)


def test_without_a_folder_of_their_own_a_file_beside_the_records_would_go(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_record, "RECORDS", ".")
    assert is_sprung_by_records(beside_the_records, cache)


def test_records_behind_a_link_are_left_alone(cache: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for number in range(MOST_RECORDS + 3):
        (elsewhere / f"{number:064x}.json").write_text("{}")
    cache.mkdir()
    (cache / RECORDS).symlink_to(elsewhere)
    before = snapshot(elsewhere)
    BuildRecord().write(resolve_output_folder(tmp_path / "out"), "program")
    assert before.items() <= snapshot(elsewhere).items()


# An edition whose manifest somebody wrote.


def plant_files(out: Path, files: dict[str, bytes], manifest: dict[str, object]) -> None:
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (out / "manifest.json").write_text(
        json.dumps({"generator": "kihonkeikaku", "files": manifest}), "utf-8"
    )


def entry(content: bytes) -> dict[str, object]:
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


LISTED: Final = (
    (".git/config", "notes.txt"),
    ("html/.git/config",),
    ("html/notes.md",),
    ("html/run.sh", "html/index.html"),
    ("pdf/thesis.pdf",),
    ("editions/outline.json", "editions/letters/letter.json"),
    ("comparison/photo.jpg",),
    ("plan.json/notes.txt",),
    ("src/html/index.html",),
    ("HTML/index.html",),
)
"""Files of somebody's, all of which the manifest lists with their true hashes."""


def plant_listed(out: Path, names: tuple[str, ...]) -> None:
    files = {name: f"dear {name}".encode() for name in names}
    plant_files(out, files, {name: entry(content) for name, content in files.items()})


@pytest.mark.parametrize("names", LISTED)
def test_a_manifest_makes_no_files_ours(names: tuple[str, ...], tmp_path: Path) -> None:
    out = tmp_path / "out"
    plant_listed(out, names)
    before = snapshot(out)
    with pytest.raises(CommandError, match="kihonkeikaku が作ったのではないファイル") as refused:
        put(NEW, out)
    assert refused.value.exit_code == 2
    assert any(name.partition("/")[0] in str(refused.value) for name in names)
    assert snapshot(out) == before
    assert beside(out) == []


@pytest.mark.parametrize("names", LISTED)
def test_without_the_guard_on_paths_they_would_go(
    names: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previous_edition, "_OWN_PATH", re.compile(".*"))
    out = tmp_path / "out"
    plant_listed(out, names)
    put(NEW, out)
    assert on_disk(out) == whole(NEW)


PAGE: Final = b"<p>mine"
OTHER_HASHES: Final[tuple[object, ...]] = (
    entry(b"<p>other"),
    {"size": len(PAGE), "sha256": ""},
    {"size": len(PAGE) + 1, "sha256": hashlib.sha256(PAGE).hexdigest()},
    {"size": str(len(PAGE)), "sha256": hashlib.sha256(PAGE).hexdigest()},
    {"sha256": hashlib.sha256(PAGE).hexdigest()},
    [len(PAGE), hashlib.sha256(PAGE).hexdigest()],
    None,
    True,
)


@pytest.mark.parametrize("listed", OTHER_HASHES, ids=str)
def test_a_file_with_another_hash_is_not_ours(listed: object, tmp_path: Path) -> None:
    out = tmp_path / "out"
    plant_files(out, {"html/index.html": PAGE}, {"html/index.html": listed})
    before = snapshot(out)
    with pytest.raises(CommandError, match=r"置き換えません（html(/index\.html)?）"):
        put(NEW, out)
    assert snapshot(out) == before


@pytest.mark.parametrize("listed", OTHER_HASHES, ids=str)
def test_without_the_guard_on_hashes_it_would_go(
    listed: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "require_own_files", lambda *_: None)
    out = tmp_path / "out"
    plant_files(out, {"html/index.html": PAGE}, {"html/index.html": listed})
    put(NEW, out)
    assert on_disk(out) == whole(NEW)


def write_html_letter(out: Path) -> None:
    (out / "html" / "letter.html").write_text("dear")


def change_page(out: Path) -> None:
    (out / "html" / "index.html").write_text("dear")


def make_empty_folder(out: Path) -> None:
    (out / "html" / "drafts").mkdir()


def make_link(out: Path) -> None:
    (out / "html" / "link.html").symlink_to("index.html")


def make_pipe(out: Path) -> None:
    os.mkfifo(out / "html" / "pipe.html")


def make_very_deep_folder(out: Path) -> None:
    folder = out / "html"
    for _ in range(1_000):
        folder /= "d"
        folder.mkdir()


@pytest.mark.parametrize(
    "change",
    [
        write_html_letter,
        change_page,
        make_empty_folder,
        make_link,
        make_pipe,
    ],
)
def test_what_somebody_put_into_an_edition_stays(change: Trap, tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(OLD, out)
    change(out)
    before = snapshot(out)
    with pytest.raises(CommandError, match="置き換えません（html/"):
        put(NEW, out)
    assert snapshot(out) == before
    assert beside(out) == []


@pytest.fixture
def _deep_folders_removed(tmp_path: Path) -> Iterator[None]:
    """Nothing that pytest could not remove by itself is left to it."""
    yield
    subprocess.run(["rm", "-rf", *tmp_path.iterdir()], check=True)


@pytest.mark.usefixtures("_deep_folders_removed")
def test_a_very_deep_folder_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(OLD, out)
    make_very_deep_folder(out)
    with pytest.raises(CommandError, match="置き換えません（html/d）"):
        put(NEW, out)
    assert (out / "html" / "d" / "d").is_dir()
    assert beside(out) == []
    remove_tree(out)
    assert not out.exists()


def manifest_folder(out: Path) -> None:
    (out / "manifest.json" / "letters").mkdir(parents=True)


def manifest_link(out: Path) -> None:
    (out.parent / "letter").write_text("dear")
    (out / "manifest.json").symlink_to(out.parent / "letter")


def manifest_pipe(out: Path) -> None:
    os.mkfifo(out / "manifest.json")


@pytest.mark.parametrize("trap", [manifest_folder, manifest_link, manifest_pipe])
def test_a_manifest_that_is_no_file_is_not_ours(trap: Trap, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    trap(out)
    before = stat.S_IFMT((out / "manifest.json").lstat().st_mode)
    with pytest.raises(CommandError, match=r"（manifest\.json）"):
        put(NEW, out)
    assert stat.S_IFMT((out / "manifest.json").lstat().st_mode) == before


# What a killed build left, and the lock.


@pytest.mark.usefixtures("_deep_folders_removed")
def test_a_very_deep_folder_is_removed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(OLD, out)
    left = resolve_output_folder(out).staging
    (left / "html").mkdir(parents=True)
    make_very_deep_folder(left)
    (left / ".removed-0").mkdir()
    (left / ".removed-0" / "file").write_text("x")
    put(NEW, out)
    assert (on_disk(out), beside(out)) == (whole(NEW), [])


def test_a_closed_folder_is_removed(tmp_path: Path) -> None:
    (tmp_path / "tree" / "closed" / "inner").mkdir(parents=True)
    (tmp_path / "tree" / "closed").chmod(0)
    remove_tree(tmp_path / "tree")
    assert list(tmp_path.iterdir()) == []


def test_a_link_in_a_folder_that_is_removed_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter").write_text("dear")
    (tmp_path / "tree" / "inner").mkdir(parents=True)
    (tmp_path / "tree" / "link").symlink_to(tmp_path / "letters")
    (tmp_path / "tree" / "inner" / "link").symlink_to(tmp_path / "letters")
    remove_tree(tmp_path / "tree")
    assert (tmp_path / "letters" / "letter").read_text() == "dear"
    assert not (tmp_path / "tree").exists()


@pytest.mark.parametrize("content", ["dear", "", '{"process": 1}'])
def test_the_other_name_of_a_lock_file_keeps_its_content(content: str, tmp_path: Path) -> None:
    letter, lock = tmp_path / "letter", FileLock(tmp_path / "lock")
    letter.write_text(content)
    (tmp_path / "lock").hardlink_to(letter)
    lock.take()
    assert letter.read_text() == content
    assert b"process" in (tmp_path / "lock").read_bytes()
    lock.release()
    assert beside(letter) == []


# Files that a command is asked to write.


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with two plans, a frozen edition, and letters."""
    folder = tmp_path / "work"
    measure = SAMPLE["measures/alpha.yaml"].replace("取組", "取組の推進")
    plant(folder / "old", {})
    plant(folder / "plan", {"measures/alpha.yaml": measure})
    plant(folder / "other", {})
    (folder / "letters").mkdir()
    (folder / "letters" / "letter.txt").write_text("dear")
    (folder / "link.txt").symlink_to("letters/letter.txt")
    (folder / "dangling.txt").symlink_to("letters/new.txt")
    (folder / "aside").symlink_to("plan")
    monkeypatch.chdir(folder)
    assert cli.run(["adopt", "old", "--into", "frozen", "--quiet"]) == 0
    return folder


FROZEN: Final = "frozen/second.json"
PRECIOUS: Final = (
    (["old", "plan"], "old/plan.yaml"),
    (["old", "plan"], "plan/plan.yaml"),
    (["old", "plan"], "plan/measures/alpha.yaml"),
    (["old", "plan"], "./old/../plan/new.html"),
    (["old", "plan"], "aside/measures/alpha.yaml"),
    (["old", "plan"], "other/plan.yaml"),
    (["old", "plan"], "other/measures/new.yaml"),
    ([FROZEN, "plan"], FROZEN),
    (["old", FROZEN], FROZEN),
    (["old", "plan"], "link.txt"),
    (["old", "plan"], "dangling.txt"),
)


@pytest.mark.parametrize(("plans", "out"), PRECIOUS)
def test_a_comparison_overwrites_no_plan_and_no_link(
    plans: list[str], out: str, work: Path, capsys: Output
) -> None:
    before = snapshot(work)
    assert cli.run(["diff", *plans, "--out", out]) == 2
    assert capsys.readouterr().err.endswith("別のファイルを指定してください。\n")
    assert snapshot(work) == before


@pytest.mark.parametrize(("plans", "out"), PRECIOUS)
def test_without_the_guard_it_would(
    plans: list[str], out: str, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output_folder, "require_writable_file", lambda *_, **__: None)
    before = snapshot(work)
    assert cli.run(["diff", *plans, "--out", out]) == 0
    assert snapshot(work) != before


@pytest.mark.parametrize("out", ["", ".", "..", "/", "letters", "letters/", "old", "letters/.."])
def test_a_comparison_is_written_to_a_file_and_no_folder(
    out: str, work: Path, capsys: Output
) -> None:
    before = snapshot(work)
    assert cli.run(["diff", "old", "plan", "--out", out]) == 2
    assert "はフォルダーです。出力先にはファイルを指定してください。" in capsys.readouterr().err
    assert snapshot(work) == before


@pytest.mark.parametrize("out", ["new.html", "letters/letter.txt", "new/folder/new.html"])
def test_a_comparison_may_replace_an_ordinary_file(out: str, work: Path) -> None:
    assert cli.run(["diff", "old", "plan", "--out", out]) == 0
    assert "の推進" in (work / out).read_text("utf-8")


def read_from(pipe: Path, work: Path, out: Path) -> bytes:
    """What a comparison writes to a pipe; nothing if it doesn't."""
    contents: list[bytes] = []
    reader = threading.Thread(target=lambda: contents.append(pipe.read_bytes()), daemon=True)
    reader.start()
    assert cli.run(["diff", "old", "plan", "--out", str(out)]) == 0
    reader.join(5)
    return b"".join(contents)


@pytest.mark.parametrize("linked", [False, True])
def test_a_pipe_is_written_to(linked: bool, work: Path) -> None:
    pipe, out = work / "pipe", work / ("to-pipe" if linked else "pipe")
    os.mkfifo(pipe)
    if linked:
        out.symlink_to(pipe)
    before = snapshot(work)
    assert "の推進".encode() in read_from(pipe, work, out)
    assert snapshot(work) == before


def test_a_device_is_written_to(work: Path) -> None:
    before = os.lstat(os.devnull)
    assert output_folder.is_device(Path(os.devnull))  # else the next line might replace it
    assert cli.run(["diff", "old", "plan", "--out", os.devnull]) == 0
    after = os.lstat(os.devnull)
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)


def test_without_the_guard_a_pipe_would_be_replaced(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output_folder, "is_device", lambda _: False)
    os.mkfifo(work / "pipe")
    assert cli.run(["diff", "old", "plan", "--out", "pipe"]) == 0
    assert (work / "pipe").is_file()


SCHEMA: Final = "plan.schema.json"


def schema_in_a_plan(work: Path) -> list[str]:
    return ["schema", "--into", "plan"]


def schema_in_a_folder_of_a_plan(work: Path) -> list[str]:
    return ["schema", "--into", "plan/measures"]


def schema_that_is_a_link(work: Path) -> list[str]:
    (work / "schemas").mkdir()
    (work / "schemas" / SCHEMA).symlink_to(work / "letters" / "letter.txt")
    return ["schema", "--into", "schemas"]


def schema_that_is_a_folder(work: Path) -> list[str]:
    (work / "schemas" / SCHEMA).mkdir(parents=True)
    return ["schema", "--into", "schemas"]


def record_among_the_measures(work: Path) -> list[str]:
    return ["adopt", "plan", "--into", "plan/measures"]


def record_in_another_plan(work: Path) -> list[str]:
    return ["adopt", "plan", "--into", "other"]


def record_that_is_a_link(work: Path) -> list[str]:
    (work / "records").mkdir()
    (work / "records" / "second.json").symlink_to(work / "letters" / "new.txt")
    return ["adopt", "plan", "--into", "records"]


def record_that_is_a_folder(work: Path) -> list[str]:
    (work / "records" / "second.json").mkdir(parents=True)
    return ["adopt", "plan", "--into", "records"]


@pytest.mark.parametrize(
    "command",
    [
        schema_in_a_plan,
        schema_in_a_folder_of_a_plan,
        schema_that_is_a_link,
        schema_that_is_a_folder,
        record_among_the_measures,
        record_in_another_plan,
        record_that_is_a_link,
        record_that_is_a_folder,
    ],
)
def test_schemas_and_records_neither(
    command: Callable[[Path], list[str]], work: Path, capsys: Output
) -> None:
    arguments = command(work)
    before = snapshot(work)
    assert cli.run(arguments) == 2
    assert capsys.readouterr().err.endswith("を指定してください。\n")
    assert snapshot(work) == before


def test_a_record_goes_into_the_editions_of_a_plan(work: Path) -> None:
    assert cli.run(["adopt", "plan", "--quiet"]) == 0
    assert (work / "plan" / "editions" / "second.json").is_file()


@pytest.mark.parametrize("plan", ["HEAD:plan", "plan", "old"])
def test_no_edition_is_put_into_a_plan(plan: str, work: Path, capsys: Output) -> None:
    for command in (["init", "-q"], ["add", "plan"], ["commit", "-qm", "plan"]):
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.jp"]
        subprocess.run(["git", *identity, *command], cwd=work, check=True)
    before = snapshot(work / "plan")
    assert cli.run(["build", plan, "--only", "html", "--out", "plan/out", "--quiet"]) == 2
    assert "は計画のフォルダー（" in capsys.readouterr().err
    assert snapshot(work / "plan") == before


def test_without_a_home_there_is_no_cache_and_all_else_works(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HOME", "XDG_CACHE_HOME", build_record.CACHE_VARIABLE):
        monkeypatch.delenv(variable, raising=False)

    def no_home(_: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "expanduser", no_home)
    for _ in range(2):
        assert cli.run(["build", "plan", "--only", "html", "--out", "out", "--quiet"]) == 0
