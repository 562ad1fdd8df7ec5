"""Lines of a plan as units of a sheet: what is printed around their text, and which go to whom."""

from collections.abc import Iterator

from kihonkeikaku.diff.ministry_filter import related_ministries
from kihonkeikaku.model.document import Document, DocumentLine
from kihonkeikaku.model.sheet import SheetUnit
from kihonkeikaku.rendering.word.line_paragraphs import clause_text, line_notes


def unit_type(line: DocumentLine) -> str:
    """Returns what a sheet calls a line."""
    return "reprint" if line.variant == "reprint" else line.kind


def line_unit(line: DocumentLine, bookmark: str = "") -> SheetUnit:
    """Returns a line as a unit."""
    return SheetUnit(
        bookmark,
        unit_type(line),
        line.id,
        line.parent,
        line.index,
        line.label + line.gap + line.opening,
        "".join(map(clause_text, line.clauses)),
        line.closing,
        line_notes(line),
    )


def lines_for_ministry(document: Document, name: str) -> Iterator[DocumentLine]:
    """Yields what concerns a ministry: its measures with all that belongs to them, and headings.

    Reprints are among them, and what an office of the ministry, or a collective, is named for.

    Raises:
        CommandError: the plan has no such ministry.
    """
    related = related_ministries(document, name)
    lines = [line for line in document.lines() if line.kind != "footnote"]
    wanted, concerned = set[int](), set[str]()
    headings: list[int] = []
    measure = 0
    for at, line in enumerate(lines):
        if line.kind == "heading":
            headings = [*(h for h in headings if lines[h].level < line.level), at]
            if line.parent in concerned and line.id:  # within a measure
                wanted.add(at)
                concerned.add(line.id)
        elif line.kind == "measure":
            measure = at
        named = {a.ministry.id for clause in line.clauses for a in clause.assignments}
        if named & related:
            wanted.update((*headings, measure, at))
            concerned.update((line.id,) if line.id else ())
        elif line.kind != "heading" and line.parent in concerned:
            wanted.add(at)
    wanted.update(at for at, line in enumerate(lines) if line.kind == "front")
    return (line for at, line in enumerate(lines) if at in wanted)
