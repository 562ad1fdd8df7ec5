"""What a PDF costs: ours, WeasyPrint as it comes, Chromium and Typst, at three sizes.

All set the same words, in turn, so that a busy machine slows all alike: ours, WeasyPrint and
Chromium the same HTML, Typst the same text without contents and index, for scale. Each run is a
process of its own. Chromium is Debian's, Typst comes from PyPI into an environment of its own; a
peer that can't be had is left out. Run by ``make bench``; the result stands in docs/benchmarks.md.
"""

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import pypdfium2

from bench import page
from bench.goals import Goal, keep
from bench.measuring import Usage, describe_circumstances, measure_command, run_in_turns
from bench.peers import TYPST
from bench.plans import MODEL_PLAN, write_plan
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.numbering import number
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.rendering.pdf.job import DEFAULT_OPTIONS, encode_job
from kihonkeikaku.rendering.pdf.plan_pdf import make_plan_job
from kihonkeikaku.validation.linter import load_valid_plan

ROOT: Final = Path(__file__).parent.parent
WORK: Final = ROOT / "build" / "bench" / "pdf"
COMMAND: Final = str(Path(sys.executable).with_name("kihonkeikaku"))
TITLE: Final = "PDF"
FONTS: Final = TEMPLATES / "fonts"

WHOLE, OURS, WEASYPRINT = "`kihonkeikaku build --only pdf`", "kihonkeikaku の組版だけ", "WeasyPrint"
CHROMIUM, SETTER = "Chromium", "Typst（本文だけ）"

_WEASYPRINT: Final = """
import sys, weasyprint
weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])
"""
_TYPST: Final = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])
"""
_STEPS: Final = {
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
"""The steps as ``render_pdf`` names them, and their names on the page."""

_ABOUT: Final = (
    "WeasyPrint（既定の設定）と Chromium（headless）は kihonkeikaku と同じ HTML を、Typst は目安と"
    "して、目次と索引のない同じ本文を、毎回新しいプロセスで組みます。道具を入れ替えながら順に動かした"
    "中央値です。メモリーは、最も大きい一つのプロセスのものです。"
    "kihonkeikaku には、できた PDF を読み返して計画と一字ずつ照らし合わせる時間も入っています。"
    "「組版だけ」は組版をする子プロセスの仕事だけ、その上の行は計画を読んで検査するところから版を置く"
    "ところまでの命令全体です。"
)
_STEPS_ABOUT: Final = (
    "組版をする子プロセスの CPU 時間の、最後の一回の内訳です。最も多いのは WeasyPrint の割付けで、"
    "その多くは一つ一つの箱の寸法を Python で解くことに、残りは Pango が行を切ることにかかります。"
)


@dataclass(frozen=True, slots=True)
class Size:
    """A plan of a size: how many measures it has (0 for the plan itself), and how often to run."""

    name: str
    measures: int
    rounds: int

    @property
    def plan(self) -> Path:
        """Where the plan is."""
        return WORK / f"plan-{self.measures}" if self.measures else MODEL_PLAN

    @property
    def folder(self) -> Path:
        """Where to work on it."""
        return WORK / f"of-{self.measures}"


SIZES: Final = (
    Size("この計画", 0, 7),
    Size("約100ページの計画", 620, 3),
    Size("約250ページの計画", 1600, 3),
)


def main() -> None:
    """Measures, prints the section and writes it to the page."""
    parts = [_ABOUT, describe_circumstances({})]
    pages: dict[str, int] = {}
    usages: dict[str, dict[str, Usage]] = {}
    for size in SIZES:
        document = _prepare(size)
        usages[size.name] = run_in_turns(_tasks(size), size.rounds)
        pages[size.name] = _pages(size, OURS)
        measures = len(document.originals())
        parts.append(f"### {size.name}（取組 {measures} 件、{pages[size.name]} ページ）")
        parts.append(_table(size, usages[size.name]))
    parts += ["### どこに時間がかかるか", _STEPS_ABOUT, _steps_table()]
    page.write_section(TITLE, "\n\n".join(parts))
    _keep_goals(usages, pages)


def _prepare(size: Size) -> Document:
    """Writes what each of the peers reads."""
    if size.measures:
        write_plan(size.plan, size.measures)
    size.folder.mkdir(parents=True, exist_ok=True)
    document = number(load_valid_plan(str(size.plan)))
    job = make_plan_job(document, "0" * 64)
    (size.folder / "encode_job.json").write_bytes(encode_job(job, [DEFAULT_OPTIONS]))
    (size.folder / "book.html").write_text(_with_files(job.markup), "utf-8")
    style = (TEMPLATES / "print" / "style.css").read_text("utf-8")
    (size.folder / "style.css").write_text(_with_files(style), "utf-8")
    (size.folder / "book.typ").write_text("\n".join(_typst(document)), "utf-8")
    return document


def _with_files(text: str) -> str:
    """The same, with packaged files named as others find them."""
    return text.replace("asset:print/style.css", "style.css").replace("asset:fonts", FONTS.as_uri())


def _typst(document: Document) -> Iterator[str]:
    yield '#set page(paper: "a4", margin: (top: 24.5mm, bottom: 22.5mm, x: 30.9mm), numbering: "1")'
    yield '#set text(font: "BIZ UDMincho", size: 10.5pt, lang: "ja")'
    yield "#set par(justify: true, leading: 0.75em)"
    headings = {heading.text: heading.level for heading in document.headings()}
    for block in document.blocks():
        text = json.dumps(block, ensure_ascii=False)
        level = headings.get(block)
        yield f"#heading(level: {level}, {text})" if level else f"#par({text})"


def _tasks(size: Size) -> "Mapping[str, partial[Usage]]":
    """What is measured, by its name; peers that can't be had are left out."""
    commands = {
        WHOLE: _whole(size),
        OURS: [
            sys.executable,
            "-m",
            "bench.render_pdf",
            _path(size, "encode_job.json"),
            _out(size, OURS),
        ],
        WEASYPRINT: [sys.executable, "-c", _WEASYPRINT, _path(size, "book.html")],
    }
    commands[WEASYPRINT].append(_out(size, WEASYPRINT))
    if chromium := shutil.which("chromium"):
        commands[CHROMIUM] = [chromium, *_chromium_options(size)]
    if typst := TYPST.command():
        files = [_path(size, "book.typ"), _out(size, SETTER), str(FONTS)]
        commands[SETTER] = [typst, "-c", _TYPST, *files]
    return {name: partial(measure_command, command) for name, command in commands.items()}


