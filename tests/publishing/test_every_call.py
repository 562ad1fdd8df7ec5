"""Every system call of a real build fails once, and a build is killed at every one.

``test_faults`` shows the same of publishing alone, quickly; this is the whole command, from the
lock on, with the renderers and the process that sets the PDF, and it runs with ``make torture``.
"""

import os
import signal
import subprocess
from functools import partial
from pathlib import Path

import pytest

from kihonkeikaku import cli
from kihonkeikaku.publishing.output_folder import resolve_output_folder
from kihonkeikaku.rendering.pdf import worker_client
from tests.publishing.builds import Site
from tests.publishing.editions import NEW, OLD, beside
from tests.publishing.system_calls import Call, calls, strace, why_not

pytestmark = [
    pytest.mark.torture,
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "-"),
]

REASONS = ("ENOSPC", "EIO", "EACCES", "EMFILE")
# The same calls in the same order each time: no hash seed, and no bytecode still to be written.
ENVIRONMENT = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False
    )


def calls_from_the_lock_on(site: Site, log: Path) -> list[Call]:
    site.put(OLD)
    assert run([*strace(log), *site.command(NEW)]).returncode == 0
    all_calls = calls(log)
    lock = resolve_output_folder(site.out).lock.name
    [begin, *_, end] = [at for at, call in enumerate(all_calls) if lock in call.of]
    assert all_calls[end].name == "unlink"
    return all_calls[begin : end + 1]


def is_of_a_module(call: Call) -> bool:
    """Whether Python looks for code: of ours or others', compiled or not."""
    return call.name in ("openat", "getdents64") and not any(
        name in call.of for name in ("kihonkeikaku-", "/site", "templates")
    )


def injected(log: Path) -> list[Call]:
    return [call for call in calls(log) if "(INJECTED)" in call.of]


@pytest.mark.parametrize("options", [("--only", "html"), ("--only", "pdf")])
def test_every_call_of_a_build_that_fails(
    options: tuple[str, ...], tmp_path: Path, every: int
) -> None:
    site = Site(tmp_path, options)
    log = tmp_path / "log"
    points = calls_from_the_lock_on(site, log)
    if "pdf" in options:  # the rest is as with HTML
        points = [call for call in points if not is_of_a_module(call)]
        assert {"pipe2"} < {call.name for call in points}
    points = points[::every]
    outcomes = {OLD: 0, NEW: 0}
    for count, call in enumerate(points):
        site.put(OLD)
        reason = REASONS[count % len(REASONS)]
        done = run(
            [*strace(log, f"{call.name}:error={reason}:when={call.count}"), *site.command(NEW)]
        )
        assert [hit.name for hit in injected(log)] == [call.name], call
        there = site.mark()
        assert there == (NEW if done.returncode == 0 else OLD), (call, reason, done)
        assert done.returncode in (0, 3), (call, reason, done)
        assert "Traceback" not in done.stderr
        assert len(done.stderr.splitlines()) == (1 if there == OLD else 0), (call, reason, done)
        assert beside(site.out) == [], (call, reason, done)
        outcomes[there] += 1
    print(f"{len(points)} calls of {options}: {outcomes}")
    assert outcomes[OLD] >= len(points) // 4


def test_every_call_of_a_build_that_is_killed_there(tmp_path: Path, every: int) -> None:
    site = Site(tmp_path)
    log = tmp_path / "log"
    points = [c for c in calls_from_the_lock_on(site, log) if not is_of_a_module(c)][::every]
    outcomes = {OLD: 0, NEW: 0}
    for call in points:
        site.put(OLD)
        done = run([*strace(log, f"{call.name}:signal=KILL:when={call.count}"), *site.command(NEW)])
        assert done.returncode == -signal.SIGKILL, (call, done)
        there = site.mark()
        assert there, call
        outcomes[there] += 1
        site.put(OLD)
        assert beside(site.out) == []
    print(f"killed at {len(points)} calls: {outcomes}")
    assert outcomes[OLD] > outcomes[NEW] > 0


def test_calls_of_the_typesetter_that_fail(
    tmp_path: Path, every: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Every write of it, and of its many opens every thirtieth."""
    site = Site(tmp_path, ("--only", "pdf"))
    log = tmp_path / "log"
    real = worker_client.PdfWorker
    monkeypatch.setenv("PYTHONHASHSEED", "0")

    def build(injection: str | None) -> int:
        site.put(OLD)
        traced = [*strace(log, injection), *worker_client.COMMAND]
        monkeypatch.setattr(worker_client, "PdfWorker", partial(real, command=traced))
        capfd.readouterr()
        return cli.run(site.command(NEW)[3:])

    assert build(None) == 0
    found = calls(log)
    opens = [call for call in found if call.name == "openat"][:: 30 * every]
    writes = [call for call in found if call.name == "write"][::every]
    assert opens and writes
    hit = 0
    for count, call in enumerate(opens + writes):
        reason = REASONS[count % len(REASONS)]
        code = build(f"{call.name}:error={reason}:when={call.count}")
        said = capfd.readouterr().err
        hit += len(injected(log)) == 1
        assert site.mark() == (NEW if code == 0 else OLD), (call, reason, code, said)
        assert code in (0, 3) and len(said.splitlines()) <= 2, (call, reason, code, said)
        assert beside(site.out) == []
    assert hit == len(opens + writes)
