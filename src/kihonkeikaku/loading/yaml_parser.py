"""YAML text → plain data with a position for every key and value.

The parser's events are read before anything is composed, so that depth, aliases, tags and
duplicate keys are refused before they can hurt. Scalars are strings, whatever they look like:
the model decides what a string may mean.
"""

import re
from dataclasses import dataclass, field, replace
from heapq import merge
from itertools import islice
from typing import Any, Final

import yaml

from kihonkeikaku.loading.encoding import decode
from kihonkeikaku.loading.scalars import find_column
from kihonkeikaku.loading.source import FileProblem
from kihonkeikaku.model.finding import PlanPath
from kihonkeikaku.text.characters import FORBIDDEN, find_forbidden, name_character

DEPTH_LIMIT: Final = 32
"""Deepest nesting that is read; a real plan stays below 15."""
EVENT_LIMIT: Final = 50_000
"""Most values, keys and brackets that are read of one file; a real one has a few hundred."""
TEXT_LIMIT: Final = 400_000
"""Most characters that are read in the values of one file.

The whole outline has 20,000; a chapter that lists 5,000 measures, 150,000.
"""
PROBLEM_LIMIT: Final = 1_000
"""Most flaws in the characters of one file that are noted; further ones are counted."""

_MARKED_LINE: Final = re.compile(r"^(?:(?P<conflict>(?:<{7}|>{7}|\|{7}) |={7}$)|%)", re.MULTILINE)

_FORBIDDEN_WHEN_ESCAPED: Final = re.compile(FORBIDDEN.pattern + "|[\\n\\t]")
"""What no key may hold: "\\n" and the like bring in what the file's own text can't."""

_UNCLOSED: Final = "end of stream"

_ESCAPE_HINT: Final = "「\\」を文字として書くなら、引用符を ' ' にしてください。"

# What libyaml says, by the words that its problem contains, and what a drafter can do about it.
_SYNTAX_HINTS: Final = (
    ("cannot start any token", "「@」「`」「%」で始まる値は、引用符 ' ' で囲んでください。"),
    ("mapping values are not allowed", "「: 」を含む値は、全体を引用符 ' ' で囲んでください。"),
    ("could not find expected ':'", "キーの後に「: 」があるか確かめてください。"),
    ("did not find expected key", "この前後で、字下げと引用符の対応を確かめてください。"),
    ("did not find expected '-' indicator", "一覧の「- 」の字下げを揃えてください。"),
    ("did not find expected ',' or", "［］や｛｝の中の区切りと、閉じる括弧を確かめてください。"),
    (_UNCLOSED, "開いた引用符や括弧を閉じてください。"),
    ("sequence entries are not allowed", "「- 」は行の初めに、字下げを揃えて書いてください。"),
    ("unknown escape character", _ESCAPE_HINT),
    ("alphabetic or numeric character", "「&」「*」で始まる値は、引用符 ' ' で囲んでください。"),
    ("expected whitespace or line break", "「!」で始まる値は、引用符 ' ' で囲んでください。"),
    ("hexdecimal number", _ESCAPE_HINT),  # so spelt by libyaml
    ("invalid Unicode character", "文字は番号ではなく、そのまま書いてください。"),
)
_CHARACTER_HINT: Final = "この文字を除いてください。他の文書からの貼り付けで入ることがあります。"
_CARRIAGE_RETURN_HINT: Final = "改行は LF か CRLF にしてください。"
_TAB_HINT: Final = "字下げにはタブではなく空白を使ってください。"
_SYNTAX_HINT: Final = "この行と前の行の、字下げ・引用符・「: 」を確かめてください。"

LineColumn = tuple[int, int]
"""1-based line and column."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a file's YAML, and where in the file."""

    rule: str
    message: str
    hint: str
    place: LineColumn = (1, 1)


@dataclass(slots=True)
class ParsedYaml:
    """What could be read of one file.

    ``data`` holds dicts, tuples and strings, or nothing where the file could not be read.
    ``more_flaws`` counts the flaws beyond those noted in ``flaws``.
    ``values`` and ``keys`` tell where each value, and each key of a mapping, begins. ``ends`` tells
    for each line in which column its last scalar ends: what follows can only be a comment.
    """

    data: object = None
    text: str = ""
    flaws: list[Flaw] = field(default_factory=list)
    more_flaws: int = 0
    values: dict[PlanPath, LineColumn] = field(default_factory=dict)
    keys: dict[PlanPath, LineColumn] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)


