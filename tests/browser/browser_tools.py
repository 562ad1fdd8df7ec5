"""The browser and the checkers that the tests of the HTML edition need.

`make test` installs them. Where that is not possible, a test is skipped and names what is missing;
in CI (``CI=true``) it fails instead, so that no check is left out unnoticed.
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
"""How Chromium is started: without requests of its own. (No sandbox: CI runs as root.)"""


def require_browser() -> str:
    """Returns the path of Chromium; skips or fails the test without it."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        skip_or_fail("Chromium がありません（apt-get install chromium）")
    if not _has_japanese_fonts():
        skip_or_fail("日本語の書体がありません（apt-get install fonts-noto-cjk fontconfig）")
    return found


def require_program(name: str, package: str) -> str:
    """Returns the path of a program; skips or fails the test without it."""
    found = shutil.which(name)
    if found is None:
        skip_or_fail(f"{name} がありません（apt-get install {package}）")
    return found


def require_npm_file(file: Path) -> Path:
    """Returns a file that npm installed; skips or fails the test without it."""
    if not file.is_file():
        skip_or_fail(f"{file.relative_to(NODE_MODULES)} がありません（make checkers）")
    return file


def skip_or_fail(reason: str) -> NoReturn:
    """Skips the test, or fails it in CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def _has_japanese_fonts() -> bool:
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    listed = subprocess.run([lister, ":lang=ja"], capture_output=True, check=False)
    return bool(listed.stdout.strip())
