"""PDFs are rendered in a process of their own, whose crashes and limits end as one line."""

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


def worker_command(action: str) -> Sequence[str]:
    """A worker that waits for a job, and then does something else."""
    script = f"import os, signal, sys, time; sys.stdin.buffer.read(8); {action}"
    return sys.executable, "-c", script


CRASH: Final = worker_command("os.kill(os.getpid(), signal.SIGSEGV)")
LIMITS: Final = WorkerLimits()
HANG: Final = worker_command("time.sleep(600)")


@pytest.fixture(autouse=True)
def no_files_or_processes_left(
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
    """Returns the processes that this one has started and that still exist, zombies too."""
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that has ended since
            found += map(int, (task / "children").read_text().split())
    return sorted(found)


def error_message(command: Sequence[str], limits: WorkerLimits = LIMITS) -> str:
    with pytest.raises(MachineError) as stopped, PdfWorker(limits, command) as worker:
        worker.render(SMALL, [DEFAULT_OPTIONS])
    assert stopped.value.exit_code == 3
    return str(stopped.value)


# PDFs


def test_the_worker_renders_what_this_process_renders() -> None:
    with PdfWorker() as worker:
        first = render_plans(document(), "0" * 64, [DEFAULT_OPTIONS], worker.render)
        second = render_plans(document(), "0" * 64, [DEFAULT_OPTIONS], worker.render)
    assert first == second == [render_plan(document(), "0" * 64)]
    gc.collect()  # with its last object, WeasyPrint removes this process's copies of the fonts


def test_one_worker_renders_several_jobs_with_several_options() -> None:
    drafts = [DEFAULT_OPTIONS, PdfOptions(draft=True)]
    with PdfWorker() as worker:
        assert len(worker.render(SMALL, drafts)) == 3  # the draft brings a table of its lines
        [pdf] = worker.render(SMALL, [DEFAULT_OPTIONS])
    assert pdf.startswith(b"%PDF-")


def test_errors_in_the_worker_are_raised_here_and_the_worker_goes_on() -> None:
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


def test_fonts_of_the_machine_are_not_used() -> None:
    with PdfWorker() as worker, pytest.raises(MachineError, match="PDF の組版を中止しました（"):
        worker.render(PdfJob(SMALL.markup + "<p>ไทย", {}), [DEFAULT_OPTIONS])


def test_no_connection_is_opened() -> None:
    """Each way to name a resource, with the address of a socket that accepts connections."""
    with socket.create_server(("127.0.0.1", 0)) as listener, PdfWorker() as worker:
        listener.setblocking(False)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        for markup in OUTSIDE:
            asked = re.sub(r"(?:file|https?|ftp):/[^\s)\"';>]+|//example[^\s\"]+", address, markup)
            with pytest.raises(MachineError, match="PDF の組版を中止しました（"):
                worker.render(PdfJob(SMALL.markup + asked, {}), [DEFAULT_OPTIONS])
        with pytest.raises(BlockingIOError):  # no connection is pending
            listener.accept()


# Crashes and limits


def test_a_crash_in_native_code_is_one_line() -> None:
    assert error_message(CRASH) == "PDF の組版を中止しました（子プロセスが SIGSEGV で落ちました）。"


def test_an_exit_of_the_worker_is_one_line() -> None:
    assert error_message(worker_command("sys.exit(7)")) == (
        "PDF の組版を中止しました（子プロセスが終了コード 7 で終わりました）。"
    )


def test_a_crash_within_an_answer_is_one_line() -> None:
    half = worker_command(
        "os.write(1, bytes(7) + bytes([99, 1])); os.kill(os.getpid(), signal.SIGBUS)"
    )
    assert "SIGBUS" in error_message(half)


def test_a_worker_that_takes_too_long_is_killed() -> None:
    begun = time.monotonic()
    assert error_message(HANG, WorkerLimits(seconds=1)) == (
        "PDF の組版を中止しました（1秒で終わりませんでした）。"
    )
    assert time.monotonic() - begun < 10


def test_cpu_time_is_limited() -> None:
    script = """
from kihonkeikaku.rendering.pdf.worker import limit_resources
limit_resources(1, 1 << 40)
while True:
    pass
"""
    busy = PdfWorker(WorkerLimits(seconds=30), (sys.executable, "-c", script))
    with pytest.raises(MachineError, match="秒で終わりませんでした"), busy as worker:
        worker.render(SMALL, [DEFAULT_OPTIONS])


def test_a_job_too_large_for_the_memory_is_one_line() -> None:
    script = """
import sys
from kihonkeikaku.rendering.pdf import worker
worker.render_pdfs = lambda *_: [bytes(1 << 32)]
worker.main(60, 2 << 30, sys.argv[-1])
"""
    too_large = (sys.executable, "-c", script)
    assert error_message(too_large) == "PDF の組版を中止しました（メモリーが足りません）。"


def test_a_worker_that_can_not_be_started_is_one_line() -> None:
    assert error_message(["/no/such/python"]) == (
        "PDF の組版を中止しました（子プロセスを始められません：No such file or directory）。"
    )


def test_a_missing_font_is_reported_before_the_worker_starts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(glyph_coverage, "FONTS", (tmp_path / "x.ttf",))
    assert error_message(CRASH) == (
        f"書体 {tmp_path}/x.ttf がありません。kihonkeikaku を入れ直してください。"
    )


def test_modules_in_the_working_directory_are_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    with PdfWorker() as worker:
        assert worker.render(SMALL, [DEFAULT_OPTIONS])


# Builds


def test_the_old_edition_stays_when_the_worker_crashes(
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


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (CRASH, "PDF の組版を中止しました（子プロセスが SIGSEGV で落ちました）。\n"),
        (HANG, "PDF の組版を中止しました（1秒で終わりませんでした）。\n"),
    ],
)
def test_a_comparison_is_set_by_the_worker_too(
    command: Sequence[str],
    answer: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    limits = WorkerLimits(seconds=1) if command is HANG else LIMITS
    monkeypatch.setattr(PdfWorker.__init__, "__defaults__", (limits, command))
    out = tmp_path / "new.pdf"
    compared = [PLAN, str(REPOSITORY / "examples/next-edition")]
    assert cli.run(["diff", *compared, "--format", "pdf", "--out", str(out)]) == 3
    assert capfd.readouterr().err.endswith(answer)
    assert list(tmp_path.iterdir()) == []


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
"""The command, with Ctrl-C enabled even where the tests run in the background.

A stalled worker never finishes, so that no interruption comes too late.
"""


def start_build(worker: str, out: Path) -> subprocess.Popen[str]:
    arguments = ["build", PLAN, "--out", str(out), "--only", "pdf"]
    command = [sys.executable, "-c", INTERRUPTIBLE, worker, *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_ends_its_worker(number: signal.Signals, tmp_path: Path) -> None:
    build = start_build("stalled", tmp_path / "out")
    worker = find_worker(build)
    build.send_signal(number)
    _, said = build.communicate(timeout=20)
    wait_for_end(worker)
    assert (build.returncode, said.splitlines()[-1]) == (130, "中断しました。")
    assert not (tmp_path / "out").exists()


def test_the_worker_of_a_killed_build_ends_by_itself(tmp_path: Path) -> None:
    build = start_build("real", tmp_path / "out")
    worker = find_worker(build)
    build.kill()
    build.communicate(timeout=20)
    wait_for_end(worker)


def find_worker(build: subprocess.Popen[str]) -> int:
    """Waits until a build has started its worker, and returns the worker's process id."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for pid in Path(f"/proc/{build.pid}/task/{build.pid}/children").read_text().split():
            if "pdf.worker" in Path(f"/proc/{pid}/cmdline").read_text():
                return int(pid)
        time.sleep(0.02)
    pytest.fail("the worker never started")


def wait_for_end(pid: int) -> None:
    end = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists():
        status = Path(f"/proc/{pid}/stat")
        if status.exists() and ") Z " in status.read_text():
            return  # a zombie, which the process that inherited it will reap
        assert time.monotonic() < end, "the worker outlives the build"
        time.sleep(0.02)


def test_the_worker_ends_when_its_input_is_closed() -> None:
    worker = start_worker(Path(os.environ["TMPDIR"]) / "own")
    assert worker.communicate(timeout=20) == (b"", b"")
    assert worker.returncode == 0


def test_the_worker_removes_no_folder_that_it_has_not_made(tmp_path: Path) -> None:
    (tmp_path / "letter").write_bytes(b"dear")
    worker = start_worker(tmp_path)
    worker.communicate(timeout=20)
    assert worker.returncode == 1
    assert (tmp_path / "letter").read_bytes() == b"dear"


def start_worker(folder: Path) -> subprocess.Popen[bytes]:
    """The worker, with a folder for its files."""
    return subprocess.Popen(
        [*worker_client.COMMAND, "60", str(4 << 30), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
