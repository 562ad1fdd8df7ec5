"""Two processes make what one would, whatever becomes of the second."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku.publishing import transaction
from kihonkeikaku.publishing.batch import Batch, File
from kihonkeikaku.publishing.making import Making
from kihonkeikaku.publishing.output_folder import place
from kihonkeikaku.system import second_process
from tests.publishing.editions import on_disk

HERE: Final = os.getpid()
LARGE: Final = b"x" * (3 * second_process._WAITING)

pytestmark = pytest.mark.skipif(
    not second_process.second_process_helps(),
    reason="there is no second processor",
)


def in_helper() -> bool:
    return os.getpid() != HERE


def children() -> list[str]:
    """The processes of this one that have not come to their end."""
    there = Path(f"/proc/self/task/{HERE}/children").read_text("utf-8").split()
    return [process for process in there if not has_ended(process)]


def ends(process: str) -> bool:
    """Whether a process comes to its end soon."""
    latest = time.monotonic() + 10
    while not has_ended(process) and time.monotonic() < latest:
        time.sleep(0.01)
    return has_ended(process)


def named(place: int) -> list[File]:
    return [
        (f"{place}.txt", str(place).encode()),
        (f"{place}.by", b"helper" if in_helper() else b""),
    ]


def batches(count: int, make: Callable[[int], list[File]] = named) -> list[Batch]:
    return [Batch(partial(str, place), partial(make, place)) for place in range(count)]


def made(these: list[Batch]) -> dict[str, bytes]:
    """All files, each made once; no process is left behind."""
    files: list[File] = []
    before = children()
    with Making(these, (), helped=True) as work:
        for batch, recipe, of_batch in work:
            assert of_batch is not None
            assert recipe == batch.recipe()
            files += of_batch
    assert all(ends(process) for process in children() if process not in before)
    assert len(files) == len(dict(files))
    return dict(files)


def texts(files: dict[str, bytes]) -> list[str]:
    return sorted(
        (content.decode() for name, content in files.items() if name.endswith(".txt")), key=int
    )


@pytest.mark.parametrize("count", [0, 1, 2, 3, 1_000])
def test_each_batch_is_made_once(count: int) -> None:
    assert texts(made(batches(count))) == [str(place) for place in range(count)]


def test_both_have_a_part_in_it() -> None:
    def slowly(place: int) -> list[File]:
        sum(range(20_000))
        return named(place)

    who = {content for name, content in made(batches(400, slowly)).items() if name.endswith(".by")}
    assert who == {b"helper", b""}


@pytest.mark.parametrize("helped", [True, False])
def test_what_is_known_is_not_made(helped: bool) -> None:
    known = {str(place) for place in range(100) if place % 3}
    with Making(batches(100), known, helped=helped) as work:
        found = {recipe: files for _, recipe, files in work}
    assert found.keys() == {str(place) for place in range(100)}
    assert {recipe for recipe, files in found.items() if files is None} == known


def test_files_larger_than_what_may_wait() -> None:
    files = made(batches(6, lambda place: [(str(place), LARGE)]))
    assert files == {str(place): LARGE for place in range(6)}


def test_the_first_batch_may_take_longer_than_all_others() -> None:
    def first_slowly(place: int) -> list[File]:
        if place == 0:
            sum(range(3_000_000))
        return named(place)

    assert len(texts(made(batches(50, first_slowly)))) == 50


@pytest.mark.parametrize(
    "fate",
    [
        pytest.param(lambda: os.kill(os.getpid(), signal.SIGKILL), id="killed"),
        pytest.param(lambda: os._exit(3), id="ends"),
        pytest.param(lambda: 1 / 0, id="fails"),
        pytest.param(lambda: os.closerange(3, 100), id="loses its files"),
    ],
)
@pytest.mark.parametrize("at", [0, 1, 20])
def test_what_a_helper_that_comes_to_grief_leaves_is_made_here(
    fate: Callable[[], object], at: int
) -> None:
    def fateful(place: int) -> list[File]:
        if in_helper() and place == at:
            fate()
        return named(place)

    assert texts(made(batches(40, fateful))) == [str(place) for place in range(40)]


@pytest.mark.parametrize("lacking", ["pipe", "fork"])
def test_where_no_second_process_can_be_had(lacking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError(11, "Resource temporarily unavailable")

    open_files = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    monkeypatch.setattr(os, lacking, refuse)
    assert set(made(batches(5)).values()) == {b"", *(str(place).encode() for place in range(5))}
    assert len(os.listdir("/proc/self/fd")) == open_files  # noqa: PTH208


def test_an_error_is_raised_here() -> None:
    def fail(place: int) -> list[File]:
        if place == 7:
            raise ZeroDivisionError
        return named(place)

    before = children()
    with pytest.raises(ZeroDivisionError):
        made(batches(40, fail))
    assert all(ends(process) for process in children() if process not in before)


def test_the_helper_holds_no_file_of_this_process(tmp_path: Path) -> None:
    def who_holds(place: int) -> Iterator[File]:
        held = {
            str(entry.readlink()) for entry in Path("/proc/self/fd").iterdir() if entry.exists()
        }
        yield f"{place}.{os.getpid()}", "\n".join(held).encode()

    with (tmp_path / "lock").open("w") as ours:
        files = made(batches(400, lambda place: list(who_holds(place))))
        assert not ours.closed
    told = [content.decode() for name, content in files.items() if not name.endswith(f".{HERE}")]
    assert told
    assert not [held for held in told if str(tmp_path) in held]


def test_interruptions_are_heard_here_alone() -> None:
    def interrupted(place: int) -> list[File]:
        if in_helper():
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGTERM)
        return named(place)

    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert len(texts(made(batches(40, interrupted)))) == 40
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before


HELPED_AND_STUCK: Final = """
import time
from kihonkeikaku.publishing.batch import Batch
from kihonkeikaku.publishing.making import Making

batches = [Batch(str, lambda: [("large", b"x" * 1_000_000)])] * 1_000
with Making(batches, (), helped=True):
    print("started", flush=True)
    time.sleep(60)
"""


def test_a_helper_does_not_outlive_a_process_that_is_killed() -> None:
    command = [sys.executable, "-c", HELPED_AND_STUCK]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"started\n"
        (helper,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        assert not has_ended(helper)
        process.kill()
    assert ends(helper)


def has_ended(process: str) -> bool:
    """Whether it is gone, or only waits for someone to take note of its end."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].startswith("Z")
    except FileNotFoundError:
        return True


def test_an_edition_made_by_two_is_that_made_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lot = batches(60, lambda place: [(f"{place}/index.html", str(place).encode())])
    monkeypatch.setattr(transaction, "MANY", 61)
    transaction.publish([lot], place(tmp_path / "one"), lambda files: repr(sorted(files)).encode())
    monkeypatch.setattr(transaction, "MANY", 60)
    transaction.publish([lot], place(tmp_path / "two"), lambda files: repr(sorted(files)).encode())
    assert on_disk(tmp_path / "one") == on_disk(tmp_path / "two")
