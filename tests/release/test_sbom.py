"""The list of parts says what the lock says, and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from scripts.sbom import LOCK, locked_components, sbom
from tests.conftest import REPOSITORY

MINISEARCH = "pkg:npm/minisearch@"


def test_it_lists_what_the_lock_pins() -> None:
    joined = LOCK.read_text("utf-8").replace("\\\n", " ")
    pinned = {}
    for line in joined.splitlines():
        if line and not line.startswith("#"):
            written, *hashes = line.split("--hash=sha256:")
            pinned[Requirement(written.strip())] = [value.strip() for value in hashes]
    components = {part["purl"]: part for part in sbom()["components"]}
    expected = {f"pkg:pypi/{r.name}@{str(r.specifier)[2:]}": r for r in pinned}
    assert len(expected) > 30
    assert {purl for purl in components if not purl.startswith(MINISEARCH)} == set(expected)
    for purl, requirement in expected.items():
        properties = components[purl]["properties"]
        hashes = [p["value"] for p in properties if p["name"] == "kihonkeikaku:sha256"]
        assert hashes == pinned[requirement], purl
        assert ("scope" in components[purl]) == bool(requirement.marker), purl


def test_it_lists_the_library_of_the_search_page() -> None:
    (vendored,) = [p for p in sbom()["components"] if p["purl"].startswith(MINISEARCH)]
    script = (REPOSITORY / "templates" / "web" / "minisearch.js").read_text("utf-8")
    assert vendored["version"] in script[:500]


def test_a_line_that_is_not_understood_is_no_part_that_is_left_out() -> None:
    with pytest.raises(ValueError, match=r"not a line of a lock file: -e \."):
        locked_components("typer==1.0 \\\n-e .\n")


def test_it_is_a_cyclonedx_file_and_always_the_same(tmp_path: Path) -> None:
    contents = set()
    for name in ("one", "other"):
        command = [sys.executable, "-m", "scripts.sbom", str(tmp_path / name)]
        subprocess.run(command, cwd=REPOSITORY, check=True)
        contents.add((tmp_path / name / "kihonkeikaku.cdx.json").read_bytes())
    (content,) = contents
    data = json.loads(content)
    assert (data["bomFormat"], data["specVersion"], data["version"]) == ("CycloneDX", "1.5", 1)
    references = [part["bom-ref"] for part in data["components"]]
    assert len(references) == len(set(references))
    assert data["metadata"]["component"]["name"] == "kihonkeikaku"