_EMPTY: Final = Flaw("empty-file", "ファイルが空です。", "内容を書くか、ファイルを除いてください。")
_SECOND_DOCUMENT: Final = Flaw(
    "multiple-documents",
    "一つのファイルに文書が二つ以上あります（「---」で区切られています）。",
    "一つのファイルには一つの文書だけを書いてください。",
)
_ALIAS: Final = Flaw(
    "yaml-alias",
    "「&」と「*」（アンカーとエイリアス）は使えません。",
    "同じ内容でも、それぞれの場所にそのまま書いてください。",
)
_MERGE: Final = replace(_ALIAS, message="「<<」（取り込み）は使えません。")
_TAG: Final = Flaw(
    "yaml-tag",
    "「!」で始まるタグは使えません。",
    "タグを除いてください。値の全体を引用符 ' ' で囲めば文字として書けます。",
)
_TOO_DEEP: Final = Flaw(
    "too-deep",
    f"入れ子が深すぎます（{DEPTH_LIMIT} 段まで）。",
    "字下げや括弧の対応を確かめ、入れ子を浅くしてください。",
)
_TOO_MANY: Final = Flaw(
    "too-large",
    f"値が多すぎるため読みません（一つのファイルに {EVENT_LIMIT:,} まで）。",
    "内容を分けるか、誤って入った大きなデータを除いてください。",
)
_TOO_LONG: Final = replace(
    _TOO_MANY,
    message=f"文字が多すぎるため読みません（一つのファイルの値は計 {TEXT_LIMIT:,} 字まで）。",
)
# The parser's time grows with the square of their number, and nothing of ours needs one.
_DIRECTIVE: Final = Flaw(
    "yaml-syntax",
    "「%」で始まる行は使えません。",
    "この行を除いてください。値であれば、全体を引用符 ' ' で囲んで一行で書いてください。",
)
_CONFLICT: Final = Flaw(
    "merge-conflict",
    "git の統合で残った目印があります。",
    "どちらの内容を採るか決めて、<<<<<<<・=======・>>>>>>> の行を除いてください。",
)
_BAD_KEY: Final = Flaw(
    "yaml-syntax", "キーが一行の文字ではありません。", "「キー: 値」の形で書いてください。"
)
# libyaml takes either for what YAML 1.2 does not: "?x" within brackets for the key x, and what is
# glued to a quote, a bracket or a comma for a comment.
_GLUED_QUESTION: Final = Flaw(
    "yaml-syntax",
    "［］や｛｝の中で「?」から始まっています。",
    "「?」を文字として書くなら、全体を引用符 ' ' で囲んでください。",
)
_GLUED_COMMENT: Final = Flaw(
    "yaml-syntax",
    "「#」の前に空白がないため、注釈かどうか分かりません。",
    "注釈なら「#」の前に空白を入れ、文字なら全体を引用符 ' ' で囲んでください。",
)
_GLUED: Final = re.compile(r"[^\s#]#")
_GLUED_IN_GAP: Final = re.compile(r"^[^#\n]*[^\s#]#", re.MULTILINE)
_MULTILINE: Final = Flaw(
    "multiline-scalar",
    "値が二行以上に分かれています。",
    "日本語の間に空白が入ってしまうため、一行で書いてください。",
)


class _Unreadable(Exception):  # noqa: N818 - caught in this module, always
    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw


def _refused(flaw: Flaw, event: yaml.Event) -> _Unreadable:
    return _Unreadable(replace(flaw, place=_place(event.start_mark)))


def _spans_lines(event: Any) -> bool:
    return bool(event.start_mark.line != event.end_mark.line)


def parse_yaml(content: bytes) -> ParsedYaml:
    """Reads one YAML file; whatever is wrong with it stands in the reading's ``flaws``."""
    text = decode(content)
    if isinstance(text, FileProblem):
        return ParsedYaml(flaws=[Flaw(text.rule, text.message, text.hint, text.place)])
    reading = ParsedYaml(text=text)
    if _note_text_flaws(reading):
        return reading
    try:
        reading.data = _Composer(reading, text).document()
    except _Unreadable as unreadable:
        reading.flaws.append(unreadable.flaw)
    except yaml.MarkedYAMLError as error:
        reading.flaws.append(_syntax_flaw(error, text))
    return reading


