"""What scripts/fetch_suites.py has fetched; a test that needs what could not be is skipped."""

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.fetch_suites import FOLDER, PACKAGES, installed


def folder_of(package: str) -> Path:
    """Returns the folder of a fetched package, or skips the module that asks."""
    folder = installed(package)
    if folder is None:
        wanted = f"{package} {PACKAGES[package]}"
        pytest.skip(f"no {wanted} in {FOLDER}: make suites", allow_module_level=True)
    return folder


def exported(file: Path) -> Any:
    """Returns what a JavaScript module exports that is JSON but for its first words."""
    return json.loads(file.read_text("utf-8").partition("export default ")[2].rstrip().rstrip(";"))
