"""Every single thing that is asked of the system is refused once, for every reason there is."""

import errno
import os
import resource
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kihonkeikaku.errors import MachineError
from kihonkeikaku.publishing.staging import ExchangeMethod
from kihonkeikaku.system.atomic_files import replace_file, write_file, write_new_file
from kihonkeikaku.system.os_errors import explain_os_error
from tests.publishing.editions import NEW, OLD, beside, on_disk, put, whole
from tests.publishing.faults import Machine, on

pytestmark = pytest.mark.slow

REASONS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE, errno.EROFS, errno.EDQUOT)


def is_mendable(refused: str | None) -> bool:
    """Whether a build goes on without what was refused: only root may give a folder away."""
    return (refused or "").partition(" ")[0] == "os.chown"


def requests(work: Callable[[], object]) -> list[str]:
    """What is asked of the system when nothing is refused."""
    machine = Machine()
    with on(machine):
        work()
    return machine.asked


def test_every_request_is_counted(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(OLD, out)
    heard = Counter(what.partition(" ")[0] for what in requests(lambda: put(NEW, out)))
    files, folders = len(whole(NEW)), 6
    assert heard["os.write"] == files + 1  # and the lock
    assert heard["syncfs"] == 1
    assert heard["os.fsync"] == 2  # the top again, and the folder above
    assert heard["renameat2"] == 1
    assert heard["fcntl.flock"] == 1
    assert heard["os.remove"] == files + 1
    assert heard["os.rmdir"] == folders + 1  # and what the rename is tried with
    assert heard["os.rename"] == 1 + 3  # the trial, and the inner folders of the old edition


@pytest.mark.parametrize("code", REASONS)
def test_a_next_edition_of_which_anything_fails(code: int, tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(NEW, out)
    put(OLD, out)
    points = requests(lambda: put(NEW, out))
    reached = []
    for at in range(len(points)):
        put(OLD, out)
        machine = Machine(at, code)
        try:
            with on(machine):
                put(NEW, out)
            expected = whole(NEW)
            assert is_mendable(machine.refused) or at > points.index("renameat2 out"), points[at]
        except MachineError as trouble:
            expected = whole(OLD)
            said = str(trouble)
            assert said == f"{out} に書けません（{explain_os_error(OSError(code, ''))}）。"
        assert (machine.refused, on_disk(out)) == (points[at], expected)
        assert set(beside(out)) <= {".out.kihonkeikaku-lock"}
        if machine.refused != "os.remove .out.kihonkeikaku-lock":
            assert beside(out) == []
        reached.append(machine.refused)
    assert reached == points


@pytest.mark.parametrize("code", REASONS)
def test_a_first_edition_of_which_anything_fails(code: int, tmp_path: Path) -> None:
    out = tmp_path / "site" / "out"
    points = requests(lambda: put(NEW, out))
    for at in range(len(points)):
        subprocess.run(["rm", "-rf", str(out.parent)], check=True)
        machine = Machine(at, code)
        try:
            with on(machine):
                put(NEW, out)
            assert on_disk(out) == whole(NEW)
        except MachineError:
            assert list(tmp_path.iterdir()) == []
        assert machine.refused == points[at]


@pytest.mark.parametrize("code", REASONS)
def test_two_renames_of_which_anything_fails(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kihonkeikaku.system.filesystem_calls._renameat2", lambda *_: errno.ENOSYS)
    out = tmp_path / "out"
    put(OLD, out)
    points = requests(lambda: put(NEW, out))
    assert points.count("os.rename out") == 2  # tried, and done
    for at in range(len(points)):
        put(OLD, out)
        machine = Machine(at, code)
        try:
            with on(machine):
                assert put(NEW, out).method is ExchangeMethod.TWO_RENAMES
            expected = whole(NEW)
        except MachineError:
            expected = whole(OLD)
        assert (machine.refused, on_disk(out)) == (points[at], expected)


def test_without_a_sync_of_all_of_which_anything_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kihonkeikaku.system.filesystem_calls._syncfs", lambda _: errno.ENOSYS)
    out = tmp_path / "out"
    put(OLD, out)
    points = requests(lambda: put(NEW, out))
    assert points.count("os.fsync") == len(whole(NEW)) + 6 + 2
    for at in range(len(points)):
        put(OLD, out)
        machine = Machine(at, errno.EIO)
        try:
            with on(machine):
                put(NEW, out)
            expected = whole(NEW)
        except MachineError:
            expected = whole(OLD)
        assert (machine.refused, on_disk(out)) == (points[at], expected)


# Single files.


def text(path: Path) -> None:
    write_file(path, "new")


def record(path: Path) -> None:
    write_new_file(path, b"new")


def repaired(path: Path) -> None:
    replace_file(path, b"new")


@pytest.mark.parametrize(
    ("write", "before"), [(text, b"old"), (text, None), (record, None), (repaired, b"old")]
)
def test_a_file_of_which_anything_fails(
    write: Callable[[Path], None], before: bytes | None, tmp_path: Path
) -> None:
    def set_up() -> Path:
        subprocess.run(["rm", "-rf", str(tmp_path / "folder")], check=True)
        path = tmp_path / "folder" / "file"
        if before is not None:
            path.parent.mkdir()
            path.write_bytes(before)
        return path

    path = set_up()
    points = requests(lambda: write(path))
    assert path.read_bytes() == b"new"
    for at in range(len(points)):
        path = set_up()
        machine = Machine(at, errno.ENOSPC)
        try:
            with on(machine):
                write(path)
        except (OSError, MachineError):
            assert (path.read_bytes() if path.exists() else None) == before, machine.refused
        else:
            assert path.read_bytes() == b"new"
        assert machine.refused == points[at]
        names = [item.name for item in path.parent.iterdir()] if path.parent.exists() else []
        assert names in ([], ["file"]), machine.refused


def test_a_record_is_never_seen_under_another_name(tmp_path: Path) -> None:
    """A build that is killed while it writes one leaves no stray file in the plan."""
    points = requests(lambda: record(tmp_path / "file"))
    assert [point for point in points if ".file." in point] == []


# Real ones.


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB, with an old edition on it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "kihonkeikaku", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a file system, and not everywhere")
    try:
        put(OLD, disk / "out")
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_is_full(small_disk: Path) -> None:
    out = small_disk / "out"
    with pytest.raises(MachineError, match="（空き容量がありません）"):
        for count in range(9):  # it holds two of these editions, and not two much larger ones
            put(NEW * 10**count, out)
    assert set(map(len, on_disk(out).values()))
    assert beside(out) == []
    mark = on_disk(out)["html/measures/a/index.html"].decode()
    assert on_disk(out) == whole(mark)


def test_a_file_system_that_turns_read_only(small_disk: Path) -> None:
    out = small_disk / "out"
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(MachineError) as refused:
        put(NEW, out)
    assert str(refused.value) == f"{out} に書けません（読み取り専用の場所です）。"
    assert on_disk(out) == whole(OLD)
    assert beside(out) == []


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(OLD, out)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    try:
        with pytest.raises(MachineError, match="（ファイルの大きさの上限を超えました）"):
            put(NEW, out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (on_disk(out), beside(out)) == (whole(OLD), [])
