"""Small editions to publish, and what is found on disk afterwards."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kihonkeikaku.publishing.edition import EditionFile
from kihonkeikaku.publishing.manifest import GENERATOR, MANIFEST
from kihonkeikaku.publishing.output_folder import OutputFolder, resolve_output_folder
from kihonkeikaku.publishing.transaction import MakeManifest, PublishedEdition, publish
from kihonkeikaku.system.fingerprint import Fingerprint

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


def make_manifest(written: Mapping[str, Fingerprint]) -> bytes:
    """A manifest without a plan."""
    files = {
        name: {"size": file.size, "sha256": file.sha256} for name, file in sorted(written.items())
    }
    return json.dumps({"generator": GENERATOR, "files": files}).encode()


def whole(mark: str) -> dict[str, bytes]:
    """The edition as it is on disk when it is whole."""
    made = contents(mark)
    manifest = make_manifest({name: Fingerprint.of(content) for name, content in made.items()})
    return {**made, MANIFEST: manifest}


@dataclass(frozen=True)
class Files:
    """A part of an edition that consists of given files."""

    files: Iterable[EditionFile]
    cache_key: str = ""

    def render(self) -> Iterable[EditionFile]:
        return self.files


def publish_files(
    files: Iterable[EditionFile], out: OutputFolder, make_manifest: MakeManifest
) -> PublishedEdition:
    """Publishes files that are always made."""
    return publish([Files(files)], out, make_manifest)


def put(mark: str, out: Path) -> PublishedEdition:
    """Publishes an edition."""
    return publish_files(contents(mark).items(), resolve_output_folder(out), make_manifest)


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