def _note_text_flaws(reading: ParsedYaml) -> bool:
    """Notes what is wrong with a file's text, whatever YAML it is; returns if there is anything."""
    found = merge(
        _MARKED_LINE.finditer(reading.text), find_forbidden(reading.text), key=re.Match.start
    )
    line, begins = 1, 0
    for match in islice(found, PROBLEM_LIMIT):
        line += reading.text.count("\n", begins, match.start())
        begins = reading.text.rfind("\n", 0, match.start()) + 1
        place = line, match.start() - begins + 1
        reading.flaws.append(_text_flaw(match, place))
    if len(reading.flaws) == PROBLEM_LIMIT:
        total = sum(len(sought.findall(reading.text)) for sought in (_MARKED_LINE, FORBIDDEN))
        reading.more_flaws = total - PROBLEM_LIMIT
    return bool(reading.flaws)


def _text_flaw(match: re.Match[str], place: LineColumn) -> Flaw:
    if match.re is not _MARKED_LINE:
        return forbidden_character(match[0], place)
    return replace(_CONFLICT if match["conflict"] else _DIRECTIVE, place=place)


def forbidden_character(character: str, place: LineColumn) -> Flaw:
    """Returns the flaw of a character that no plan may hold."""
    return Flaw(
        "forbidden-character",
        f"見えない文字や制御文字（{name_character(character)}）が入っています。",
        _CARRIAGE_RETURN_HINT if character == "\r" else _CHARACTER_HINT,
        place,
    )


def _syntax_flaw(error: yaml.MarkedYAMLError, text: str) -> Flaw:
    lines = text.rstrip("\n").split("\n")
    problem = error.problem or ""
    place = _place(error.problem_mark or error.context_mark)
    if "maximum nesting depth" in problem:  # newer versions of the parser stop by themselves
        return replace(_TOO_DEEP, place=place)
    if place[0] > len(lines):
        # Something was never closed: where it began, if that is known, tells more than the end.
        began = error.context_mark
        problem, place = _UNCLOSED, min(_place(began), _end(lines)) if began else _end(lines)
    hint = next((hint for words, hint in _SYNTAX_HINTS if words in problem), _SYNTAX_HINT)
    if lines[place[0] - 1][place[1] - 1 : place[1]] == "\t":
        hint = _TAB_HINT
    return Flaw("yaml-syntax", "YAML として読めません。", hint, place)


def _end(lines: list[str]) -> LineColumn:
    return len(lines), len(lines[-1]) + 1


