"""An amendment text and the old edition → the new edition as printed.

This reads as a careful official would who holds nothing but the two papers: by the forms of the
language, sentence after sentence, each of the edition as the ones before have left it. It shares
with who drafts only how places are called, and refuses what it can't read with certainty.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kihonkeikaku.amendment.printed_edition import printed
from kihonkeikaku.amendment.reading.clauses import ClauseReader
from kihonkeikaku.amendment.reading.interpreter import Deed, Deeds
from kihonkeikaku.amendment.reading.scanner import Scanner, UnreadableAmendment
from kihonkeikaku.model.document import Document


@dataclass(frozen=True, slots=True)
class Reading:
    """What an amendment makes of an edition: its lines as printed, and how much was done."""

    lines: tuple[str, ...]
    done: Mapping[Deed, int]


def read(text: str, old: Document) -> Reading:
    """Returns what an amendment text makes of an edition.

    Raises:
        UnreadableAmendment: the text can't be read, or says what the edition doesn't allow.
    """
    edition = printed(old)
    deeds = Deeds(edition)
    reader = ClauseReader(edition, deeds)
    title = edition.cover["題名"]
    for line, sentence, put in _sentences(text, title):
        deeds.begin(line, put)
        reader.read(Scanner(sentence, line))
        deeds.end()
    return Reading(tuple(edition.lines()), Counter(deeds.done))


def _sentences(text: str, title: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yields each sentence with the number of its line, and the lines that it puts in."""
    lines = text.split("\n")
    if lines.pop() != "":
        raise UnreadableAmendment(len(lines) + 1, "最後の行が改行で終わっていません。")
    at = 0
    while at < len(lines) and lines[at].startswith("［"):  # a notice, such as 「例示」
        at += 1
    if at == len(lines) or lines[at] not in (
        f"{title}の一部を次のように改める。",
        f"{title}に改めるところはない。",
    ):
        raise UnreadableAmendment(at + 1, f"「{title}」を改める旨の書き出しではありません。")
    at += 1
    while at < len(lines):
        start = at
        if not lines[at].startswith("　") or lines[at].startswith("　　"):
            raise UnreadableAmendment(at + 1, "一字下げの文で始まるはずの行です。")
        at += 1
        while at < len(lines) and lines[at].startswith("　　"):
            at += 1
        yield start + 1, lines[start][1:], [line[2:] for line in lines[start + 1 : at]]
