"""How long ``validate`` takes, beside what checks the same files otherwise, and as plans grow.

``make bench`` runs it; the result stands in docs/benchmarks.md. What is compared is checked first:
every tool has to accept the plan, and to name the files of the faults that it can see.
"""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from bench import page
from bench.goals import Goal, keep
from bench.measuring import Usage, describe_circumstances, measure_command, run, run_in_turns
from bench.peers import CHECK_JSONSCHEMA, YAMLLINT

ROOT: Final = Path(__file__).parent.parent
PLANS: Final = ROOT / "build" / "bench"
COMMAND: Final = str(Path(sys.executable).with_name("kihonkeikaku"))

SIZE: Final = 2_000
ROUNDS: Final = 7
GROWN: Final = 10_000
SIZES: Final = (500, 2_000, 10_000, 20_000)
GROWTH_ROUNDS: Final = 2

OURS: Final = "kihonkeikaku validate（すべての規則）"
SCHEMA_ALL: Final = "check-jsonschema（取組と章）"
SCHEMA_MEASURES: Final = "check-jsonschema（取組だけ）"
LINT: Final = "yamllint"
LINT_RULES: Final = "{extends: relaxed, rules: {line-length: disable}}"

# What no JSON Schema allows, and what no YAML does: each tool has to see at least one of them.
FAULTS: Final = {"unknown": "owner: 経産省\n", "twice": "id: again\n"}


def main() -> None:
    """Measures, prints the sections and writes them to the page."""
    plans = {size: _plan(PLANS / str(size), size) for size in SIZES}
    compare(plans[SIZE], _faulty_plan(PLANS / "faulty", 20))
    grow(plans)


def compare(plan: Path, faulty: Path) -> None:
    """Measures all tools on one plan."""
    versions = {"kihonkeikaku": _output([COMMAND, "--version"]).split()[-1]}
    tasks: dict[str, Callable[[], Usage]] = {OURS: _ours(plan, faulty)}
    left_out = []
    for peer, tasks_of in ((CHECK_JSONSCHEMA, _check_jsonschema), (YAMLLINT, _yamllint)):
        command = peer.command()
        if command:
            versions[peer.name] = peer.version
            tasks |= tasks_of(command, plan, faulty)
        else:
            left_out.append(f"{peer.name} は、入れられなかったため測れませんでした。")
    circumstances = describe_circumstances(versions)
    usages = run_in_turns(tasks, ROUNDS)
    table = _comparison(usages)
    page.write_section(
        "検査：ほかの道具と並べて", "\n\n".join([_ABOUT, circumstances, table, *left_out])
    )
    if SCHEMA_ALL in usages:
        ratio = usages[OURS].wall / usages[SCHEMA_ALL].wall
        name = f"`validate`、{SIZE:,}（check-jsonschema に対して）"
        keep(Goal(name, "0.35 倍以下", ratio, 0.35, "倍"))


def grow(plans: dict[int, Path]) -> None:
    """Measures ``validate`` on plans of all sizes."""
    circumstances = describe_circumstances({})
    tasks = {str(size): partial(measure_command, _validate(plan)) for size, plan in plans.items()}
    usages = run_in_turns(tasks, GROWTH_ROUNDS)
    page.write_section(
        "検査：計画の大きさ", "\n\n".join([_ABOUT_GROWTH, circumstances, _growth(usages)])
    )
    grown = usages[str(GROWN)]
    growth = grown.cpu / GROWN / (usages[str(SIZE)].cpu / SIZE)
    name = f"`validate`、{GROWN:,}（一つ当たり、{SIZE:,} に対して）"
    keep(Goal(name, "1.3 倍以下", growth, 1.3, "倍"))
    keep(Goal(f"`validate`、{GROWN:,}、メモリー", "1,024 MiB 以下", grown.peak, 1024, "MiB"))


_ABOUT: Final = (
    f"{SIZE:,} の取組（一つずつのファイル）と四つの章からなる、種の決まった作り物の計画を、起動から"
    f"終わりまで、道具を入れ替えながら {ROUNDS} 回ずつ動かした中央値です。測る前に、どの道具もこの"
    "計画を認め、誤りを入れた計画では誤りのあるファイルを挙げることを確かめています。"
    "check-jsonschema は同じファイルを同じ JSON Schema（`schema/`）で調べるだけで、ファイルどうしの"
    "関係や文は見ません。章を別のスキーマで調べるには二度目の起動が要るので、取組だけの値も挙げます。"
    "比は kihonkeikaku がその道具の何倍かかったか（0.35 以下が目標）です。"
)
_ABOUT_GROWTH: Final = (
    "`kihonkeikaku validate` を計画の大きさごとに測ったもの。比は、取組一つ当たりの CPU 時間の、"
    f"取組が {SIZE:,} のときに対する比（1.3 以下が目標）。小さい計画では起動の時間が目立ちます。"
)


