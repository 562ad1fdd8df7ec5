"""One YAML file, edited in place: a list's item, a string. Every other character stays as it is.

Comments go with the item of a list that they belong to. Each edit is proved: the new text, read
again, has to give the data that was meant.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import yaml

from kihonkeikaku.drafting.yaml_layout import YamlLayout
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.positions import escape_for_quote, find_quote
from kihonkeikaku.loading.waivers import Comment, find_comments
from kihonkeikaku.loading.yaml_parser import parse_yaml
from kihonkeikaku.model.finding import PlanPath


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
        self._layout = YamlLayout(name, content.decode("utf-8"))
        self._newline = "\r\n" if "\r\n" in self._text else "\n"

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        return self._text.encode()

    @property
    def _text(self) -> str:
        return self._layout.text

    def comments(self) -> list[Comment]:
        """Returns the comments of the file as it is now."""
        return list(find_comments(parse_yaml(self.content)))

    def written(self, path: PlanPath) -> str:
        """Returns a value as it could stand on one line: as it is written, or between brackets."""
        node = self._layout.node(path)
        if isinstance(node, yaml.SequenceNode) and not node.flow_style:
            items = [self.written((*path, index)) for index in range(len(node.value))]
            return f"[{', '.join(items)}]"
        return " ".join(self._text[node.start_mark.index : node.end_mark.index].split())

    def append_comments(self, comments: Iterable[str]) -> None:
        """Adds comments at the end of the file."""
        self._apply([self._lines_at(len(self._text), comments, 0)], self.data)

    def replace_strings(self, texts: Mapping[PlanPath, str]) -> None:
        """Replaces strings by their paths; each keeps its quotes.

        Raises:
            CommandError: that can't be done without changing more.
        """
        splices, data = [], self.data
        for path, text in texts.items():
            node = self._layout.node(path)
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
        sequence = self._layout.node(list_path)
        item = sequence.value[index]
        value = self._text[item.start_mark.index : item.end_mark.index]
        rest = _updated(self.data, list_path, lambda old: old[:index] + old[index + 1 :])
        if sequence.flow_style:
            ends = [(node.start_mark.index, node.end_mark.index) for node in sequence.value]
            self._apply([(*self._between_commas(ends, index), "")], rest)
            return ItemText.of_value(value)
        column = sequence.start_mark.column
        start, end = self._layout.item_span(sequence, index)
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
        mapping = self._layout.node(path[:-1])
        if self._layout.find_pair(mapping, str(path[-1])) is None:
            new = _updated(self.data, path[:-1], lambda old: {**old, path[-1]: data})
            self._apply([self._splice_of_new_list(mapping, str(path[-1]), item, before)], new)
            return
        new = _updated(self.data, path, lambda old: old[:index] + data + old[index:])
        self._apply([self._splice_into_list(self._layout.node(path), index, item)], new)

    def set_key(self, path: PlanPath, text: str, after: str) -> None:
        """Sets a key's string, or adds the key where it is not there.

        Args:
            path: the key's.
            text: the string.
            after: the key of the same mapping that one that is added stands behind.

        Raises:
            CommandError: that can't be done without changing more.
        """
        mapping, key = self._layout.node(path[:-1]), str(path[-1])
        if self._layout.find_pair(mapping, key):
            self.replace_strings({path: text})
            return
        pair = self._layout.find_pair(mapping, after)
        assert pair is not None, "it follows a key that is always there"
        written = f"{key}: {write_string(text, in_brackets=bool(mapping.flow_style))}"
        end = self._layout.end_of(pair[1])
        if mapping.flow_style:
            splice = (end, end, f", {written}")
        else:
            splice = self._lines_at(
                self._layout.line_end(end), (written,), mapping.start_mark.column
            )
        self._apply([splice], _updated(self.data, path[:-1], lambda old: {**old, key: text}))

    def remove_key(self, path: PlanPath, *, with_comments: bool = False) -> None:
        """Removes a key with its value, if it is there; the mapping has others.

        Args:
            path: the key's.
            with_comments: whether the comments right above it go as well.

        Raises:
            CommandError: that can't be done without changing more.
        """
        mapping, key = self._layout.node(path[:-1]), str(path[-1])
        pair = self._layout.find_pair(mapping, key)
        if pair is None:
            return
        if mapping.flow_style:
            ends = [(k.start_mark.index, v.end_mark.index) for k, v in mapping.value]
            start, end = self._between_commas(ends, mapping.value.index(pair))
        elif self._layout.begins_line(pair[0]):
            start = self._layout.line_start(pair[0].start_mark.index)
            if with_comments:
                start = self._layout.start_with_comments(start, pair[0].start_mark.column)
            end = self._layout.line_end(self._layout.end_of(pair[1]))
        else:
            raise self._layout.unsafe()
        rest = _updated(self.data, path[:-1], lambda old: _without(old, key))
        self._apply([(start, end, "")], rest)

    def _splice_into_list(
        self, sequence: yaml.SequenceNode, index: int, item: ItemText
    ) -> tuple[int, int, str]:
        nodes = sequence.value
        if not isinstance(sequence, yaml.SequenceNode):
            raise self._layout.unsafe()
        if sequence.flow_style:
            if item.value is None:
                raise self._layout.unsafe()
            if index < len(nodes):
                at, text = nodes[index].start_mark.index, f"{item.value}, "
            elif nodes:
                at, text = nodes[-1].end_mark.index, f", {item.value}"
            else:
                at, text = sequence.start_mark.index + 1, item.value
            return at, at, text
        is_last = index == len(nodes)
        at = self._layout.item_span(sequence, index - is_last)[is_last]
        return self._lines_at(at, item.lines, sequence.start_mark.column)

    def _splice_of_new_list(
        self, mapping: yaml.MappingNode, key: str, item: ItemText, before: Iterable[str]
    ) -> tuple[int, int, str]:
        last = mapping.value[-1][1]
        if mapping.flow_style:
            if item.value is None:
                raise self._layout.unsafe()
            return last.end_mark.index, last.end_mark.index, f", {key}: [{item.value}]"
        column = mapping.start_mark.column
        following = next((k for k, _ in mapping.value if k.value in before), None)
        at = self._layout.line_end(self._layout.end_of(last))
        if following is not None and self._layout.begins_line(following):
            at = self._layout.start_with_comments(following.start_mark.index, column)
        step = " " * self._layout.list_step()
        return self._lines_at(at, (f"{key}:", *(step + line for line in item.lines)), column)

    def _remove_only_item(self, path: PlanPath, start: int, end: int, empty: Any) -> None:
        """Removes a list's only item: with the list's key if that leaves no comment behind."""
        pair = self._layout.find_pair(self._layout.node(path[:-1]), str(path[-1]))
        assert pair is not None, "the list is there"
        key_end = self._text.index(":", pair[0].end_mark.index) + 1
        if self._layout.begins_line(pair[0]) and not self._text[key_end:start].strip():
            start = self._layout.line_start(pair[0].start_mark.index)
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

    def _lines_at(self, at: int, lines: Iterable[str], column: int) -> tuple[int, int, str]:
        indent = " " * column
        new = [indent + line if line else "" for line in lines]
        text = "".join(f"{line}{self._newline}" for line in new)
        if at and self._text[at - 1] != "\n":  # the file's last line has no end
            text = self._newline + text.removesuffix(self._newline)
        return at, at, text

    def _apply(self, splices: Iterable[tuple[int, int, str]], data: Any) -> None:
        """Makes the splices, which are apart, if the file's data is then as it should be."""
        text = self._text
        for start, end, new in sorted(splices, reverse=True):
            text = text[:start] + new + text[end:]
        parsed = parse_yaml(text.encode())
        if parsed.problems or parsed.data != data:
            raise self._layout.unsafe()
        self.data, self._layout = data, YamlLayout(self.name, text)


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
