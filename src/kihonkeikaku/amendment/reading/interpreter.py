"""Carries out what an amendment says: each action strictly as said, or refused."""

from collections import Counter
from typing import Literal, NoReturn

from kihonkeikaku.amendment.label_forms import FOOTNOTE
from kihonkeikaku.amendment.printed_edition import PrintedEdition, PrintedKind, PrintedNode
from kihonkeikaku.amendment.reading.address_parser import UnreadableAmendmentError

ActionKind = Literal["words", "added", "removed", "moved", "renumbered", "replaced"]
"""Words changed; lines added, removed, moved, given another number, or replaced."""

TextEdit = tuple[Literal["replace", "insert", "delete"], str, str]
"""What is done with words: the quotation, and what takes its place or follows it."""


class Interpreter:
    """Changes a printed edition, and counts the actions."""

    def __init__(self, edition: PrintedEdition) -> None:
        self._edition, self._labels = edition, edition.root.labels
        self._line = 0
        self._added: list[str] = []
        self.counts: Counter[ActionKind] = Counter()

    def begin(self, line: int, added: list[str]) -> None:
        """Begins a sentence on this line of the text, with the lines that stand under it."""
        self._line, self._added = line, added

    def end(self) -> None:
        """Ends a sentence: all lines under it must have been added."""
        if self._added:
            self._refuse("加える字句が示されていますが、どこに加えるのかが書かれていません")

    def _refuse(self, what: str) -> NoReturn:
        raise UnreadableAmendmentError(self._line, f"{what}。")

    def reword(self, text: str, edits: list[TextEdit], under: list[str]) -> str:
        """Returns a text with the edits made.

        A quotation has to stand once in the old text, and once in what the ones before made of it;
        none may overlap another. ``under`` are texts in which it may not stand either.
        """
        self.counts["words"] += len(edits)
        pieces: list[tuple[int, int, str]] = []
        now = text
        for action, quoted, added in edits:
            if (
                not quoted
                or not _stands_once(quoted, text)
                or any(quoted in other for other in under)
            ):
                self._refuse(f"「{quoted}」が、改める前の字句にちょうど一つではありません")
            if not _stands_once(quoted, now):
                self._refuse(f"「{quoted}」がどれを指すか、前の改めのために決まりません")
            replacement = {"replace": added, "insert": quoted + added, "delete": ""}[action]
            now = now.replace(quoted, replacement)
            start = text.index(quoted)
            pieces.append((start, start + len(quoted), replacement))
        if self._replace_all_at_once(text, pieces) != now:
            self._refuse("読む順によって結果が異なります")
        return now

    def _replace_all_at_once(self, text: str, pieces: list[tuple[int, int, str]]) -> str:
        result, at = "", 0
        for start, end, replacement in sorted(pieces):
            if start < at:
                self._refuse("改める字句が重なっています")
            result, at = result + text[at:start] + replacement, end
        return result + text[at:]

    def take_added_line(self) -> str:
        """Returns the one line that stands under the sentence."""
        if len(self._added) != 1:
            self._refuse("示す字句は、ちょうど一行のはずです")
        return self._added.pop()

    def remove(self, nodes: list[PrintedNode]) -> None:
        """Removes lines, with all that is under them."""
        self.counts["removed"] += len(nodes)
        for node in nodes:
            node.siblings.remove(node)

    def replace(self, nodes: list[PrintedNode]) -> None:
        """Replaces lines, and all under them, by what stands under the sentence."""
        parent = nodes[0].parent
        if parent is None:
            self._replace_everything(nodes[0])
            return
        siblings = nodes[0].siblings
        index = siblings.index(nodes[0])
        if siblings[index : index + len(nodes)] != nodes:
            self._refuse("続いていないものを、まとめて改めています")
        made = self._make_nodes(parent, nodes[0].kind)
        kept = [node.label for node in nodes if node.label]
        if [node.label for node in made if node.label] != kept:
            self._refuse("改めた後の番号が、改める前の番号と異なります")
        siblings[index : index + len(nodes)] = made
        self.counts["replaced"] += len(nodes)

    def _replace_everything(self, root: PrintedNode) -> None:
        root.sections.clear()
        root.added_below, self._added = self._added, []
        self.counts["replaced"] += 1

    def add(self, parent: PrintedNode, kind: PrintedKind, index: int) -> None:
        """Adds what stands under the sentence to a list."""
        siblings = parent.children_of_kind(kind)
        made = self._make_nodes(parent, kind)
        taken = {node.label for node in siblings if node.label} - self._labels.uncounted
        for node in made:
            if node.label in taken:
                self._refuse(f"{node.label}は既にあります")
        siblings[index:index] = made
        self.counts["added"] += len(made)

    def renumber(self, nodes: list[PrintedNode], labels: list[str]) -> None:
        """Gives lines other numbers, all at once."""
        if len(nodes) != len(labels):
            self._refuse("改める番号と改めた後の番号の数が異なります")
        siblings, chosen = set(nodes[0].siblings), set(nodes)
        others = {node.label for node in siblings if node not in chosen}
        for node, label in zip(nodes, labels, strict=True):
            if node not in siblings or label in others or not node.label:
                self._refuse(f"{node.label}を{label}とすることはできません")
            others.add(label)
        for node, label in zip(nodes, labels, strict=True):
            self._set_label(node, label)
        self.counts["renumbered"] += len(nodes)

    def move_to_number(self, node: PrintedNode, parent: PrintedNode, label: str) -> None:
        """Moves a line to where its new number belongs, which has to be beyond doubt."""
        kind, number_of = self._labels.kind_of(label, node.kind), self._labels.number_of
        if kind is None or not node.label:
            self._refuse(f"{label}という番号にはできません")
        siblings = parent.children_of_kind(kind)
        self._require_outside(node, parent)
        number, alike = number_of(label), [n for n in siblings if n.kind == kind]
        if any(n.label == label for n in alike):
            self._refuse(f"{label}は既にあります")
        below = [n for n in alike if number_of(n.label) < number]
        beyond = [n for n in alike if number_of(n.label) > number]
        index = siblings.index(below[-1]) + 1 if below else 0
        if index != (siblings.index(beyond[0]) if beyond else len(siblings)):
            self._refuse(f"{label}がどこに入るのか決まりません")
        node.siblings.remove(node)
        node.parent = parent
        self._set_label(node, label)
        siblings.insert(index, node)
        self.counts["moved"] += 1

    def move_beside(self, node: PrintedNode, anchor: PrintedNode, *, after: bool) -> None:
        """Moves a line next to another one of its like."""
        parent = anchor.parent
        if parent is None or node is anchor:
            self._refuse("移す先が分かりません")
        self._require_outside(node, parent)
        if anchor.siblings is not parent.children_of_kind(node.kind):
            self._refuse("種類の異なるものの次や前に移すことはできません")
        node.siblings.remove(node)
        node.parent = parent
        node.siblings.insert(anchor.siblings.index(anchor) + after, node)
        self.counts["moved"] += 1

    def move_into(self, node: PrintedNode, parent: PrintedNode) -> None:
        """Moves a line to where there is none of its like yet."""
        self._require_outside(node, parent)
        if parent.children_of_kind(node.kind):
            self._refuse("移す先のどこに入るのか決まりません")
        node.siblings.remove(node)
        node.parent = parent
        node.siblings.append(node)
        self.counts["moved"] += 1

    def retitle(self, node: PrintedNode) -> None:
        """Replaces a heading's line, with its number if it has one."""
        line = self.take_added_line()
        siblings = node.siblings
        made = self._heading(line, self._parent(node))
        if made.label and any(n.label == made.label for n in siblings if n is not node):
            self._refuse(f"{made.label}は既にあります")
        node.kind, node.label, node.text = made.kind, made.label, made.text
        self.counts["replaced"] += 1

    def replace_text(self, node: PrintedNode) -> None:
        """Replaces the text of a measure, without what stands under it."""
        line = self.take_added_line()
        if not line.startswith(node.label):
            self._refuse("改めた後の番号が、改める前の番号と異なります")
        node.text = line.removeprefix(node.label)
        self.counts["replaced"] += 1

    def _set_label(self, node: PrintedNode, label: str) -> None:
        kind = self._labels.kind_of(label, node.kind)
        assert kind is not None, "numbers are read by their kinds"
        if {kind, node.kind} & {"measure", "footnote"} and kind != node.kind:
            self._refuse(f"{node.label}を{label}とすることはできません")
        node.label, node.kind = label, kind

    def _require_outside(self, node: PrintedNode, parent: PrintedNode) -> None:
        above: PrintedNode | None = parent
        while above is not None:
            if above is node:
                self._refuse("それ自身の中に移すことはできません")
            above = above.parent

    def _parent(self, node: PrintedNode) -> PrintedNode:
        assert node.parent is not None, "only the root stands under nothing"
        return node.parent

    def _make_nodes(self, parent: PrintedNode, kind: PrintedKind) -> list[PrintedNode]:
        """Returns what stands under the sentence as lines of a kind."""
        added, self._added = self._added, []
        if not added:
            self._refuse("加える字句が示されていません")
        if kind == "paragraph":
            return [PrintedNode("paragraph", "", line, parent) for line in added]
        made: list[PrintedNode] = []
        for line in added:
            if not line.startswith("　"):
                made.append(self._make_node(line, parent, kind))
            elif made:
                made[-1].added_below.append(line[1:])
            else:
                self._refuse("加える字句の始まりの行が、字下げされています")
        return made

    def _make_node(self, line: str, parent: PrintedNode, kind: PrintedKind) -> PrintedNode:
        if kind not in (FOOTNOTE, "measure"):
            return self._heading(line, parent)
        split = self._labels.split(kind, line)
        if split is None:
            name = "注" if kind == FOOTNOTE else "取組"
            self._refuse(f"加える{name}に番号がありません")
        label, text = split
        if kind == FOOTNOTE:
            if not text.startswith("　"):
                self._refuse("加える注に番号がありません")
            text = text[1:]
        return PrintedNode(kind, label, text, parent)

    def _heading(self, line: str, parent: PrintedNode) -> PrintedNode:
        numbered = self._labels.split_heading(line)
        if numbered:
            kind, label, text = numbered
            return PrintedNode(kind, label, text, parent)
        return PrintedNode("unnumbered" if parent.kind == "root" else "topic", "", line, parent)


def _stands_once(quoted: str, text: str) -> bool:
    """Returns whether a quotation stands once in a text, overlapping itself too."""
    at = text.find(quoted)
    return at >= 0 and text.find(quoted, at + 1) < 0
