"""Time over size as an SVG picture: both axes logarithmic, one line a tool.

The same figures stand in the table beside it. Lines differ by their marks and the names
at their ends, not by colour alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import ceil, floor, log10
from pathlib import Path
from typing import Final

IMAGES: Final = Path(__file__).parent.parent / "docs" / "images"
WIDTH: Final = 720
HEIGHT: Final = 420
LEFT: Final = 70
RIGHT: Final = 190
TOP: Final = 30
BOTTOM: Final = 50
COLOURS: Final = ("#00118f", "#b3261e", "#595959", "#00663d")
MARKS: Final = ("●", "■", "▲", "◆")

Series = Mapping[str, Sequence[tuple[float, float]]]
"""Size and seconds of each tool, by its name."""


def write_picture(name: str, title: str, series: Series) -> str:
    """Writes a picture to ``docs/images`` and returns the Markdown that shows it on the page."""
    (IMAGES / name).write_text("\n".join(_svg(title, series)) + "\n", "utf-8")
    return f"![{title}](images/{name})"


class _Scale:
    """Where a value stands on an axis, which goes from one power of ten to another."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self._low, self._high = floor(log10(min(values))), ceil(log10(max(values)))
        self._high += self._low == self._high
        self._start, self._end = start, end

    def at(self, value: float) -> float:
        share = (log10(value) - self._low) / (self._high - self._low)
        return round(self._start + share * (self._end - self._start), 1)

    def powers(self) -> Iterator[float]:
        yield from (10.0**power for power in range(self._low, self._high + 1))


def _svg(title: str, series: Series) -> Iterator[str]:
    points = [point for of_tool in series.values() for point in of_tool]
    across = _Scale([size for size, _ in points], LEFT, WIDTH - RIGHT)
    up = _Scale([seconds for _, seconds in points], HEIGHT - BOTTOM, TOP)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="13">'
    )
    yield f"<title>{escape(title)}</title>"
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    yield from _axes(across, up)
    for index, (tool, of_tool) in enumerate(series.items()):
        yield from _line(index % len(COLOURS), tool, [(across.at(x), up.at(y)) for x, y in of_tool])
    yield "</svg>"


def _axes(across: _Scale, up: _Scale) -> Iterator[str]:
    for size in across.powers():
        x = across.at(size)
        yield f'<path d="M{x} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>'
        yield f'<text x="{x}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{size:,.0f}</text>'
    for seconds in up.powers():
        y = up.at(seconds)
        yield f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{seconds:g} 秒</text>'
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">取組の数</text>'


def _line(index: int, tool: str, points: Sequence[tuple[float, float]]) -> Iterator[str]:
    colour, mark = COLOURS[index], MARKS[index]
    path = " L".join(f"{x} {y}" for x, y in points)
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for x, y in points:
        yield f'<text x="{x}" y="{y + 5}" text-anchor="middle" fill="{colour}">{mark}</text>'
    x, y = points[-1]
    yield f'<text x="{x + 12}" y="{y + 5}" fill="{colour}">{escape(tool)}</text>'
