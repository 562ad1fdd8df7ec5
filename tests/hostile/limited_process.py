"""``kihonkeikaku`` in a process of its own, held to the promise: 2 s, 512 MB, one answer."""

import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MEMORY = 512 << 20
CPU_SECONDS = 4
"""Twice the promise: the machine that runs the tests is busy with others, too."""
WALL_SECONDS = 60
"""Only so that a hang ends: time that others take is not counted against us."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run answered: its exit code, the findings as "rule file:line:column message".

    ``count`` is how many findings there are, listed or not.
    """

    code: int
    count: int
    findings: tuple[str, ...]
    complaint: str


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def validate(folder: Path, plan: str = "plan") -> Answer:
    """Runs ``validate --format json`` in ``folder``; fails on whatever the promise forbids."""
    done = subprocess.run(
        [sys.executable, "-m", "kihonkeikaku", "validate", "--format", "json", "--", plan],
        cwd=folder,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "GIT_CONFIG_NOSYSTEM": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=WALL_SECONDS,
        preexec_fn=_limit,
    )
    complaint = done.stderr.decode("utf-8")
    assert done.returncode in (0, 1, 2), (done.returncode, complaint[-2000:])
    assert complaint.count("\n") <= 1 and "Traceback" not in complaint, complaint
    report = json.loads(done.stdout) if done.returncode < 2 else {"findings": (), "summary": {}}
    count = sum(report["summary"].get(kind, 0) for kind in ("errors", "warnings", "notes"))
    findings = tuple(map(_line, report["findings"]))
    return Answer(done.returncode, count, findings, complaint.rstrip("\n"))


def _line(finding: dict[str, object]) -> str:
    assert finding["hint"]
    return "{rule} {file}:{line}:{column} {message}".format_map(finding)
