"""Builds that are killed or interrupted at any moment leave the old edition or the new one.

The many of them run with ``make torture``.
"""

import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kihonkeikaku import cli
from kihonkeikaku.publishing.output_folder import resolve_output_folder
from kihonkeikaku.system.filesystem_calls import exchange_paths
from kihonkeikaku.system.signals import defer_interruptions, handle_interruptions
from tests.publishing.builds import HTML, OTHER, Site
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

PDF = ("--only", "html,pdf")


@pytest.fixture(autouse=True)
def _nothing_is_ignored() -> Iterator[None]:
    """Signals work as on a terminal, also where the tests run in the background or under nohup."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    for number in before:
        signal.signal(number, signal.SIG_DFL)
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    while not path.exists() and process.poll() is None:
        time.sleep(0.0005)


def spans(site: Site) -> tuple[float, float]:
    """How long a build takes, and how long of that it goes on with the lock, in seconds.

    The shortest of three, each of another edition: the machine may have other work to do.
    """
    (whole_build, locked) = zip(*(_span(site, mark) for mark in (NEW, OLD, NEW)), strict=True)
    return min(whole_build), min(locked)


def _span(site: Site, mark: str) -> tuple[float, float]:
    begun = time.monotonic()
    with subprocess.Popen(site.command(mark), text=True) as process:
        wait_for(resolve_output_folder(site.out).lock, process)
        locked = time.monotonic()
    ended = time.monotonic()
    return ended - begun, ended - locked


def stop(site: Site, mark: str, number: int, wait: float, at_once: bool) -> tuple[int, str]:
    """Sends a build a signal after some time, counted from its lock or from its start.

    Returns:
        Its exit code, and what it said.
    """
    with subprocess.Popen(site.command(mark), stderr=subprocess.PIPE, text=True) as process:
        if not at_once:
            wait_for(resolve_output_folder(site.out).lock, process)
        time.sleep(wait)
        process.send_signal(number)
        _, said = process.communicate()
    return process.returncode, said


def where(site: Site, before: str, code: int) -> str:
    """At what the build was when it was killed, by what it left."""
    there = resolve_output_folder(site.out)
    if code != -signal.SIGKILL or not there.lock.exists():
        return "outside"
    if site.mark() != before:
        return "after the exchange"
    return "making" if there.staging.exists() else "beginning"


def missing(landed: Counter[str], kills: int) -> list[str]:
    """What the kills have not shown yet."""
    enough = {
        "in the middle": landed.total() - landed["outside"] >= kills // 2,
        "making": landed["making"] >= kills // 4,
        "after the exchange_paths": landed["after the exchange_paths"] >= kills // 1000,
    }
    return [what for what, shown in enough.items() if not shown]


def kill(site: Site, spans: tuple[float, float], at_once: bool, chance: random.Random) -> str:
    """Kills a build of the other edition at some moment; one of the two is there, whole.

    Returns:
        At what the build was.
    """
    before = site.mark()
    assert before
    whole_build, locked = spans
    wait = chance.uniform(0, whole_build if at_once else locked)
    code, _ = stop(site, OTHER[before], signal.SIGKILL, wait, at_once)
    assert site.mark(), (code, site.strange())
    return where(site, before, code)


@pytest.mark.torture
def test_no_kill_leaves_a_torn_edition(tmp_path: Path, kills: int) -> None:
    site = Site(tmp_path)
    site.put(OLD)
    times = spans(site)
    landed: Counter[str] = Counter()
    chance = random.Random(7)
    # On a machine with other work to do, more kills come too late: then there are more of them.
    while landed.total() < kills or (missing(landed, kills) and landed.total() < 3 * kills):
        count = landed.total()
        landed[kill(site, times, count % 10 == 0, chance)] += 1
        after = site.mark()
        assert after
        if count % 50 == 0:
            subprocess.run(site.command(OTHER[after]), check=True)
            assert site.mark() == OTHER[after]
        else:
            site.put(after)
        assert beside(site.out) == []
    in_the_middle = landed.total() - landed["outside"]
    print(f"{landed.total()} kills, {in_the_middle} in the middle of a build: {dict(landed)}")
    assert missing(landed, kills) == []


@pytest.mark.torture
def test_no_kill_of_a_large_build_leaves_a_torn_edition(tmp_path: Path, kills: int) -> None:
    """What did not change is used again."""
    site = Site(tmp_path, more=1_200, from_scratch=False)
    for mark in (OLD, NEW, OLD):
        subprocess.run(site.command(mark), check=True)
    times = spans(site)
    landed: Counter[str] = Counter()
    chance = random.Random(7)
    for count in range(kills // 10):
        landed[kill(site, times, count % 2 == 0, chance)] += 1
        after = site.mark()
        assert after
        latest = time.monotonic() + 10
        while at_work(site) and time.monotonic() < latest:
            time.sleep(0.01)
        assert not at_work(site)
        if count % 5 == 0:
            subprocess.run(site.command(OTHER[after]), check=True)
            assert (site.mark(), beside(site.out)) == (OTHER[after], [])
    print(f"{landed.total()} kills: {dict(landed)}")
    assert landed.total() - landed["outside"] >= kills // 50


def at_work(site: Site) -> list[str]:
    """The processes that build this site; one that has ended has no command any more."""
    commands = {
        file.parent.name: file.read_bytes()
        for file in Path("/proc").glob("[0-9]*/cmdline")
        if file.exists()
    }
    return [process for process, command in commands.items() if str(site.out).encode() in command]


@pytest.mark.torture
def test_a_killed_build_takes_its_typesetter_with_it(
    tmp_path: Path, kills: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    site = Site(tmp_path, PDF)
    site.put(OLD)
    _, locked = spans(site)
    site.put(OLD)
    chance = random.Random(7)
    landed = 0
    for _ in range(kills // 25):
        code, _ = stop(site, NEW, signal.SIGKILL, chance.uniform(0, locked), False)
        landed += resolve_output_folder(site.out).lock.exists() and code == -signal.SIGKILL
        assert site.mark()
        deadline = time.monotonic() + 20
        while any(temporary.iterdir()) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert list(temporary.iterdir()) == []
        site.put(OLD)
        assert beside(site.out) == []
    assert landed >= kills // 50


@pytest.mark.torture
@pytest.mark.parametrize(("more", "share"), [(0, 5), (1_200, 25)], ids=["small", "large"])
def test_no_interruption_leaves_anything(more: int, share: int, tmp_path: Path, kills: int) -> None:
    site = Site(tmp_path, more=more, from_scratch=not more)
    site.put(OLD)
    _, locked = spans(site)
    site.put(OLD)
    chance = random.Random(7)
    interrupted = 0
    for count in range(kills // share):
        number = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[count % 3]
        before = site.mark()
        assert before
        code, said = stop(site, OTHER[before], number, chance.uniform(0, locked), False)
        if code == 130:
            assert (said, site.mark()) == ("中断しました。\n", before)
            interrupted += 1
        else:  # too late
            assert (code in (0, -number), site.mark()) == (True, OTHER[before]), (code, said)
        assert beside(site.out) == []
    print(f"{kills // share} interruptions, {interrupted} in time")
    assert interrupted >= kills // share // 5


# The quick part.


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield Site(tmp_path_factory.mktemp("site"), PDF)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_build_leaves_the_old_edition_and_says_so(number: int, site: Site) -> None:
    site.put(OLD)
    for wait in (0.0, 0.2):  # setting a PDF takes longer
        assert stop(site, NEW, number, wait, False) == (130, "中断しました。\n")
        assert (site.mark(), beside(site.out)) == (OLD, [])


def test_a_killed_build_leaves_the_old_edition_and_the_next_clears_away(site: Site) -> None:
    site.put(OLD)
    code, _ = stop(site, NEW, signal.SIGKILL, 0.2, False)
    assert (code, site.mark()) == (-signal.SIGKILL, OLD)
    assert beside(site.out) == [".edition.kihonkeikaku-lock", ".edition.kihonkeikaku-new"]
    site.put(NEW)
    assert (site.mark(), beside(site.out)) == (NEW, [])


def test_two_builds_at_once_of_which_the_second_says_so(site: Site) -> None:
    site.put(OLD)
    with subprocess.Popen(site.command(NEW), text=True) as first:
        wait_for(resolve_output_folder(site.out).staging, first)
        first.send_signal(signal.SIGSTOP)  # it must not be done before the second has begun
        second = subprocess.run(
            site.command(OLD), capture_output=True, encoding="utf-8", check=False
        )
        first.send_signal(signal.SIGCONT)
    assert (first.returncode, second.returncode) == (0, 2)
    assert second.stderr == (
        f"{site.out} には、ほかの kihonkeikaku が版を作っている最中です"
        f"（プロセス {first.pid}、機械 {os.uname().nodename}）。"
        "終わってから、もう一度実行してください。\n"
    )
    assert (site.mark(), beside(site.out)) == (NEW, [])


def test_ten_builds_at_once_of_which_one_wins(tmp_path: Path) -> None:
    site = Site(tmp_path, HTML)
    builds = [
        subprocess.Popen(site.command(NEW), stderr=subprocess.PIPE, encoding="utf-8")
        for _ in range(10)
    ]
    said = [build.communicate()[1] for build in builds]
    codes = [build.returncode for build in builds]
    assert set(codes) <= {0, 2} and 0 in codes
    for code, line in zip(codes, said, strict=True):
        assert (line == "") == (code == 0)
        assert line.count("\n") == (code == 2) and ("最中です" in line) == (code == 2)
    assert (site.mark(), beside(site.out)) == (NEW, [])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_during_the_exchange_comes_too_late(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    put(OLD, out)

    def interrupted(one: Path, other: Path) -> bool:
        signal.raise_signal(number)
        return exchange_paths(one, other)

    monkeypatch.setattr("kihonkeikaku.publishing.staging.exchange_paths", interrupted)
    put(NEW, out)
    assert (on_disk(out), beside(out)) == (whole(NEW), [])


def test_an_interruption_after_the_exchange_comes_too_late(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site.put(OLD)
    handle_interruptions()

    def interrupted(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("kihonkeikaku.publishing.build_record.BuildRecord.write", interrupted)
    assert cli.run(site.command(NEW)[3:]) == 0
    assert capsys.readouterr() == ("", "")
    assert (site.mark(), beside(site.out)) == (NEW, [])


def test_an_interruption_while_files_are_made_comes_in_time(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(OLD, out)

    def files() -> Iterator[tuple[str, bytes]]:
        yield from contents(NEW).items()
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        publish_files(files(), resolve_output_folder(out), make_manifest)
    assert (on_disk(out), beside(out)) == (whole(OLD), [])


def test_a_deferred_interruption_is_raised_afterwards() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), defer_interruptions() as came:
        signal.raise_signal(signal.SIGINT)
        done.append(list(came))
    assert done == [[signal.SIGINT]]
