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
    "`validate`、この計画（pydantic の読み込みに対して）": (
        "typer、模型、規則の読み込みが三分の一を占め、減らすには命令の解釈を typer から離す必要が"
        "ある"
    ),
    "HTML をはじめから、2,000（速いほうの道具に対して）": (
        "ページは、StrictDoc と同じく二つのプロセスで作る。初めからあるプロセスの時間の半分余りは"
        "2,000 のフォルダーとファイルを置くこと、3 割は起動、計画の読み込みと検査、ページの材料の"
        "指紋で、どれも一つのプロセスでしか進まない。縮めるには、計画の読み込みも分ける必要がある"
    ),
    "HTML、一つの取組を編集、2,000": (
        "書き直すのは 20 ほどのページで、二つのプロセスで作るが、版を丸ごと入れ替えるため、残る"
        " 2,000 のフォルダーも作り（中身はハードリンク）、前の版のものを消す。ext4 は、消した"
        "ばかりのものがあると、それを一つずつ避けて作る（perf で、作る CPU 時間の半分）。版の一部"
        "だけを書き換えれば縮むが、全部か何もなしかという約束と両立しない"
    ),
    "比較、2,000 と 2,000（StrictDoc に対して）": (
        "StrictDoc は二つのコアを使い、こちらは一つなので、二つとも空いているほど比は大きく出る"
        "（CPU 時間では 0.07 倍、前日の機械では実時間でも 0.08 倍）。計画を読むことを分ければ縮む"
    ),
    "HTML の大きさ、2,000（StrictDoc に対して）": (
        "StrictDoc は取組ごとのページを作らない。一つ 11 KiB のページ 2,000 だけで 21 MiB になる"
        "（全文のページだけなら 1.5 MiB、0.03 倍）"
    ),
    "この計画の PDF": (
        "8 割は組版をする子プロセスで、その 4 割が WeasyPrint の割付け。2 割は計画を読んで検査する"
        "まで。同じ回の WeasyPrint（既定の設定）の 0.8 倍。縮めるには、割付けのうちの Python の"
        "部分を減らす必要がある"
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
