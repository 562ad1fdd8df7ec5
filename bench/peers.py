"""What the benchmarks compare with, each in an environment of its own under build/bench-peers/."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ENVIRONMENTS: Final = Path(__file__).parent.parent / "build" / "bench-peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool from PyPI: the package's name and version, and the command that it is run by."""

    name: str
    version: str
    program: str

    @property
    def requirement(self) -> str:
        """What pip installs."""
        return f"{self.name}=={self.version}"

    def command(self) -> str | None:
        """Returns the path of the command, installed if need be; nothing where it can't be had."""
        environment = ENVIRONMENTS / f"{self.name}-{self.version}"
        path = environment / "bin" / self.program
        if not path.exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
            pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet"]
            subprocess.run([*pip, "--disable-pip-version-check", self.requirement], check=False)
        # What only came with the environment says nothing about the package.
        installed = any(environment.glob(f"lib/*/site-packages/{self.name.replace('-', '_')}*"))
        return str(path) if installed and path.exists() else None


CHECK_JSONSCHEMA: Final = Peer("check-jsonschema", "0.39.0", "check-jsonschema")
YAMLLINT: Final = Peer("yamllint", "1.38.0", "yamllint")
STRICTDOC: Final = Peer("strictdoc", "0.30.4", "strictdoc")
SPHINX_NEEDS: Final = Peer("sphinx-needs", "9.1.0", "sphinx-build")
TYPST: Final = Peer("typst", "0.15.2", "python")
"""Has no command of its own: it is a module."""
