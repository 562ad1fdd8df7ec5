"""Amendment text → the edition that it makes of the old one.

It is read as a person would who has nothing but the old edition: sentence by sentence, in order.
What can't be read with certainty is refused.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.amendment.addresses import title_name
from kihonkeikaku.amendment.printed_edition import (
    COVER,
    PrintedEdition,
    PrintedKind,
    PrintedNode,
    printed_edition,
)
from kihonkeikaku.amendment.reading.address_parser import (
    AddressParser,
    Scanner,
    UnreadableAmendmentError,
)
from kihonkeikaku.amendment.reading.interpreter import ActionKind, Interpreter, TextEdit
from kihonkeikaku.model.document import Document
from kihonkeikaku.text.numerals import format_kanji

_STEP_SIZES: Final = {format_kanji(number): number for number in range(1, 100)}

_STEP: Final = re.compile(
    "(" + "|".join(sorted(_STEP_SIZES, key=len, reverse=True)) + ")ずつ繰り(上|下)げ"
)

_FIRST_ADDITIONS: Final[dict[str, PrintedKind]] = {
    "に次の取組を加え": "measure",
    "に次の項目を加え": "paragraph",
    "に次の見出しを加え": "section",
    "の末尾に次の注を加え": "footnote",
}
"""How the first line of a kind is added."""


@dataclass(frozen=True, slots=True)
class AmendedEdition:
    """What an amendment makes of an edition: its lines as printed, and the number of actions."""

    lines: tuple[str, ...]
    counts: Mapping[ActionKind, int]


def apply_amendment(text: str, old: Document) -> AmendedEdition:
    """Returns what an amendment text makes of an edition.

    Raises:
        UnreadableAmendmentError: the text can't be read, or says what the edition doesn't allow.
    """
    edition = printed_edition(old)
    interpreter = Interpreter(edition)
    reader = SentenceReader(edition, interpreter)
    title = edition.cover["題名"]
    for line, sentence, added in _split_sentences(text, title):
        interpreter.begin(line, added)
        reader.read_sentence(Scanner(sentence, line))
        interpreter.end()
    return AmendedEdition(tuple(edition.lines()), Counter(interpreter.counts))


def _split_sentences(text: str, title: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yields each sentence with the number of its line, and the lines that it adds."""
    lines = text.split("\n")
    if lines.pop() != "":
        raise UnreadableAmendmentError(len(lines) + 1, "最後の行が改行で終わっていません。")
    at = 0
    while at < len(lines) and lines[at].startswith("［"):  # a notice, such as 「例示」
        at += 1
    if at == len(lines) or lines[at] not in (
        f"{title}の一部を次のように改める。",
        f"{title}に改めるところはない。",
    ):
        raise UnreadableAmendmentError(at + 1, f"「{title}」を改める旨の書き出しではありません。")
    at += 1
    while at < len(lines):
        start = at
        if not lines[at].startswith("　") or lines[at].startswith("　　"):
            raise UnreadableAmendmentError(at + 1, "一字下げの文で始まるはずの行です。")
        at += 1
        while at < len(lines) and lines[at].startswith("　　"):
            at += 1
        yield start + 1, lines[start][1:], [line[2:] for line in lines[start + 1 : at]]


