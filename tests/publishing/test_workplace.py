"""The folders of the edition before last are used again, and nothing can be told by it."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku.publishing import transaction
from kihonkeikaku.publishing.build_record import Ledger
from kihonkeikaku.publishing.cache import KEPT, folders_path
from kihonkeikaku.publishing.output_folder import place
from kihonkeikaku.publishing.transaction import is_in_place
from tests.publishing.editions import NEW, OLD, beside, on_disk, publish_files, put, seal, whole


@pytest.fixture(autouse=True)
def _all_editions_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction, "LARGE", 1)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder for which folders are kept."""
    folder = tmp_path / "edition"
    put(OLD, folder)
    put(NEW, folder)
    assert folders_path(place(folder)).is_dir()
    return folder


def put_files(out: Path, *names: str) -> None:
    publish_files([(name, name.encode()) for name in names], place(out), seal)


def folders(folder: Path) -> dict[str, int]:
    """All folders by their paths, and the inode of each."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_ino
        for path in folder.rglob("*")
        if path.is_dir()
    }


ALL: Final = {"html", "html/assets", "html/measures", "html/measures/a", "pdf"}


def test_folders_alone_are_kept(out: Path) -> None:
    assert on_disk(folders_path(place(out))) == {}
    assert folders(folders_path(place(out))).keys() == ALL
    assert beside(out) == []


def test_they_become_the_next_editions(out: Path) -> None:
    kept = folders(folders_path(place(out)))
    there = folders(out)
    put("third", out)
    assert folders(out) == kept
    assert folders(folders_path(place(out))) == there
    assert on_disk(out) == whole("third")


def test_also_where_only_some_may_read_the_edition(out: Path) -> None:
    out.chmod(0o2750)
    put("third", out)
    kept = folders(folders_path(place(out)))
    put("fourth", out)
    assert folders(out) == kept
    assert stat.S_IMODE(out.stat().st_mode) == 0o2750


def test_who_only_looks_leaves_them_where_they_are(out: Path) -> None:
    assert not is_in_place(place(out), {})
    assert folders(folders_path(place(out))).keys() == ALL


def test_a_folder_that_is_not_needed_any_more_is_removed(out: Path) -> None:
    put_files(out, "html/measures/b/index.html")
    assert folders(out).keys() == {"html", "html/measures", "html/measures/b"}


def test_a_file_may_have_the_name_of_a_folder_that_was(out: Path) -> None:
    put_files(out, "html/measures", "pdf/plan.pdf/parts/one")
    put_files(out, "html/measures/a/index.html", "pdf")
    put_files(out, "html/measures", "pdf/plan.pdf/parts/one")
    assert on_disk(out).keys() == {"html/measures", "pdf/plan.pdf/parts/one", "manifest.json"}
    assert folders(out).keys() == {"html", "pdf", "pdf/plan.pdf", "pdf/plan.pdf/parts"}


def test_of_small_editions_none_are_kept(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction, "LARGE", 500)
    put("third", out)
    put("fourth", out)
    assert not folders_path(place(out)).exists()


# What became of the folders in the cache.


def put_a_file(kept: Path) -> None:
    (kept / "html" / "letter.txt").write_text("dear", "utf-8")


def put_a_link(kept: Path) -> None:
    (kept / "html" / "measures" / "a").rmdir()
    (kept / "html" / "measures" / "a").symlink_to(kept.parent.parent / "elsewhere")


def put_a_pipe(kept: Path) -> None:
    os.mkfifo(kept / "pipe")


def close(kept: Path) -> None:
    (kept / "html" / "measures").chmod(0o700)


def open_to_all(kept: Path) -> None:
    (kept / "pdf").chmod(0o2777)


def remove(kept: Path) -> None:
    (kept / "pdf").rmdir()


def close_the_top(kept: Path) -> None:
    kept.chmod(0o500)


def replace_by_a_link(kept: Path) -> None:
    kept.rename(kept.with_name("moved"))
    kept.symlink_to(kept.parent.parent / "elsewhere")


def replace_by_a_file(kept: Path) -> None:
    kept.rename(kept.with_name("moved"))
    kept.write_text("", "utf-8")


HARMS: Final[tuple[Callable[[Path], None], ...]] = (
    put_a_file,
    put_a_link,
    put_a_pipe,
    close,
    open_to_all,
    remove,
    close_the_top,
    replace_by_a_link,
    replace_by_a_file,
)


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_not_as_if_made_now_is_not_used(
    harm: Callable[[Path], None], out: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    harm(folders_path(place(out)))
    put("third", out)
    assert on_disk(out) == whole("third")
    assert list(elsewhere.iterdir()) == []
    made_now = tmp_path / "now"
    made_now.mkdir()
    mode = stat.S_IMODE(made_now.stat().st_mode)
    assert {stat.S_IMODE((out / name).stat().st_mode) for name in (*ALL, ".")} == {mode}
    put("fourth", out)
    assert on_disk(out) == whole("fourth")


def test_a_cache_on_another_device_is_done_without(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def across(self: Path, target: Path) -> Path:
        if self.suffix == ".folders" or target.suffix == ".folders":
            raise OSError(18, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", across)
    for mark in ("third", "fourth"):
        put(mark, out)
        assert (on_disk(out), beside(out)) == (whole(mark), [])


def test_they_go_with_the_ledger(out: Path, tmp_path: Path) -> None:
    for number in range(KEPT):
        Ledger(source=str(number)).write(place(tmp_path / str(number)), "program")
    assert not folders_path(place(out)).exists()
