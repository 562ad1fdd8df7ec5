"""LibreOffice, started once for many jobs; see ``uno_driver``."""

import json
import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

SYSTEM_PYTHON: Final = "/usr/bin/python3"
"""Debian's, which has UNO; a virtual environment has not."""

WORD: Final = "MS Word 2007 XML"
FILTERS: Final = {"docx": WORD, "odt": "writer8", "doc": "MS Word 97", "rtf": "Rich Text Format"}


def missing() -> str:
    """What this machine lacks for these tests; empty if nothing."""
    if not shutil.which("soffice"):
        return "LibreOffice"
    has_uno = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return "" if has_uno.returncode == 0 else "python3-uno"


class LibreOffice:
    """A running LibreOffice that takes jobs."""

    def __init__(self, driver: "subprocess.Popen[str]") -> None:
        self._driver = driver

    def run(
        self,
        path: Path,
        edits: Sequence[Sequence[object]] = (),
        save: Sequence[tuple[Path, str]] = (),
    ) -> list[str]:
        """Opens a file, edits it and saves it; returns its text, a paragraph a line."""
        assert self._driver.stdin is not None and self._driver.stdout is not None
        job = {
            "open": str(path),
            "edits": [list(edit) for edit in edits],
            "save": [(str(target), filter_name) for target, filter_name in save],
        }
        self._driver.stdin.write(json.dumps(job, ensure_ascii=False) + "\n")
        self._driver.stdin.flush()
        answer = json.loads(self._driver.stdout.readline())
        assert "error" not in answer, answer["error"]
        text: list[str] = answer["text"]
        return text

    def edit(self, path: Path, *edits: Sequence[object], by_way_of: str = "docx") -> Path:
        """Edits a file and returns the .docx that is saved, by way of another format."""
        target = path.with_name(f"{path.stem}-{secrets.token_hex(4)}.docx")
        if by_way_of == "docx":
            self.run(path, edits, [(target, WORD)])
            return target
        between = target.with_suffix(f".{by_way_of}")
        self.run(path, edits, [(between, FILTERS[by_way_of])])
        self.run(between, (), [(target, WORD)])
        return target


@contextmanager
def start(profile: Path) -> Iterator[LibreOffice]:
    """Starts LibreOffice with a fresh profile, and ends it."""
    pipe = f"kihonkeikaku-{secrets.token_hex(8)}"
    office = subprocess.Popen(
        [
            "soffice",
            "--headless",
            "--norestore",
            "--nologo",
            f"--accept=pipe,name={pipe};urp",
            f"-env:UserInstallation={profile.as_uri()}",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # it is several processes
    )
    driver = subprocess.Popen(
        [SYSTEM_PYTHON, str(Path(__file__).with_name("uno_driver.py")), pipe],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield LibreOffice(driver)
    finally:
        driver.communicate()
        try:
            office.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(office.pid, signal.SIGKILL)
            office.wait()
