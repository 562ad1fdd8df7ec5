"""How long the HTML edition takes: made anew, made again, and after an edit, beside others.

The same plan goes through kihonkeikaku, StrictDoc and sphinx-needs in turn, each with the settings
it comes with. Before a time counts, the output has to hold every measure, and the edited words
after an edit; ours has to be what a build from nothing gives, byte for byte. Run by ``make bench``;
the result stands in docs/benchmarks.md.
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
from bench.measuring import Usage, by_turns, circumstances, used
from bench.peer_projects import write_projects
from bench.peers import SPHINX_NEEDS, STRICTDOC
from bench.picture import write_picture
from bench.plans import write_plan

ROOT: Final = Path(__file__).parent.parent
WORK: Final = ROOT / "build" / "bench" / "html"
COMMAND: Final = str(Path(sys.executable).with_name("kihonkeikaku"))
ASIDE: Final = ROOT / "build" / "bench" / "html-aside"
ROUNDS: Final = {60: 5, 500: 5, 2_000: 3, 10_000: 1}
"""How often each size is measured; the first is that of the plan itself."""
BESIDE_OTHERS: Final = (60, 500, 2_000)
"""At these sizes the others are measured too."""

OURS: Final = "kihonkeikaku"
COLD, UNCHANGED, EDITED = "はじめから", "変更なし", "一つの取組を編集"
DEEDS: Final = (COLD, UNCHANGED, EDITED)

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
class Site:
    """A tool at work on a plan: how it is run, where it writes, and which file an edit is made in.

    ``remains`` is what has to go for a build from nothing.
    """

    tool: str
    command: Sequence[str]
    out: Path
    source: Path
    sentence: str
    remains: Sequence[Path]
    edits: "count[int]" = field(default_factory=lambda: count(1))

    def cold(self) -> Usage:
        """Builds with nothing at hand."""
        for path in self.remains:
            _put_aside(path)
        return used(self.command)

    def unchanged(self) -> Usage:
        """Builds once more."""
        return used(self.command)

    def edited(self) -> Usage:
        """Builds after an edit, and makes sure that it arrived."""
        number = next(self.edits)
        before = f"第{number - 1}回の点検及び{self.sentence}" if number > 1 else self.sentence
        after = f"第{number}回の点検及び{self.sentence}"
        text = self.source.read_text("utf-8")
        assert before in text, f"{self.source} says {before}"
        self.source.write_text(text.replace(before, after), "utf-8")
        usage = used(self.command)
        if not any(after in text for text in self.texts()):
            raise SystemExit(f"{self.tool} does not show the edit")
        return usage

    def texts(self) -> Sequence[str]:
        """What the pages say, mark-up included."""
        return [path.read_text("utf-8") for path in self.out.rglob("*.html")]

    def size(self) -> int:
        """How many bytes there are for readers: without what the tool keeps for itself."""
        files = (path for path in self.out.rglob("*") if path.is_file())
        return sum(path.stat().st_size for path in files if "_cache" not in str(path))


def main() -> None:
    """Measures all sizes, prints the section and writes it to the page."""
    usages: dict[int, dict[str, Usage]] = {}
    sizes: dict[int, dict[str, int]] = {}
    versions: dict[str, str] = {}
    _put_aside(WORK)
    for size, rounds in ROUNDS.items():
        sites = _sites(size, versions)
        usages[size] = by_turns(_tasks(sites), rounds)
        _check(sites, size)
        sizes[size] = {site.tool: site.size() for site in sites}
    shutil.rmtree(ASIDE, ignore_errors=True)
    _keep_goals(usages, sizes)
    missing = {STRICTDOC.name, SPHINX_NEEDS.name} - versions.keys()
    left_out = [f"{name} は、入れられなかったため測れませんでした。" for name in sorted(missing)]
    tables = [_picture(usages), *(_table(size, usages[size], sizes[size]) for size in ROUNDS)]
    page.put(
        "HTML の版を作る時間", "\n\n".join([_ABOUT, circumstances(versions), *tables, *left_out])
    )


def _put_aside(path: Path) -> None:
    """Makes way until all is measured.

    For minutes after removing files, ext4 makes new ones many times more slowly: it looks through
    all those that were removed of late. That would be measured, of any tool.
    """
    if path.exists():
        ASIDE.mkdir(parents=True, exist_ok=True)
        path.rename(ASIDE / uuid4().hex)


def _sites(size: int, versions: dict[str, str]) -> list[Site]:
    """Writes the plan for each tool that can be had at this size."""
    folder = WORK / str(size)
    write_plan(folder / "plan", size)
    measure, sentence = _edited_measure(folder / "plan")
    sites = [_ours(folder, measure, sentence)]
    if size in BESIDE_OTHERS:
        write_projects(str(folder / "plan"), folder)
        for peer, site in ((STRICTDOC, _strictdoc), (SPHINX_NEEDS, _sphinx_needs)):
            command = peer.command()
            if command:
                versions[peer.name] = peer.version
                sites.append(site(command, folder, sentence))
    return sites


def _edited_measure(plan: Path) -> tuple[Path, str]:
    """Returns a measure's file and a text that stands there alone in the whole plan."""
    files = sorted((plan / "measures").iterdir())
    for path in files[len(files) // 2 :]:
        lines = path.read_text("utf-8").splitlines()
        texts = [line.removeprefix("text: ") for line in lines if line.startswith("text: ")]
        if texts and sum(texts[0] in other.read_text("utf-8") for other in files) == 1:
            return path, texts[0]
    raise SystemExit("no measure has a text of its own")


def _ours(folder: Path, measure: Path, sentence: str) -> Site:
    out, cache = folder / "ours", folder / "cache"
    os.environ["KIHONKEIKAKU_CACHE"] = str(cache)
    command = [COMMAND, "build", str(folder / "plan"), "--only", "html", "--out", str(out)]
    return Site(OURS, [*command, "--quiet"], out, measure, sentence, (out, cache))


def _strictdoc(command: str, folder: Path, sentence: str) -> Site:
    project, out = folder / "strictdoc", folder / "strictdoc-out"
    source = _file_with(sentence, project.glob("*.sdoc"))
    build = [command, "export", str(project), "--output-dir", str(out)]
    return Site(STRICTDOC.name, build, out, source, sentence, (out,))


def _sphinx_needs(command: str, folder: Path, sentence: str) -> Site:
    project, out = folder / "sphinx-needs", folder / "sphinx-needs-out"
    source = _file_with(sentence, project.glob("*.rst"))
    build = [command, "-q", "-b", "html", str(project), str(out), "-d", str(out / "_cache")]
    return Site(SPHINX_NEEDS.name, build, out, source, sentence, (out,))


def _file_with(sentence: str, files: Iterable[Path]) -> Path:
    return next(path for path in files if sentence in path.read_text("utf-8"))


def _tasks(sites: Sequence[Site]) -> Mapping[str, Callable[[], Usage]]:
    """What is to be done, in order: each deed by each tool in turn."""
    deeds = ((COLD, Site.cold), (UNCHANGED, Site.unchanged), (EDITED, Site.edited))
    return {
        f"{site.tool}/{name}": (lambda site=site, deed=deed: deed(site))  # type: ignore[misc]
        for name, deed in deeds
        for site in sites
    }


def _check(sites: Sequence[Site], size: int) -> None:
    """Makes sure that every measure is in the output, and that ours is as if made from nothing."""
    ids = [path.stem for path in (WORK / str(size) / "plan" / "measures").iterdir()]
    for site in sites:
        said = "\n".join(site.texts())
        lacking = [id for id in ids if id not in said]
        if lacking:
            raise SystemExit(f"{site.tool} lacks {len(lacking)} measures, such as {lacking[0]}")
    afresh = WORK / str(size) / "afresh"
    environment = os.environ | {"KIHONKEIKAKU_CACHE": str(WORK / str(size) / "no-cache")}
    command = [str(afresh) if part == str(sites[0].out) else part for part in sites[0].command]
    subprocess.run(command, check=True, env=environment)
    if _contents(afresh) != _contents(sites[0].out):
        raise SystemExit("what is made after an edit is not what is made from nothing")


def _contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def _table(size: int, usages: Mapping[str, Usage], sizes: Mapping[str, int]) -> str:
    rows = [
        (
            tool,
            deed,
            f"{usage.wall:.2f} s",
            f"{usage.cpu:.2f} s",
            f"{usage.peak:.0f} MiB",
            f"{sizes[tool] / (1 << 20):.1f} MiB",
            f"{usages[f'{OURS}/{deed}'].wall / usage.wall:.3f}",
        )
        for (tool, deed), usage in (
            (tuple(name.split("/")), usage) for name, usage in usages.items()
        )
    ]
    headings = ("道具", "仕事", "実時間", "CPU 時間", "最大メモリー", "出力", "kihonkeikaku の比")
    return f"### 取組が {size:,}\n\n" + page.table(headings, rows)


def _picture(usages: Mapping[int, Mapping[str, Usage]]) -> str:
    """Draws what building from nothing takes."""
    series: dict[str, list[tuple[float, float]]] = {}
    for size, of_size in usages.items():
        for name, usage in of_size.items():
            tool, deed = name.split("/")
            if deed == COLD:
                series.setdefault(tool, []).append((size, usage.wall))
    title = "取組の数と、HTML の版をはじめから作る時間（両軸とも対数）"
    return write_picture("benchmark-html.svg", title, series)


def _peers(usages: Mapping[str, Usage]) -> set[str]:
    """The other tools that were measured."""
    return {name.split("/")[0] for name in usages} - {OURS}


def _keep_goals(
    usages: Mapping[int, Mapping[str, Usage]], sizes: Mapping[int, Mapping[str, int]]
) -> None:
    """Keeps for the table of goals what this benchmark says of them."""
    at, most = usages[2_000], max(ROUNDS)
    for deed, limit in ((COLD, 0.25), (EDITED, 0.3)):
        peers = [at[f"{tool}/{deed}"].wall for tool in _peers(at) if f"{tool}/{deed}" in at]
        if peers:
            name = f"HTML、{deed}、2,000（速いほうの道具に対して）"
            ratio = at[f"{OURS}/{deed}"].wall / min(peers)
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
