"""Where an edition may be put, and what is said where it may not."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kihonkeikaku import cli
from kihonkeikaku.errors import CommandError
from kihonkeikaku.publishing.output_folder import require_replaceable, resolve_output_folder
from tests.publishing.editions import NEW, OLD, on_disk, put, whole
from tests.sample import plant

Output = pytest.CaptureFixture[str]


def a_file(out: Path) -> None:
    out.write_text("dear")


def a_link(out: Path) -> None:
    put(OLD, out.with_name("elsewhere"))
    out.symlink_to(out.with_name("elsewhere"))


def a_link_to_nowhere(out: Path) -> None:
    out.symlink_to("nowhere")


def letters(out: Path) -> None:
    out.mkdir()
    for count in range(5):
        (out / f"letter-{count}.txt").write_text("dear")


def an_edition_with_a_letter(out: Path) -> None:
    put(OLD, out)
    (out / "letter.txt").write_text("dear")


def an_edition_under_version_control(out: Path) -> None:
    put(OLD, out)
    (out / ".git").mkdir()


def a_manifest_of_another_tool(out: Path) -> None:
    out.mkdir()
    (out / "manifest.json").write_text('{"name": "an app"}')


def a_manifest_that_is_a_pipe(out: Path) -> None:
    out.mkdir()
    os.mkfifo(out / "manifest.json")


def a_manifest_that_is_a_link(out: Path) -> None:
    put(OLD, out.with_name("elsewhere"))
    out.mkdir()
    (out / "manifest.json").symlink_to(out.with_name("elsewhere") / "manifest.json")


FOREIGN = "には kihonkeikaku が作ったのではないファイルがあるため、置き換えません"


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (a_file, "はフォルダーではないため、置き換えません。"),
        (a_link, "はリンクであるため、置き換えません。"),
        (a_link_to_nowhere, "はリンクであるため、置き換えません。"),
        (letters, f"{FOREIGN}（letter-0.txt、letter-1.txt、letter-2.txtなど）。"),
        (an_edition_with_a_letter, f"{FOREIGN}（letter.txt）。"),
        (an_edition_under_version_control, f"{FOREIGN}（.git）。"),
        (a_manifest_of_another_tool, f"{FOREIGN}（manifest.json）。"),
        (a_manifest_that_is_a_pipe, f"{FOREIGN}（manifest.json）。"),
        (a_manifest_that_is_a_link, f"{FOREIGN}（manifest.json）。"),
    ],
)
def test_foreign_files_are_left_alone(
    there: Callable[[Path], None], said: str, tmp_path: Path, capsys: Output
) -> None:
    out = tmp_path / "out"
    there(out)
    before = listing(tmp_path)
    plan = plant(tmp_path.with_name(tmp_path.name + "-plan"), {})
    assert cli.run(["build", str(plan), "--only", "html", "--out", str(out), "--quiet"]) == 2
    assert capsys.readouterr().err == f"{out} {said}別のフォルダーを --out に指定してください。\n"
    assert listing(tmp_path) == before


def listing(folder: Path) -> list[tuple[str, int, int]]:
    return sorted(
        (str(path), path.lstat().st_ino, path.lstat().st_mtime_ns) for path in folder.rglob("*")
    )


@pytest.mark.parametrize("litter", [".DS_Store", "Thumbs.db", "desktop.ini"])
def test_files_of_the_desktop_are_ignored(litter: str, tmp_path: Path) -> None:
    put(OLD, tmp_path / "out")
    (tmp_path / "out" / litter).write_bytes(b"icons")
    (tmp_path / "out" / "html" / litter).write_bytes(b"icons")
    put(NEW, tmp_path / "out")
    assert on_disk(tmp_path / "out") == whole(NEW)


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("/", "/ は置き換えません。"),
        ("", ". には計画（plan）があるため、置き換えません。"),
        (".", ". には計画（plan）があるため、置き換えません。"),
        ("..", ".. には計画（plan）があるため、置き換えません。"),
        ("plan", "plan には計画（plan）があるため、置き換えません。"),
        ("plan/", "plan には計画（plan）があるため、置き換えません。"),
        ("plan/build", "plan/build は計画のフォルダー（plan）の中であるため、作りません。"),
        ("side/build", "side/build は計画のフォルダー（plan）の中であるため、作りません。"),
        ("old", "old には計画（old/first.json）があるため、置き換えません。"),
        ("circle/out", "circle/out という場所はありません。"),
        ("x" * 300, f"{'x' * 300} は名前が長すぎます。短い名前の場所を指定してください。"),
        ("plan/plan.yaml/x", "plan/plan.yaml/x は計画のフォルダー（plan）の中であるため、"),
        ("letter/x", "letter/x に書けません（途中にフォルダーではないものがあります）。"),
    ],
)
def test_unsuitable_output_folders_are_refused(
    out: str, said: str, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here" / "there"
    plant(here / "plan", {})
    (here / "side").symlink_to("plan")
    (here / "circle").symlink_to("circle")
    (here / "letter").write_text("dear")
    monkeypatch.chdir(here)
    assert cli.run(["adopt", "plan", "--into", "old", "--quiet"]) == 0
    (here / "old" / "second.json").rename(here / "old" / "first.json")
    command = ["build", "plan", "--against", "old/first.json", "--only", "html", "--out", out]
    before = listing(tmp_path)
    assert cli.run([*command, "--quiet"]) in (2, 3)
    assert capsys.readouterr().err.startswith(said)
    assert listing(tmp_path) == before


@pytest.mark.parametrize("out", [".", "..", "../../here"])
def test_the_working_directory_is_refused(
    out: str, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = str(plant(tmp_path / "plan", {}))
    (tmp_path / "here" / "there").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here" / "there")
    assert cli.run(["build", plan, "--only", "html", "--out", out, "--quiet"]) == 2
    assert capsys.readouterr().err == (
        f"{out} は今いるフォルダーであるため、置き換えません。"
        "ほかのフォルダーに移ってから実行してください。\n"
    )


def test_a_mounted_folder_can_not_be_exchanged(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=1m", "kihonkeikaku", str(out)]
    if os.geteuid() or subprocess.run(mounted, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a file system, and not everywhere")
    try:
        with pytest.raises(CommandError, match="マウントされた場所そのもの"):
            require_replaceable(resolve_output_folder(out))
    finally:
        subprocess.run(["umount", str(out)], check=True)


def test_an_unwritable_folder_is_refused_before_anything_is_made(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = str(plant(tmp_path / "plan", {}))

    def never(*_: object) -> None:
        raise AssertionError("too late")

    monkeypatch.setattr("kihonkeikaku.publishing.edition.number", never)
    for out in ("/proc/edition", "/dev/null/edition"):  # not even root may write there
        assert cli.run(["build", plan, "--only", "html", "--out", out, "--quiet"]) == 3
        assert capsys.readouterr().err.startswith(f"{out} に書けません（")
