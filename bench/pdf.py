"""What a PDF costs: ours, WeasyPrint as it comes, Chromium and Typst, at three sizes.

All set the same words, in turn, so that a busy machine slows all alike: ours, WeasyPrint and
Chromium the same HTML, Typst the same text without the table of contents and the index, for scale.
Each run is a process of its own, cold; the figures are medians, and stand in a section of
``docs/benchmarks.md`` afterwards. ``python bench/pdf.py [ROUNDS]``.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pypdfium2

REPOSITORY: Final = Path(__file__).parent.parent
sys.path.insert(0, str(REPOSITORY))

from bench.plans import write_plan  # noqa: E402
from kihonkeikaku.check import sound_plan  # noqa: E402
from kihonkeikaku.numbering import Document, number  # noqa: E402
from kihonkeikaku.render.packaged import TEMPLATES  # noqa: E402
from kihonkeikaku.render.print.book import Book  # noqa: E402
from kihonkeikaku.render.print.impression import PLAIN, Impression  # noqa: E402
from kihonkeikaku.render.print.pdf import plan_pdfs  # noqa: E402
from kihonkeikaku.render.print.press import job  # noqa: E402

ROUNDS: Final = 3
OURS: Final = str(Path(__file__).with_name("set_pdf.py"))
WORK: Final = REPOSITORY / "build" / "bench" / "pdf"
SIZES: Final = {"plan": 0, "about-100": 620, "about-250": 1600}
"""How many measures the plans have; 0 is the plan itself."""
CHROMIUM: Final = Path("/usr/bin/chromium")
TYPST: Final = REPOSITORY / "build" / "bench-peers" / "typst" / "bin" / "python"
"""Set up by ``python3 -m venv build/bench-peers/typst`` and its ``pip install typst``."""

REPORT: Final = REPOSITORY / "docs" / "benchmarks.md"
HEADING: Final = "## PDF を作る時間"
MEBIBYTE: Final = 1 << 20

WEASYPRINT: Final = """
import sys, weasyprint
weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])
"""
TYPST_SCRIPT: Final = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])
"""
STEPS: Final = {
    "start": "起動と読み込み（import）",
    "Step 1": "HTML を読む",
    "Step 2": "CSS を読む",
    "Step 3": "CSS を当てる",
    "Step 4": "箱を作る",
    "Step 5": "行とページに割り付ける",
    "Step 6": "ページを描く",
    "Step 7": "タグを付け、書体を埋め込み、書き出す",
    "check": "読み返して本文と照らし合わせる",
}
"""What ``set_pdf`` calls the steps, and what the report does."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds of CPU and by the clock, and bytes of memory at its peak."""

    cpu: float
    wall: float
    memory: float


Peers = dict[str, list[str]]


def main(rounds: int) -> None:
    """Measures all sizes and writes the section."""
    lines = [HEADING, "", *_preface(rounds)]
    for size, measures in SIZES.items():
        folder = WORK / size
        document = _prepare(folder, measures)
        peers = _peers(folder)
        costs = _measured(peers, rounds if measures else 2 * rounds - 1)
        lines += ["", *_table(size, document, folder, costs)]
    lines += ["", *_steps_table(WORK / "about-250")]
    _write_section("\n".join(lines) + "\n")


def _prepare(folder: Path, measures: int) -> Document:
    """Writes what each of the peers reads."""
    plan = REPOSITORY / "plan"
    if measures:
        plan = WORK / f"plan-{measures}"
        write_plan(plan, measures)
    folder.mkdir(parents=True, exist_ok=True)
    document = number(sound_plan(str(plan)))
    book = _book(document)
    (folder / "job.json").write_bytes(job(book, [PLAIN]))
    (folder / "book.html").write_text(_with_files(book.markup), "utf-8")
    style = (TEMPLATES / "print" / "style.css").read_text("utf-8")
    (folder / "style.css").write_text(_with_files(style), "utf-8")
    (folder / "book.typ").write_text("\n".join(_typst(document)), "utf-8")
    return document


def _book(document: Document) -> Book:
    books = []

    def keep(book: Book, _: Sequence[Impression]) -> list[bytes]:
        books.append(book)
        return []

    plan_pdfs(document, "0" * 64, [PLAIN], keep)
    return books[0]


def _with_files(text: str) -> str:
    """The same, with packaged files named as others find them."""
    return text.replace("asset:print/style.css", "style.css").replace(
        "asset:fonts", (TEMPLATES / "fonts").as_uri()
    )


def _typst(document: Document) -> Iterator[str]:
    yield '#set page(paper: "a4", margin: (top: 24.5mm, bottom: 22.5mm, x: 30.9mm), numbering: "1")'
    yield '#set text(font: "BIZ UDMincho", size: 10.5pt, lang: "ja")'
    yield "#set par(justify: true, leading: 0.75em)"
    headings = {heading.text: heading.level for heading in document.headings()}
    for block in document.blocks():
        text = json.dumps(block, ensure_ascii=False)
        level = headings.get(block)
        yield f"#heading(level: {level}, {text})" if level else f"#par({text})"


