"""Two users of one group, whose files the other can read and not change, share an output folder."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from kihonkeikaku import cli
from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.publishing import transaction
from kihonkeikaku.publishing.output_folder import resolve_output_folder
from kihonkeikaku.system.file_lock import FileLock
from tests.publishing.editions import NEW, OLD, beside, on_disk, put, whole
from tests.sample import plant

GROUP: Final = 64_001
ONE: Final = 64_001
OTHER: Final = 64_002
LEFT: Final = ".out.kihonkeikaku-left-1"

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may become two users")


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder in which everybody of the group may write."""
    with TemporaryDirectory(prefix="kihonkeikaku-shared-") as name:
        folder = Path(name)
        os.chown(folder, 0, GROUP)
        folder.chmod(0o2775)
        yield folder


def act_as(user: int, work: Callable[[], object]) -> str:
    """Does something in a process of a user; returns what came of it, or the error."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.setgroups([])
            os.setgid(GROUP)
            os.setuid(user)
            os.umask(0o022)
            try:
                said = str(work())
            except (CommandError, MachineError) as error:
                said = f"{type(error).__name__}: {error}"
            os.write(writer, said.encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said


def build(user: int, mark: str, out: Path) -> str:
    """Puts an edition as a user; returns the name of what could not be removed, or the error."""

    def publish() -> object:
        leftover = put(mark, out).leftover
        return leftover.name if leftover else ""

    return act_as(user, publish)


@needs_root
def test_each_can_replace_what_the_other_made(shared: Path) -> None:
    out = shared / "out"
    assert build(ONE, OLD, out) == ""
    assert build(OTHER, NEW, out) == LEFT
    assert (on_disk(out), beside(out)) == (whole(NEW), [LEFT])
    assert build(OTHER, OLD, out) == ""  # what is left is in nobody's way
    assert (on_disk(out), beside(out)) == (whole(OLD), [LEFT])
    assert build(ONE, NEW, out) == LEFT  # its own is cleared away, the other's is left
    assert (on_disk(out), beside(out)) == (whole(NEW), [LEFT])
    assert (shared / LEFT).stat().st_uid == OTHER
    put(OLD, out)
    assert (on_disk(out), beside(out)) == (whole(OLD), [])  # root can remove both


@needs_root
def test_what_a_killed_build_of_the_other_left_is_in_nobodys_way(shared: Path) -> None:
    out = shared / "out"
    place = resolve_output_folder(out)
    assert build(ONE, OLD, out) == ""

    def be_killed() -> None:
        FileLock(place.lock).take()
        for folder in (place.staging, place.retired):
            (folder / "html").mkdir(parents=True)
            (folder / "html" / "index.html").write_text("half")
        os.kill(os.getpid(), signal.SIGKILL)

    act_as(ONE, be_killed)
    assert place.lock.stat().st_uid == ONE
    assert build(OTHER, NEW, out).startswith(".out.kihonkeikaku-left-")
    assert on_disk(out) == whole(NEW)
    assert not place.lock.exists()
    put(OLD, out)
    assert beside(out) == []


@needs_root
def test_a_lock_that_the_other_holds_is_kept(shared: Path) -> None:
    out = shared / "out"
    lock = FileLock(resolve_output_folder(out).lock)
    lock.take()
    assert "版を作っている最中です" in build(OTHER, NEW, out)
    assert resolve_output_folder(out).lock.exists()
    lock.release()


@needs_root
def test_a_folder_where_only_owners_may_rename_is_told_before_anything_is_made(
    shared: Path,
) -> None:
    out = shared / "out"
    assert build(ONE, OLD, out) == ""
    shared.chmod(0o3775)
    said = build(OTHER, NEW, out)
    assert said == f"MachineError: {out} に書けません（許されていない操作です）。"
    assert (on_disk(out), beside(out)) == (whole(OLD), [])


@needs_root
def test_ones_own_read_only_folders_are_replaced(shared: Path) -> None:
    out = shared / "out"
    assert build(ONE, OLD, out) == ""
    (out / "html" / "assets").chmod(0o555)
    (out / "html").chmod(0o555)
    assert build(ONE, NEW, out) == ""
    assert (on_disk(out), beside(out)) == (whole(NEW), [])


def test_what_is_left_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, out = plant(tmp_path / "plan", {}), tmp_path / "out"
    command = ["build", str(plan), "--only", "html", "--afresh", "--quiet", "--out", str(out)]
    assert cli.run(command) == 0

    def refuse(path: Path) -> None:
        if path.exists():
            raise PermissionError

    monkeypatch.setattr(transaction, "remove_tree", refuse)
    assert cli.run(command) == 0
    assert capsys.readouterr().err == (
        f"前の版を消しきれませんでした（{tmp_path / LEFT}）。"
        "それを消せる人の次の build が片付けます。\n"
    )
    monkeypatch.undo()
    assert cli.run(command) == 0
    assert beside(out) == ["plan"]


# Folders that can't be exchanged, since they are mounted.


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Mounts something as root, where that can be done."""
    places: list[str] = []

    def mount(*arguments: str) -> None:
        done = subprocess.run(["mount", *arguments], capture_output=True, check=False)
        if os.geteuid() or done.returncode:
            pytest.skip("only root may mount a file system, and not everywhere")
        places.append(arguments[-1])

    yield mount
    for place in reversed(places):
        subprocess.run(["umount", place], check=True)


@pytest.mark.parametrize("inner", [False, True])
def test_a_mounted_folder_is_refused_before_anything_is_made(
    inner: bool, tmp_path: Path, mounted: Callable[..., None]
) -> None:
    """A folder of the same file system mounted elsewhere, which looks like any other."""
    source, out = tmp_path / "source", tmp_path / "out"
    put(OLD, source)
    put(OLD, out)
    mounted("--bind", str(source), str(out))
    if inner:
        put(NEW, out / "inner")
        assert on_disk(out / "inner") == whole(NEW)
        return
    with pytest.raises(CommandError, match="マウントされた場所そのものであるため") as refused:
        put(NEW, out)
    assert refused.value.exit_code == 2
    assert (on_disk(out), beside(out)) == (whole(OLD), ["source"])


def test_a_lower_layer_is_refused_before_anything_is_made(
    tmp_path: Path, mounted: Callable[..., None]
) -> None:
    disk, merged = tmp_path / "disk", tmp_path / "merged"
    disk.mkdir()
    merged.mkdir()
    mounted("-t", "tmpfs", "kihonkeikaku", str(disk))  # layers must not be layered themselves
    put(OLD, disk / "lower" / "out")
    for name in ("upper", "work"):
        (disk / name).mkdir()
    layers = f"lowerdir={disk}/lower,upperdir={disk}/upper,workdir={disk}/work,redirect_dir=off"
    mounted("-t", "overlay", "-o", layers, "kihonkeikaku", str(merged))
    out = merged / "out"
    with pytest.raises(CommandError, match=r"overlay）の下の層のものであるため、") as refused:
        put(NEW, out)
    assert refused.value.exit_code == 2
    assert (on_disk(out), beside(out)) == (whole(OLD), [])
    put(NEW, merged / "new")
    put(OLD, merged / "new")
    assert on_disk(merged / "new") == whole(OLD)
