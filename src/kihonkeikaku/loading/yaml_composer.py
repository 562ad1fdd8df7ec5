"""YAML text → plain data with a position for every key and value.

The parser's events are read before anything is composed, so that depth, aliases, tags and
duplicate keys are refused before they can hurt. Scalars are strings, whatever they look like:
the model decides what a string may mean.
"""

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Final

import yaml

from kihonkeikaku.loading import yaml_problems
from kihonkeikaku.loading.positions import find_column
from kihonkeikaku.loading.source import FileProblem, LineColumn
from kihonkeikaku.loading.yaml_problems import (
    DEPTH_LIMIT,
    EVENT_LIMIT,
    PROBLEM_LIMIT,
    TEXT_LIMIT,
    forbidden_character_problem,
    mark_position,
    syntax_problem,
)
from kihonkeikaku.model.finding import PlanPath
from kihonkeikaku.text.characters import FORBIDDEN, find_forbidden


@dataclass(slots=True)
class ParsedYaml:
    """One file as it was parsed.

    ``data`` holds dicts, tuples and strings, or nothing where the file could not be parsed.
    ``more_problems`` counts the problems beyond those listed in ``problems``.
    ``values`` and ``keys`` map each path to where the value, or the key, begins. ``scalar_ends``
    maps a line to the column where its last scalar ends: what follows can only be a comment.
    ``last_values`` maps a line to the path of that scalar, where it is a value.
    """

    data: object = None
    text: str = ""
    problems: list[FileProblem] = field(default_factory=list)
    more_problems: int = 0
    values: dict[PlanPath, LineColumn] = field(default_factory=dict)
    keys: dict[PlanPath, LineColumn] = field(default_factory=dict)
    scalar_ends: dict[int, int] = field(default_factory=dict)
    last_values: dict[int, PlanPath] = field(default_factory=dict)


_FORBIDDEN_WHEN_ESCAPED: Final = re.compile(FORBIDDEN.pattern + "|[\\n\\t]")
"""What no key may hold: "\\n" and the like bring in what the file's own text can't."""

_GLUED: Final = re.compile(r"[^\s#]#")
_GLUED_IN_GAP: Final = re.compile(r"^[^#\n]*[^\s#]#", re.MULTILINE)


_NULLS: Final = ("null", "Null", "NULL", "~")
"""What YAML takes for no value at all, unless it is in quotes (YAML 1.2, 10.2.1.1)."""
_REPORTED: Final = "〓"
"""Stands in a value for a character that no plan may hold, brought in by an escape."""