def _place(mark: Any) -> LineColumn:
    """Where a mark of the parser is; the C parser's marks have no type of their own."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


class _Composer:
    """Composes data from events, noting where everything stands."""

    def __init__(self, reading: ParsedYaml, text: str) -> None:
        self._reading = reading
        self._events = yaml.parse(text, Loader=yaml.CSafeLoader)
        self._text = text
        self._lines = text.split("\n")
        self._may_be_glued = bool(_GLUED.search(text))
        self._at = 0
        self._count = 0
        self._length = 0

    def document(self) -> object:
        stream_start = self._next()
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            raise _refused(_EMPTY, stream_start)
        data = self._node(self._next(), (), depth=1)
        self._next()  # document end
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise _refused(_SECOND_DOCUMENT, event)
        if data == "":
            raise _refused(_EMPTY, stream_start)
        return data

    def _next(self) -> yaml.Event:
        event = next(self._events)
        self._count += 1
        if self._count > EVENT_LIMIT:
            raise _refused(_TOO_MANY, event)
        if isinstance(event, yaml.ScalarEvent):
            self._length += len(event.value)
            if self._length > TEXT_LIMIT:
                raise _refused(_TOO_LONG, event)
        if self._may_be_glued:
            self._refuse_glued_comment(event)
        return event

    def _refuse_glued_comment(self, event: Any) -> None:
        """Refuses a comment that is glued to what comes before: between events there is no text."""
        before = self._text[max(self._at - 1, 0) : self._at].replace("#", "x")  # the end of a word
        gap = before + self._text[self._at : event.start_mark.index]
        glued = _GLUED_IN_GAP.search(gap)
        if glued:
            until = self._text[: self._at - len(before) + glued.end() - 1]
            place = until.count("\n") + 1, len(until) - until.rfind("\n")
            raise _Unreadable(replace(_GLUED_COMMENT, place=place))
        self._at = event.end_mark.index

    def _node(self, event: yaml.Event, path: PlanPath, depth: int) -> object:
        self._refuse_extras(event, depth)
        self._reading.values[path] = _place(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return self._mapping(path, depth)

    def _refuse_extras(self, event: Any, depth: int) -> None:
        if event.anchor:  # an alias has one, too
            raise _refused(_ALIAS, event)
        if event.tag:
            raise _refused(_TAG, event)
        if depth > DEPTH_LIMIT:
            raise _refused(_TOO_DEEP, event)

    def _scalar(self, event: Any, path: PlanPath) -> str:
        self._note_end(event)
        if event.style in ("|", ">") or _spans_lines(event) or "\n" in event.value:
            self._reading.flaws.append(replace(_MULTILINE, place=_place(event.start_mark)))
        if event.style == '"':
            self._flaw_escaped(event)
        if not event.value and path in self._reading.keys:
            self._reading.values[path] = self._reading.keys[path]
        return str(event.value)

    def _flaw_escaped(self, event: Any) -> None:
        """Notes what the file's own text may not hold, brought in by escapes such as "\\0"."""
        room = max(PROBLEM_LIMIT - len(self._reading.flaws), 0)
        found = find_forbidden(event.value)
        for match in islice(found, room):
            at = self._place_within(event, match.start())
            self._reading.flaws.append(forbidden_character(match[0], at))
        self._reading.more_flaws += sum(1 for _ in found)

    def _place_within(self, event: Any, offset: int) -> LineColumn:
        """Where a quoted character is written; where the scalar begins, if it spans lines."""
        line, column = _place(event.start_mark)
        if _spans_lines(event):
            return line, column
        return line, find_column(self._lines[line - 1], column, offset)

    def _sequence(self, path: PlanPath, depth: int) -> tuple[object, ...]:
        items: list[object] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, (*path, len(items)), depth + 1))
        return tuple(items)

    def _mapping(self, path: PlanPath, depth: int) -> dict[str, object]:
        mapping: dict[str, object] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, depth)
            here = (*path, key)
            if key in mapping:
                self._flaw_duplicate(here, event)
                self._skip()
                continue
            self._reading.keys[here] = _place(event.start_mark)
            mapping[key] = self._node(self._next(), here, depth + 1)
        return mapping

    def _key(self, event: yaml.Event, depth: int) -> str:
        self._refuse_extras(event, depth)
        if not isinstance(event, yaml.ScalarEvent) or _spans_lines(event) or not event.value:
            raise _refused(_BAD_KEY, event)
        line, column = _place(event.start_mark)
        if self._lines[line - 1][column - 2 : column - 1] == "?":
            raise _Unreadable(replace(_GLUED_QUESTION, place=(line, column - 1)))
        found = _FORBIDDEN_WHEN_ESCAPED.search(event.value)
        if found:  # messages name keys: what steers a terminal must not get there
            raise _Unreadable(forbidden_character(found[0], _place(event.start_mark)))
        self._note_end(event)
        if event.value == "<<" and not event.style:  # plain, not quoted
            raise _refused(_MERGE, event)
        return str(event.value)

    def _note_end(self, event: Any) -> None:
        line, column = _place(event.end_mark)
        self._reading.ends[line] = column

    def _flaw_duplicate(self, path: PlanPath, event: yaml.Event) -> None:
        line, _ = self._reading.keys[path]
        self._reading.flaws.append(
            Flaw(
                "duplicate-key",
                f"キー「{path[-1]}」が二度書かれています（一度目は {line} 行目）。",
                "どちらか一方を除いてください。",
                _place(event.start_mark),
            )
        )

    def _skip(self) -> None:
        """Passes over one node, of whatever depth."""
        depth = 0
        while True:
            event = self._next()
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth == 0:
                return
