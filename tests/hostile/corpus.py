"""The corpus of hostile files, and what is found in them.

``python -m tests.hostile.corpus TOPIC FOLDER`` prints a topic's table, held to the promise: each
file is answered within its own 2 s of the processor, all of it within 512 MB.
"""

import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from kihonkeikaku.loading.loader import load
from kihonkeikaku.reports.findings import listed_findings
from kihonkeikaku.system.terminal import escape_unprintable
from kihonkeikaku.validation.linter import lint
from tests.hostile.limited_process import MEMORY
from tests.sample import SAMPLE, SUPERSEDING, frozen, plant

SECONDS = 2
FIRST = frozen("first")
CASES = Path(__file__).parent / "cases"
TOPICS = sorted(folder.name for folder in CASES.iterdir())
PLACES = {
    "head": "plan.yaml",
    "register": "ministries.yaml",
    "chapter": "chapters/policy.yaml",
    "measure": "measures/alpha.yaml",
    "revision": "revision.yaml",
    "edition": "editions/first.json",
}


def found_with(case: Path, sample: Path) -> Iterator[str]:
    """Yields what is found in the sample with one of its files replaced by ``case``."""
    place = PLACES[case.parent.name]
    changes = {place: case.read_bytes()}
    if place in ("revision.yaml", "editions/first.json"):
        changes = {"plan.yaml": SUPERSEDING.encode(), "editions/first.json": FIRST} | changes
    plant(sample, {**dict.fromkeys(SAMPLE), **changes})
    try:
        for finding in listed_findings(lint(load(str(sample))).findings):
            at = finding.position
            file = Path(at.file).relative_to(sample)
            message = escape_unprintable(finding.message)
            yield f"  {finding.rule} {file}:{at.line}:{at.column} {message}"
    except Exception as fault:
        fault.add_note(f"in {case}")
        raise
    finally:
        for name in changes:
            (sample / name).unlink()
        plant(sample, {name: text if name in changes else None for name, text in SAMPLE.items()})


def found_in_topic(topic: str, sample: Path, before: Callable[[Path], object] = str) -> str:
    """The topic's table: each file with its findings, or a dash where it is sound."""
    lines = []
    for case in sorted((CASES / topic).glob("*/*")):
        before(case)
        lines += [f"{case.parent.name}/{case.name}", *(list(found_with(case, sample)) or ["  -"])]
    return "".join(f"{line}\n" for line in lines)


def _limit_next(case: Path) -> None:
    """Gives the next case its seconds; when it takes more, the process is killed."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
    print(case, file=sys.stderr, flush=True)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # a text stream
    print(found_in_topic(sys.argv[1], Path(sys.argv[2]), _limit_next), end="")
