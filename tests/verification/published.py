"""A published edition, and ways to tamper with it."""

import hashlib
import json
import shutil
from pathlib import Path

from kihonkeikaku import cli
from kihonkeikaku.publishing.manifest import MANIFEST

NEXT_EDITION = Path(__file__).parents[2] / "examples" / "next-edition"
BEFORE = NEXT_EDITION / "editions" / "outline.json"


EVERYTHING = ("--against", str(BEFORE), "--draft")
"""All that an edition can have."""


def build_edition(folder: Path, *options: str, plan: Path = NEXT_EDITION) -> Path:
    """Builds an edition, by default the example's, and returns its folder."""
    out = folder / "edition"
    assert cli.run(["build", str(plan), *options, "--quiet", "--out", str(out)]) == 0
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
    content = path.read_bytes().decode()
    assert old in content, old
    path.write_bytes(content.replace(old, new, 1).encode())


def renew_manifest(edition: Path) -> None:
    """Makes the manifest fit all files as they are now, as an attacker would."""
    manifest = json.loads((edition / MANIFEST).read_bytes())
    manifest["files"] = {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name in list_files(edition)
        for content in [(edition / name).read_bytes()]
    }
    plan = json.loads((edition / "plan.json").read_bytes())
    manifest["source_sha256"] = plan["sha256"]
    manifest["editions"] = [
        {"edition": record["plan"]["head"]["edition"]["id"], "sha256": record["sha256"]}
        for path in edition.glob("editions/*.json")
        for record in [json.loads(path.read_bytes())]
    ]
    (edition / MANIFEST).write_text(json.dumps(manifest))


def change_manifest(edition: Path, /, **changes: object) -> None:
    """Changes what the manifest says."""
    manifest = json.loads((edition / MANIFEST).read_bytes())
    (edition / MANIFEST).write_text(json.dumps({**manifest, **changes}))
