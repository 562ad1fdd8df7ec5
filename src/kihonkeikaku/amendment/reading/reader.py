"""Amendment text → the edition that it makes of the old one.

It is read as a person would who has nothing but the old edition: sentence by sentence, in order.
What can't be read with certainty is refused.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.amendment.addresses import number_of, title_name, with_number
from kihonkeikaku.amendment.printed_edition import COVER, Kind, Node, Print, printed
from kihonkeikaku.amendment.reading.address_parser import Addressing, Scanner, UnreadableAmendment
from kihonkeikaku.amendment.reading.interpreter import Deed, Deeds, Wording
from kihonkeikaku.model.document import Document
from kihonkeikaku.text.numerals import in_kanji


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


_STEPS: Final = {in_kanji(number): number for number in range(1, 100)}

_STEP: Final = re.compile(
    "(" + "|".join(sorted(_STEPS, key=len, reverse=True)) + ")ずつ繰り(上|下)げ"
)

_FIRST_OF: Final[dict[str, Kind]] = {
    "に次の取組を加え": "item",
    "に次の項目を加え": "paragraph",
    "に次の見出しを加え": "section",
    "の末尾に次の注を加え": "note",
}
"""How the first of a kind is put in."""


class ClauseReader:
    """Reads sentences of one amendment and has done what they say."""

    def __init__(self, edition: Print, deeds: Deeds) -> None:
        self._edition, self._deeds = edition, deeds
        self._addressing = Addressing(edition.book)

    def read(self, scanner: Scanner) -> None:
        """Reads one sentence.

        Raises:
            UnreadableAmendment: it is of no known form, or points nowhere.
        """
        cover = next((name for name in COVER if scanner.takes(name)), None)
        if cover:
            self._cover(cover, scanner)
        else:
            home = self._home(scanner)
            while not self._clause(scanner, home):
                scanner.expect("、")
        scanner.expect("。")
        if scanner.rest:
            scanner.refuse("文が終わるはずのところに、続きがあります")

    def _home(self, scanner: Scanner) -> Node | None:
        """Reads under what all clauses of a sentence point, where it begins by saying so."""
        start = scanner.at
        place = self._addressing.place(scanner)
        if scanner.takes("の注中"):
            return place
        if scanner.takes("中") and not scanner.sees("「"):
            return place
        scanner.at = start
        return None

    def _clause(self, scanner: Scanner, home: Node | None) -> bool:
        """Reads one clause and returns whether it closes its sentence."""
        places = self._addressing.places(scanner, home)
        node = places[0]
        if scanner.takes("を削"):
            self._deeds.remove(places)
            return self._ends(scanner, "り", "る")
        if scanner.takes("をそれぞれ"):
            self._deeds.renumber(places, self._addressing.labels(scanner))
            scanner.expect("と")
            return self._ends(scanner, "し", "する")
        if scanner.takes("を次のように改め"):
            self._deeds.renew(places)
            return self._ends(scanner, "", "る")
        step = self._step(scanner)
        if step:
            self._deeds.renumber(places, [_stepped(place.label, step) for place in places])
            return self._ends(scanner, "", "る")
        if len(places) > 1:
            scanner.refuse("二つ以上のものについて、どうするのか読めません")
        return self._of_one(scanner, node, home)

    def _step(self, scanner: Scanner) -> int:
        """Reads by how much a range of numbers is moved; 0 where that isn't what is said."""
        start = scanner.at
        match = scanner.takes_match(_STEP) if scanner.takes("を") else None
        if match is None:
            scanner.at = start
            return 0
        return _STEPS[match[1]] * (-1 if match[2] == "上" else 1)

    def _of_one(self, scanner: Scanner, node: Node, home: Node | None) -> bool:
        if scanner.takes("を"):
            return self._moved(scanner, node, home)
        if scanner.takes("中"):
            if node.kind not in ("item", "paragraph", "note"):
                scanner.refuse("見出しの下のどこを改めるのか読めません")
            under = [paragraph.text for paragraph in node.paragraphs]
            closes, wordings = self._wordings(scanner)
            node.text = self._deeds.reword(node.text, wordings, under)
            return closes
        if scanner.takes("の本文を次のように改め"):
            self._deeds.give_anew(node)
            return self._ends(scanner, "", "る")
        if scanner.takes(f"の{title_name(node)}"):
            return self._titled(scanner, node)
        if scanner.takes("の取組の前に") or scanner.sees("の【"):
            return self._measures_label(scanner, node)
        return self._added(scanner, node)

    def _moved(self, scanner: Scanner, node: Node, home: Node | None) -> bool:
        """Reads 「…を③とし」 or 「…を…の次に移し」, of which the place was read."""
        start = scanner.at
        if self._moved_beside(scanner, node, home):
            return self._ends(scanner, "し", "す")
        scanner.at = start
        parent, label = self._addressing.new_place(scanner, home, node)
        scanner.expect("と")
        if parent is node.parent:
            self._deeds.renumber([node], [label])
        else:
            self._deeds.move_to_number(node, parent, label)
        return self._ends(scanner, "し", "する")

    def _moved_beside(self, scanner: Scanner, node: Node, home: Node | None) -> bool:
        anchor = self._addressing.place_if_any(scanner, home)
        if anchor is None:
            return False
        for side, after in (("の次に移", True), ("の前に移", False)):
            if scanner.takes(side):
                self._deeds.move_beside(node, anchor, after=after)
                return True
        if scanner.takes("に移"):
            self._deeds.move_into(node, anchor)
            return True
        return False

    def _titled(self, scanner: Scanner, node: Node) -> bool:
        if scanner.takes("を次のように改め"):
            self._deeds.retitle(node)
            return self._ends(scanner, "", "る")
        scanner.expect("中")
        closes, wordings = self._wordings(scanner)
        node.text = self._deeds.reword(node.text, wordings, [])
        return closes

    def _measures_label(self, scanner: Scanner, node: Node) -> bool:
        """Reads what becomes of the words before the measures; they close their sentence."""
        if node.measures_label is None:
            match = scanner.takes_match(re.compile("【(.+)】を加える(?=。$)"))
            self._deeds.done["added"] += 1
        else:
            scanner.expect(f"の【{node.measures_label}】を")
            if scanner.takes("削る"):
                node.measures_label = None
                self._deeds.done["removed"] += 1
                return True
            match = scanner.takes_match(re.compile("【(.+)】に改める(?=。$)"))
            self._deeds.done["words"] += 1
        if match is None:
            scanner.refuse("取組の前の語をどう改めるのか読めません")
        node.measures_label = match[1]
        return True

    def _added(self, scanner: Scanner, node: Node) -> bool:
        for side, after in (("の次に次のように加え", 1), ("の前に次のように加え", 0)):
            if scanner.takes(side):
                parent = node.parent
                assert parent is not None, "the book stands beside nothing"
                self._deeds.add(parent, node.kind, node.siblings.index(node) + after)
                return self._ends(scanner, "", "る")
        kind = next((kind for words, kind in _FIRST_OF.items() if scanner.takes(words)), None)
        if kind is None:
            scanner.refuse("どうするのか読めません")
        if node.list_of(kind):
            scanner.refuse("どこに加えるのか決まりません")
        self._deeds.add(node, kind, 0)
        return self._ends(scanner, "", "る")

    def _wordings(self, scanner: Scanner) -> tuple[bool, list[Wording]]:
        """Reads all that is said about the words of one text, and whether that closes."""
        wordings: list[Wording] = []
        while True:
            closes = self._wording(scanner, wordings)
            if closes or not scanner.sees("、「"):
                return closes, wordings
            scanner.expect("、")

    def _wording(self, scanner: Scanner, wordings: list[Wording]) -> bool:
        """Reads quotations with which the same is done."""
        quoted = scanner.quotation()
        if scanner.takes("を「"):
            scanner.at -= 1
            wordings.append(("replace", quoted, scanner.quotation()))
            scanner.expect("に")
            while scanner.takes("、"):
                quoted = scanner.quotation()
                scanner.expect("を")
                wordings.append(("replace", quoted, scanner.quotation()))
                scanner.expect("に")
            scanner.expect("改め")
            return self._ends(scanner, "", "る")
        if scanner.takes("の下に"):
            wordings.append(("insert", quoted, scanner.quotation()))
            scanner.expect("を")
            while scanner.takes("、"):
                quoted = scanner.quotation()
                scanner.expect("の下に")
                wordings.append(("insert", quoted, scanner.quotation()))
                scanner.expect("を")
            scanner.expect("加え")
            return self._ends(scanner, "", "る")
        wordings.append(("delete", quoted, ""))
        while scanner.takes("、") or scanner.takes("及び"):
            wordings.append(("delete", scanner.quotation(), ""))
        scanner.expect("を削")
        return self._ends(scanner, "り", "る")

    def _cover(self, name: str, scanner: Scanner) -> None:
        cover = self._edition.cover
        if scanner.takes("として次のように加える"):
            if name in cover:
                scanner.refuse(f"{name}は既にあります")
            cover[name] = self._deeds.line_put_in()
            self._deeds.done["added"] += 1
            return
        if name not in cover:
            scanner.refuse(f"{name}はありません")
        if scanner.takes("を削る"):
            del cover[name]
            self._deeds.done["removed"] += 1
        elif scanner.takes("を次のように改める"):
            cover[name] = self._deeds.line_put_in()
            self._deeds.done["renewed"] += 1
        else:
            scanner.expect("中")
            closes, wordings = self._wordings(scanner)
            if not closes:
                scanner.refuse("一つの文に二つ以上のことが書かれています")
            cover[name] = self._deeds.reword(cover[name], wordings, [])

    def _ends(self, scanner: Scanner, going_on: str, closing: str) -> bool:
        """Reads the ending of a verb, and returns whether it closes its sentence."""
        start = scanner.at
        if scanner.takes(closing) and scanner.sees("。"):
            return True
        scanner.at = start
        if not (scanner.takes(going_on) and scanner.sees("、")):
            scanner.refuse("言い切りでも、続ける形でもありません")
        return False


def _stepped(label: str, by: int) -> str:
    return with_number(label, number_of(label) + by)
