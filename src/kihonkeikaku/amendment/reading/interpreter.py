"""What an amendment does, done: each deed strictly as said, or refused."""

import re
from collections import Counter
from typing import Final, Literal, NoReturn

from kihonkeikaku.amendment.addresses import kind_of, number_of
from kihonkeikaku.amendment.printed_edition import Kind, Node, Print
from kihonkeikaku.amendment.reading.address_parser import UnreadableAmendment

Deed = Literal["words", "added", "removed", "moved", "renumbered", "renewed"]
"""Words changed; lines put in, taken out, moved, given another number, or given anew."""

Wording = tuple[Literal["replace", "insert", "delete"], str, str]
"""What is done with words: the quotation, and what is put in its stead or after it."""

_HEADING_LINE: Final = re.compile(
    r"(第[0-9]+章|第[0-9]+節|別紙[0-9]*|\([0-9]+\)|[0-9]+\.)　(.*)", re.DOTALL
)
_NOTE_LINE: Final = re.compile(r"(（注[0-9]+）)　(.*)", re.DOTALL)


class Deeds:
    """Changes a printed edition and counts what was done."""

    def __init__(self, edition: Print) -> None:
        self._edition = edition
        self._line = 0
        self._put: list[str] = []
        self.done: Counter[Deed] = Counter()

    def begin(self, line: int, put: list[str]) -> None:
        """Begins a sentence on this line of the text, with the lines that stand under it."""
        self._line, self._put = line, put

    def end(self) -> None:
        """Ends a sentence: all that stands under it must have been put in."""
        if self._put:
            self._refuse("加える字句が示されていますが、どこに加えるのかが書かれていません")

    def _refuse(self, what: str) -> NoReturn:
        raise UnreadableAmendment(self._line, f"{what}。")

    def reword(self, text: str, wordings: list[Wording], under: list[str]) -> str:
        """Returns a text after all that is said about its words.

        A quotation has to stand once in the old text, and once in what the ones before made of it;
        none may overlap another. ``under`` are texts in which it may not stand either.
        """
        self.done["words"] += len(wordings)
        pieces: list[tuple[int, int, str]] = []
        now = text
        for way, quoted, put in wordings:
            if not quoted or _count(quoted, text) != 1 or any(quoted in other for other in under):
                self._refuse(f"「{quoted}」が、改める前の字句にちょうど一つではありません")
            if _count(quoted, now) != 1:
                self._refuse(f"「{quoted}」がどれを指すか、前の改めのために決まりません")
            said = {"replace": put, "insert": quoted + put, "delete": ""}[way]
            now = now.replace(quoted, said)
            start = text.index(quoted)
            pieces.append((start, start + len(quoted), said))
        if self._all_at_once(text, pieces) != now:
            self._refuse("読む順によって結果が異なります")
        return now

    def _all_at_once(self, text: str, pieces: list[tuple[int, int, str]]) -> str:
        read, at = "", 0
        for start, end, said in sorted(pieces):
            if start < at:
                self._refuse("改める字句が重なっています")
            read, at = read + text[at:start] + said, end
        return read + text[at:]

    def line_put_in(self) -> str:
        """Returns the one line that is put in."""
        if len(self._put) != 1:
            self._refuse("示す字句は、ちょうど一行のはずです")
        return self._put.pop()

    def remove(self, nodes: list[Node]) -> None:
        """Takes lines out, with all that is under them."""
        self.done["removed"] += len(nodes)
        for node in nodes:
            node.siblings.remove(node)

    def renew(self, nodes: list[Node]) -> None:
        """Puts what stands under the sentence in the place of lines and of all under them."""
        siblings, parent = nodes[0].siblings, nodes[0].parent
        assert parent is not None, "the book is never renewed"
        index = siblings.index(nodes[0])
        if siblings[index : index + len(nodes)] != nodes:
            self._refuse("続いていないものを、まとめて改めています")
        made = self._made(parent, nodes[0].kind)
        kept = [node.label for node in nodes if node.label]
        if [node.label for node in made if node.label] != kept:
            self._refuse("改めた後の番号が、改める前の番号と異なります")
        siblings[index : index + len(nodes)] = made
        self.done["renewed"] += len(nodes)

    def add(self, parent: Node, kind: Kind, index: int) -> None:
        """Puts what stands under the sentence into a list."""
        siblings = parent.list_of(kind)
        made = self._made(parent, kind)
        taken = {node.label for node in siblings if node.label}
        for node in made:
            if node.label in taken:
                self._refuse(f"{node.label}は既にあります")
        siblings[index:index] = made
        self.done["added"] += len(made)

    def renumber(self, nodes: list[Node], labels: list[str]) -> None:
        """Gives lines other numbers, all at once."""
        if len(nodes) != len(labels):
            self._refuse("改める番号と改めた後の番号の数が異なります")
        siblings = nodes[0].siblings
        others = {node.label for node in siblings if node not in nodes}
        for node, label in zip(nodes, labels, strict=True):
            if node not in siblings or label in others or not node.label:
                self._refuse(f"{node.label}を{label}とすることはできません")
            others.add(label)
        for node, label in zip(nodes, labels, strict=True):
            self._label(node, label)
        self.done["renumbered"] += len(nodes)

    def move_to_number(self, node: Node, parent: Node, label: str) -> None:
        """Moves a line to where its new number belongs, which has to be beyond doubt."""
        kind = kind_of(label)
        if kind is None or not node.label:
            self._refuse(f"{label}という番号にはできません")
        siblings = parent.list_of(kind)
        self._refuse_inside(node, parent)
        number, alike = number_of(label), [n for n in siblings if n.kind == kind]
        if any(n.label == label for n in alike):
            self._refuse(f"{label}は既にあります")
        below = [siblings.index(n) for n in alike if number_of(n.label) < number]
        beyond = [siblings.index(n) for n in alike if number_of(n.label) > number]
        index = max(below, default=-1) + 1
        if index != min(beyond, default=len(siblings)):
            self._refuse(f"{label}がどこに入るのか決まりません")
        node.siblings.remove(node)
        node.parent = parent
        self._label(node, label)
        siblings.insert(index, node)
        self.done["moved"] += 1

    def move_beside(self, node: Node, anchor: Node, *, after: bool) -> None:
        """Moves a line next to another one of its like."""
        parent = anchor.parent
        if parent is None or node is anchor:
            self._refuse("移す先が分かりません")
        self._refuse_inside(node, parent)
        if anchor.siblings is not parent.list_of(node.kind):
            self._refuse("種類の異なるものの次や前に移すことはできません")
        node.siblings.remove(node)
        node.parent = parent
        node.siblings.insert(anchor.siblings.index(anchor) + after, node)
        self.done["moved"] += 1

    def move_into(self, node: Node, parent: Node) -> None:
        """Moves a line to where there is none of its like yet."""
        self._refuse_inside(node, parent)
        if parent.list_of(node.kind):
            self._refuse("移す先のどこに入るのか決まりません")
        node.siblings.remove(node)
        node.parent = parent
        node.siblings.append(node)
        self.done["moved"] += 1

    def retitle(self, node: Node) -> None:
        """Gives a heading's line anew, with its number if it has one."""
        line = self.line_put_in()
        siblings = node.siblings
        made = _heading(line, self._parent(node))
        if made.label and any(n.label == made.label for n in siblings if n is not node):
            self._refuse(f"{made.label}は既にあります")
        node.kind, node.label, node.text = made.kind, made.label, made.text
        self.done["renewed"] += 1

    def give_anew(self, node: Node) -> None:
        """Gives the text of an item anew, without what stands under it."""
        line = self.line_put_in()
        if not line.startswith(node.label):
            self._refuse("改めた後の番号が、改める前の番号と異なります")
        node.text = line.removeprefix(node.label)
        self.done["renewed"] += 1

    def _label(self, node: Node, label: str) -> None:
        kind = kind_of(label)
        assert kind is not None, "numbers are read by their kinds"
        if {kind, node.kind} & {"item", "note"} and kind != node.kind:
            self._refuse(f"{node.label}を{label}とすることはできません")
        node.label, node.kind = label, kind

    def _refuse_inside(self, node: Node, parent: Node) -> None:
        above: Node | None = parent
        while above is not None:
            if above is node:
                self._refuse("それ自身の中に移すことはできません")
            above = above.parent

    def _parent(self, node: Node) -> Node:
        assert node.parent is not None, "only the book stands under nothing"
        return node.parent

    def _made(self, parent: Node, kind: Kind) -> list[Node]:
        """Returns what stands under the sentence as lines of a kind."""
        put, self._put = self._put, []
        if not put:
            self._refuse("加える字句が示されていません")
        if kind == "paragraph":
            return [Node("paragraph", "", line, parent) for line in put]
        made: list[Node] = []
        for line in put:
            if not line.startswith("　"):
                made.append(self._line_of(line, parent, kind))
            elif made:
                made[-1].inside.append(line[1:])
            else:
                self._refuse("加える字句の始まりの行が、字下げされています")
        return made

    def _line_of(self, line: str, parent: Node, kind: Kind) -> Node:
        if kind == "note":
            match = _NOTE_LINE.fullmatch(line)
            if match is None:
                self._refuse("加える注に番号がありません")
            return Node("note", match[1], match[2], parent)
        if kind == "item":
            if kind_of(line[:1]) != "item":
                self._refuse("加える取組に番号がありません")
            return Node("item", line[0], line[1:], parent)
        made = _heading(line, parent)
        if made.kind == "topic" and not (line.startswith("（") and line.endswith("）")):
            self._refuse("加える見出しに番号も（）もありません")
        return made


def _heading(line: str, parent: Node) -> Node:
    match = _HEADING_LINE.fullmatch(line)
    kind = kind_of(match[1]) if match else None
    if match and kind:
        return Node(kind, match[1], match[2], parent)
    return Node("preface" if parent.kind == "book" else "topic", "", line, parent)


def _count(quoted: str, text: str) -> int:
    """Returns how often a quotation stands in a text, overlapping itself too."""
    return sum(text.startswith(quoted, at) for at in range(len(text)))
