"""Every command answers generated pairs of plans as it should: none stops by a fault.

Each pair goes through ``validate``, ``build`` (HTML, and for one pair in ten PDF), ``verify``,
``adopt``, and ``diff`` in every format. Runs with ``make torture``; a pair is made from its number
alone, so ``pytest tests/properties/test_plan_pairs.py --pairs 3000`` goes on from where 1,000 end.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import cli
from kihonkeikaku.model.plan import Plan
from tests.properties.plan_pairs import plan_pair
from tests.properties.plans import Style, files

PLAIN: Final = Style(None, None)
TEXT_FORMATS: Final = ("text", "json", "md", "html", "amendment")
PDF_EVERY: Final = 10


def write(plan: Plan, folder: Path) -> Path:
    for name, text in files(plan, PLAIN).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def commands(work: Path, *, pdf: bool) -> Iterator[tuple[list[str], int]]:
    """Yields each command line for two sound plans, and the exit code that it has to end with."""
    old, new, out = (str(work / name) for name in ("old", "new", "out"))
    kinds = "html,pdf" if pdf else "html"
    yield ["validate", old, "--quiet"], 0
    yield ["build", old, "--quiet", "--out", out, "--only", kinds], 0
    yield ["adopt", old, "--quiet", "--into", f"{new}/editions"], 0
    yield ["validate", new, "--quiet", "--against", f"{new}/editions/old.json"], 0
    yield ["build", new, "--quiet", "--out", out, "--only", kinds, "--against", old], 0
    yield ["verify", out], 0
    for format in (*TEXT_FORMATS, *(("pdf",) if pdf else ())):
        yield ["diff", old, new, "--format", format, "--out", str(work / f"changes.{format}")], 0
    yield ["diff", new, new, "--exit-code", "--out", str(work / "none")], 0


def answer_pair(number: int, work: Path) -> None:
    """Sends a pair through all commands."""
    for plan, name in zip(plan_pair(number), ("old", "new"), strict=True):
        write(plan, work / name)
    for arguments, expected in commands(work, pdf=number % PDF_EVERY == 0):
        assert cli.run(arguments) == expected, (number, arguments)


def answer_pairs(numbers: range, work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for number in numbers:
        folder = work / str(number)
        answer_pair(number, folder)
        shutil.rmtree(folder)
        capfd.readouterr()


@pytest.mark.slow
def test_some_pairs(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answer_pairs(range(1, 6), tmp_path, capfd)


@pytest.mark.torture
def test_many_pairs(tmp_path: Path, pairs: int, capfd: pytest.CaptureFixture[str]) -> None:
    answer_pairs(range(pairs), tmp_path, capfd)
