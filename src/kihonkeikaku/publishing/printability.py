"""Loaded → may it be printed? Asked of the files, so that a drafter is told where to look."""

from kihonkeikaku.loading.loader import Loaded
from kihonkeikaku.loading.scalars import column_of
from kihonkeikaku.rendering.pdf.glyph_coverage import refuse_unprintable


def refuse_unprintable_prose(loaded: Loaded) -> None:
    """Returns if the PDF's fonts have every character of the plan's prose.

    The names of ministries and what is said of the publication are no prose: the PDF refuses
    these too, but can't tell the line.

    Raises:
        CommandError: they don't; the message names each character with file, line and column.
    """
    paths = {text: path for path, text in reversed(list(loaded.draft.prose()))}

    def place(character: str, text: str) -> str:
        position = loaded.positions.of(paths[text])
        if position.file not in loaded.texts:  # a frozen edition has no lines
            return f"{position.file}、"
        line = loaded.texts[position.file].split("\n")[position.line - 1]
        column = column_of(line, position.column, text.index(character))
        return f"{position.file}:{position.line}:{column}、"

    refuse_unprintable(paths, place)
