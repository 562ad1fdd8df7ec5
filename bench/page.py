"""docs/benchmarks.md: each benchmark renews its own section and leaves the others unchanged."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def write_section(title: str, text: str) -> None:
    """Prints a section and writes it to the page, in place of the section with that title."""
    print(f"## {title}\n\n{text}\n")
    head, *sections = re.split(r"(?m)^(?=## )", PAGE.read_text("utf-8"))
    section = f"## {title}\n\n{text}\n\n"
    titles = [old.partition("\n")[0] for old in sections]
    if f"## {title}" in titles:
        sections[titles.index(f"## {title}")] = section
    else:
        sections.append(section)
    PAGE.write_text(head + "".join(sections).rstrip("\n") + "\n", "utf-8")


def format_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Returns a Markdown table; all columns but the first hold figures."""
    rule = ["---", *("---:" for _ in headings[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headings, rule, *rows))
