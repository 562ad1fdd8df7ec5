"""Text stands out from what it stands on, in the light scheme and in the dark one."""

import re

import pytest

from kihonkeikaku.rendering.assets import TEMPLATES


def relative_luminance(colour: str) -> float:
    """As in WCAG 2.2, of ``#rgb`` or ``#rrggbb``."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(scheme: str) -> None:
    style = (TEMPLATES / "web" / "styles" / "tokens.css").read_text()
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", light))
    if scheme == "dark":
        colours |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", dark))
    for text in ("text", "text-quiet", "accent", "link", "link-hover", "link-visited"):
        for ground in ("page", "panel", "tint", "mark"):
            pair = sorted(relative_luminance(colours[name]) for name in (text, ground))
            contrast = (pair[1] + 0.05) / (pair[0] + 0.05)
            assert contrast >= 4.5, f"{scheme}: {text} on {ground} is {contrast:.2f}:1"
    for shape in ("led", "supported", "rule-strong"):
        pair = sorted(relative_luminance(colours[name]) for name in (shape, "page"))
        contrast = (pair[1] + 0.05) / (pair[0] + 0.05)
        assert contrast >= 3, f"{scheme}: {shape} on the page is {contrast:.2f}:1"