def _whole(size: Size) -> list[str]:
    out = _path(size, "edition")
    return [COMMAND, "build", str(size.plan), "--only", "pdf", "--afresh", "--quiet", "--out", out]


def _chromium_options(size: Size) -> Iterable[str]:
    yield from ("--headless", "--no-sandbox", "--no-zygote", "--disable-gpu", "--disable-sync")
    yield from ("--disable-background-networking", "--no-first-run", "--disable-component-update")
    yield f"--user-data-dir={_path(size, 'profile')}"
    yield from ("--no-pdf-header-footer", f"--print-to-pdf={_out(size, CHROMIUM)}")
    yield (size.folder / "book.html").as_uri()


def _path(size: Size, name: str) -> str:
    return str(size.folder / name)


def _out(size: Size, tool: str) -> str:
    names = {OURS: "ours", WEASYPRINT: "weasyprint", CHROMIUM: "chromium", SETTER: "typst"}
    return _path(size, f"{names[tool]}.pdf")


def _file(size: Size, tool: str) -> Path:
    return size.folder / "edition/pdf/plan.pdf" if tool == WHOLE else Path(_out(size, tool))


def _pages(size: Size, tool: str) -> int:
    return len(pypdfium2.PdfDocument(_file(size, tool)))


def _table(size: Size, usages: Mapping[str, Usage]) -> str:
    default = usages[WEASYPRINT]
    measured = ("CPU 時間", "実時間", "最大メモリー", "ファイル", "CPU 時間の比")
    rows = (
        (
            name,
            str(_pages(size, name)),
            f"{usage.cpu:.2f} s",
            f"{usage.wall:.2f} s",
            f"{usage.peak:.0f} MiB",
            f"{_file(size, name).stat().st_size / 1024:.0f} KiB",
            f"{usage.cpu / default.cpu:.2f}",
        )
        for name, usage in usages.items()
    )
    return page.format_table(("", "ページ", *measured), rows)


def _steps_table() -> str:
    """Where the time of the last run of ours went, at the smallest and the largest size."""
    ends = (SIZES[0], SIZES[-1])
    steps = [json.loads(Path(_out(size, OURS) + ".steps").read_text("utf-8")) for size in ends]
    rows = (
        (label, *(f"{of[step]:.2f} s（{of[step] / sum(of.values()):.0%}）" for of in steps))
        for step, label in _STEPS.items()
    )
    return page.format_table(("", *(size.name for size in ends)), rows)


def _keep_goals(usages: Mapping[str, Mapping[str, Usage]], pages: Mapping[str, int]) -> None:
    small, middle, large = (usages[size.name] for size in SIZES)
    for name, usage, limit in (("この計画の PDF", small, 0.9), ("約250ページの PDF", large, 0.55)):
        ratio = usage[WHOLE].cpu / usage[WEASYPRINT].cpu
        aim = f"既定の WeasyPrint の {limit} 倍まで（命令全体の CPU）"
        keep(Goal(name, aim, ratio, limit, "倍"))
    if CHROMIUM in small:
        ratio = small[WHOLE].cpu / small[CHROMIUM].cpu
        keep(Goal("この計画の PDF、Chromium に対して", "1 倍まで（CPU）", ratio, 1, "倍"))
    of_middle, of_large = (pages[size.name] for size in SIZES[1:])
    growth = (large[OURS].cpu / of_large) / (middle[OURS].cpu / of_middle)
    keep(Goal("PDF の1ページ、100→250ページ", "1.1 倍まで（線形）", growth, 1.1, "倍"))


if __name__ == "__main__":
    main()
