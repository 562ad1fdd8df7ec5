"""Sees to what the machine itself must have, before anything is installed into .venv.

Python's venv module, and the libraries that WeasyPrint opens to set a PDF.
Libraries that are missing are installed by apt-get where that needs no password; otherwise the
one command that does it is printed and the exit code is 1. Run by `make`, so it needs nothing but
the standard library.
"""

import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys

# What WeasyPrint 70 opens, by the name of the file on Linux. It puts up with a missing
# harfbuzz-subset, but then cuts fonts down by another, slower way, and the PDF differs.
LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")  # bring the others along


def main() -> int:
    """Prepares the machine and returns 0, or says what to do and returns 1."""
    problem = _venv_problem() or _libraries_problem()
    if problem:
        print(problem, file=sys.stderr)
    return 1 if problem else 0


def _venv_problem() -> str:
    if importlib.util.find_spec("ensurepip") is None:
        return (
            "Pythonのvenvモジュールがありません。次を実行してから、もう一度お試しください"
            f" (run this, then try again):\n  {_as_root('apt-get install -y python3-venv')}"
        )
    return ""


def _libraries_problem() -> str:
    missing = _missing_libraries()
    if not missing:
        return ""
    print(f"PDFを組むライブラリーがありません (missing): {'、'.join(missing)}", flush=True)
    _install()
    if not _missing_libraries():
        return ""
    if not shutil.which("apt-get"):
        return "PangoとHarfBuzz（harfbuzz-subsetを含む）を入れてから、もう一度お試しください。"
    command = _as_root(f"apt-get update && apt-get install -y {' '.join(PACKAGES)}")
    return f"次を実行してから、もう一度お試しください (run this, then try again):\n  {command}"


def _missing_libraries() -> list[str]:
    return [library for library in LIBRARIES if not _opens(library)]


def _opens(library: str) -> bool:
    """Whether the loader finds it: as WeasyPrint does, by file name and then by bare name."""
    bare = library.removeprefix("lib").split(".so")[0]
    for name in (library, ctypes.util.find_library(bare)):
        try:
            if name and ctypes.CDLL(name):
                return True
        except OSError:
            continue
    return False


def _install() -> None:
    """Installs the packages if that can be done without asking; leaves judging to the caller."""
    prefix = _root_prefix()
    if prefix is None or not shutil.which("apt-get"):
        return
    print(f"apt-getで入れます (installing): {' '.join(PACKAGES)}", flush=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
        subprocess.run(
            [*apt, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # dpkg's chatter; what goes wrong is on stderr
            check=False,
        )


def _root_prefix() -> list[str] | None:
    """What to put before a command so that root runs it; None where that would need a password."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(
        ["sudo", "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return ["sudo", "-n"] if asked.returncode == 0 else None


def _as_root(command: str) -> str:
    """The command as a person would type it here."""
    if os.geteuid() == 0:
        return command
    return f'sudo sh -c "{command}"' if shutil.which("sudo") else f'su -c "{command}"'


if __name__ == "__main__":
    sys.exit(main())
