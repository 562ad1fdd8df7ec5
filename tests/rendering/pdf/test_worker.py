"""Pages are set in a process of their own: what befalls it is told in one line, no more."""

import gc
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import cli
from kihonkeikaku.errors import MachineError
from kihonkeikaku.rendering.pdf import glyph_coverage, worker_client
from kihonkeikaku.rendering.pdf.job import DEFAULT_OPTIONS, ExpectedBody, PdfJob, PdfOptions
from kihonkeikaku.rendering.pdf.worker_client import PdfWorker, WorkerError, WorkerLimits
from tests.conftest import REPOSITORY
from tests.rendering.pdf.rendering import render_plan, render_plans
from tests.rendering.pdf.test_plan_pdf import OUTSIDE
from tests.rendering.plan_data import document

pytestmark = pytest.mark.slow

PLAN: Final = str(REPOSITORY / "plan")
STYLE: Final = '<link rel="stylesheet" href="asset:print/style.css">'
SMALL: Final = PdfJob(f'<!DOCTYPE html><html lang="ja"><title>見本</title>{STYLE}<p>文。', {})


def acting(deed: str) -> Sequence[str]:
    """A child that waits until a book begins to come in, and then does something else."""
    script = f"import os, signal, sys, time; sys.stdin.buffer.read(8); {deed}"
    return sys.executable, "-c", script


CRASH: Final = acting("os.kill(os.getpid(), signal.SIGSEGV)")
LIMITS: Final = WorkerLimits()
HANG: Final = acting("time.sleep(600)")


@pytest.fixture(autouse=True)
def nothing_is_left_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    before = children()  # such as the browser of other tests
    yield
    assert list(folder.iterdir()) == []
    assert children() == before


def children() -> list[int]:
    """The processes that this one has started and that are still there, dead ones too."""
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that has ended since
            found += map(int, (task / "children").read_text().split())
    return sorted(found)


def trouble(command: Sequence[str], limits: WorkerLimits = LIMITS) -> str:
    with pytest.raises(MachineError) as stopped, PdfWorker(limits, command) as worker:
        worker.render(SMALL, [DEFAULT_OPTIONS])
    assert stopped.value.exit_code == 3
    return str(stopped.value)


# What it makes


def test_the_worker_renders_what_this_process_renders() -> None:
    with PdfWorker() as worker:
        first = render_plans(document(), "0" * 64, [DEFAULT_OPTIONS], worker.render)
        second = render_plans(document(), "0" * 64, [DEFAULT_OPTIONS], worker.render)
    assert first == second == [render_plan(document(), "0" * 64)]
    gc.collect()  # with its last object, WeasyPrint removes this process's copies of the fonts


def test_one_child_sets_several_books_in_several_impressions() -> None:
    drafts = [DEFAULT_OPTIONS, PdfOptions(draft=True)]
    with PdfWorker() as worker:
        assert len(worker.render(SMALL, drafts)) == 2
        [pdf] = worker.render(SMALL, [DEFAULT_OPTIONS])
    assert pdf.startswith(b"%PDF-")


def test_what_is_refused_in_the_child_is_told_here_and_the_child_goes_on() -> None:
    outside = PdfJob(SMALL.markup + '<img src="file:///etc/passwd">', {})
    unfaithful = PdfJob(SMALL.markup, {}, ExpectedBody(("別の文。",), "page--body", ()))
    with PdfWorker() as worker:
        with pytest.raises(MachineError, match="外部の資源 'file:///etc/passwd' が"):
            worker.render(outside, [DEFAULT_OPTIONS])
        with pytest.raises(MachineError, match="PDF の本文が計画と違うため"):
            worker.render(unfaithful, [DEFAULT_OPTIONS])
        with pytest.raises(WorkerError, match="StopIteration"):
            worker.render(PdfJob(SMALL.markup, {"no-such-part": None}), [DEFAULT_OPTIONS])
        assert worker.render(SMALL, [DEFAULT_OPTIONS])


def test_no_font_of_the_machine_is_within_reach() -> None:
    with PdfWorker() as worker, pytest.raises(MachineError, match="PDF の組版を中止しました（"):
        worker.render(PdfJob(SMALL.markup + "<p>ไทย", {}), [DEFAULT_OPTIONS])


def test_nothing_from_outside_is_asked_for() -> None:
    """Each way to name a resource, turned at a listener that hears whoever knocks."""
    with socket.create_server(("127.0.0.1", 0)) as listener, PdfWorker() as worker:
        listener.setblocking(False)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        for markup in OUTSIDE:
            asked = re.sub(r"(?:file|https?|ftp):/[^\s)\"';>]+|//example[^\s\"]+", address, markup)
            with pytest.raises(MachineError, match="PDF の組版を中止しました（"):
                worker.render(PdfJob(SMALL.markup + asked, {}), [DEFAULT_OPTIONS])
        with pytest.raises(BlockingIOError):  # nobody waits to be let in
            listener.accept()


# What befalls it


def test_a_crash_in_native_code_is_one_line() -> None:
    assert trouble(CRASH) == "PDF の組版を中止しました（子プロセスが SIGSEGV で落ちました）。"


def test_a_child_that_gives_up_is_one_line() -> None:
    assert trouble(acting("sys.exit(7)")) == (
        "PDF の組版を中止しました（子プロセスが終了コード 7 で終わりました）。"
    )


