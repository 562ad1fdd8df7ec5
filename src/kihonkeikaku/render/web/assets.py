"""Styles and other files that pages refer to, under names that change with their content."""

from functools import cache
from hashlib import sha256
from typing import Final

from kihonkeikaku.render.packaged import TEMPLATES

ASSETS: Final = ("style.css", "icon.svg")
"""What every edition has, by the names in ``templates/web/``."""


@cache
def asset(name: str) -> tuple[str, bytes]:
    """Returns the path below ``html/`` of a file in ``templates/web/``, and its content.

    The path changes with the content, so that no cache hands out yesterday's styles.
    """
    content = (TEMPLATES / "web" / name).read_bytes()
    stem, _, ending = name.rpartition(".")
    return f"assets/{stem}-{sha256(content).hexdigest()[:8]}.{ending}", content


def asset_paths() -> dict[str, str]:
    """Returns the paths below ``html/`` of the files that every edition has, by name."""
    return {name: asset(name)[0] for name in ASSETS}
