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
    "HTML、一つの取組を編集、2,000": (
        "前の版の照合、検査、ページを作ることを、もう一つのプロセスと分けている"
        "（二つが同じ演算器を分け合う機械では、そろって遅くなる）。残るのは、起動と読み込みに"
        " 0.3 s、番号とページの用意に 0.1 s、全ページの材料の指紋と、"
        "その文を含むページに 0.3 s、同期と入れ替えに 0.1 s（はじめの編集だけは 2,000 の"
        "フォルダーを作る）。縮めるには、pydantic と typer を読み込まずに済ませるか、指紋を取る"
        "単位を大きくする必要がある"
    ),
    "HTML の大きさ、500（StrictDoc に対して）": "2,000 と同じ",
    "HTML の大きさ、2,000（StrictDoc に対して）": (
        "StrictDoc は取組ごとのページを作らない。一つ 9 KiB のページ 2,000 が 18 MiB になる。"
        "近くの取組への案内（2.8 KiB）をなくしても、本文と担当（2 KiB）、検索や共有のための記述"
        "（2 KiB）、計画の中の位置と案内と出典（2 KiB）だけで 0.2 倍を超える。達するには、"
        "取組ごとのページをやめる必要がある（全文のページだけなら 1.5 MiB、0.03 倍。一覧、分担表、"
        "府省庁、データ、検索まで入れると 12 MiB）"
    ),
    "この計画の PDF": (
        "四分の三は組版をする子プロセスで、その 4 割が割付け（Pango が行を切ることと、箱の寸法を"
        "Python で解くこと）。残る四分の一は、起動と、計画を読んで検査するまで。飛び抜けた箇所は"
        "もうなく、縮めるには割付けを Python から離す必要がある"
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
    page.put("目標と結果", f"{_ABOUT}\n\n" + page.table(("仕事", "目標", "結果", "達したか"), rows))


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
