"""An edition for a release page: one archive, and its checksum beside it; run by ``make release``.

The archive is a ZIP that compresses nothing: everybody can open one, and no version of a compressor
has a say in its bytes. What takes room in an edition, PDFs, is compressed already.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from kihonkeikaku import cli
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.source import EDITIONS
from kihonkeikaku.publishing.manifest import MANIFEST
from kihonkeikaku.system.atomic_files import write_file
from kihonkeikaku.validation.linter import load_valid_plan

FOLDER: Final = Path("build/release")
SUMS: Final = "SHA256SUMS"

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The first date that a ZIP can hold: files of an edition have none, the plan has."""
_UNIX: Final = 3
_REGULAR: Final = 0o100644 << 16


def main(arguments: Sequence[str] | None = None) -> int:
    """Builds, verifies and packs an edition; returns the exit code of what went wrong, or 0."""
    parser = argparse.ArgumentParser(prog="make release")
    parser.add_argument("plan", nargs="?", default="plan", help="計画のフォルダー")
    parser.add_argument("--into", type=Path, default=FOLDER, help="置き場所")
    asked = parser.parse_args(arguments)
    try:
        name, options = _name_and_options(asked.plan)
    except CommandError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    edition = asked.into / name
    code = cli.run(["build", asked.plan, *options, "--out", str(edition)])
    code = code or cli.run(["verify", str(edition)])
    if code:
        return code
    archive = edition.with_name(f"{name}.zip")
    with archive.open("wb") as file:
        pack(edition, file)
    write_file(asked.into / SUMS, checksum_line(archive.name, archive.read_bytes()))
    print(f"{archive} と {asked.into / SUMS} を作りました。署名のしかたは docs/release.md へ。")
    return 0


def _name_and_options(plan: str) -> tuple[str, list[str]]:
    """Returns the name of the archive, and the options for a comparison if one can be made."""
    head = load_valid_plan(plan).head
    before = Path(plan) / EDITIONS / f"{head.edition.supersedes}.json"
    return f"{head.series}-{head.edition.id}", [
        "--against",
        str(before),
    ] if before.is_file() else []


def pack(edition: Path, file: BinaryIO) -> None:
    """Writes an edition's archive: its folder, and beside it the checksums of its files.

    Args:
        edition: the folder of an edition; its name is that of the folder in the archive.
        file: what to write to.
    """
    contents = dict(_contents(edition))
    sums = "".join(checksum_line(name, content) for name, content in contents.items())
    contents[f"{edition.name}.{SUMS}"] = sums.encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = _UNIX, _REGULAR
            archive.writestr(entry, content)


def checksum_line(name: str, content: bytes) -> str:
    """Returns a file's line as ``sha256sum --check`` reads it."""
    return f"{hashlib.sha256(content).hexdigest()}  {name}\n"


def _contents(edition: Path) -> Iterator[tuple[str, bytes]]:
    """Yields the files of an edition: those that its manifest lists, and the manifest."""
    listed = json.loads((edition / MANIFEST).read_bytes())["files"]
    for name in sorted([*listed, MANIFEST]):
        yield f"{edition.name}/{name}", (edition / name).read_bytes()


if __name__ == "__main__":
    sys.exit(main())
