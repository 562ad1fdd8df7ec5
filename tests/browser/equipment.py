"""What the tests of the HTML edition need of the machine, and what happens where it is missing.

`make test` installs all of it. Where that cannot be done, a test says what it lacks and is skipped;
in CI (``CI=true``) it fails, so that nothing goes unchecked there without being seen.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final, NoReturn

import pytest

NODE_MODULES: Final = Path(__file__).parent / "node_modules"
AXE: Final = NODE_MODULES / "axe-core" / "axe.min.js"
VNU: Final = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
LIGHTHOUSE: Final = NODE_MODULES / "lighthouse" / "package.json"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""How Chromium is started: it asks nothing of anyone. (No sandbox: CI runs as root.)"""


def browser_path() -> str:
    """Returns where Chromium is, or does without the test."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        do_without("Chromium がありません（apt-get install chromium）")
    if not _japanese_fonts():
        do_without("日本語の書体がありません（apt-get install fonts-noto-cjk fontconfig）")
    return found


def program(name: str, package: str) -> str:
    """Returns where a program is, or does without the test."""
    found = shutil.which(name)
    if found is None:
        do_without(f"{name} がありません（apt-get install {package}）")
    return found


def installed(file: Path) -> Path:
    """Returns a file that npm installed, or does without the test."""
    if not file.is_file():
        do_without(f"{file.relative_to(NODE_MODULES)} がありません（make checkers）")
    return file


def do_without(reason: str) -> NoReturn:
    """Skips the test that asked, or in CI fails it."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def _japanese_fonts() -> bool:
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    listed = subprocess.run([lister, ":lang=ja"], capture_output=True, check=False)
    return bool(listed.stdout.strip())