class SentenceReader:
    """Reads the sentences of one amendment, and has the interpreter do what they say."""

    def __init__(self, edition: PrintedEdition, interpreter: Interpreter) -> None:
        self._edition, self._interpreter = edition, interpreter
        self._addresses = AddressParser(edition.root)

    def read_sentence(self, scanner: Scanner) -> None:
        """Reads one sentence.

        Raises:
            UnreadableAmendmentError: it is of no known form, or points nowhere.
        """
        cover = next((name for name in COVER if scanner.accept(name)), None)
        if cover:
            self._read_cover(cover, scanner)
        else:
            parent = self._read_common_parent(scanner)
            while not self._read_clause(scanner, parent):
                scanner.expect("、")
        scanner.expect("。")
        if scanner.rest:
            scanner.refuse("文が終わるはずのところに、続きがあります")

    def _read_common_parent(self, scanner: Scanner) -> PrintedNode | None:
        """Reads under what all clauses of a sentence point, where it begins by saying so."""
        start = scanner.at
        place = self._addresses.read_place(scanner)
        if scanner.accept("の注中"):
            return place
        if scanner.accept("中") and not scanner.peek("「"):
            return place
        scanner.at = start
        return None

    def _read_clause(self, scanner: Scanner, parent: PrintedNode | None) -> bool:
        """Reads one clause and returns whether it closes its sentence."""
        places = self._addresses.read_places(scanner, parent)
        node = places[0]
        if scanner.accept("を削"):
            self._interpreter.remove(places)
            return self._read_ending(scanner, "り", "る")
        if scanner.accept("をそれぞれ"):
            self._interpreter.renumber(places, self._addresses.read_labels(scanner))
            scanner.expect("と")
            return self._read_ending(scanner, "し", "する")
        if scanner.accept("を次のように改め"):
            self._interpreter.replace(places)
            return self._read_ending(scanner, "", "る")
        step = self._read_step(scanner)
        if step:
            self._interpreter.renumber(places, [_shift_label(place, step) for place in places])
            return self._read_ending(scanner, "", "る")
        if len(places) > 1:
            scanner.refuse("二つ以上のものについて、どうするのか読めません")
        return self._read_single(scanner, node, parent)

    def _read_step(self, scanner: Scanner) -> int:
        """Reads by how much a range of numbers is shifted; 0 if the words are others."""
        start = scanner.at
        match = scanner.accept_match(_STEP) if scanner.accept("を") else None
        if match is None:
            scanner.at = start
            return 0
        return _STEP_SIZES[match[1]] * (-1 if match[2] == "上" else 1)

    def _read_single(self, scanner: Scanner, node: PrintedNode, parent: PrintedNode | None) -> bool:
        if scanner.accept("を"):
            return self._read_move(scanner, node, parent)
        if scanner.accept("中"):
            if node.kind not in ("measure", "paragraph", "footnote"):
                scanner.refuse("見出しの下のどこを改めるのか読めません")
            under = [paragraph.text for paragraph in node.paragraphs]
            closes, edits = self._read_edits(scanner)
            node.text = self._interpreter.reword(node.text, edits, under)
            return closes
        if scanner.accept("の本文を次のように改め"):
            self._interpreter.replace_text(node)
            return self._read_ending(scanner, "", "る")
        if scanner.accept(f"の{title_name(node)}"):
            return self._read_title_change(scanner, node)
        if scanner.accept("の取組の前に") or scanner.peek("の【"):
            return self._read_measures_label(scanner, node)
        return self._read_addition(scanner, node)

    def _read_move(self, scanner: Scanner, node: PrintedNode, parent: PrintedNode | None) -> bool:
        """Reads 「…を③とし」 or 「…を…の次に移し」, of which the place was read."""
        start = scanner.at
        if self._read_move_beside(scanner, node, parent):
            return self._read_ending(scanner, "し", "す")
        scanner.at = start
        parent, label = self._addresses.read_new_place(scanner, parent, node)
        scanner.expect("と")
        if parent is node.parent:
            self._interpreter.renumber([node], [label])
        else:
            self._interpreter.move_to_number(node, parent, label)
        return self._read_ending(scanner, "し", "する")

    def _read_move_beside(
        self, scanner: Scanner, node: PrintedNode, parent: PrintedNode | None
    ) -> bool:
        anchor = self._addresses.find_place(scanner, parent)
        if anchor is None:
            return False
        for side, after in (("の次に移", True), ("の前に移", False)):
            if scanner.accept(side):
                self._interpreter.move_beside(node, anchor, after=after)
                return True
        if scanner.accept("に移"):
            self._interpreter.move_into(node, anchor)
            return True
        return False

    def _read_title_change(self, scanner: Scanner, node: PrintedNode) -> bool:
        if scanner.accept("を次のように改め"):
            self._interpreter.retitle(node)
            return self._read_ending(scanner, "", "る")
        scanner.expect("中")
        closes, edits = self._read_edits(scanner)
        node.text = self._interpreter.reword(node.text, edits, [])
        return closes

    def _read_measures_label(self, scanner: Scanner, node: PrintedNode) -> bool:
        """Reads a change of the words before the measures; it closes its sentence."""
        if node.measures_label is None:
            match = scanner.accept_match(re.compile("【(.+)】を加える(?=。$)"))
            self._interpreter.counts["added"] += 1
        else:
            scanner.expect(f"の【{node.measures_label}】を")
            if scanner.accept("削る"):
                node.measures_label = None
                self._interpreter.counts["removed"] += 1
                return True
            match = scanner.accept_match(re.compile("【(.+)】に改める(?=。$)"))
            self._interpreter.counts["words"] += 1
        if match is None:
            scanner.refuse("取組の前の語をどう改めるのか読めません")
        node.measures_label = match[1]
        return True

    def _read_addition(self, scanner: Scanner, node: PrintedNode) -> bool:
        for side, after in (("の次に次のように加え", 1), ("の前に次のように加え", 0)):
            if scanner.accept(side):
                parent = node.parent
                assert parent is not None, "the root stands beside nothing"
                self._interpreter.add(parent, node.kind, node.siblings.index(node) + after)
                return self._read_ending(scanner, "", "る")
        kind = next(
            (kind for words, kind in _FIRST_ADDITIONS.items() if scanner.accept(words)), None
        )
        if kind is None:
            scanner.refuse("どうするのか読めません")
        if node.children_of_kind(kind):
            scanner.refuse("どこに加えるのか決まりません")
        self._interpreter.add(node, kind, 0)
        return self._read_ending(scanner, "", "る")

    def _read_edits(self, scanner: Scanner) -> tuple[bool, list[TextEdit]]:
        """Reads the edits of one text, and whether they close the sentence."""
        edits: list[TextEdit] = []
        while True:
            closes = self._read_edit(scanner, edits)
            if closes or not scanner.peek("、「"):
                return closes, edits
            scanner.expect("、")

    def _read_edit(self, scanner: Scanner, edits: list[TextEdit]) -> bool:
        """Reads quotations with which the same is done."""
        quoted = scanner.read_quotation()
        if scanner.accept("を「"):
            scanner.at -= 1
            edits.append(("replace", quoted, scanner.read_quotation()))
            scanner.expect("に")
            while scanner.accept("、"):
                quoted = scanner.read_quotation()
                scanner.expect("を")
                edits.append(("replace", quoted, scanner.read_quotation()))
                scanner.expect("に")
            scanner.expect("改め")
            return self._read_ending(scanner, "", "る")
        if scanner.accept("の下に"):
            edits.append(("insert", quoted, scanner.read_quotation()))
            scanner.expect("を")
            while scanner.accept("、"):
                quoted = scanner.read_quotation()
                scanner.expect("の下に")
                edits.append(("insert", quoted, scanner.read_quotation()))
                scanner.expect("を")
            scanner.expect("加え")
            return self._read_ending(scanner, "", "る")
        edits.append(("delete", quoted, ""))
        while scanner.accept("、") or scanner.accept("及び"):
            edits.append(("delete", scanner.read_quotation(), ""))
        scanner.expect("を削")
        return self._read_ending(scanner, "り", "る")

    def _read_cover(self, name: str, scanner: Scanner) -> None:
        cover = self._edition.cover
        if scanner.accept("として次のように加える"):
            if name in cover:
                scanner.refuse(f"{name}は既にあります")
            cover[name] = self._interpreter.take_added_line()
            self._interpreter.counts["added"] += 1
            return
        if name not in cover:
            scanner.refuse(f"{name}はありません")
        if scanner.accept("を削る"):
            del cover[name]
            self._interpreter.counts["removed"] += 1
        elif scanner.accept("を次のように改める"):
            cover[name] = self._interpreter.take_added_line()
            self._interpreter.counts["replaced"] += 1
        else:
            scanner.expect("中")
            closes, edits = self._read_edits(scanner)
            if not closes:
                scanner.refuse("一つの文に二つ以上のことが書かれています")
            cover[name] = self._interpreter.reword(cover[name], edits, [])

    def _read_ending(self, scanner: Scanner, going_on: str, closing: str) -> bool:
        """Reads the ending of a verb, and returns whether it closes its sentence."""
        start = scanner.at
        if scanner.accept(closing) and scanner.peek("。"):
            return True
        scanner.at = start
        if not (scanner.accept(going_on) and scanner.peek("、")):
            scanner.refuse("言い切りでも、続ける形でもありません")
        return False


def _shift_label(place: PrintedNode, by: int) -> str:
    number = place.labels.number_of(place.label)
    return place.labels.with_number(place.label, number + by)