def _peers(folder: Path) -> Peers:
    """The commands by their names, those that are not installed left out."""
    html, python = str(folder / "book.html"), sys.executable
    out = {name: str(folder / f"{name}.pdf") for name in ("ours", "weasyprint", "chromium")}
    job_file = str(folder / "job.json")
    peers = {
        "kihonkeikaku": [python, OURS, job_file, out["ours"]],
        "WeasyPrint（既定の設定）": [python, "-c", WEASYPRINT, html, out["weasyprint"]],
    }
    if CHROMIUM.exists():
        peers["Chromium（headless）"] = [
            *(str(CHROMIUM), "--headless", "--no-sandbox", "--no-zygote", "--disable-gpu"),
            *("--disable-background-networking", "--no-first-run", "--disable-sync"),
            *("--disable-component-update", f"--user-data-dir={folder / 'profile'}"),
            *("--no-pdf-header-footer", f"--print-to-pdf={out['chromium']}", f"file://{html}"),
        ]
    if TYPST.exists():
        typst = [str(folder / "book.typ"), str(folder / "typst.pdf"), str(TEMPLATES / "fonts")]
        peers["Typst（本文だけ）"] = [str(TYPST), "-c", TYPST_SCRIPT, *typst]
    return peers


def _measured(peers: Peers, rounds: int) -> dict[str, Cost]:
    costs: dict[str, list[Cost]] = {name: [] for name in peers}
    for _ in range(rounds):
        for name, command in peers.items():
            costs[name].append(_cost(command))
    return {name: _median(of_name) for name, of_name in costs.items()}


def _cost(command: Sequence[str]) -> Cost:
    """Runs a command, which must succeed, and returns what it and its children took."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{process.returncode}: {command}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024)


def _median(costs: Sequence[Cost]) -> Cost:
    def middle(value: Callable[[Cost], float]) -> float:
        return statistics.median(map(value, costs))

    return Cost(middle(lambda c: c.cpu), middle(lambda c: c.wall), middle(lambda c: c.memory))


def _preface(rounds: int) -> Iterable[str]:
    yield (
        f"`python bench/pdf.py` が {time.strftime('%Y-%m-%d')} に書きました"
        f"（{os.cpu_count()}コア、{rounds}回の中央値。この計画だけは{2 * rounds - 1}回）。"
        "どの道具も、同じ回のなかで順番に、毎回新しいプロセスで動かしています。"
    )
    yield ""
    yield (
        "kihonkeikaku、WeasyPrint、Chromium は同じ HTML を、Typst は目安として、目次と索引のない"
        "同じ本文を組んでいます。kihonkeikaku の時間には、できた PDF を読み返して計画と一字ずつ"
        "照らし合わせる時間も入っています。CPU は子プロセスを含み、メモリーは最も大きい一つの"
        "プロセスのものです。"
    )


def _table(size: str, document: Document, folder: Path, costs: dict[str, Cost]) -> Iterable[str]:
    files = ("ours", "weasyprint", "chromium", "typst")
    names = {"plan": "この計画"}
    measures = len(list(document.items()))
    pages = len(pypdfium2.PdfDocument(folder / "ours.pdf"))
    title = names.get(size, f"約{size.removeprefix('about-')}ページの計画")
    yield f"### {title}（取組{measures}件、{pages}ページ）"
    yield ""
    yield "| | ページ | CPU | 経過時間 | メモリー | ファイル | CPU の比 |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    ours = costs["kihonkeikaku"].cpu
    for (name, cost), file in zip(costs.items(), _existing(folder, files), strict=True):
        yield (
            f"| {name} | {len(pypdfium2.PdfDocument(file))} | {cost.cpu:.2f} 秒 "
            f"| {cost.wall:.2f} 秒 | {cost.memory / MEBIBYTE:.0f} MB "
            f"| {file.stat().st_size / 1024:.0f} KB | {ours / cost.cpu:.2f} |"
        )


def _existing(folder: Path, names: Iterable[str]) -> Iterator[Path]:
    files = (folder / f"{name}.pdf" for name in names)
    return (file for file in files if file.exists())


def _steps_table(folder: Path) -> Iterable[str]:
    """Where the time of the last run of ours went, the largest part first."""
    steps = json.loads((folder / "ours.pdf.steps").read_text("utf-8"))
    total = sum(steps.values())
    yield "### どこに時間がかかるか（約250ページ、CPU）"
    yield ""
    yield "| | 秒 | 割合 |"
    yield "|---|--:|--:|"
    for name, seconds in sorted(steps.items(), key=lambda step: -step[1]):
        yield f"| {STEPS[name]} | {seconds:.2f} | {seconds / total:.0%} |"


def _write_section(section: str) -> None:
    """Puts the section in the place of the one of its heading, or behind all others."""
    text = REPORT.read_text("utf-8") if REPORT.exists() else "# 計測\n"
    before, _, rest = text.partition(f"{HEADING}\n")
    after = rest.partition("\n## ")[2]
    parts = [before.rstrip() + "\n\n" + section, f"\n## {after}" if after else ""]
    REPORT.write_text("".join(parts), "utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
