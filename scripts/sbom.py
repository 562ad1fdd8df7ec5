"""The parts that the program is installed with, as a CycloneDX file; written by ``make dist``.

It says what ``requirements/runtime.lock`` says, and what is vendored. No network is asked, and
there is no date in it: the same checkout always gives the same bytes. The format:
https://cyclonedx.org/docs/1.5/json/
"""

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any, Final

REPOSITORY: Final = Path(__file__).parent.parent
LOCK: Final = REPOSITORY / "requirements" / "runtime.lock"
VENDORED: Final = REPOSITORY / "tests" / "browser" / "package.json"
NAME: Final = "kihonkeikaku.cdx.json"

_PINNED: Final = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;]+)( ; (?P<marker>.+))?")
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def sbom() -> dict[str, Any]:
    """Returns the CycloneDX document of this checkout."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": project["name"],
                "version": project["version"],
                "purl": f"pkg:pypi/{project['name']}@{project['version']}",
            }
        },
        "components": [*locked_components(LOCK.read_text("utf-8")), _minisearch()],
    }


def locked_components(lock: str) -> list[dict[str, Any]]:
    """Returns the components that a lock file names, in its order.

    Args:
        lock: the text of the file, as uv writes it: a pinned version, and below it its hashes.

    Raises:
        ValueError: a line is neither.
    """
    components: list[dict[str, Any]] = []
    for line in lock.splitlines():
        entry = line.strip().removesuffix("\\").rstrip()
        pinned, digest = _PINNED.fullmatch(entry), _HASH.fullmatch(entry)
        if pinned:
            components.append(_component("pypi", pinned["name"], pinned["version"]))
            if pinned["marker"]:
                components[-1]["scope"] = "optional"
                _add_property(components[-1], "marker", pinned["marker"])
        elif digest and components:
            _add_property(components[-1], "sha256", digest[1])
        elif entry and not entry.startswith("#"):
            raise ValueError(f"not a line of a lock file: {line}")
    return components


def _minisearch() -> dict[str, Any]:
    packages = json.loads(VENDORED.read_text("utf-8"))
    versions = {**packages.get("dependencies", {}), **packages.get("devDependencies", {})}
    return _component("npm", "minisearch", versions["minisearch"])


def _component(kind: str, name: str, version: str) -> dict[str, Any]:
    purl = f"pkg:{kind}/{name}@{version}"
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}


def _add_property(component: dict[str, Any], name: str, value: str) -> None:
    component.setdefault("properties", []).append({"name": f"kihonkeikaku:{name}", "value": value})


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_text(json.dumps(sbom(), indent=2) + "\n", "utf-8")
