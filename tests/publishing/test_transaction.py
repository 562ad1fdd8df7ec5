"""The output folder holds the old edition or the new one, whatever happens in between."""

import errno
import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.publishing.output_folder import resolve_output_folder
from kihonkeikaku.publishing.staging import ExchangeMethod
from kihonkeikaku.publishing.transaction import Transaction, is_in_place
from kihonkeikaku.system import filesystem_calls
from tests.publishing.editions import (
    NEW,
    OLD,
    beside,
    contents,
    make_manifest,
    on_disk,
    publish_files,
    put,
    whole,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site" / "edition"


def test_the_first_edition_makes_the_folders_above_it(out: Path) -> None:
    published = put(OLD, out)
    assert (published.method, published.leftover) == (ExchangeMethod.FIRST, None)
    assert on_disk(out) == whole(OLD)
    assert beside(out) == []


def test_the_next_takes_its_place_in_one_step(out: Path) -> None:
    put(OLD, out)
    assert put(NEW, out).method is ExchangeMethod.EXCHANGED
    assert on_disk(out) == whole(NEW)
    assert beside(out) == []


def test_an_empty_folder_becomes_the_edition(out: Path) -> None:
    out.mkdir(parents=True)
    put(NEW, out)
    assert on_disk(out) == whole(NEW)


def test_files_are_rendered_one_by_one_after_writing_was_tried(out: Path) -> None:
    seen: list[list[str]] = []

    def files() -> Iterator[tuple[str, bytes]]:
        for name, content in contents(NEW).items():
            seen.append(sorted(on_disk(resolve_output_folder(out).staging)))
            yield name, content

    assert not out.parent.exists()
    publish_files(files(), resolve_output_folder(out), make_manifest)
    assert [len(names) for names in seen] == [0, 1, 2, 3, 4]


def test_the_new_edition_has_the_old_ones_permissions(out: Path) -> None:
    put(OLD, out)
    out.chmod(0o2750)
    put(NEW, out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o2750


def test_an_error_in_rendering_leaves_the_old_edition(out: Path) -> None:
    put(OLD, out)

    def files() -> Iterator[tuple[str, bytes]]:
        yield "plan.json", b"{}"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publish_files(files(), resolve_output_folder(out), make_manifest)
    assert (on_disk(out), beside(out)) == (whole(OLD), [])


def test_an_error_in_the_first_edition_leaves_nothing(out: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        publish_files(((str(1 // 0), b"") for _ in "x"), resolve_output_folder(out), make_manifest)
    assert not out.parent.exists()


@pytest.fixture
def _interrupted_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C comes when all is done but to clear away, just before interruptions are held back."""
    clear = Transaction.clear
    came: list[Transaction] = []

    def interrupted(transaction: Transaction) -> None:
        if not came:
            came.append(transaction)
            raise KeyboardInterrupt
        clear(transaction)

    monkeypatch.setattr(Transaction, "clear", interrupted)


@pytest.mark.usefixtures("_interrupted_at_the_end")
def test_an_interruption_of_a_finished_build_leaves_nothing_behind(out: Path) -> None:
    assert put(OLD, out).method is ExchangeMethod.FIRST
    assert on_disk(out) == whole(OLD)
    assert beside(out) == []


@pytest.mark.usefixtures("_interrupted_at_the_end")
def test_an_interruption_of_a_check_leaves_nothing_behind(out: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        is_in_place(resolve_output_folder(out), {})
    assert not out.parent.exists()


def test_files_that_read_back_differently_are_not_put_in_place(out: Path) -> None:
    put(OLD, out)

    def files() -> Iterator[tuple[str, bytes]]:
        yield from contents(NEW).items()
        (resolve_output_folder(out).staging / "html/index.html").write_bytes(b"torn")

    with pytest.raises(MachineError, match=r"読み返すと違っていた.*（html/index\.html）"):
        publish_files(files(), resolve_output_folder(out), make_manifest)
    assert (on_disk(out), beside(out)) == (whole(OLD), [])


def test_files_that_others_put_into_the_old_edition_meanwhile_are_kept(out: Path) -> None:
    put(OLD, out)

    def files() -> Iterator[tuple[str, bytes]]:
        yield from contents(NEW).items()
        (out / "letter.txt").write_bytes(b"dear")

    with pytest.raises(CommandError, match=r"kihonkeikaku が作ったのではない.*（letter\.txt）"):
        publish_files(files(), resolve_output_folder(out), make_manifest)
    assert on_disk(out) == {**whole(OLD), "letter.txt": b"dear"}
    assert beside(out) == []


# Where the system can't filesystem_calls.


@pytest.fixture
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filesystem_calls, "_renameat2", lambda *_: errno.EINVAL)


@pytest.mark.usefixtures("no_exchange")
def test_without_an_exchange_two_renames_are_used_and_reported(out: Path) -> None:
    put(OLD, out)
    assert put(NEW, out).method is ExchangeMethod.TWO_RENAMES
    assert (on_disk(out), beside(out)) == (whole(NEW), [])


@pytest.mark.usefixtures("no_exchange")
def test_the_next_build_recovers_from_a_kill_between_two_renames(out: Path) -> None:
    put(OLD, out)
    there = resolve_output_folder(out)
    there.path.rename(there.retired)
    there.staging.mkdir()
    with pytest.raises(ZeroDivisionError):
        publish_files(((str(1 // 0), b"") for _ in "x"), there, make_manifest)
    assert (on_disk(out), beside(out)) == (whole(OLD), [])


# What a killed build left.


def test_the_next_build_removes_the_leftovers_of_a_killed_one(out: Path) -> None:
    put(OLD, out)
    there = resolve_output_folder(out)
    (there.staging / "html").mkdir(parents=True)
    (there.staging / "html" / "index.html").write_bytes(b"half")
    there.lock.write_bytes(b'{"process": 1}')
    put(NEW, out)
    assert (on_disk(out), beside(out)) == (whole(NEW), [])


def test_files_with_similar_names_stay(out: Path) -> None:
    put(OLD, out)
    for name in (".edition.kihonkeikaku-news", ".edition2.kihonkeikaku-new", ".edition.new"):
        (out.parent / name).mkdir()
    put(NEW, out)
    assert len(beside(out)) == 3


def test_a_link_in_the_place_of_a_leftover_is_not_followed(out: Path, tmp_path: Path) -> None:
    put(OLD, out)
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "letter.txt").write_text("dear")
    resolve_output_folder(out).staging.symlink_to(letters)
    put(NEW, out)
    assert (on_disk(out), beside(out)) == (whole(NEW), [])
    assert (letters / "letter.txt").read_text() == "dear"


# Two at once.


def test_a_second_build_names_the_one_that_runs(out: Path) -> None:
    put(OLD, out)

    def files() -> Iterator[tuple[str, bytes]]:
        yield "plan.json", b"{}"
        with pytest.raises(CommandError) as refused:
            put("third", out)
        said = str(refused.value)
        assert said.startswith(f"{out} には、ほかの kihonkeikaku が版を作っている最中です（")
        assert f"プロセス {os.getpid()}、" in said
        assert refused.value.exit_code == 2

    publish_files(files(), resolve_output_folder(out), make_manifest)
    assert beside(out) == []


def test_ten_builds_at_once_run_one_after_the_other(out: Path) -> None:
    marks = [f"edition-{count}" for count in range(10)]
    said: list[str] = []
    won: list[str] = []
    start = threading.Barrier(len(marks))

    def build(mark: str) -> None:
        start.wait()
        for _ in range(20):
            try:
                put(mark, out)
                won.append(mark)
            except CommandError as trouble:
                said.append(str(trouble))

    threads = [threading.Thread(target=build, args=(mark,)) for mark in marks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won and said and len(won) + len(said) == 200
    assert all("版を作っている最中です" in line for line in said)
    assert on_disk(out) in [whole(mark) for mark in won]
    assert beside(out) == []


# A build while others read.

READER = """
import json, os, sys
from pathlib import Path
out = Path(sys.argv[1])
looks = {"folder": 0, "path": 0, "gone": 0}
print("reading", flush=True)
while True:
    folder = os.open(out, os.O_RDONLY | os.O_DIRECTORY)  # never absent, or this fails
    looks["folder"] += 1
    try:
        marks = set()
        for name in ("plan.json", "html/index.html", "html/measures/a/index.html", "pdf/plan.pdf"):
            with open(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as file:
                content = file.read().decode()
                marks.add(next(mark for mark in ("first", "second") if mark in content))
        assert len(marks) == 1, marks
    except FileNotFoundError:
        looks["gone"] += 1  # the whole edition is being removed, after the next has come
    finally:
        os.close(folder)
    page = (out / "html/index.html").read_bytes()
    looks["path"] += 1
    mark = page[3:].partition(b"<")[0].decode()
    try:
        style = (out / f"html/assets/style-{mark}.css").read_bytes()
        assert style == f"/* {mark} */".encode(), (mark, style)
    except FileNotFoundError:
        looks["gone"] += 1
    if Path(sys.argv[2]).exists():
        print(json.dumps(looks))
        break
"""


def test_a_reader_never_sees_two_editions_at_once(out: Path, tmp_path: Path) -> None:
    put("first", out)
    over = tmp_path / "over"
    command = [sys.executable, "-c", READER, str(out), str(over)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == "reading\n"
        for count in range(80):
            put("second" if count % 2 == 0 else "first", out)
        over.touch()
        looks = json.loads(reader.stdout.read())
    assert reader.returncode == 0
    assert looks["folder"] > 50 and looks["path"] > 50
