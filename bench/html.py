"""Benchmark of HTML builds: from scratch, unchanged, and after an edit, beside other tools.

The same plan goes through kihonkeikaku, StrictDoc and sphinx-needs in turn, each with the settings
it comes with. The output must hold every measure, and the edited words after an edit; ours must
equal a build from scratch, byte for byte. Run by ``make bench``; the result is a section of
docs/benchmarks.md.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Final
from uuid import uuid4

from bench import page
from bench.goals import Goal, keep
from bench.measuring import Usage, describe_circumstances, measure_command, run_in_turns
from bench.peer_projects import write_projects
from bench.peers import SPHINX_NEEDS, STRICTDOC
from bench.picture import write_picture
from bench.plans import write_plan

ROOT: Final = Path(__file__).parent.parent
WORK: Final = ROOT / "build" / "bench" / "html"
COMMAND: Final = str(Path(sys.executable).with_name("kihonkeikaku"))
OLD_OUTPUT: Final = ROOT / "build" / "bench" / "html-old"
ROUNDS: Final = {60: 5, 500: 5, 2_000: 3, 10_000: 1}
"""Rounds of each plan size, in measures; the first is about that of the plan itself."""
SIZES_WITH_PEERS: Final = (60, 500, 2_000)
"""The sizes at which other tools are measured too."""

OURS: Final = "kihonkeikaku"
COLD, UNCHANGED, EDITED = "はじめから", "変更なし", "一つの取組を編集"

_ABOUT: Final = (
    "種の決まった作り物の計画から、HTML の版をはじめから作る（キャッシュもない）、何も変えずにもう"
    "一度作る、一つの取組の文を変えてもう一度作る、の三つを、道具を入れ替えながら順に動かした中央値です。"
    "どの道具も既定の設定です。測る前に、すべての取組が出力にあること、編集した文が出力にあることを"
    "確かめ、kihonkeikaku の編集後の出力は、はじめから作ったものと一バイトずつ比べています。"
    "ext4 は、多くのファイルを消してから数分のあいだ、新しいファイルを作るのに何倍もかかるので、"
    "前の出力は消さずに退けて測ります。kihonkeikaku 自身が編集のたびに消す、前の版の分は入って"
    "います。"
)


@dataclass(frozen=True, slots=True)
class SiteBuild:
    """A tool's build of a plan: command, output, and the file and sentence that are edited.

    ``remains`` are the outputs and caches that are removed for a build from scratch.
    """

    tool: str
    command: Sequence[str]
    out: Path
    source: Path
    sentence: str
    remains: Sequence[Path]
    edits: "count[int]" = field(default_factory=lambda: count(1))

    def build_cold(self) -> Usage:
        """Builds without earlier output or cache."""
        for path in self.remains:
            _move_away(path)
        return measure_command(self.command)

    def build_unchanged(self) -> Usage:
        """Builds again."""
        return measure_command(self.command)

    def build_edited(self) -> Usage:
        """Builds after an edit, and checks that the output has it."""
        number = next(self.edits)
        before = f"第{number - 1}回の点検及び{self.sentence}" if number > 1 else self.sentence
        after = f"第{number}回の点検及び{self.sentence}"
        text = self.source.read_text("utf-8")
        assert before in text, f"{self.source} says {before}"
        self.source.write_text(text.replace(before, after), "utf-8")
        usage = measure_command(self.command)
        if not any(after in text for text in self.texts()):
            raise SystemExit(f"{self.tool} does not show the edit")
        return usage

    def texts(self) -> Sequence[str]:
        """The content of all pages, mark-up included."""
        return [path.read_text("utf-8") for path in self.out.rglob("*.html")]

    def size(self) -> int:
        """The bytes of the output without the tool's own cache."""
        files = (path for path in self.out.rglob("*") if path.is_file())
        return sum(path.stat().st_size for path in files if "_cache" not in str(path))


