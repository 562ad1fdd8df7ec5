"""Every command answers generated pairs of plans as it should: none stops by a fault.

Each pair goes through ``validate``, ``build`` (HTML, and for every fifth PDF), ``verify``,
``adopt``, and ``diff`` in every format. What the commands would start as another process is called
in that of the tests, but for one pair in a hundred: starting takes longer than the pair. Runs with
``make torture``; a pair is made from its number alone, so ``--pairs 3000`` goes on from where 1,000
end.
"""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import cli
from kihonkeikaku.cli.parameters import EXIT_SUCCESS
from kihonkeikaku.model.plan import Plan
from tests.properties.one_process import run
from tests.properties.plan_pairs import plan_pair
from tests.properties.plans import Style, files

PLAIN: Final = Style(None, None)
TEXT_FORMATS: Final = ("text", "json", "md", "html", "amendment")
PDF_EVERY: Final = 5
PROCESSES_EVERY: Final = 100


def write(plan: Plan, folder: Path) -> Path:
    for name, text in files(plan, PLAIN).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def commands(work: Path, *, pdf: bool) -> Iterator[list[str]]:
    """Yields each command line for two sound plans; none has anything to find."""
    old, new, out = (str(work / name) for name in ("old", "new", "out"))
    kinds = "html,pdf" if pdf else "html"
    yield ["validate", old, "--quiet"]
    yield ["build", old, "--quiet", "--out", out, "--only", kinds]
    yield ["adopt", old, "--quiet", "--into", f"{new}/editions"]
    yield ["validate", new, "--quiet", "--against", f"{new}/editions/old.json"]
    yield ["build", new, "--quiet", "--out", out, "--only", kinds, "--against", old]
    yield ["verify", out]
    for format in (*TEXT_FORMATS, *(("pdf",) if pdf else ())):
        yield ["diff", old, new, "--format", format, "--out", str(work / f"changes.{format}")]
    yield ["diff", new, new, "--exit-code", "--out", str(work / "none")]


def answer_pair(number: int, work: Path) -> Iterator[tuple[str, int]]:
    """Sends a pair through all commands; yields what each does and its exit code."""
    for plan, name in zip(plan_pair(number), ("old", "new"), strict=True):
        write(plan, work / name)
    for arguments in commands(work, pdf=number % PDF_EVERY == 0):
        options = [each for each in arguments[1:] if not each.startswith(str(work))]
        command = cli.run if number % PROCESSES_EVERY == 0 else run
        yield " ".join([arguments[0], *options]), command(arguments)


def answer_pairs(
    numbers: Iterable[int], work: Path, capfd: pytest.CaptureFixture[str]
) -> Counter[str]:
    """Sends pairs through all commands; returns how many times each of these was run."""
    counts: Counter[str] = Counter()
    unexpected = []
    for number in numbers:
        for command, code in answer_pair(number, work / str(number)):
            counts[command] += 1
            said = capfd.readouterr()
            if code != EXIT_SUCCESS:
                unexpected.append((number, command, code, said.out[:500], said.err[:500]))
        shutil.rmtree(work / str(number))
    assert not unexpected
    return counts


@pytest.mark.slow
def test_some_pairs(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answer_pairs(range(6, 11), tmp_path, capfd)


@pytest.mark.torture
def test_many_pairs(tmp_path: Path, pairs: int, capfd: pytest.CaptureFixture[str]) -> None:
    counts = answer_pairs(range(pairs), tmp_path, capfd)
    print(f"{pairs} pairs", *(f"{count} {command}" for command, count in counts.items()), sep="\n")
