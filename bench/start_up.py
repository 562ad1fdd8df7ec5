"""How long the commands take that people wait for, beside what no Python program can avoid.

Each command runs in turn with its neighbours, so that a busy machine slows all alike. Run by
``make bench``; the result stands in docs/benchmarks.md.
"""

import sys
from functools import partial
from pathlib import Path
from typing import Final

from bench import page
from bench.goals import Goal, keep
from bench.measuring import describe_circumstances, measure_command, run_in_turns

ROUNDS: Final = 15
COMMAND: Final = str(Path(sys.executable).with_name("kihonkeikaku"))
HELP: Final = "`kihonkeikaku --help`"
VALIDATE: Final = "`kihonkeikaku validate plan`"
YARDSTICK: Final = "`python -c 'import pydantic'` とモデル一つ"

RUNS: Final = {
    "`python -c pass`": [sys.executable, "-c", "pass"],
    YARDSTICK: [
        sys.executable,
        "-c",
        "import pydantic\nclass M(pydantic.BaseModel):\n x: int",
    ],
    HELP: [COMMAND, "--help"],
    "`kihonkeikaku --version`": [COMMAND, "--version"],
    VALIDATE: [COMMAND, "validate", "plan"],
}

_ABOUT: Final = (
    f"道具を入れ替えながら {ROUNDS} 回ずつ動かした中央値。比は、pydantic を読み込むだけの Python に"
    "対する比（`validate plan` は 2 以下、`--help` は 0.3 s 以下が目標）。"
)


def main() -> None:
    """Measures, prints the section and writes it to the page."""
    usages = run_in_turns(
        {name: partial(measure_command, command) for name, command in RUNS.items()}, ROUNDS
    )
    base = usages[YARDSTICK]
    table = page.format_table(
        ("命令", "実時間", "CPU 時間", "最大メモリー", "実時間の比", "CPU 時間の比"),
        (
            (
                name,
                f"{usage.wall:.3f} s",
                f"{usage.cpu:.3f} s",
                f"{usage.peak:.0f} MiB",
                f"{usage.wall / base.wall:.2f}",
                f"{usage.cpu / base.cpu:.2f}",
            )
            for name, usage in usages.items()
        ),
    )
    page.write_section("起動", "\n\n".join([_ABOUT, describe_circumstances({}), table]))
    help_wall, plan = usages[HELP].wall, usages[VALIDATE]
    keep(Goal("`--help`", "0.3 s 以下", help_wall, 0.3, "s"))
    keep(Goal("`validate`、この計画", "0.6 s 以下", plan.wall, 0.6, "s"))
    ratio = plan.wall / base.wall
    keep(Goal("`validate`、この計画（pydantic の読み込みに対して）", "2 倍以下", ratio, 2, "倍"))


if __name__ == "__main__":
    main()