def main() -> None:
    """Measures all sizes, prints the section and writes it to the page."""
    usages: dict[int, dict[str, Usage]] = {}
    sizes: dict[int, dict[str, int]] = {}
    versions: dict[str, str] = {}
    _move_away(WORK)
    for size, rounds in ROUNDS.items():
        sites = _sites(size, versions)
        usages[size] = run_in_turns(_tasks(sites), rounds)
        _check(sites, size)
        sizes[size] = {site.tool: site.size() for site in sites}
    shutil.rmtree(OLD_OUTPUT, ignore_errors=True)
    _keep_goals(usages, sizes)
    missing = {STRICTDOC.name, SPHINX_NEEDS.name} - versions.keys()
    left_out = [f"{name} は、入れられなかったため測れませんでした。" for name in sorted(missing)]
    tables = [_picture(usages), *(_table(size, usages[size], sizes[size]) for size in ROUNDS)]
    page.write_section(
        "HTML の版を作る時間",
        "\n\n".join([_ABOUT, describe_circumstances(versions), *tables, *left_out]),
    )


def _move_away(path: Path) -> None:
    """Moves old output away until all is measured.

    For minutes after files are removed, ext4 creates new ones many times more slowly, since it
    searches the recently removed ones. That would distort the times of any tool.
    """
    if path.exists():
        OLD_OUTPUT.mkdir(parents=True, exist_ok=True)
        path.rename(OLD_OUTPUT / uuid4().hex)


def _sites(size: int, versions: dict[str, str]) -> list[SiteBuild]:
    """Writes the plan for each tool that is measured at this size and can be installed."""
    folder = WORK / str(size)
    write_plan(folder / "plan", size)
    measure, sentence = _edited_measure(folder / "plan")
    sites = [_ours(folder, measure, sentence)]
    if size in SIZES_WITH_PEERS:
        write_projects(str(folder / "plan"), folder)
        for peer, site in ((STRICTDOC, _strictdoc), (SPHINX_NEEDS, _sphinx_needs)):
            command = peer.command()
            if command:
                versions[peer.name] = peer.version
                sites.append(site(command, folder, sentence))
    return sites


