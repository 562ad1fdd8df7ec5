"""Benchmark of the search: bytes to load, time to index once in the browser, time to answer.

The pages are opened from disk in Debian's Chromium, as a reader would. Before a time counts, each
question has to have hits. Run by ``make bench``; the result stands in docs/benchmarks.md.
"""

import gzip
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from bench import page
from bench.measuring import describe_circumstances
from bench.plans import write_plan

ROOT: Final = Path(__file__).parent.parent
WORK: Final = ROOT / "build" / "bench" / "search"
COMMAND: Final = str(Path(sys.executable).with_name("kihonkeikaku"))
CHROMIUM: Final = "/usr/bin/chromium"
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
)
SIZES: Final = (0, 2_000, 10_000)
"""How many measures the plans have; 0 is the plan itself."""
QUESTIONS: Final = ("生成AI", "半導体", "リスキリング", "経済産業省", "研究", "安全 評価")
ROUNDS: Final = 5

# Submits the form as its button does; the hits are on the page when the call returns.
_SUBMIT: Final = """
question => {
  const form = document.querySelector("form[data-search]");
  form.elements.q.value = question;
  const start = performance.now();
  form.requestSubmit();
  const time = performance.now() - start;
  return [time, document.querySelectorAll("[data-search-results] li").length];
}
"""

_ABOUT: Final = (
    "検索のページをディスクから Chromium で開き、最初の問い（索引を作る時間を含みます）と、その後の"
    f"問い（{'、'.join(QUESTIONS)}）から表示までを {ROUNDS} 回ずつ測りました。索引の材料は、"
    "ページとともに届くスクリプトです。測る前に、どの問いにも答えがあることを確かめています。"
)


def main() -> None:
    """Measures, prints the section and writes it to the page."""
    if not Path(CHROMIUM).exists():
        page.write_section(
            "検索", "Chromium がないため測れませんでした（`apt-get install chromium`）。"
        )
        return
    shutil.rmtree(WORK, ignore_errors=True)
    rows = [_measure_row(size) for size in SIZES]
    headings = (
        "取組",
        "材料",
        "gzip で",
        "最初の問い（索引を作る）",
        "その後の問い（中央値）",
        "最大",
    )
    page.write_section(
        "検索", "\n\n".join([_ABOUT, describe_circumstances({}), page.format_table(headings, rows)])
    )


def _measure_row(size: int) -> tuple[str, ...]:
    plan = ROOT / "plan"
    if size:
        plan = WORK / f"plan-{size}"
        write_plan(plan, size)
    out = WORK / f"out-{size}"
    build = [COMMAND, "build", str(plan), "--only", "html", "--out", str(out), "--quiet"]
    subprocess.run(build, check=True)
    [texts] = (out / "html" / "assets").glob("search-texts-*.js")
    first, others = _measure_questions(out / "html" / "search" / "index.html")
    return (
        f"{size:,}" if size else "この計画",
        f"{texts.stat().st_size / 1024:,.0f} KiB",
        f"{len(gzip.compress(texts.read_bytes())) / 1024:,.0f} KiB",
        f"{first:.0f} ms",
        f"{statistics.median(others):.0f} ms",
        f"{max(others):.0f} ms",
    )


def _measure_questions(search: Path) -> tuple[float, list[float]]:
    """Returns the milliseconds of the first question (the median of all rounds) and of the rest."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 # only if there is a browser

    firsts, others = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for _ in range(ROUNDS):
            opened = browser.new_page()
            opened.goto(search.as_uri())
            firsts.append(_measure_question(opened, QUESTIONS[0]))
            others += [_measure_question(opened, question) for question in QUESTIONS]
            opened.close()
        browser.close()
    return statistics.median(firsts), others


def _measure_question(opened: Any, question: str) -> float:
    milliseconds, hits = opened.evaluate(_SUBMIT, question)
    if not hits:
        raise SystemExit(f"「{question}」 has no hit")
    return float(milliseconds)


if __name__ == "__main__":
    main()
