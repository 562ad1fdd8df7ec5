"""The folder of the packaged files: templates, style sheets and fonts."""

from pathlib import Path
from typing import Final


def _templates() -> Path:
    package = Path(__file__).resolve().parents[1]
    installed = package / "templates"
    return installed if installed.is_dir() else package.parents[1] / "templates"


TEMPLATES: Final = _templates()
"""The folder ``templates``: inside an installed package, or at the top of a checkout."""
