"""What was aimed at, and what was measured: the table at the head of docs/benchmarks.md.

Each benchmark keeps what it says of a goal; ``python -m bench.goals`` prints them all and writes
the section. A goal that is not met is said not to be, with the reason that stands in ``REASONS``.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bench import page

KEPT: Final = Path(__file__).parent.parent / "build" / "bench" / "goals.json"

REASONS: Final[dict[str, str]] = {
    "HTML、はじめから、2,000（速いほうの道具に対して）": (
        "一つのプロセスで作る。二つに分けていた仕組みは、CPU を多く使い、読みにくかったのでやめた"
    ),
    "HTML、一つの取組を編集、2,000（速いほうの道具に対して）": (
        "変わらないファイルも読み直して検査し、引き継ぐページも一つずつ照合する。残るのはその時間で、"
        "縮めるには、読んだものを取っておく仕組みがまた要る"
    ),
    "約250ページの PDF": (
        "小数第三位で超えている。起動だけを速める仕組みをやめた分で、残りは行の割付け"
    ),
}
"""Why a goal is not met, as profiling shows, and what it would take; by the goal's name."""

_ABOUT: Final = (
    "`make bench` のそれぞれの計測から集めた、目標と結果です。どの比も同じ回のなかで測っています。"
)


@dataclass(frozen=True, slots=True)
class Goal:
    """Something aimed at: in words, and as the most that the measured value may be."""

    name: str
    aim: str
    measured: float
    most: float
    unit: str


def keep(goal: Goal) -> None:
    """Keeps a result for the table, in place of an older one."""
    kept = _kept()
    kept[goal.name] = goal
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(goal) for goal in kept.values()]
    KEPT.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")


def main() -> None:
    """Prints the section and writes it to the page."""
    rows = [(g.name, g.aim, f"{g.measured:.2f} {g.unit}", _verdict(g)) for g in _kept().values()]
    page.write_section(
        "目標と結果",
        f"{_ABOUT}\n\n" + page.format_table(("仕事", "目標", "結果", "達したか"), rows),
    )


def _verdict(goal: Goal) -> str:
    if goal.measured <= goal.most:
        return "達した"
    return f"達していない：{REASONS.get(goal.name, '理由は下の各章にあります')}"


def _kept() -> dict[str, Goal]:
    if not KEPT.exists():
        return {}
    return {row["name"]: Goal(**row) for row in json.loads(KEPT.read_text("utf-8"))}


if __name__ == "__main__":
    main()