def _plan(folder: Path, measures: int) -> Path:
    """Writes a plan, in a process of its own: this one has to stay small."""
    command = [sys.executable, "-m", "bench.plans", str(measures), str(folder)]
    subprocess.run(command, check=True, cwd=ROOT)
    return folder


def _faulty_plan(folder: Path, measures: int) -> Path:
    """Writes a plan with one fault of each kind, in files that are named for it."""
    _plan(folder, measures)
    for name, fault in FAULTS.items():
        sound = f"id: {name}\ntext: 取組\nassignments:\n  - ministry: 経産省\n"
        (folder / "measures" / f"{name}.yaml").write_text(sound + fault, "utf-8")
    return folder


def _output(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _measure_files(plan: Path) -> list[str]:
    return sorted(str(file) for file in (plan / "measures").iterdir())


def _chapter_files(plan: Path) -> list[str]:
    return sorted(str(file) for file in (plan / "chapters").iterdir())


def _validate(plan: Path) -> list[str]:
    return [COMMAND, "validate", str(plan)]


def _ours(plan: Path, faulty: Path) -> Callable[[], Usage]:
    _must_see(_validate(faulty), "unknown", "twice")
    if "誤りはありません" not in _output(_validate(plan)):
        raise SystemExit(f"{plan} is meant to be without any finding")
    return partial(measure_command, _validate(plan))


def _check_jsonschema(command: str, plan: Path, faulty: Path) -> dict[str, Callable[[], Usage]]:
    with_schema = [command, "--schemafile"]
    measure_schema = [*with_schema, str(ROOT / "schema" / "measure.schema.json")]
    chapter_schema = [*with_schema, str(ROOT / "schema" / "chapter.schema.json")]
    _must_see([*measure_schema, *_measure_files(faulty)], "unknown", "twice")
    measures = [*measure_schema, *_measure_files(plan)]
    chapters = [*chapter_schema, *_chapter_files(plan)]
    return {
        SCHEMA_ALL: lambda: measure_command(measures).plus(measure_command(chapters)),
        SCHEMA_MEASURES: partial(measure_command, measures),
    }


def _yamllint(command: str, plan: Path, faulty: Path) -> dict[str, Callable[[], Usage]]:
    lint = [command, "-d", LINT_RULES]
    _must_see([*lint, str(faulty)], "twice")
    return {LINT: partial(measure_command, [*lint, str(plan)])}


def _must_see(command: list[str], *faults: str) -> None:
    """Checks that a tool refuses a faulty plan and names the files of the faults."""
    outcome = run(command)
    unseen = [fault for fault in faults if f"{fault}.yaml" not in outcome.output]
    if outcome.code != 1 or unseen:
        raise SystemExit(f"{command[0]} does not see {unseen}:\n{outcome.output}")


def _comparison(usages: dict[str, Usage]) -> str:
    ours = usages[OURS]
    return page.format_table(
        ("道具", "実時間", "CPU 時間", "最大メモリー", "実時間の比", "CPU 時間の比"),
        (
            (
                name,
                f"{usage.wall:.2f} s",
                f"{usage.cpu:.2f} s",
                f"{usage.peak:.0f} MiB",
                f"{ours.wall / usage.wall:.2f}",
                f"{ours.cpu / usage.cpu:.2f}",
            )
            for name, usage in usages.items()
        ),
    )


def _growth(usages: dict[str, Usage]) -> str:
    base = usages[str(SIZE)].cpu / SIZE
    return page.format_table(
        ("取組", "実時間", "CPU 時間", "最大メモリー", "一つ当たりの CPU 時間", "比"),
        (
            (
                f"{size:,}",
                f"{usages[str(size)].wall:.2f} s",
                f"{usages[str(size)].cpu:.2f} s",
                f"{usages[str(size)].peak:.0f} MiB",
                f"{usages[str(size)].cpu / size * 1000:.2f} ms",
                f"{usages[str(size)].cpu / size / base:.2f}",
            )
            for size in SIZES
        ),
    )


if __name__ == "__main__":
    main()
