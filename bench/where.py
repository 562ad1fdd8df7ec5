"""Where the time goes: each kind of work sampled as it runs, by the room of the code it is in.

A sample is taken at each tick of the processor's clock. It counts for what is being imported if
anything is, else for the innermost library or room of ours that is at work. Run by ``make bench``;
the result stands in docs/benchmarks.md, with what has been done about the largest costs.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Final

from bench import page

ROOT: Final = Path(__file__).parent.parent
WORK: Final = ROOT / "build" / "bench" / "where"
SIZE: Final = 2_000
INTERVAL: Final = 0.001
"""Seconds of processor time from one sample to the next; the system rounds up to its own tick."""
NAMED: Final = 3
"""So many of the largest costs are named."""

IMPORT: Final = "読み込み（import）"
_OURS: Final = str(ROOT / "src" / "kihonkeikaku") + os.sep
_LIBRARIES: Final = "site-packages" + os.sep

_ABOUT: Final = (
    f"取組が {SIZE:,} の作り物の計画で、CPU 時間の数ミリ秒ごとに、どの部屋（`src/kihonkeikaku/` の"
    "下）またはどのライブラリーが動いているかを数えたものです。それぞれの仕事について、大きいほう"
    "から三つを挙げます。"
)
DONE: Final[dict[str, str]] = {
    IMPORT: "要るものだけを、要るときに読み込む",
    "yaml": "C の構文解析を使い、出来事のまま一度だけ読む",
    "loading/yaml_composer": "位置は求められたときに作る。値は文字のまま持つ",
    "rendering/html": "材料の変わらないページは作らない。同じ材料の指紋は、一度だけ取る",
    "jinja2": "コンパイルしたテンプレートを使い回す",
    "publishing/previous_edition": "前の版のファイルは、一度だけ読んで照合する",
    "publishing/staging": "変わらないものはハードリンクで引き継ぎ、読み返さない",
    "publishing/build_record": "道具のファイルの照合。書体は、印刷するときだけ読む",
    "model/numbering": "二度の通り歩きだけで番号を付ける",
    "system/filesystem_calls": "syncfs(2) を一度だけ呼ぶ",
}
"""What has been done about a cost, by its place."""


class Sampler:
    """Counts where the program is, while it is on."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def start(self) -> None:
        """Begins to count."""
        signal.signal(signal.SIGPROF, self._take)
        signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)

    def stop(self) -> None:
        """Ends counting."""
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _take(self, _number: int, frame: FrameType | None) -> None:
        self.counts[_place(frame)] += 1


def _place(frame: FrameType | None) -> str:
    files = list(_files(frame))
    if any("importlib._bootstrap" in file for file in files):
        return IMPORT
    return next(filter(None, map(_room, files)), "その他")


def _files(frame: FrameType | None) -> Iterator[str]:
    while frame:
        yield frame.f_code.co_filename
        frame = frame.f_back


def _room(file: str) -> str:
    """The room or library that a file belongs to; nothing for the standard library."""
    if file.startswith(_OURS):
        parts = Path(file.removeprefix(_OURS)).with_suffix("").parts
        return "/".join(parts[:2])
    if file.endswith(".j2") or file == "<template>":
        return "テンプレート（jinja2）"
    if _LIBRARIES in file:
        return file.partition(_LIBRARIES)[2].partition(os.sep)[0]
    return ""


def main() -> None:
    """Samples every kind of work, prints the section and writes it to the page."""
    plan, revised = _plans()
    out = WORK / "out"
    works = {
        "検査（validate）": ["validate", plan, "--quiet"],
        "HTML をはじめから": ["build", plan, "--only", "html", "--out", str(out), "--quiet"],
        "HTML、変更なし": ["build", plan, "--only", "html", "--out", str(out), "--quiet"],
        "比較（diff --format json）": ["diff", plan, revised, "--format", "json"],
    }
    rows = [row for name, arguments in works.items() for row in _rows(name, arguments)]
    table = page.format_table(("仕事", "CPU 時間", "どこで", "割合", "したこと"), rows)
    page.write_section("どこに時間がかかるか", f"{_ABOUT}\n\n{table}")


def _plans() -> tuple[str, str]:
    """Writes the plans, in a process of its own: this one is not to have imported anything."""
    shutil.rmtree(WORK, ignore_errors=True)
    os.environ["KIHONKEIKAKU_CACHE"] = str(WORK / "cache")
    plan, revised = WORK / "plan", WORK / "revised"
    script = (
        "from pathlib import Path; from bench.plans import write_plan;"
        "from bench.revised_plans import write_revised_plan;"
        f"write_plan(Path({str(plan)!r}), {SIZE});"
        f"write_revised_plan(Path({str(plan)!r}), Path({str(revised)!r}), 300)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)
    return str(plan), str(revised)


def _rows(name: str, arguments: list[str]) -> Iterator[tuple[str, ...]]:
    command = [sys.executable, "-m", "bench.where", *arguments]
    ran = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    seconds, counts = json.loads(ran.stderr.splitlines()[-1])
    total = sum(counts.values())
    for number, (place, count) in enumerate(Counter(counts).most_common(NAMED)):
        head = ("", "") if number else (name, f"{seconds:.2f} s")
        yield (*head, place, f"{count / total:.0%}", DONE.get(place, ""))


def sample(arguments: list[str]) -> None:
    """Runs one command of ours; the last line of errors has its CPU time and what was counted."""
    sampler = Sampler()
    sampler.start()
    from kihonkeikaku import cli  # noqa: PLC0415 # what it imports counts too

    cli.run(arguments)
    sampler.stop()
    print(json.dumps((time.process_time(), sampler.counts), ensure_ascii=False), file=sys.stderr)


if __name__ == "__main__":
    sample(sys.argv[1:]) if sys.argv[1:] else main()
