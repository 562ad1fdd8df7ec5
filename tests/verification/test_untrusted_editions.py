"""Untrusted folders: verifying one ends in time, without a traceback, and stays within it."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kihonkeikaku import cli
from tests.verification.published import renew_manifest

pytestmark = pytest.mark.slow

Output = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "（manifest.json がありません）"),
        (b"", "（manifest.json：JSON として読めません）"),
        (b"[" * 100_000, "（manifest.json：JSON として読めません）"),
        (b'{"name": "an app"}', "（manifest.json：kihonkeikaku のものではありません）"),
        (b'{"generator": "kihonkeikaku"}', "（manifest.json：書かれているはずのことがありません）"),
        (b"," * 600_000, "（manifest.json：大きすぎます）"),
    ],
)
def test_a_folder_without_an_edition_is_refused(
    content: bytes | None, reason: str, tmp_path: Path, capsys: Output
) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content)
    assert cli.run(["verify", str(tmp_path)]) == 2
    assert f"は kihonkeikaku の版ではありません{reason}。" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["nowhere", "x" * 300])
def test_a_missing_folder_is_refused(name: str, tmp_path: Path, capsys: Output) -> None:
    assert cli.run(["verify", str(tmp_path / name)]) == 2
    assert "を開けません（" in capsys.readouterr().err


def test_a_file_is_refused(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "file").write_text("")
    assert cli.run(["verify", str(tmp_path / "file")]) == 2
    assert "を開けません（途中にフォルダーではないものがあります）" in capsys.readouterr().err


def test_names_with_control_characters_are_escaped(page_edition: Path, capsys: Output) -> None:
    (page_edition / "\x1b[31m\n\u202e").write_text("")
    (page_edition / "html" / "index.html").write_bytes(b"\x1b\xff")
    assert cli.run(["verify", str(page_edition)]) == 1
    out = capsys.readouterr().out
    assert "\\x1b[31m\\n\\u202e: manifest.json にないファイルです。" in out
    assert "1 行 1 列、「<!DOCTYPE ht」のはずが、「\\x1b\ufffd」）。" in out
    assert "\x1b" not in out


def test_a_folder_that_is_too_deep_is_refused(page_edition: Path, capsys: Output) -> None:
    deep = page_edition.joinpath(*["d"] * 40)
    deep.mkdir(parents=True)
    assert cli.run(["verify", str(page_edition)]) == 1
    assert "フォルダーが深すぎるため、中は見ません。" in capsys.readouterr().out


MEASURE = """\
import json, resource, sys
from kihonkeikaku import cli
code = cli.run(["verify", sys.argv[1]])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
"""Prints the exit code, the seconds of CPU time of the worker, and its most memory in KiB."""

SECONDS = 5
MEMORY = 512 << 10


@pytest.mark.parametrize(
    "piece",
    [b"<a>", b'"', b"<!--", b"\xe3"],
)
def test_a_huge_page_is_compared_in_little_time_and_memory(
    piece: bytes, page_edition: Path
) -> None:
    """No parser gets to see it; readers of HTML take hours over some of these."""
    (page_edition / "html" / "index.html").write_bytes(piece * ((60 << 20) // len(piece)))
    renew_manifest(page_edition)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, page_edition], capture_output=True, text=True, check=True
    )
    problem, _, measured = done.stdout.splitlines()
    assert "html/index.html: 計画から作り直したものと違います（1 行 " in problem
    code, seconds, memory = json.loads(measured)
    assert code == 1
    assert seconds < SECONDS
    assert memory < MEMORY


def test_a_file_of_a_terabyte_is_not_read(page_edition: Path, capsys: Output) -> None:
    size = 1 << 40
    with (page_edition / "html" / "404.html").open("r+b") as file:
        file.truncate(size)
    manifest = json.loads((page_edition / "manifest.json").read_bytes())
    manifest["files"]["html/404.html"]["size"] = size
    (page_edition / "manifest.json").write_text(json.dumps(manifest))
    assert cli.run(["verify", str(page_edition)]) == 1
    out = capsys.readouterr().out
    assert "html/404.html: 計画から作り直したものと違います（" in out
    assert "、何もないはずが、「\\x00" in out
    assert "問題が 1 件あります" in out


def test_a_thousand_problems_are_listed_and_all_are_counted(
    page_edition: Path, capsys: Output
) -> None:
    for number in range(1500):
        (page_edition / f"{number:04}").write_text("")
    assert cli.run(["verify", str(page_edition), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert len(report["problems"]) == 1000
    assert report["summary"]["problems"] == 1500


@pytest.mark.parametrize(
    "end", ["os.abort()", "time.sleep(60)", "print('{\"problem\":', end='')", "sys.exit(1)"]
)
def test_a_worker_that_stops_is_reported(
    end: str, pages: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f'import os, sys, time; print(\'{{"at": "pdf/plan.pdf"}}\', flush=True); {end}'
    verifier = "kihonkeikaku.verification.verifier"
    monkeypatch.setattr(f"{verifier}.WORKER_COMMAND", (sys.executable, "-c", script))
    monkeypatch.setattr(f"{verifier}.WORKER_TIMEOUT", 2)
    assert cli.run(["verify", str(pages)]) == 1
    assert "pdf/plan.pdf: 調べている途中で止まりました" in capsys.readouterr().out


def listing(folder: Path) -> dict[str, tuple[int, ...]]:
    """All entries with what the file system knows of them, but when they were last read."""
    return {
        str(path): (status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        for path in [folder, *folder.rglob("*")]
        for status in [path.lstat()]
    }


def test_only_the_edition_is_needed_and_nothing_is_written(edition: Path, tmp_path: Path) -> None:
    """Neither the plan, nor an environment, nor a place of one's own; PDFs leave nothing either."""
    for path in [*edition.rglob("*"), edition]:
        path.chmod(path.stat().st_mode & ~0o222)
    empty, temporary = tmp_path / "empty", tmp_path / "temporary"
    empty.mkdir()
    temporary.mkdir()
    before = listing(edition)
    command = [sys.executable, "-m", "kihonkeikaku", "verify", str(edition), "--quiet"]
    environment = {"TMPDIR": str(temporary)}
    done = subprocess.run(command, cwd=empty, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert listing(edition) == before
    assert list(empty.iterdir()) == list(temporary.iterdir()) == []


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_no_system_call_writes_a_file_or_reaches_out(pages: Path, tmp_path: Path) -> None:
    """Pages are made again without a temporary file, and without the network."""
    log = tmp_path / "log"
    calls = "openat,mkdir,mkdirat,unlink,unlinkat,rename,renameat2,link,linkat,symlink,connect"
    strace = ["strace", "-f", "-qq", "-e", f"trace=open,creat,{calls}", "-o", str(log)]
    command = [sys.executable, "-B", "-m", "kihonkeikaku", "verify", str(pages), "--quiet"]
    done = subprocess.run([*strace, *command], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    lines = log.read_text("utf-8", "replace").splitlines()
    assert any('"index.html", O_RDONLY' in line for line in lines), "the pages are opened"
    reading = re.compile(r'openat?\([^"]*"[^"]*", [^,)]*O_RDONLY|"/dev/null"|= -1 ENOENT')
    assert [line for line in lines if "(" in line and not reading.search(line)] == []
