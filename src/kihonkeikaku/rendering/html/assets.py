"""Styles and other files that pages refer to, under names that change with their content."""

from functools import cache
from hashlib import sha256
from typing import Final

from kihonkeikaku.rendering.assets import TEMPLATES

ASSETS: Final = (
    "style.css",
    "icon.svg",
    "filter.js",
    "search.js",
    "minisearch.js",
    "minisearch.txt",  # its licence, which goes wherever it goes
)
"""What every edition has, by the names in ``templates/web/``."""

STYLES: Final = ("tokens", "ground", "frame", "plan", "pages", "tables", "search", "paper")
"""What ``style.css`` is put together from, in this order, in ``templates/web/styles/``."""


@cache
def asset(name: str) -> tuple[str, bytes]:
    """Returns the path below ``html/`` and the content of a file of ``templates/web/``.

    The path changes with the content, so that no cache hands out yesterday's styles.
    """
    content = style() if name == "style.css" else (TEMPLATES / "web" / name).read_bytes()
    stem, _, ending = name.rpartition(".")
    return f"assets/{stem}-{sha256(content).hexdigest()[:8]}.{ending}", content


def style() -> bytes:
    """Returns the style sheet of all pages: one file, so that they wait for one only."""
    parts = (TEMPLATES / "web" / "styles" / f"{name}.css" for name in STYLES)
    return b"\n".join(part.read_bytes() for part in parts)


def asset_paths() -> dict[str, str]:
    """Returns the paths below ``html/`` of the files that every edition has, by name."""
    return {name: asset(name)[0] for name in ASSETS}