def test_a_child_that_stops_in_the_middle_of_its_answer_is_one_line() -> None:
    half = acting("os.write(1, bytes(7) + bytes([99, 1])); os.kill(os.getpid(), signal.SIGBUS)")
    assert "SIGBUS" in trouble(half)


def test_a_child_that_takes_too_long_is_ended() -> None:
    begun = time.monotonic()
    assert trouble(HANG, WorkerLimits(seconds=1)) == (
        "PDF の組版を中止しました（1秒で終わりませんでした）。"
    )
    assert time.monotonic() - begun < 10


def test_cpu_time_is_limited_too() -> None:
    script = """
from kihonkeikaku.rendering.pdf.worker import limit_resources
limit_resources(1, 1 << 40)
while True:
    pass
"""
    busy = PdfWorker(WorkerLimits(seconds=30), (sys.executable, "-c", script))
    with pytest.raises(MachineError, match="秒で終わりませんでした"), busy as worker:
        worker.render(SMALL, [DEFAULT_OPTIONS])


def test_a_book_too_large_for_the_memory_is_one_line() -> None:
    script = """
import sys
from kihonkeikaku.rendering.pdf import worker
worker.render_pdfs = lambda *_: [bytes(1 << 32)]
worker.main(60, 2 << 30, sys.argv[-1])
"""
    too_large = (sys.executable, "-c", script)
    assert trouble(too_large) == "PDF の組版を中止しました（メモリーが足りません）。"


def test_a_child_that_can_not_be_started_is_one_line() -> None:
    assert trouble(["/no/such/python"]) == (
        "PDF の組版を中止しました（子プロセスを始められません：No such file or directory）。"
    )


def test_a_missing_font_is_told_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(glyph_coverage, "FONTS", (tmp_path / "x.ttf",))
    assert trouble(CRASH) == (
        f"書体 {tmp_path}/x.ttf がありません。kihonkeikaku を入れ直してください。"
    )


def test_nothing_in_the_working_directory_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    with PdfWorker() as worker:
        assert worker.render(SMALL, [DEFAULT_OPTIONS])


# What becomes of a build


def test_the_old_edition_stays_when_the_child_crashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert cli.run(["build", PLAN, "--out", str(out), "--quiet"]) == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    capfd.readouterr()
    monkeypatch.setattr(PdfWorker.__init__, "__defaults__", (LIMITS, CRASH))
    assert cli.run(["build", PLAN, "--out", str(out), "--quiet", "--afresh"]) == 3
    assert capfd.readouterr() == (
        "",
        "PDF の組版を中止しました（子プロセスが SIGSEGV で落ちました）。\n",
    )
    assert before == {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


INTERRUPTIBLE = """
import functools, signal, sys
from kihonkeikaku.cli import main
from kihonkeikaku.rendering.pdf import worker_client
signal.signal(signal.SIGINT, signal.default_int_handler)
if sys.argv.pop(1) == "stalled":
    script = "import sys; sys.stdin.buffer.read()  # pdf.worker"
    command = (sys.executable, "-c", script)
    worker_client.PdfWorker = functools.partial(worker_client.PdfWorker, command=command)
main()
"""
"""The command, also where whoever runs the tests in the background has Ctrl-C ignored.

A child that is stalled never finishes, so that no interruption comes too late.
"""


def building(child: str, out: Path) -> subprocess.Popen[str]:
    arguments = ["build", PLAN, "--out", str(out), "--only", "pdf"]
    command = [sys.executable, "-c", INTERRUPTIBLE, child, *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_takes_its_child_along(number: signal.Signals, tmp_path: Path) -> None:
    build = building("stalled", tmp_path / "out")
    child = child_of(build)
    build.send_signal(number)
    _, said = build.communicate(timeout=20)
    wait_for_end(child)
    assert (build.returncode, said.splitlines()[-1]) == (130, "中断しました。")
    assert not (tmp_path / "out").exists()


def test_the_child_of_a_killed_build_ends_by_itself(tmp_path: Path) -> None:
    build = building("real", tmp_path / "out")
    of_build = child_of(build)
    build.kill()
    build.communicate(timeout=20)
    wait_for_end(of_build)


def child_of(build: subprocess.Popen[str]) -> int:
    """Waits until a build has started its child, and until that has begun to listen."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for pid in Path(f"/proc/{build.pid}/task/{build.pid}/children").read_text().split():
            if "pdf.worker" in Path(f"/proc/{pid}/cmdline").read_text():
                return int(pid)
        time.sleep(0.02)
    pytest.fail("the child never began")


def wait_for_end(pid: int) -> None:
    end = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists():
        status = Path(f"/proc/{pid}/stat")
        if status.exists() and ") Z " in status.read_text():
            return  # dead; whoever inherited it will notice
        assert time.monotonic() < end, "the child outlives the build"
        time.sleep(0.02)


def test_the_real_child_ends_when_nobody_sends_any_more() -> None:
    child = started(Path(os.environ["TMPDIR"]) / "own")
    assert child.communicate(timeout=20) == (b"", b"")
    assert child.returncode == 0


def test_a_child_removes_nothing_that_it_has_not_made(tmp_path: Path) -> None:
    (tmp_path / "letter").write_bytes(b"dear")
    child = started(tmp_path)
    child.communicate(timeout=20)
    assert child.returncode == 1
    assert (tmp_path / "letter").read_bytes() == b"dear"


def started(folder: Path) -> subprocess.Popen[bytes]:
    """The real child, with a folder for its files."""
    return subprocess.Popen(
        [*worker_client.COMMAND, "60", str(4 << 30), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