def _edited_measure(plan: Path) -> tuple[Path, str]:
    """Returns a measure's file and a text that no other file has."""
    files = sorted((plan / "measures").iterdir())
    for path in files[len(files) // 2 :]:
        lines = path.read_text("utf-8").splitlines()
        texts = [line.removeprefix("text: ") for line in lines if line.startswith("text: ")]
        if texts and sum(texts[0] in other.read_text("utf-8") for other in files) == 1:
            return path, texts[0]
    raise SystemExit("no measure has a text of its own")


def _ours(folder: Path, measure: Path, sentence: str) -> SiteBuild:
    out, cache = folder / "ours", folder / "cache"
    os.environ["KIHONKEIKAKU_CACHE"] = str(cache)
    command = [COMMAND, "build", str(folder / "plan"), "--only", "html", "--out", str(out)]
    return SiteBuild(OURS, [*command, "--quiet"], out, measure, sentence, (out, cache))


def _strictdoc(command: str, folder: Path, sentence: str) -> SiteBuild:
    project, out = folder / "strictdoc", folder / "strictdoc-out"
    source = _file_with(sentence, project.glob("*.sdoc"))
    build = [command, "export", str(project), "--output-dir", str(out)]
    return SiteBuild(STRICTDOC.name, build, out, source, sentence, (out,))


def _sphinx_needs(command: str, folder: Path, sentence: str) -> SiteBuild:
    project, out = folder / "sphinx-needs", folder / "sphinx-needs-out"
    source = _file_with(sentence, project.glob("*.rst"))
    build = [command, "-q", "-b", "html", str(project), str(out), "-d", str(out / "_cache")]
    return SiteBuild(SPHINX_NEEDS.name, build, out, source, sentence, (out,))


def _file_with(sentence: str, files: Iterable[Path]) -> Path:
    return next(path for path in files if sentence in path.read_text("utf-8"))


def _tasks(sites: Sequence[SiteBuild]) -> Mapping[str, Callable[[], Usage]]:
    """Returns the tasks in order: each kind of build by each tool in turn."""
    builds = (
        (COLD, SiteBuild.build_cold),
        (UNCHANGED, SiteBuild.build_unchanged),
        (EDITED, SiteBuild.build_edited),
    )
    return {
        f"{site.tool}/{name}": (lambda site=site, build=build: build(site))  # type: ignore[misc] # defaults bind the loop's values
        for name, build in builds
        for site in sites
    }


def _check(sites: Sequence[SiteBuild], size: int) -> None:
    """Checks that the output has every measure, and that ours equals a build from scratch."""
    ids = [path.stem for path in (WORK / str(size) / "plan" / "measures").iterdir()]
    for site in sites:
        text = "\n".join(site.texts())
        lacking = [id for id in ids if id not in text]
        if lacking:
            raise SystemExit(f"{site.tool} lacks {len(lacking)} measures, such as {lacking[0]}")
    from_scratch = WORK / str(size) / "from_scratch"
    environment = os.environ | {"KIHONKEIKAKU_CACHE": str(WORK / str(size) / "no-cache")}
    command = [
        str(from_scratch) if part == str(sites[0].out) else part for part in sites[0].command
    ]
    subprocess.run(command, check=True, env=environment)
    if _contents(from_scratch) != _contents(sites[0].out):
        raise SystemExit("what is made after an edit is not what is made from nothing")


def _contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def _table(size: int, usages: Mapping[str, Usage], sizes: Mapping[str, int]) -> str:
    rows = [
        (
            tool,
            build,
            f"{usage.wall:.2f} s",
            f"{usage.cpu:.2f} s",
            f"{usage.peak:.0f} MiB",
            f"{sizes[tool] / (1 << 20):.1f} MiB",
            f"{usages[f'{OURS}/{build}'].wall / usage.wall:.3f}",
        )
        for (tool, build), usage in (
            (tuple(name.split("/")), usage) for name, usage in usages.items()
        )
    ]
    headings = ("道具", "仕事", "実時間", "CPU 時間", "最大メモリー", "出力", "kihonkeikaku の比")
    return f"### 取組が {size:,}\n\n" + page.format_table(headings, rows)


def _picture(usages: Mapping[int, Mapping[str, Usage]]) -> str:
    """Draws the times of builds from scratch."""
    series: dict[str, list[tuple[float, float]]] = {}
    for size, of_size in usages.items():
        for name, usage in of_size.items():
            tool, build = name.split("/")
            if build == COLD:
                series.setdefault(tool, []).append((size, usage.wall))
    title = "取組の数と、HTML の版をはじめから作る時間（両軸とも対数）"
    return write_picture("benchmark-html.svg", title, series)


def _peers(usages: Mapping[str, Usage]) -> set[str]:
    """The other tools that were measured."""
    return {name.split("/")[0] for name in usages} - {OURS}


def _keep_goals(
    usages: Mapping[int, Mapping[str, Usage]], sizes: Mapping[int, Mapping[str, int]]
) -> None:
    """Records the results of this benchmark for the table of goals."""
    at, most = usages[2_000], max(ROUNDS)
    for build, limit in ((COLD, 0.25), (EDITED, 0.3)):
        peers = [at[f"{tool}/{build}"].wall for tool in _peers(at) if f"{tool}/{build}" in at]
        if peers:
            name = f"HTML、{build}、2,000（速いほうの道具に対して）"
            ratio = at[f"{OURS}/{build}"].wall / min(peers)
            keep(Goal(name, f"{limit} 倍以下", ratio, limit, "倍"))
    unchanged = at[f"{OURS}/{UNCHANGED}"].wall
    keep(Goal(f"HTML、{UNCHANGED}、2,000", "0.5 s 以下", unchanged, 0.5, "s"))
    growth = usages[most][f"{OURS}/{COLD}"].cpu / most / (at[f"{OURS}/{COLD}"].cpu / 2_000)
    keep(
        Goal(
            "HTML をはじめから、10,000（一つ当たり、2,000 に対して）",
            "1.3 倍以下",
            growth,
            1.3,
            "倍",
        )
    )
    memory = usages[most][f"{OURS}/{COLD}"].peak
    keep(Goal("HTML をはじめから、10,000、メモリー", "1,024 MiB 以下", memory, 1024, "MiB"))
    weight = sizes[2_000][OURS] / 2_000 / 1_024
    keep(Goal("HTML の大きさ、2,000（取組一つ当たり）", "16 KiB 以下", weight, 16, "KiB"))


if __name__ == "__main__":
    main()
