"""Whether the plan, numbered, says what the source says, spaces aside."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final

from kihonkeikaku.importing.account import Account
from kihonkeikaku.importing.cleaning import squeeze
from kihonkeikaku.importing.source_lines import SourceLine
from kihonkeikaku.importing.text_blocks import TextBlock
from kihonkeikaku.model.document import Document, DocumentLine
from kihonkeikaku.model.inlines import FootnoteRun
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan

_SHOWN: Final = 40


def prove_import(
    plan: Plan,
    blocks: Sequence[TextBlock],
    notes: Sequence[Sequence[SourceLine]],
    account: Account,
) -> Document:
    """Numbers the plan and compares each line that it prints with the source.

    What differs is a problem in the account, at the first line of the paragraph.

    Args:
        plan: what was made of the source.
        blocks: the paragraphs of the source, in its order.
        notes: the lines of each footnote.
        account: where differences go.
    """
    document = number(plan)
    printed = [
        _printed(line) for line in document.lines() if line.kind not in ("front", "footnote")
    ]
    rows = [list(group) for _, group in groupby(blocks, key=_row)]
    written = [squeeze("".join(block.raw_text for block in row)) for row in rows]
    for old, new in _differences(written, printed):
        firsts = [row[0] for row in rows[old.start : old.stop]]
        _report(firsts, printed[new.start : new.stop], account)
    bodies = {squeeze(n.body) for chapter in document.chapters for n in chapter.notes}
    for lines in notes:
        if lines and squeeze("".join(line.text for line in lines)) not in bodies:
            account.problem(lines[0], "この注は、計画の注と違います")
    return document


def _row(block: TextBlock) -> object:
    """Returns what is the same for blocks that are printed in one line: the row of a table."""
    cell = block.first.cell
    return cell[:2] if cell else id(block)


def _printed(line: DocumentLine) -> str:
    """Returns a line as it is printed, without the marks of footnotes."""
    marks = {
        inline.text
        for clause in line.clauses
        for inline in clause.inlines
        if isinstance(inline, FootnoteRun)
    }
    text = line.text
    for mark in marks:
        text = text.replace(mark, "")
    return squeeze(text)


def _differences(old: list[str], new: list[str]) -> Iterator[tuple[range, range]]:
    if old == new:
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind != "equal":
            yield range(i1, i2), range(j1, j2)


def _report(blocks: Sequence[TextBlock], printed: Sequence[str], account: Account) -> None:
    for at, block in enumerate(blocks):
        says = f"「{_short(printed[at])}」と印字します" if at < len(printed) else "印字しません"
        account.problem(block.first, f"元の文と違います。計画は{says}")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
