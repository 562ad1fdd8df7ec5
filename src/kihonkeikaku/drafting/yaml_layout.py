"""Where the nodes of a YAML file stand in its text: lines, comments, and the items of lists.

Places are counted in characters from the file's beginning. Comments belong to an item of a list
where they stand behind it on its line, or right above it at its dash.
"""

from typing import Any, Final

import yaml

from kihonkeikaku.errors import CommandError
from kihonkeikaku.model.finding import PlanPath

_INDENT: Final = 2
"""By how much a list is indented in a file that has none yet."""


class YamlLayout:
    """The layout of one file that is sound YAML; ``name`` is what messages call it."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._root: Any = yaml.compose(text, Loader=yaml.CSafeLoader)

    def node(self, path: PlanPath) -> Any:
        """Returns the node of a value."""
        node = self._root
        for part in path:
            if isinstance(part, int):
                node = node.value[part]
            else:
                pair = self.find_pair(node, part)
                assert pair is not None, path
                node = pair[1]
        return node

    def find_pair(self, mapping: yaml.MappingNode, key: str) -> tuple[Any, Any] | None:
        """Returns the nodes of a key and its value, if the mapping has it."""
        return next((pair for pair in mapping.value if pair[0].value == key), None)

    def item_span(self, sequence: yaml.SequenceNode, index: int) -> tuple[int, int]:
        """Returns from where to where the lines of a list's item are, its comments among them."""
        item, column = sequence.value[index], sequence.start_mark.column
        line = self.line_start(item.start_mark.index)
        if self.text[line : line + column].strip() or self.text[line + column] != "-":
            raise self.unsafe()
        end = self.line_end(self.end_of(item))
        while self.comment_column(end) > column:
            end = self.line_end(end)
        if index + 1 < len(sequence.value):
            while not self.text[end : self.line_end(end)].strip():
                end = self.line_end(end)
        return self.start_with_comments(line, column), end

    def end_of(self, node: yaml.Node) -> int:
        """Returns where a node's last character is; the parser's own mark is at the next token."""
        while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(node, yaml.MappingNode) else last
        return int(node.end_mark.index)

    def start_with_comments(self, at: int, column: int) -> int:
        """Returns where a line begins, or the comments above it that begin at ``column``."""
        start = self.line_start(at)
        while start and self.comment_column(self.line_start(start - 1)) == column:
            start = self.line_start(start - 1)
        return start

    def begins_line(self, node: yaml.Node) -> bool:
        """Whether nothing stands before a node on its line."""
        at = node.start_mark.index
        return not self.text[self.line_start(at) : at].strip()

    def line_start(self, at: int) -> int:
        """Returns where the line of a place begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Returns where the line after that of ``at`` begins."""
        return self.text.find("\n", at) + 1 or len(self.text)

    def list_step(self) -> int:
        """Returns by how much this file indents a list below its key."""
        nodes = [self._root]
        for node in nodes:  # it grows
            if isinstance(node, yaml.MappingNode) and not node.flow_style:
                for _, value in node.value:
                    if isinstance(value, yaml.SequenceNode) and not value.flow_style:
                        return int(value.start_mark.column - node.start_mark.column)
                    nodes.append(value)
        return _INDENT

    def comment_column(self, line: int) -> int:
        """Returns the column of the comment that fills the line beginning there; else -1."""
        text = self.text[line : self.line_end(line)]
        return len(text) - len(text.lstrip(" ")) if text.lstrip(" ").startswith("#") else -1

    def unsafe(self) -> CommandError:
        """Returns the error that an edit would change more than it should."""
        return CommandError(
            f"{self.name} は、注釈やほかのところを変えずには書き換えられません。"
            "エディターで直してください。"
        )
