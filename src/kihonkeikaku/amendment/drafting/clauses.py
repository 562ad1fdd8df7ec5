"""The clauses of an amendment, and the sentences that they form: 「②を削り、③を②とする。」."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.amendment.addresses import address, relative_address
from kihonkeikaku.amendment.drafting.wording import find_word_changes, write_word_changes
from kihonkeikaku.amendment.printed_edition import PrintedNode

INDENT: Final = "　"
"""Before a sentence; twice before a line that it adds, three times before the lines below that."""


@dataclass(frozen=True, slots=True)
class AmendmentClause:
    """One change in words: 「③を②とし」.

    ``among`` is the stem among clauses about one place, ``alone`` the stem in a sentence of its
    own. ``ending`` is the verb's ending before another clause, and at the sentence's end: し, する.
    ``added`` are the lines that the change adds: each with the lines below it.
    """

    among: str
    alone: str
    ending: tuple[str, str]
    added: tuple[tuple[str, ...], ...] = ()


def write_sentences(place: str, clauses: Iterable[AmendmentClause]) -> Iterator[str]:
    """Yields the lines of an amendment about one place.

    A clause that adds lines ends its sentence. ``place`` is empty for the whole edition.
    """
    pending: list[AmendmentClause] = []
    for clause in clauses:
        pending.append(clause)
        if clause.added:
            yield from _write_sentence(place, pending)
            pending = []
    if pending:
        yield from _write_sentence(place, pending)


def _write_sentence(place: str, clauses: list[AmendmentClause]) -> Iterator[str]:
    *others, last = clauses
    if others:
        stems = [*(c.among + c.ending[0] for c in others), last.among + last.ending[1]]
        yield INDENT + (f"{place}中" if place else "") + "、".join(stems) + "。"
    else:
        yield INDENT + last.alone + last.ending[1] + "。"
    for line, *below in last.added:
        yield INDENT * 2 + line
        yield from (INDENT * 3 + under for under in below)


def reword(
    node: PrintedNode, target: PrintedNode, among: str, alone: str
) -> AmendmentClause | None:
    """Changes a line's text and returns the clause that says so; None where nothing changes.

    ``among`` and ``alone`` are how the line is called among clauses and in its own sentence.
    """
    if node.text == target.text:
        return None
    changes = find_word_changes(
        node.words(), target.words(), [under.text for under in node.paragraphs]
    )
    node.text, node.source = target.text, target.source
    if changes is None:
        part = "の本文" if node.kind == "measure" and node.paragraphs else ""
        verb = f"{part}を次のように改め"
        return AmendmentClause(among + verb, alone + verb, ("", "る"), ((node.line,),))
    stem, ending = write_word_changes(changes)
    return AmendmentClause(f"{among}中{stem}", f"{alone}中{stem}", ending)


def reword_in_place(node: PrintedNode, target: PrintedNode) -> AmendmentClause | None:
    """Rewords a line that is called by its address, relative among clauses."""
    return reword(node, target, relative_address(node), address(node))


def printed_lines(target: PrintedNode) -> tuple[str, ...]:
    """Returns a line with all lines under it."""
    return target.line, *target.lines_below()
