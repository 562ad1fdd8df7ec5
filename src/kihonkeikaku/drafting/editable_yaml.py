"""One YAML file, edited in place: a list's item, a string. Every other character stays as it is.

Comments belong to an item of a list where they stand behind it on its line, or right above it at
its dash. Each edit is proved: the new text, read again, has to give the data that was meant.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import yaml

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.positions import escape_for_quote, find_quote
from kihonkeikaku.loading.yaml_parser import parse_yaml
from kihonkeikaku.model.finding import PlanPath

_INDENT: Final = 2
"""By how much a list is indented in a file that has none yet."""


@dataclass(frozen=True, slots=True)
class ItemText:
    """An item of a list as it is written: with its dash at the beginning of the first line of it.

    ``value`` is what can be written between brackets; nothing where the item takes more than that.
    """

    lines: tuple[str, ...]
    value: str | None = None

    @classmethod
    def of_value(cls, value: str) -> "ItemText":
        """Returns the item of a value that stands on one line."""
        return cls((f"- {value}",), value)


def write_string(text: str, *, in_brackets: bool = False) -> str:
    """Returns a string as YAML: without quotes where it is read as itself."""
    for written in (text, "'" + text.replace("'", "''") + "'"):
        parsed = parse_yaml((f"[{written}]" if in_brackets else f"- {written}").encode())
        if parsed.data == (text,) and not parsed.problems:
            return written
    raise CommandError(f"「{text}」は YAML に書けません。")


class EditableYaml:
    """The content of one file; ``name`` is what messages call it.

    Raises:
        CommandError: the file has errors of its own.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        parsed = parse_yaml(content)
        if parsed.problems or parsed.data is None:
            raise CommandError(
                f"{name} に誤りがあるため、書き換えられません。"
                "kihonkeikaku validate で示される誤りを先に直してください。"
            )
        self.data: Any = parsed.data
        self._text = content.decode("utf-8")
        self._newline = "\r\n" if "\r\n" in self._text else "\n"
        self._root: Any = yaml.compose(self._text, Loader=yaml.CSafeLoader)

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        return self._text.encode()

    def replace_strings(self, texts: Mapping[PlanPath, str]) -> None:
        """Replaces strings by their paths; each keeps its quotes.

        Raises:
            CommandError: that can't be done without changing more.
        """
        splices, data = [], self.data
        for path, text in texts.items():
            node = self._node(path)
            start, end = node.start_mark.index, node.end_mark.index
            quote = find_quote(self._text, start + 1)
            written = quote + escape_for_quote(text, quote) + quote if quote else write_string(text)
            splices.append((start, end, written))
            data = _updated(data, path, partial(_replaced, text))
        self._apply(splices, data)

    def remove_item(self, path: PlanPath) -> ItemText:
        """Removes an item of a list, and the list's key with the last one; returns the item.

        Raises:
            CommandError: that can't be done without changing more.
        """
        list_path, index = path[:-1], int(path[-1])
        sequence = self._node(list_path)
        item = sequence.value[index]
        value = self._text[item.start_mark.index : item.end_mark.index]
        rest = _updated(self.data, list_path, lambda old: old[:index] + old[index + 1 :])
        if sequence.flow_style:
            ends = [(node.start_mark.index, node.end_mark.index) for node in sequence.value]
            self._apply([(*self._between_commas(ends, index), "")], rest)
            return ItemText.of_value(value)
        column = sequence.start_mark.column
        start, end = self._item_span(sequence, index)
        lines = tuple(_dedent(line, column) for line in self._text[start:end].splitlines())
        is_value = len(lines) == 1 and lines[0][1:].strip() == value
        if len(sequence.value) > 1:
            self._apply([(start, end, "")], rest)
        else:
            self._remove_only_item(list_path, start, end, rest)
        return ItemText(lines, value if is_value else None)

    def insert_item(
        self, path: PlanPath, index: int, item: ItemText, before: Iterable[str] = ()
    ) -> None:
        """Inserts an item into a list, which is made where there is none.

        Args:
            path: the list's.
            index: before which of its items; its length puts the item last.
            item: what is written.
            before: the keys that a list that is made stands before, if they are there.

        Raises:
            CommandError: that can't be done without changing more.
        """
        data = parse_yaml("\n".join(item.lines).encode()).data
        assert isinstance(data, tuple), "an item with its dash is a list"
        mapping = self._node(path[:-1])
        if self._find_pair(mapping, str(path[-1])) is None:
            new = _updated(self.data, path[:-1], lambda old: {**old, path[-1]: data})
            self._apply([self._splice_of_new_list(mapping, str(path[-1]), item, before)], new)
            return
        new = _updated(self.data, path, lambda old: old[:index] + data + old[index:])
        self._apply([self._splice_into_list(self._node(path), index, item)], new)

    def set_key(self, path: PlanPath, text: str, after: str) -> None:
        """Sets a key's string, or adds the key where it is not there.

        Args:
            path: the key's.
            text: the string.
            after: the key of the same mapping that one that is added stands behind.

        Raises:
            CommandError: that can't be done without changing more.
        """
        mapping, key = self._node(path[:-1]), str(path[-1])
        if self._find_pair(mapping, key):
            self.replace_strings({path: text})
            return
        pair = self._find_pair(mapping, after)
        assert pair is not None, "it follows a key that is always there"
        written = f"{key}: {write_string(text, in_brackets=bool(mapping.flow_style))}"
        end = self._end_of(pair[1])
        if mapping.flow_style:
            splice = (end, end, f", {written}")
        else:
            splice = self._lines_at(self._line_end(end), (written,), mapping.start_mark.column)
        self._apply([splice], _updated(self.data, path[:-1], lambda old: {**old, key: text}))

    def remove_key(self, path: PlanPath) -> None:
        """Removes a key with its value, if it is there; the mapping has others.

        Raises:
            CommandError: that can't be done without changing more.
        """
        mapping, key = self._node(path[:-1]), str(path[-1])
        pair = self._find_pair(mapping, key)
        if pair is None:
            return
        if mapping.flow_style:
            ends = [(k.start_mark.index, v.end_mark.index) for k, v in mapping.value]
            start, end = self._between_commas(ends, mapping.value.index(pair))
        elif self._begins_line(pair[0]):
            start = self._line_start(pair[0].start_mark.index)
            end = self._line_end(self._end_of(pair[1]))
        else:
            raise self._unsafe()
        rest = _updated(self.data, path[:-1], lambda old: _without(old, key))
        self._apply([(start, end, "")], rest)

    def _splice_into_list(
        self, sequence: yaml.SequenceNode, index: int, item: ItemText
    ) -> tuple[int, int, str]:
        nodes = sequence.value
        if not isinstance(sequence, yaml.SequenceNode):
            raise self._unsafe()
        if sequence.flow_style:
            if item.value is None:
                raise self._unsafe()
            if index < len(nodes):
                at, text = nodes[index].start_mark.index, f"{item.value}, "
            elif nodes:
                at, text = nodes[-1].end_mark.index, f", {item.value}"
            else:
                at, text = sequence.start_mark.index + 1, item.value
            return at, at, text
        is_last = index == len(nodes)
        at = self._item_span(sequence, index - is_last)[is_last]
        return self._lines_at(at, item.lines, sequence.start_mark.column)

    def _splice_of_new_list(
        self, mapping: yaml.MappingNode, key: str, item: ItemText, before: Iterable[str]
    ) -> tuple[int, int, str]:
        last = mapping.value[-1][1]
        if mapping.flow_style:
            if item.value is None:
                raise self._unsafe()
            return last.end_mark.index, last.end_mark.index, f", {key}: [{item.value}]"
        column = mapping.start_mark.column
        following = next((k for k, _ in mapping.value if k.value in before), None)
        at = self._line_end(self._end_of(last))
        if following is not None and self._begins_line(following):
            at = self._start_with_comments(following.start_mark.index, column)
        step = " " * self._list_step()
        return self._lines_at(at, (f"{key}:", *(step + line for line in item.lines)), column)

    def _remove_only_item(self, path: PlanPath, start: int, end: int, empty: Any) -> None:
        """Removes a list's only item: with the list's key if that leaves no comment behind."""
        pair = self._find_pair(self._node(path[:-1]), str(path[-1]))
        assert pair is not None, "the list is there"
        key_end = self._text.index(":", pair[0].end_mark.index) + 1
        if self._begins_line(pair[0]) and not self._text[key_end:start].strip():
            start = self._line_start(pair[0].start_mark.index)
            parent = _updated(self.data, path[:-1], lambda old: _without(old, str(path[-1])))
            self._apply([(start, end, "")], parent)
        else:
            self._apply([(key_end, key_end, " []"), (start, end, "")], empty)

    def _between_commas(self, ends: Sequence[tuple[int, int]], index: int) -> tuple[int, int]:
        """Returns from where to where an item between brackets is removed, with one comma."""
        start, end = ends[index]
        if index + 1 < len(ends):
            return start, ends[index + 1][0]
        before = ends[index - 1][1] if index else start
        return (before, end) if "\n" not in self._text[before:start] else (start, end)

    def _item_span(self, sequence: yaml.SequenceNode, index: int) -> tuple[int, int]:
        """Returns from where to where the lines of a list's item are, its comments among them."""
        item, column = sequence.value[index], sequence.start_mark.column
        line = self._line_start(item.start_mark.index)
        if self._text[line : line + column].strip() or self._text[line + column] != "-":
            raise self._unsafe()
        end = self._line_end(self._end_of(item))
        while self._comment_column(end) > column:
            end = self._line_end(end)
        if index + 1 < len(sequence.value):
            while not self._text[end : self._line_end(end)].strip():
                end = self._line_end(end)
        return self._start_with_comments(line, column), end

    def _start_with_comments(self, at: int, column: int) -> int:
        """Returns where a line begins, or the comments above it that begin at ``column``."""
        start = self._line_start(at)
        while start and self._comment_column(self._line_start(start - 1)) == column:
            start = self._line_start(start - 1)
        return start

    def _comment_column(self, line: int) -> int:
        """Returns the column of the comment that fills the line beginning there; else -1."""
        text = self._text[line : self._line_end(line)]
        return len(text) - len(text.lstrip(" ")) if text.lstrip(" ").startswith("#") else -1

    def _lines_at(self, at: int, lines: Iterable[str], column: int) -> tuple[int, int, str]:
        indent = " " * column
        new = [indent + line if line else "" for line in lines]
        text = "".join(f"{line}{self._newline}" for line in new)
        if at and self._text[at - 1] != "\n":  # the file's last line has no end
            text = self._newline + text.removesuffix(self._newline)
        return at, at, text

    def _list_step(self) -> int:
        """Returns by how much this file indents a list below its key."""
        nodes = [self._root]
        for node in nodes:  # it grows
            if isinstance(node, yaml.MappingNode) and not node.flow_style:
                for _, value in node.value:
                    if isinstance(value, yaml.SequenceNode) and not value.flow_style:
                        return int(value.start_mark.column - node.start_mark.column)
                    nodes.append(value)
        return _INDENT

    def _node(self, path: PlanPath) -> Any:
        node = self._root
        for part in path:
            if isinstance(part, int):
                node = node.value[part]
            else:
                pair = self._find_pair(node, part)
                assert pair is not None, path
                node = pair[1]
        return node

    def _find_pair(self, mapping: yaml.MappingNode, key: str) -> tuple[Any, Any] | None:
        return next((pair for pair in mapping.value if pair[0].value == key), None)

    def _end_of(self, node: yaml.Node) -> int:
        """Returns where a node's last character is; the parser's own mark is at the next token."""
        while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(node, yaml.MappingNode) else last
        return int(node.end_mark.index)

    def _begins_line(self, node: yaml.Node) -> bool:
        at = node.start_mark.index
        return not self._text[self._line_start(at) : at].strip()

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """Returns where the line after that of ``at`` begins."""
        return self._text.find("\n", at) + 1 or len(self._text)

    def _apply(self, splices: Iterable[tuple[int, int, str]], data: Any) -> None:
        """Makes the splices, which are apart, if the file's data is then as it should be."""
        text = self._text
        for start, end, new in sorted(splices, reverse=True):
            text = text[:start] + new + text[end:]
        parsed = parse_yaml(text.encode())
        if parsed.problems or parsed.data != data:
            raise self._unsafe()
        self.data, self._text = data, text
        self._root = yaml.compose(text, Loader=yaml.CSafeLoader)

    def _unsafe(self) -> CommandError:
        return CommandError(
            f"{self.name} は、注釈やほかのところを変えずには書き換えられません。"
            "エディターで直してください。"
        )


def _replaced(text: str, _old: object) -> str:
    return text


def _dedent(line: str, column: int) -> str:
    return line[min(column, len(line) - len(line.lstrip(" "))) :]


def _without(mapping: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in mapping.items() if name != key}


def _updated(data: Any, path: PlanPath, change: Callable[[Any], Any]) -> Any:
    """Returns data in which what is at ``path`` is changed."""
    if not path:
        return change(data)
    first, rest = path[0], path[1:]
    if isinstance(first, int):
        return (*data[:first], _updated(data[first], rest, change), *data[first + 1 :])
    return {**data, first: _updated(data[first], rest, change)}
