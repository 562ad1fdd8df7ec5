"""A sentence of an amendment, read from left to right, and the places that its words name."""

import re
from itertools import accumulate
from typing import Final, NoReturn

from kihonkeikaku.amendment.addresses import called_by_title, is_labelled
from kihonkeikaku.amendment.label_forms import LabelForms
from kihonkeikaku.amendment.printed_edition import PrintedNode

_NTH_PARAGRAPH: Final = re.compile(r"第([0-9]+)項目")
_NTH_HEADING: Final = re.compile(r"([0-9]+)番目の見出し")
_NTH_MEASURE: Final = re.compile(r"([0-9]+)番目の取組")
_LONGEST_LABEL: Final = 60
_CLOSING = {"「": 1, "」": -1}


class UnreadableAmendmentError(ValueError):
    """An amendment that can't be read, or that says what the edition doesn't allow.

    ``str()`` is in Japanese and names the line, counted from 1.
    """

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"{line}行目：{what}")
        self.line = line


class Scanner:
    """One sentence and how far it has been read."""

    def __init__(self, sentence: str, line: int) -> None:
        self._sentence, self._line = sentence, line
        self.at = 0

    @property
    def rest(self) -> str:
        """What has not been read yet."""
        return self._sentence[self.at :]

    def peek(self, words: str) -> bool:
        """Returns whether these words come next."""
        return self._sentence.startswith(words, self.at)

    def accept(self, words: str) -> bool:
        """Reads these words if they come next, and returns whether they did."""
        if not self.peek(words):
            return False
        self.at += len(words)
        return True

    def accept_match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Reads what a pattern matches next, if anything."""
        match = pattern.match(self._sentence, self.at)
        if match:
            self.at = match.end()
        return match

    def accept_label(self, labels: LabelForms) -> str | None:
        """Reads the label that comes next, if one does."""
        label = labels.match(self._sentence, self.at)
        self.at += len(label or "")
        return label

    def expect(self, words: str) -> None:
        """Reads these words.

        Raises:
            UnreadableAmendmentError: others come next.
        """
        if not self.accept(words):
            self.refuse(f"「{words}」と続くはずのところが、読めません")

    def read_quotation(self) -> str:
        """Reads a quotation and returns what stands in it; quotations inside it are closed first.

        Raises:
            UnreadableAmendmentError: there is none, or it isn't closed.
        """
        if not self.peek("「"):
            self.refuse("「」で囲んだ字句が続くはずのところが、読めません")
        depths = accumulate(_CLOSING.get(character, 0) for character in self.rest)
        length = next((at for at, depth in enumerate(depths) if depth == 0), None)
        if length is None:
            self.refuse("「」が閉じていません")
        quoted = self.rest[1:length]
        self.at += length + 1
        return quoted

    def refuse(self, what: str) -> NoReturn:
        """Gives up.

        Raises:
            UnreadableAmendmentError: always, with ``what`` is wrong and the words where it is.
        """
        rest = self.rest[:20] or "文の終わり"
        raise UnreadableAmendmentError(self._line, f"{what}（「{rest}」のところ）。")


class AddressParser:
    """Finds the lines of one edition that addresses name."""

    def __init__(self, root: PrintedNode) -> None:
        self._root, self._labels = root, root.labels

    def read_place(self, scanner: Scanner, parent: PrintedNode | None = None) -> PrintedNode:
        """Reads a place: one under ``parent``, if there is such, or one of the whole edition.

        Raises:
            UnreadableAmendmentError: there is none.
        """
        found = self.find_place(scanner, parent)
        if found is None:
            scanner.refuse("どこのことか分かりません")
        return found

    def find_place(self, scanner: Scanner, parent: PrintedNode | None = None) -> PrintedNode | None:
        """Reads a place as ``read_place`` does, if there is one."""
        found = self._find_below(scanner, parent, first=True) if parent else None
        return found or self._find_absolute(scanner)

    def read_places(self, scanner: Scanner, parent: PrintedNode | None = None) -> list[PrintedNode]:
        """Reads places in a row, such as 「①及び③から⑤まで」, under the parent of the first."""
        found: list[PrintedNode] = []
        while True:
            first = self.read_place(scanner, parent)
            parent = parent or first.parent
            found += self._read_range(scanner, first, parent) if scanner.accept("から") else [first]
            if not (scanner.accept("、") or scanner.accept("及び")):
                return found

    def read_new_place(
        self, scanner: Scanner, parent: PrintedNode | None, mover: PrintedNode
    ) -> tuple[PrintedNode, str]:
        """Reads the number that something gets, and returns under what, and the number.

        A number alone is one of ``parent``, or of where ``mover`` stands.
        """
        above = parent or mover.parent
        start = scanner.at
        label = scanner.accept_label(self._labels)
        if label and scanner.peek("と"):
            kind = self._labels.kind_of(label, mover.kind)
            above = self._root if kind in self._labels.chapters else above
        else:
            scanner.at = start
            above = self._find_absolute(scanner)
            scanner.accept("の")
            label = scanner.accept_label(self._labels)
        if above is None or label is None:
            scanner.refuse("どの番号にするのか分かりません")
        return above, label

    def read_labels(self, scanner: Scanner) -> list[str]:
        """Reads numbers in a row, such as 「②から⑥まで」, which need not be there yet."""
        found: list[str] = []
        number_of, with_number = self._labels.number_of, self._labels.with_number
        while True:
            first = self._read_label(scanner)
            found.append(first)
            if scanner.accept("から"):
                last = self._read_label(scanner)
                scanner.expect("まで")
                numbers = range(number_of(first) + 1, number_of(last) + 1)
                found += [with_number(first, number) for number in numbers]
            if not (scanner.accept("、") or scanner.accept("及び")):
                return found

    def _read_label(self, scanner: Scanner) -> str:
        label = scanner.accept_label(self._labels)
        if label is None:
            scanner.refuse("番号が続くはずのところが、読めません")
        return label

    def _read_range(
        self, scanner: Scanner, first: PrintedNode, parent: PrintedNode | None
    ) -> list[PrintedNode]:
        last = self.read_place(scanner, parent)
        scanner.expect("まで")
        if last.parent is not first.parent or last not in first.siblings:
            scanner.refuse("同じ並びの中にないものを「から」「まで」で結んでいます")
        if is_labelled(first):
            number_of, with_number = self._labels.number_of, self._labels.with_number
            numbers = range(number_of(first.label), number_of(last.label) + 1)
            labels = [with_number(first.label, number) for number in numbers]
            found = [node for label in labels for node in first.siblings if node.label == label]
        else:
            start, end = first.siblings.index(first), first.siblings.index(last)
            labels, found = [], first.siblings[start : end + 1]
        if len(found) < max(len(labels), 2):
            scanner.refuse("「から」「まで」で結んだ間に、欠けた番号があります")
        return found

    def _find_absolute(self, scanner: Scanner) -> PrintedNode | None:
        found = self._find_below(scanner, self._root, first=True)
        if found is None and scanner.accept("本文"):
            return self._find_below(scanner, self._root) or self._root
        return found

    def _find_below(
        self, scanner: Scanner, above: PrintedNode, *, first: bool = False
    ) -> PrintedNode | None:
        """Reads on from a place as far as there is something under it that is called so."""
        found = None
        while (
            child := self._find_child(scanner, found or above, first and found is None)
        ) is not None:
            found = child
        return found

    def _find_child(self, scanner: Scanner, above: PrintedNode, first: bool) -> PrintedNode | None:
        """Reads the relative address of a line; without 「の」 where that comes first."""
        start = scanner.at
        if first or scanner.accept("の"):
            after_link = scanner.at
            nth = scanner.accept_match(_NTH_PARAGRAPH)
            if nth and 0 < int(nth[1]) <= len(above.paragraphs):
                return above.paragraphs[int(nth[1]) - 1]
            scanner.at = after_link
            nth = scanner.accept_match(_NTH_HEADING)
            if nth and 0 < int(nth[1]) <= len(above.sections):
                return above.sections[int(nth[1]) - 1]
            scanner.at = after_link
            nth = scanner.accept_match(_NTH_MEASURE)
            if nth and 0 < int(nth[1]) <= len(above.measures):
                return above.measures[int(nth[1]) - 1]
            scanner.at = after_link
            linked = self._find_labelled(
                scanner, [*above.footnotes, *above.measures, *above.sections]
            )
            if linked:
                return linked
        scanner.at = start
        numbered = self._find_labelled(scanner, [*above.measures, *above.sections])
        return numbered or self._find_titled(scanner, above)

    def _find_labelled(self, scanner: Scanner, children: list[PrintedNode]) -> PrintedNode | None:
        rest = scanner.rest[:_LONGEST_LABEL]
        ahead = {rest[:length] for length in range(1, len(rest) + 1)}
        label = max((c.label for c in children if c.label in ahead), key=len, default="")
        named = [child for child in children if label and child.label == label]
        if len(named) > 1:
            scanner.refuse("同じ番号のものが二つ以上あります")
        if not named:
            return None
        scanner.accept(label)
        return named[0]

    def _find_titled(self, scanner: Scanner, above: PrintedNode) -> PrintedNode | None:
        """Reads the title of a heading without a number, the longest that is there."""
        called = {
            child: name
            for child in above.sections
            if (not child.label or self._labels.are_alike or child.label in self._labels.uncounted)
            and child.text
            and (name := called_by_title(child)) is not None
        }
        seen = [child for child, name in called.items() if scanner.peek(name)]
        if not seen:
            return None
        longest = max(len(called[child]) for child in seen)
        named = [child for child in seen if len(called[child]) == longest]
        if len(named) > 1:
            scanner.refuse("同じ見出しが二つ以上あります")
        scanner.accept(called[named[0]])
        return named[0]
