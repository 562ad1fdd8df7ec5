"""Builds as their users run them: the command, in a process of its own."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from kihonkeikaku.publishing.manifest import MANIFEST
from kihonkeikaku.publishing.output_folder import resolve_output_folder
from tests.publishing.editions import NEW, OLD, on_disk, publish_files
from tests.sample import SAMPLE, plant

BUILD: Final = (sys.executable, "-m", "kihonkeikaku", "build", "--quiet")
HTML: Final = ("--only", "html")


class Site:
    """An output folder, two plans to fill it from, and what the two editions are on disk.

    Args:
        folder: where all of it is.
        options: what is built.
        more: so many measures are in both plans, beside those of the sample.
        from_scratch: whether nothing of the edition before may be used again.
    """

    def __init__(
        self,
        folder: Path,
        options: tuple[str, ...] = HTML,
        more: int = 0,
        *,
        from_scratch: bool = True,
    ) -> None:
        self.out = folder / "site" / "edition"
        self._options = (*options, "--afresh") if from_scratch else options
        self._plans = {
            mark: plant(
                folder / mark,
                {
                    "measures/alpha.yaml": SAMPLE["measures/alpha.yaml"].replace("取組", text),
                    **_with_more(more),
                },
            )
            for mark, text in ((OLD, "取組"), (NEW, "取組の推進"))
        }
        self.editions = {mark: self._made(mark, folder / f"{mark}-edition") for mark in (NEW, OLD)}

    def command(self, mark: str) -> list[str]:
        """The command that builds one of the editions."""
        return [*BUILD, *self._options, "--out", str(self.out), str(self._plans[mark])]

    def put(self, mark: str) -> None:
        """Puts an edition in place quickly, as the next build does: nothing is rendered for it."""
        files = dict(self.editions[mark])
        manifest = files.pop(MANIFEST)
        publish_files(files.items(), resolve_output_folder(self.out), lambda _: manifest)

    def mark(self) -> str | None:
        """Which of the editions is in place, whole; nothing if it's neither."""
        there = on_disk(self.out)
        return next((mark for mark, files in self.editions.items() if files == there), None)

    def strange(self) -> dict[str, list[str]]:
        """In what the edition in place differs from each of the two: names of files."""
        there = on_disk(self.out)
        return {
            mark: sorted(dict(files.items() ^ there.items()))
            for mark, files in self.editions.items()
        }

    def _made(self, mark: str, out: Path) -> dict[str, bytes]:
        command = [*BUILD, *self._options, "--out", str(out), str(self._plans[mark])]
        subprocess.run(command, check=True)
        return on_disk(out)


_IN_A_SECTION: Final = 50
"""There are no more circled numbers."""

OTHER: Final = {OLD: NEW, NEW: OLD}


def _with_more(count: int) -> dict[str, str]:
    """The files of a plan with more measures than the sample."""
    ids = [f"more-{number}" for number in range(count)]
    files = {f"measures/{id}.yaml": _measure(id) for id in ids}
    sections = "".join(
        _section(ids[at : at + _IN_A_SECTION]) for at in range(0, count, _IN_A_SECTION)
    )
    return files | {"chapters/measures.yaml": SAMPLE["chapters/measures.yaml"] + sections}


def _section(ids: list[str]) -> str:
    listed = "".join(f"      - {id}\n" for id in ids)
    return f"  - id: from-{ids[0]}\n    kind: section\n    title: 節\n    measures:\n{listed}"


def _measure(id: str) -> str:
    return f"id: {id}\ntext: 取組{id}\nassignments:\n  - ministry: 経産省\n"
