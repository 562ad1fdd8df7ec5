"""How long the comparison of two editions takes, beside StrictDoc's, and as plans grow.

The changes between the two are known, so that it can be checked that they are all reported before a
time counts. Run by ``make bench``; the result stands in docs/benchmarks.md.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from bench import page
from bench.goals import Goal, keep
from bench.measuring import Usage, describe_circumstances, measure_command, run_in_turns
from bench.peer_projects import strictdoc_files
from bench.peers import STRICTDOC
from bench.plans import write_plan
from bench.revised_plans import write_revised_plan
from kihonkeikaku.model.numbering import number
from kihonkeikaku.validation.linter import load_valid_plan

ROOT: Final = Path(__file__).parent.parent
WORK: Final = ROOT / "build" / "bench" / "comparison"
COMMAND: Final = str(Path(sys.executable).with_name("kihonkeikaku"))
SIZE: Final = 2_000
CHANGES: Final = 300
GROWN: Final = 10_000
ROUNDS: Final = 3

OURS: Final = "kihonkeikaku diff --format json"
THEIRS: Final = "StrictDoc（export --generate-diff-dirs）"

_ABOUT: Final = (
    f"取組が {SIZE:,} の計画と、そのうち {CHANGES} の取組の文・主担当・場所を変えた計画の比較を、"
    f"起動から終わりまで、道具を入れ替えながら {ROUNDS} 回ずつ動かした中央値です。測る前に、植えた"
    "変更がすべて（そして、それだけが）挙がることを確かめています。StrictDoc は、比較だけを作れない"
    "ため、版も作ります。"
)


def main() -> None:
    """Measures, prints the section and writes it to the page."""
    shutil.rmtree(WORK, ignore_errors=True)
    old, new = _editions(SIZE, CHANGES)
    tasks: dict[str, Callable[[], Usage]] = {OURS: partial(measure_command, _diff(old, new))}
    versions = {}
    command = STRICTDOC.command()
    if command:
        versions[STRICTDOC.name] = STRICTDOC.version
        tasks[THEIRS] = _strictdoc(command, old, new)
    grown_old, grown_new = _editions(GROWN, CHANGES * GROWN // SIZE)
    tasks[f"{OURS}、{GROWN:,}"] = partial(measure_command, _diff(grown_old, grown_new))
    usages = run_in_turns(tasks, ROUNDS)
    _keep_goals(usages)
    page.write_section(
        "二つの版の比較", "\n\n".join([_ABOUT, describe_circumstances(versions), _table(usages)])
    )


def _editions(size: int, changes: int) -> tuple[Path, Path]:
    """Writes two editions, and makes sure that exactly the changes between them are reported."""
    old, new = WORK / str(size) / "old", WORK / str(size) / "new"
    write_plan(old, size)
    planted = write_revised_plan(old, new, changes)
    if planted < changes:
        raise SystemExit(f"only {planted} of {changes} changes could be planted")
    comparison = json.loads(subprocess.run(_diff(old, new), check=True, capture_output=True).stdout)
    changed = {
        change["id"]
        for change in comparison["changes"]
        if change["type"] == "measure" and change["kind"] != "renumbered"
    }
    if len(changed) != planted:
        raise SystemExit(f"{planted} measures were changed, {len(changed)} are reported")
    return old, new


def _diff(old: Path, new: Path) -> list[str]:
    return [COMMAND, "diff", str(old), str(new), "--format", "json"]


def _strictdoc(command: str, old: Path, new: Path) -> Callable[[], Usage]:
    projects = [WORK / "strictdoc" / plan.name for plan in (old, new)]
    for plan, project in zip((old, new), projects, strict=True):
        project.mkdir(parents=True)
        for name, lines in strictdoc_files(number(load_valid_plan(str(plan))), ["DIFF"]):
            (project / name).write_text("\n".join(lines) + "\n", "utf-8")
    out = WORK / "strictdoc" / "out"
    export = [command, "export", str(projects[1]), "--output-dir", str(out)]
    diff = [*export, "--generate-diff-dirs", *map(str, projects)]

    def cold() -> Usage:
        shutil.rmtree(out, ignore_errors=True)
        usage = measure_command(diff)
        if not (out / "html" / "diff.html").exists():
            raise SystemExit("StrictDoc made no comparison")
        return usage

    return cold


def _table(usages: Mapping[str, Usage]) -> str:
    ours = usages[OURS].wall
    return page.format_table(
        ("道具", "実時間", "CPU 時間", "最大メモリー", "kihonkeikaku の比"),
        (
            (
                name,
                f"{usage.wall:.2f} s",
                f"{usage.cpu:.2f} s",
                f"{usage.peak:.0f} MiB",
                f"{ours / usage.wall:.3f}",
            )
            for name, usage in usages.items()
        ),
    )


def _keep_goals(usages: Mapping[str, Usage]) -> None:
    ours, grown = usages[OURS], usages[f"{OURS}、{GROWN:,}"]
    keep(Goal("比較、2,000 と 2,000（変更 300）", "2 s 以下", ours.wall, 2, "s"))
    if THEIRS in usages:
        ratio = ours.wall / usages[THEIRS].wall
        keep(Goal("比較、2,000 と 2,000（StrictDoc に対して）", "0.12 倍以下", ratio, 0.12, "倍"))
    growth = grown.cpu / GROWN / (ours.cpu / SIZE)
    keep(Goal("比較、10,000（一つ当たり、2,000 に対して）", "1.3 倍以下", growth, 1.3, "倍"))
    keep(Goal("比較、10,000、メモリー", "1,024 MiB 以下", grown.peak, 1024, "MiB"))


if __name__ == "__main__":
    main()
