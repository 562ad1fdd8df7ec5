"""Sees to what the machine itself must have, before anything is installed into .venv.

Python's venv module, and the libraries that WeasyPrint opens to set a PDF; with `--tests`, the
programs that tests run; with `--server`, the web server that some of them ask for pages.
What is missing is installed by apt-get where that needs no password; otherwise the one command that
does it is printed and the exit code is 1. (What only tests need may stay missing: they say so and
are skipped. In CI it may not.) Run by `make`, so it needs nothing but the standard library.
"""

import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

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
WAITING = ("-o", "DPkg::Lock::Timeout=300")  # seconds, for another that installs at this moment
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")  # bring the others along


Equipment = Mapping[str, tuple[str, ...]]
"""What is wanted, by the name of the program, and the Debian packages that bring it."""
FONTS = "日本語の書体"
FOR_TESTS: Equipment = {
    "chromium": ("chromium",),
    "java": ("default-jre-headless",),
    "node": ("nodejs",),
    "npm": ("npm",),
    "qpdf": ("qpdf",),
    "soffice": ("libreoffice-writer-nogui", "python3-uno"),
    "pdftotext": ("poppler-utils",),
    "strace": ("strace",),
    FONTS: ("fonts-noto-cjk", "fontconfig"),
}
"""Programs that tests run, and fonts for their browser to show the pages in."""
FOR_SERVING: Equipment = {"nginx": ("nginx",)}
"""Not for people's own machines, unless they ask: Debian starts a server that is installed."""
EXTRAS = {"--tests": FOR_TESTS, "--server": FOR_SERVING}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Need:
    """Something that the machine may lack.

    ``missing`` tells what is; ``packages`` which Debian packages bring it; ``otherwise`` is what
    to do where there is no apt-get.
    """

    name: str
    missing: Callable[[], list[str]]
    packages: Callable[[list[str]], tuple[str, ...]]
    otherwise: str


def main(arguments: tuple[str, ...] = ()) -> int:
    """Prepares the machine and returns 0, or says what to do and returns 1."""
    if arguments:
        [extra] = arguments
        return _prepare_for_tests(EXTRAS[extra])
    problem = _venv_problem() or _problem(_libraries())
    if problem:
        print(problem, file=sys.stderr)
    return 1 if problem else 0


def _prepare_for_tests(wanted: Equipment) -> int:
    problem = _problem(_equipment(wanted))
    if not problem:
        return 0
    print(problem, file=sys.stderr)
    if os.environ.get("CI") == "true":
        return 1
    print("それまでは、試験の一部を飛ばします (some tests will be skipped)。", flush=True)
    return 0


def _libraries() -> Need:
    return Need(
        name="PDFを組むライブラリー",
        missing=_missing_libraries,
        packages=lambda _: PACKAGES,
        otherwise="PangoとHarfBuzz（harfbuzz-subsetを含む）",
    )


def _equipment(wanted: Equipment) -> Need:
    return Need(
        name="試験に使うもの",
        missing=lambda: _missing_equipment(wanted),
        packages=lambda missing: tuple(p for name in missing for p in wanted[name]),
        otherwise="、".join(wanted),
    )


def _venv_problem() -> str:
    if importlib.util.find_spec("ensurepip") is None:
        return (
            "Pythonのvenvモジュールがありません。次を実行してから、もう一度お試しください"
            f" (run this, then try again):\n  {_as_root('apt-get install -y python3-venv')}"
        )
    return ""


def _problem(need: Need) -> str:
    """Installs what is missing, if that can be done, and says what to do about what still is."""
    missing = need.missing()
    if not missing:
        return ""
    print(f"{need.name}がありません (missing): {'、'.join(missing)}", flush=True)
    packages = need.packages(missing)
    _install(packages)
    still_missing = need.missing()
    if not still_missing:
        return ""
    if not shutil.which("apt-get"):
        return f"{need.otherwise}を入れてから、もう一度お試しください。"
    packages = need.packages(still_missing)
    command = _as_root(f"apt-get update && apt-get install -y {' '.join(packages)}")
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


def _missing_equipment(wanted: Equipment) -> list[str]:
    return [name for name in wanted if not _is_there(name)]


def _is_there(name: str) -> bool:
    if name == FONTS:
        return _has_japanese_fonts()
    return any(map(shutil.which, BROWSERS if name == "chromium" else [name]))


def _has_japanese_fonts() -> bool:
    lister = shutil.which("fc-list")
    if not lister:
        return False
    listed = subprocess.run([lister, ":lang=ja"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def _install(packages: tuple[str, ...]) -> None:
    """Installs the packages if that can be done without asking; leaves judging to the caller."""
    prefix = _root_prefix()
    if prefix is None or not shutil.which("apt-get"):
        return
    print(f"apt-getで入れます (installing): {' '.join(packages)}", flush=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *WAITING]
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
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
    sys.exit(main(tuple(sys.argv[1:])))
