"""CPU time is linear in how much there is of anything that a plan may hold.

``validate`` and ``diff`` are each given a plan with so many of a thing, and one with four times as
many, in one run.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import cli
from tests.sample import SAMPLE, plant

pytestmark = pytest.mark.torture

MOST: Final = 6.0
"""How many times as long four times as much may take."""
ENOUGH: Final = 0.4
"""Seconds: what takes less on the larger plan shows nothing of growth."""

Changes = dict[str, str | bytes | None]


def measure(id: str, text: str = "取組", more: str = "") -> str:
    return f"id: {id}\ntext: {text}\nassignments:\n  - ministry: 経産省\n{more}"


def chapter(groups: str, listed: str = "[alpha, beta]") -> str:
    return (
        "id: measures\ntitle: 講ずべき施策\nsections:\n  - id: utilization\n    kind: section\n"
        f"    title: 利活用\n    measures: {listed}\n{groups}"
    )


def section(id: str, content: str) -> str:
    return f"  - id: {id}\n    kind: section\n    title: 節{id}\n    {content}\n"


def measures(n: int) -> Changes:
    ids = [f"m-{at}" for at in range(n)]
    files: Changes = {f"measures/{id}.yaml": measure(id, f"取組{id}の推進") for id in ids}
    groups = (section(f"s-{at}", f"measures: {ids[at : at + 40]}") for at in range(0, n, 40))
    return files | {"chapters/measures.yaml": chapter("".join(groups).replace("'", ""))}


def sections(n: int) -> Changes:
    groups = (section(f"s-{at}", f"body: [本文{at}を進める。]") for at in range(n))
    return {"chapters/measures.yaml": chapter("".join(groups))}


def paragraphs(n: int) -> Changes:
    body = "".join(f"  - 本文{at}を進める。\n" for at in range(n))
    return {"chapters/vision.yaml": f"{SAMPLE['chapters/vision.yaml']}body:\n{body}"}


def ministries(n: int) -> Changes:
    more = "".join(f"  - id: m-{at}\n    name: 第{at}省\n" for at in range(n))
    return {"ministries.yaml": SAMPLE["ministries.yaml"] + more}


def assignments(n: int) -> Changes:
    more = "".join(f"  - ministry: 第{at}省\n" for at in range(n))
    return ministries(n) | {"measures/alpha.yaml": measure("alpha", more=more)}


def clauses(n: int) -> Changes:
    more = "".join(f"  - text: 施策{at}\n    assignments: [ministry: 経産省]\n" for at in range(n))
    return {"measures/alpha.yaml": f"id: alpha\nclauses:\n{more}"}


def footnotes(n: int) -> Changes:
    runs = "".join(f"  - 取組{at}\n  - footnote: 注{at}\n" for at in range(n))
    return {"measures/alpha.yaml": measure("alpha", "\n" + runs.rstrip("\n"))}


def references(n: int) -> Changes:
    runs = "".join(f"  - 取組{at}と\n  - ref: beta\n" for at in range(n))
    return {"measures/alpha.yaml": measure("alpha", "\n" + runs.rstrip("\n"))}


def reprints(n: int) -> Changes:
    groups = (section(f"s-{at}", "measures: [reprint: alpha]") for at in range(n))
    return {"chapters/measures.yaml": chapter("".join(groups))}


def text_length(n: int) -> Changes:
    text = "、".join(f"第{at}の取組を推進" for at in range(n))
    return {"measures/alpha.yaml": measure("alpha", text)}


KINDS: Final[dict[Callable[[int], Changes], int]] = {
    measures: 300,
    sections: 300,
    paragraphs: 1_000,
    ministries: 500,
    assignments: 300,
    clauses: 300,
    footnotes: 500,
    references: 500,
    reprints: 500,
    text_length: 1_000,
}
"""Each kind of thing, and how many there are in the smaller plan."""

COMMANDS: Final = {
    "validate": ["validate", "{new}", "--quiet"],
    "diff": ["diff", "{old}", "{new}", "--format", "json", "--out", "{out}.json"],
}


def seconds(command: str, kind: Callable[[int], Changes], n: int, work: Path) -> float:
    """CPU seconds of a command for a plan with so many of a kind."""
    folder = work / f"{command}-{n}"
    changes = kind(n)
    edited = {
        name: text.replace("本文", "新たな本文").replace("取組", "新たな取組")
        for name, text in changes.items()
        if isinstance(text, str)
    }
    names = {"old": plant(folder / "old", changes), "new": plant(folder / "new", edited)}
    arguments = [part.format(**names, out=folder / "out") for part in COMMANDS[command]]
    before = time.process_time()
    code = cli.run(arguments)
    assert code == 0, arguments
    return time.process_time() - before


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_time_is_linear(kind: Callable[[int], Changes], command: str, tmp_path: Path) -> None:
    seconds(command, kind, 2, tmp_path)  # what is imported on the way
    small = seconds(command, kind, KINDS[kind], tmp_path)
    large = seconds(command, kind, 4 * KINDS[kind], tmp_path)
    print(f"{kind.__name__} {command}: {small:.2f} s, four times as many {large:.2f} s")
    assert large < ENOUGH or large < MOST * small
