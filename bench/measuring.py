"""Commands run by turns, with what each took: wall time, processor time and peak memory.

Needs nothing but the standard library and stays small: Linux counts the memory of the process that
starts a command as the command's own.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

_PEAK_UNIT: Final = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts peak memory."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command took: seconds on the clock and of the processors, and MiB at its peak."""

    wall: float
    cpu: float
    peak: float

    def plus(self, other: "Usage") -> "Usage":
        """Returns what both commands took, one after the other."""
        peak = max(self.peak, other.peak)
        return Usage(self.wall + other.wall, self.cpu + other.cpu, peak)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended, what it printed on either stream, and what it took."""

    code: int
    output: str
    usage: Usage


def run(command: Sequence[str]) -> Outcome:
    """Runs a command to its end."""
    with tempfile.TemporaryFile() as printed:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=printed, stderr=subprocess.STDOUT, env=_environment()
        )
        _, status, spent = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        output = printed.read().decode("utf-8", "replace")
    usage = Usage(wall, spent.ru_utime + spent.ru_stime, spent.ru_maxrss * _PEAK_UNIT / (1 << 20))
    return Outcome(process.returncode, output, usage)


def _environment() -> dict[str, str]:
    """Returns an environment in which Python keeps what it compiled, even if not here."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def measure_command(command: Sequence[str]) -> Usage:
    """Runs a command that must succeed, and returns what it took."""
    outcome = run(command)
    if outcome.code:
        raise SystemExit(f"{command[0]} ended with {outcome.code}:\n{outcome.output}")
    return outcome.usage


def run_in_turns(tasks: Mapping[str, Callable[[], Usage]], rounds: int) -> dict[str, Usage]:
    """Runs tasks A B C A B C …, so that a busy machine slows all alike, and returns medians.

    A round that warms up comes first and does not count.
    """
    usages: dict[str, list[Usage]] = {name: [] for name in tasks}
    for _ in range(rounds + 1):
        for name, task in tasks.items():
            usages[name].append(task())
    return {name: _median(of_name[1:]) for name, of_name in usages.items()}


def _median(usages: Sequence[Usage]) -> Usage:
    return Usage(
        statistics.median(usage.wall for usage in usages),
        statistics.median(usage.cpu for usage in usages),
        statistics.median(usage.peak for usage in usages),
    )


def describe_circumstances(versions: Mapping[str, str]) -> str:
    """Returns, as one Japanese line, what was measured where and when."""
    facts = (
        _processor(),
        f"{os.cpu_count()} コア",
        f"始めるときの負荷 {os.getloadavg()[0]:.1f}",
        platform.system(),
        f"Python {platform.python_version()}",
        *(f"{name} {version}" for name, version in versions.items()),
    )
    return f"{date.today()} に測定：{'、'.join(facts)}。"


def _processor() -> str:
    """The processor's name where Linux tells it, otherwise its kind."""
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text("utf-8").splitlines() if facts.is_file() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
