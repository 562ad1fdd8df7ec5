"""What the benchmarks compare with, each in an environment of its own under build/bench-peers/."""

import subprocess
import sys
from pathlib import Path
from typing import Final

ENVIRONMENTS: Final = Path(__file__).parent.parent / "build" / "bench-peers"
VERSIONS: Final = {"check-jsonschema": "0.39.0", "yamllint": "1.38.0"}


def peer(name: str) -> str | None:
    """Returns the command of a peer, installed if need be; nothing where that is impossible."""
    environment = ENVIRONMENTS / f"{name}-{VERSIONS[name]}"
    command = environment / "bin" / name
    if not command.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
        pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        requirement = f"{name}=={VERSIONS[name]}"
        subprocess.run([*pip, "--disable-pip-version-check", requirement], check=False)
    return str(command) if command.exists() else None
