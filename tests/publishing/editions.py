"""Small editions to publish, and what is found on disk afterwards."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from kihonkeikaku.publishing.edition import Batch, File, always_anew
from kihonkeikaku.publishing.manifest import GENERATOR, MANIFEST
from kihonkeikaku.publishing.output_folder import Place, place
from kihonkeikaku.publishing.transaction import Published, Seal, publish
from kihonkeikaku.system.folder_contents import Fingerprint

Contents = Mapping[str, bytes]


def contents(mark: str) -> dict[str, bytes]:
    """An edition of three folders deep in which every file differs from another mark's."""
    return {
        "plan.json": f'{{"plan": "{mark}"}}\n'.encode(),
        "html/index.html": f"<p>{mark}".encode() * 1000,
        f"html/assets/style-{mark}.css": f"/* {mark} */".encode(),
        "html/measures/a/index.html": mark.encode(),
        "pdf/plan.pdf": b"%PDF " + mark.encode(),
    }


def seal(written: Mapping[str, Fingerprint]) -> bytes:
    """A manifest without a plan."""
    files = {name: [file.size, file.sha256] for name, file in sorted(written.items())}
    return json.dumps({"generator": GENERATOR, "files": files}).encode()


def whole(mark: str) -> dict[str, bytes]:
    """The edition as it is on disk when it is whole."""
    made = contents(mark)
    sealed = seal({name: Fingerprint.of(content) for name, content in made.items()})
    return {**made, MANIFEST: sealed}


def publish_files(files: Iterable[File], there: Place, seal: Seal) -> Published:
    """Publishes files of which nothing is known of where they come from."""
    return publish([[Batch(always_anew, lambda: files)]], there, seal)


def put(mark: str, out: Path) -> Published:
    """Publishes an edition."""
    return publish_files(contents(mark).items(), place(out), seal)


def on_disk(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, by its path within it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def beside(out: Path) -> list[str]:
    """What stands beside an output folder."""
    return sorted(path.name for path in out.parent.iterdir() if path != out)


OLD: Final = "old"
NEW: Final = "new"
