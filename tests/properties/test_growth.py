"""CPU time is linear in how much there is of anything that a plan may hold.

Every command is given a plan with so many of a thing, and one with four times as many, in one run.
What is not in the table is bounded by a rule: levels of headings and YAML by ``misplaced-section``
and ``too-deep``, numbered measures and headings under one heading by ``numbering-overflow``.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.properties.one_process import run
from tests.sample import SAMPLE, SUPERSEDING, frozen, plant

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


def chapters(n: int) -> Changes:
    ids = [f"annex-{at}" for at in range(n)]
    files: Changes = {
        f"chapters/{id}.yaml": f"id: {id}\ntitle: 別紙{id}\nkind: appendix\nbody: [本文]\n"
        for id in ids
    }
    listed = "".join(f"  - {id}\n" for id in ids)
    return files | {"plan.yaml": SAMPLE["plan.yaml"] + listed}


def named_paragraphs(n: int) -> Changes:
    body = "".join(f"  - {{id: p-{at}, note: 本文{at}}}\n" for at in range(n))
    return {"measures/alpha.yaml": measure("alpha", more=f"body:\n{body}")}


def successions(n: int) -> Changes:
    more = "".join(
        f"  - {{id: m-{at}, name: 第{at}省, parent: meti, succeeds: [m-{at - 1}]}}\n"
        for at in range(1, n)
    )
    return {"ministries.yaml": f"{SAMPLE['ministries.yaml']}  - {{id: m-0, name: 第0省}}\n{more}"}


def waivers(n: int) -> Changes:
    """As many findings that are waived."""
    leads = (
        "  - {ministry: 経産省, role: lead}\n"
        "  - {ministry: 文科省, role: lead} # allow several-leads: 共同\n"
    )
    return {
        name: text.replace("  - ministry: 経産省\n", leads)
        for name, text in measures(n).items()
        if isinstance(text, str)
    }


def rule_settings(n: int) -> Changes:
    """As many findings of a rule that is set to another severity."""
    setting = 'rules:\n  - {rule: several-leads, severity: "off", reason: 共同が多いため}\n'
    files: Changes = {
        name: text.replace(" # allow several-leads: 共同", "")
        for name, text in waivers(n).items()
        if isinstance(text, str)
    }
    return files | {"plan.yaml": SAMPLE["plan.yaml"] + setting}


def record(changes: Changes) -> bytes:
    """The edition before, adopted."""
    files = {name: text for name, text in changes.items() if isinstance(text, str)}
    named = {name.removesuffix(".yaml").replace("/", "__"): text for name, text in files.items()}
    return frozen("first", **named)


def dispositions(n: int) -> Changes:
    listed = (f"  - {{measures: [m-{at}], became: completed}}\n" for at in range(n))
    return {
        "editions/first.json": record(measures(n)),
        "revision.yaml": f"from: first\ndispositions:\n{''.join(listed)}",
    }


def reasons(n: int) -> Changes:
    listed = (f"  - {{id: m-{at}, reason: 状況{at}の変化}}\n" for at in range(n))
    return reworded(measures(n)) | {
        "editions/first.json": record(measures(n)),
        "revision.yaml": f"from: first\nreasons:\n{''.join(listed)}",
    }


def editions(n: int) -> Changes:
    files: Changes = {
        f"editions/e-{at}.json": frozen(f"e-{at}", f"e-{at - 1}" if at else None) for at in range(n)
    }
    return files | {"plan.yaml": SUPERSEDING.replace("first", f"e-{n - 1}")}


def reworded(changes: Changes) -> Changes:
    """The files of a next edition, in which all texts are others."""
    return {
        name: text.replace("本文", "新たな本文").replace("取組", "新たな取組")
        for name, text in changes.items()
        if isinstance(text, str)
    }


KINDS: Final[dict[Callable[[int], Changes], int]] = {
    measures: 80,
    chapters: 15,
    sections: 80,
    paragraphs: 400,
    named_paragraphs: 150,
    ministries: 150,
    successions: 100,
    assignments: 100,
    clauses: 80,
    footnotes: 80,
    references: 100,
    reprints: 80,
    text_length: 300,
    waivers: 80,
    rule_settings: 80,
    dispositions: 80,
    reasons: 80,
    editions: 10,
}
"""Each kind of thing, and how many there are in the smaller plan.

So many paragraphs that each is compared with as many others as it may be, in both plans.
"""

COMMANDS: Final = {
    "validate": ["validate", "{new}", "--quiet"],
    "build-html": ["build", "{new}", "--quiet", "--only", "html", "--out", "{out}"],
    "verify": ["verify", "{out}"],
    "build-pdf": ["build", "{new}", "--quiet", "--only", "pdf", "--out", "{out}-pdf"],
    **{
        f"diff-{format}": [
            "diff",
            "{old}",
            "{new}",
            "--format",
            format,
            "--out",
            f"{{out}}.{format}",
        ]
        for format in ("json", "md", "html", "amendment", "pdf")
    },
}
"""``verify`` checks what is built before it."""


def seconds(kind: Callable[[int], Changes], n: int, work: Path) -> dict[str, float]:
    """CPU seconds of each command for a plan with so many of a kind."""
    folder = work / str(n)
    changes = kind(n)
    recorded = next((name for name in changes if name.startswith("editions/")), None)
    before = folder / "new" / recorded if recorded else plant(folder / "old", changes)
    new = plant(folder / "new", changes if recorded else changes | reworded(changes))
    names = {"old": before, "new": new, "out": folder / "out"}
    taken = {}
    for command, parts in COMMANDS.items():
        arguments = [part.format(**names) for part in parts]
        start = time.process_time()
        assert run(arguments) == 0, arguments
        taken[command] = time.process_time() - start
    return taken


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_time_is_linear(kind: Callable[[int], Changes], every: int, tmp_path: Path) -> None:
    if list(KINDS).index(kind) % every:
        pytest.skip("every n-th kind is asked for")
    seconds(kind, 2, tmp_path)  # what is imported on the way
    slow = slow_commands(kind, tmp_path / "first")
    if slow:  # other programs of the machine may have come between
        slow &= slow_commands(kind, tmp_path / "again")
    assert slow == set()


def slow_commands(kind: Callable[[int], Changes], work: Path) -> set[str]:
    """Returns the commands that take more than ``MOST`` times as long for four times as many."""
    small, large = (seconds(kind, times * KINDS[kind], work) for times in (1, 4))
    for command in COMMANDS:
        print(f"{kind.__name__} {command}: {small[command]:.2f} s, 4 ×: {large[command]:.2f} s")
    return {c for c in COMMANDS if large[c] > max(ENOUGH, MOST * small[c])}