class _ParseError(Exception):
    """Stops the parsing of a file; caught in this module, always."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _parse_error(problem: FileProblem, event: yaml.Event) -> _ParseError:
    return _ParseError(replace(problem, place=mark_position(event.start_mark)))


def _spans_lines(event: Any) -> bool:
    return bool(event.start_mark.line != event.end_mark.line)


def compose_yaml(text: str) -> ParsedYaml:
    """Composes the data of a YAML text; what is wrong with it is listed in ``problems``."""
    parsed = ParsedYaml(text=text)
    try:
        parsed.data = _Composer(parsed, text).compose_document()
    except _ParseError as error:
        parsed.problems.append(error.problem)
    except yaml.MarkedYAMLError as error:
        parsed.problems.append(syntax_problem(error, text))
    return parsed


class _Composer:
    """Composes data from events, and records the positions of keys and values."""

    def __init__(self, parsed: ParsedYaml, text: str) -> None:
        self._parsed = parsed
        self._events = yaml.parse(text, Loader=yaml.CSafeLoader)
        self._text = text
        self._lines = text.split("\n")
        self._may_be_glued = bool(_GLUED.search(text))
        self._position = 0
        self._event_count = 0
        self._text_length = 0

    def compose_document(self) -> object:
        stream_start = self._next_event()
        event = self._next_event()
        if isinstance(event, yaml.StreamEndEvent):
            raise _parse_error(yaml_problems.EMPTY, stream_start)
        data = self._compose_node(self._next_event(), (), depth=1)
        self._next_event()  # document end
        event = self._next_event()
        if not isinstance(event, yaml.StreamEndEvent):
            raise _parse_error(yaml_problems.SECOND_DOCUMENT, event)
        if data == "":
            raise _parse_error(yaml_problems.EMPTY, stream_start)
        return data

    def _next_event(self) -> yaml.Event:
        event = next(self._events)
        self._event_count += 1
        if self._event_count > EVENT_LIMIT:
            raise _parse_error(yaml_problems.TOO_MANY, event)
        if isinstance(event, yaml.ScalarEvent):
            self._text_length += len(event.value)
            if self._text_length > TEXT_LIMIT:
                raise _parse_error(yaml_problems.TOO_LONG, event)
        if self._may_be_glued:
            self._refuse_glued_comment(event)
        return event

    def _refuse_glued_comment(self, event: Any) -> None:
        """Refuses a comment that is glued to what comes before: between events there is no text."""
        # A "#" before is the end of a word.
        before = self._text[max(self._position - 1, 0) : self._position].replace("#", "x")
        gap = before + self._text[self._position : event.start_mark.index]
        glued = _GLUED_IN_GAP.search(gap)
        if glued:
            until = self._text[: self._position - len(before) + glued.end() - 1]
            place = until.count("\n") + 1, len(until) - until.rfind("\n")
            raise _ParseError(replace(yaml_problems.GLUED_COMMENT, place=place))
        self._position = event.end_mark.index

    def _compose_node(self, event: yaml.Event, path: PlanPath, depth: int) -> object:
        self._refuse_anchor_tag_and_depth(event, depth)
        self._parsed.values[path] = mark_position(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return self._compose_scalar(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._compose_sequence(path, depth)
        return self._compose_mapping(path, depth)

    def _refuse_anchor_tag_and_depth(self, event: Any, depth: int) -> None:
        if event.anchor:  # an alias has one, too
            raise _parse_error(yaml_problems.ALIAS, event)
        if event.tag:
            raise _parse_error(yaml_problems.TAG, event)
        if depth > DEPTH_LIMIT:
            raise _parse_error(yaml_problems.TOO_DEEP, event)

    def _compose_scalar(self, event: Any, path: PlanPath) -> str:
        self._parsed.last_values[self._note_scalar_end(event)] = path
        if event.style in ("|", ">") or _spans_lines(event) or "\n" in event.value:
            self._parsed.problems.append(
                replace(yaml_problems.MULTILINE, place=mark_position(event.start_mark))
            )
        if event.value in _NULLS and not event.style:
            problem = replace(yaml_problems.NULL, message=f"「{event.value}」には値がありません。")
            self._parsed.problems.append(replace(problem, place=mark_position(event.start_mark)))
        if event.style == '"':
            self._check_escaped_characters(event)
        if not event.value and path in self._parsed.keys:
            self._parsed.values[path] = self._parsed.keys[path]
        # What has been reported here, rules are not to report again.
        return FORBIDDEN.sub(_REPORTED, event.value) if event.style == '"' else str(event.value)

    def _check_escaped_characters(self, event: Any) -> None:
        """Notes what the file's own text may not hold, brought in by escapes such as "\\0"."""
        room = max(PROBLEM_LIMIT - len(self._parsed.problems), 0)
        found = find_forbidden(event.value)
        for match in islice(found, room):
            at = self._locate_character(event, match.start())
            self._parsed.problems.append(forbidden_character_problem(match[0], at))
        self._parsed.more_problems += sum(1 for _ in found)

    def _locate_character(self, event: Any, offset: int) -> LineColumn:
        """Where a quoted character is written; where the scalar begins, if it spans lines."""
        line, column = mark_position(event.start_mark)
        if _spans_lines(event):
            return line, column
        return line, find_column(self._lines[line - 1], column, offset)

    def _compose_sequence(self, path: PlanPath, depth: int) -> tuple[object, ...]:
        items: list[object] = []
        while not isinstance(event := self._next_event(), yaml.SequenceEndEvent):
            items.append(self._compose_node(event, (*path, len(items)), depth + 1))
        return tuple(items)

    def _compose_mapping(self, path: PlanPath, depth: int) -> dict[str, object]:
        mapping: dict[str, object] = {}
        while not isinstance(event := self._next_event(), yaml.MappingEndEvent):
            key = self._compose_key(event, depth)
            here = (*path, key)
            if key in mapping:
                self._note_duplicate_key(here, event)
                self._skip_node()
                continue
            self._parsed.keys[here] = mark_position(event.start_mark)
            mapping[key] = self._compose_node(self._next_event(), here, depth + 1)
        return mapping

    def _compose_key(self, event: yaml.Event, depth: int) -> str:
        self._refuse_anchor_tag_and_depth(event, depth)
        if not isinstance(event, yaml.ScalarEvent) or _spans_lines(event) or not event.value:
            raise _parse_error(yaml_problems.BAD_KEY, event)
        line, column = mark_position(event.start_mark)
        if self._lines[line - 1][column - 2 : column - 1] == "?":
            raise _ParseError(replace(yaml_problems.GLUED_QUESTION, place=(line, column - 1)))
        found = _FORBIDDEN_WHEN_ESCAPED.search(event.value)
        if found:  # messages name keys: what steers a terminal must not get there
            raise _ParseError(
                forbidden_character_problem(found[0], mark_position(event.start_mark))
            )
        self._parsed.last_values.pop(self._note_scalar_end(event), None)
        if event.value == "<<" and not event.style:  # plain, not quoted
            raise _parse_error(yaml_problems.MERGE, event)
        return str(event.value)

    def _note_scalar_end(self, event: Any) -> int:
        """Notes where a scalar ends; returns the line."""
        line, column = mark_position(event.end_mark)
        self._parsed.scalar_ends[line] = column
        return line

    def _note_duplicate_key(self, path: PlanPath, event: yaml.Event) -> None:
        line, _ = self._parsed.keys[path]
        is_item = isinstance(path[-2] if path[1:] else None, int)
        again = "別の項目なら、初めに「- 」を付けてください。" if is_item else ""
        self._parsed.problems.append(
            FileProblem(
                "duplicate-key",
                f"キー「{path[-1]}」が二度書かれています（一度目は {line} 行目）。",
                "どちらか一方を除いてください。" + again,
                mark_position(event.start_mark),
            )
        )

    def _skip_node(self) -> None:
        """Passes over one node, of whatever depth."""
        depth = 0
        while True:
            event = self._next_event()
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth == 0:
                return
