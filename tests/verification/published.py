"""A published edition, and ways to tamper with it."""

import hashlib
import json
import shutil
from pathlib import Path

from kihonkeikaku import cli
from kihonkeikaku.publishing.manifest import MANIFEST

NEXT_EDITION = Path(__file__).parents[2] / "examples" / "next-edition"
BEFORE = NEXT_EDITION / "editions" / "outline.json"


def build_edition(folder: Path) -> Path:
    """Builds the example edition, with all that an edition can have, and returns its folder."""
    out = folder / "edition"
    command = ["build", str(NEXT_EDITION), "--against", str(BEFORE), "--draft", "--quiet"]
    assert cli.run([*command, "--out", str(out)]) == 0
    return out


def copy_edition(edition: Path, folder: Path) -> Path:
    """Returns a copy of an edition."""
    return shutil.copytree(edition, folder / "copy")


def list_files(edition: Path) -> list[str]:
    """The paths of all files of an edition but its manifest."""
    files = (path for path in edition.rglob("*") if path.is_file())
    return sorted({path.relative_to(edition).as_posix() for path in files} - {MANIFEST})


def replace_text(path: Path, old: str, new: str) -> None:
    """Replaces a text, which must be there, in a file."""
    content = path.read_text("utf-8")
    assert old in content, old
    path.write_text(content.replace(old, new, 1), "utf-8")


def renew_manifest(edition: Path) -> None:
    """Makes the manifest list all files as they are now, as an attacker would."""
    manifest = json.loads((edition / MANIFEST).read_bytes())
    manifest["files"] = {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name in list_files(edition)
        for content in [(edition / name).read_bytes()]
    }
    (edition / MANIFEST).write_text(json.dumps(manifest))
