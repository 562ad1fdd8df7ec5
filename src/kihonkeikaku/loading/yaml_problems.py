"""What may be wrong with a file's YAML, in Japanese: of its characters, its syntax, its parts.

YAML that is sound but has no place in a plan is refused too: anchors, tags, several documents.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from heapq import merge
from typing import Any, Final

import yaml

from kihonkeikaku.loading.source import FileProblem, LineColumn
from kihonkeikaku.model.finding import Fix
from kihonkeikaku.text.characters import FORBIDDEN, ZERO_WIDTH, find_forbidden, name_character

DEPTH_LIMIT: Final = 32
"""Deepest nesting that is read; a real plan stays below 15."""
EVENT_LIMIT: Final = 50_000
"""Most values, keys and brackets that are read of one file; a real one has a few hundred."""
TEXT_LIMIT: Final = 400_000
"""Most characters that are read in the values of one file.

The whole outline has 20,000; a chapter that lists 5,000 measures, 150,000.
"""
PROBLEM_LIMIT: Final = 1_000
"""Most problems of the characters of one file that are noted; further ones are counted."""

_MARKED_LINE: Final = re.compile(r"^(?:(?P<conflict>(?:<{7}|>{7}|\|{7}) |={7}$)|%)", re.MULTILINE)

RUN: Final = re.compile(r"\{(?:ref|footnote)[:：]")
RUN_IN_TEXT: Final = re.compile(r"[^\s\[,{]\s*" + RUN.pattern)
"""A reference or a footnote in the middle of a text that is not a list."""

NEXT_KEY: Final = re.compile("[ ,、，　]+(?P<key>[a-z_]{2,20}): ")
"""A key behind a value, on the same line."""
ENDS_EARLY: Final = re.compile(r"(?:'[^']*'|\"[^\"]*\"|\[[^]]*\]|\{[^}]*\})(?=[ ]*[^ ,\]}#:])")
"""What YAML takes for a whole value, though text stands behind it."""
MARKS: Final = ("@", "`", "%", "&", "*", "!", "|", ">", "? ", "- ")
"""What no text can begin with, unless it is in quotes."""

WIDE_BRACKETS: Final = str.maketrans("[]{}", "［］｛｝")

_VALUE: Final = re.compile(r"[ \t]*(?:- +)*(?:[a-z_]+: +)?(?P<value>.*)")

_UNCLOSED: Final = "end of stream"
_NO_COLON: Final = "could not find expected ':'"

_COLON_HINT: Final = "値の中の「: 」は、「：」と書いてください。"
_ESCAPE_HINT: Final = "「\\」を文字として書くなら、引用符を ' ' にしてください。"

# By words of libyaml's message: what a drafter can do about it.
_SYNTAX_HINTS: Final = (
    ("cannot start any token", "「@」「`」「%」で始まる値は、引用符 ' ' で囲んでください。"),
    (
        _NO_COLON,
        "前の行の続きなら前の行とまとめて一行に、キーなら後に「: 」を付けて書いてください。",
    ),
    ("did not find expected key", "この前後で、字下げと引用符の対応を確かめてください。"),
    ("did not find expected '-' indicator", "一覧の「- 」の字下げを揃えてください。"),
    (
        "did not find expected ',' or",
        "［］や｛｝の中の「, 」と、閉じる括弧を確かめてください。",
    ),
    (
        "did not find expected node content",
        "「, 」の前か後に、値が抜けていないか確かめてください。",
    ),
    (_UNCLOSED, "開いた引用符や括弧を閉じてください。"),
    ("sequence entries are not allowed", "「- 」は行の初めに、字下げを揃えて書いてください。"),
    ("unknown escape character", _ESCAPE_HINT),
    ("alphabetic or numeric character", "「&」「*」で始まる値は、引用符 ' ' で囲んでください。"),
    ("expected whitespace or line break", "「!」で始まる値は、引用符 ' ' で囲んでください。"),
    ("hexdecimal number", _ESCAPE_HINT),  # so spelt by libyaml
    ("invalid Unicode character", "文字は番号ではなく、そのまま書いてください。"),
)
_RUN_HINT: Final = (
    "参照や注のある文は、[ここまでの文, {ref: 識別子}, ここからの文] の形で書いてください。"
)
_CHARACTER_HINT: Final = "この文字を除いてください。他の文書からの貼り付けで入ることがあります。"
_CARRIAGE_RETURN_HINT: Final = "改行は LF か CRLF にしてください。"
_TAB_HINT: Final = "字下げにはタブではなく空白を使ってください。"
_SYNTAX_HINT: Final = "この行と前の行の、字下げ・引用符・「: 」を確かめてください。"

EMPTY: Final = FileProblem(
    "empty-file", "ファイルが空です。", "内容を書くか、ファイルを除いてください。"
)
SECOND_DOCUMENT: Final = FileProblem(
    "multiple-documents",
    "一つのファイルに文書が二つ以上あります（「---」で区切られています）。",
    "一つのファイルには一つの文書だけを書いてください。",
)
ALIAS: Final = FileProblem(
    "yaml-alias",
    "「&」と「*」（アンカーとエイリアス）は使えません。",
    "同じ内容でも、それぞれの場所にそのまま書いてください。",
)
MERGE: Final = replace(ALIAS, message="「<<」（取り込み）は使えません。")
TAG: Final = FileProblem(
    "yaml-tag",
    "「!」で始まるタグは使えません。",
    "タグを除いてください。値の全体を引用符 ' ' で囲めば文字として書けます。",
)
TOO_DEEP: Final = FileProblem(
    "too-deep",
    f"入れ子が深すぎます（{DEPTH_LIMIT} 段まで）。",
    "字下げや括弧の対応を確かめ、入れ子を浅くしてください。",
)
TOO_MANY: Final = FileProblem(
    "too-large",
    f"値が多すぎるため読みません（一つのファイルに {EVENT_LIMIT:,} まで）。",
    "内容を分けるか、誤って入った大きなデータを除いてください。",
)
TOO_LONG: Final = replace(
    TOO_MANY,
    message=f"文字が多すぎるため読みません（一つのファイルの値は計 {TEXT_LIMIT:,} 字まで）。",
)
# The parser's time grows with the square of their number, and nothing of ours needs one.
_DIRECTIVE: Final = FileProblem(
    "yaml-syntax",
    "「%」で始まる行は使えません。",
    "この行を除いてください。値であれば、全体を引用符 ' ' で囲んで一行で書いてください。",
)
_CONFLICT: Final = FileProblem(
    "merge-conflict",
    "git の統合で残った目印があります。",
    "どちらの内容を採るか決めて、<<<<<<<・=======・>>>>>>> の行を除いてください。",
)
BAD_KEY: Final = FileProblem(
    "yaml-syntax", "キーが一行の文字ではありません。", "「キー: 値」の形で書いてください。"
)
# libyaml takes either for what YAML 1.2 does not: "?x" within brackets for the key x, and what is
# glued to a quote, a bracket or a comma for a comment.
GLUED_QUESTION: Final = FileProblem(
    "yaml-syntax",
    "［］や｛｝の中で「?」から始まっています。",
    "「?」を文字として書くなら、全体を引用符 ' ' で囲んでください。",
)
GLUED_COMMENT: Final = FileProblem(
    "yaml-syntax",
    "「#」の前に空白がないため、注釈かどうか分かりません。",
    "注釈なら前の行に「# …」と書き、文字なら全体を引用符 ' ' で囲んでください。",
)
NULL: Final = FileProblem(
    "empty-value",
    "値がありません。",
    "文字として書くなら引用符 ' ' で囲み、要らなければキーごと除いてください。",
)
MULTILINE: Final = FileProblem(
    "multiline-scalar",
    "値が二行以上に分かれています。",
    "日本語の間に空白が入ってしまうため、一行で書いてください。",
)


_BOTH_HINT: Final = (
    "どちらも項目を加えているので、両方とも残し、<<<<<<<・=======・>>>>>>> の行だけを"
    "除いてください。要らない項目があれば、それも除いてください。"
)
_CONFLICT_OF_LISTS: Final = re.compile(
    r"^<{7} [^\n]*\n(?P<ours>(?:[ \t]*(?:- |[a-z_]+:)[^\n]*\n)+?)"
    r"(?:\|{7} [^\n]*\n)?={7}\n"
    r"(?P<theirs>(?:[ \t]*(?:- |[a-z_]+:)[^\n]*\n)+?)>{7} ",
    re.MULTILINE,
)


def _lists_in_conflict(text: str) -> list[tuple[int, int]]:
    """Returns from where up to where both sides of a conflict add items to a list."""
    if "<<<<<<< " not in text:
        return []
    return [
        match.span()
        for match in _CONFLICT_OF_LISTS.finditer(text)
        if all(side.lstrip().startswith("- ") for side in match.group("ours", "theirs"))
    ]


def find_text_problems(text: str) -> Iterator[FileProblem]:
    """Yields what is wrong with a file's text, whatever YAML it is, in the order of the text."""
    found = merge(_MARKED_LINE.finditer(text), find_forbidden(text), key=re.Match.start)
    line, begins = 1, 0
    lists = _lists_in_conflict(text)
    for match in found:
        line += text.count("\n", begins, match.start())
        begins = text.rfind("\n", 0, match.start()) + 1
        problem = _text_problem(match, (line, match.start() - begins + 1))
        if any(start <= match.start() < end for start, end in lists):
            problem = replace(problem, hint=_BOTH_HINT)
        yield problem


def count_text_problems(text: str) -> int:
    """Returns how many problems ``find_text_problems`` would yield, without making them."""
    return sum(len(pattern.findall(text)) for pattern in (_MARKED_LINE, FORBIDDEN))


def find_removals(text: str) -> Iterator[tuple[int, Fix]]:
    """Yields, for each character that no plan may hold, its line and its removal."""
    for number, line in enumerate(text.split("\n"), start=1):
        for match in find_forbidden(line):
            yield number, _removal(match.start() + 1)


def _removal(column: int) -> Fix:
    return Fix(column, column + 1, "", in_value=False)


def _text_problem(match: re.Match[str], place: LineColumn) -> FileProblem:
    if match.re is not _MARKED_LINE:
        problem = forbidden_character_problem(match[0], place)
        return replace(problem, fix=_removal(place[1]) if ZERO_WIDTH.match(match[0]) else None)
    return replace(_CONFLICT if match["conflict"] else _DIRECTIVE, place=place)


def forbidden_character_problem(character: str, place: LineColumn) -> FileProblem:
    """Returns the problem of a character that no plan may hold."""
    return FileProblem(
        "forbidden-character",
        f"見えない文字や制御文字（{name_character(character)}）が入っています。",
        _CARRIAGE_RETURN_HINT if character == "\r" else _CHARACTER_HINT,
        place,
    )


def syntax_problem(error: yaml.MarkedYAMLError, text: str) -> FileProblem:
    """Translates an error of the parser."""
    lines = text.rstrip("\n").split("\n")
    problem = error.problem or ""
    place = mark_position(error.problem_mark or error.context_mark)
    if _NO_COLON in problem and error.context_mark:  # the line that should be a key, not the next
        place = mark_position(error.context_mark)
    if "maximum nesting depth" in problem:  # newer versions of the parser stop by themselves
        return replace(TOO_DEEP, place=place)
    if place[0] > len(lines):
        # Something was never closed: report where it began, if that is known, not the end.
        began = error.context_mark
        problem, place = (
            _UNCLOSED,
            min(mark_position(began), _end_of_text(lines)) if began else _end_of_text(lines),
        )
    hint = next((hint for words, hint in _SYNTAX_HINTS if words in problem), _SYNTAX_HINT)
    line = lines[place[0] - 1]
    is_key = "mapping values" in problem or line[place[1] - 1 : place[1]] == ":"
    if is_key:
        hint = _COLON_HINT
    hint = _hint_of_line(line, is_key=is_key) or hint
    if line[place[1] - 1 : place[1]] == "\t":
        hint = _TAB_HINT
    return FileProblem("yaml-syntax", "YAML として読めません。", hint, place)


def _hint_of_line(line: str, *, is_key: bool) -> str | None:
    """Returns what to do about a line that can't be read, where it tells what was meant.

    Args:
        line: the line.
        is_key: whether the parser found a key where there can be none.
    """
    found = _VALUE.fullmatch(line)
    value = found["value"] if found else ""
    if RUN_IN_TEXT.search(line):
        return _RUN_HINT
    if is_key:
        key = NEXT_KEY.search(value)
        if key and value.startswith("{"):
            return f"「{key['key']}: …」の前は、半角の「, 」で区切ってください。"
        return key and f"「{key['key']}: …」は、次の行に、前のキーと位置を揃えて書いてください。"
    return _hint_of_value(value) if ENDS_EARLY.match(value) or value.startswith(MARKS) else None


def _hint_of_value(value: str) -> str:
    """Returns what to do about a value that begins with a mark of YAML's."""
    mark = value[0]
    if mark in "'\"":
        return (
            "閉じた引用符の後に文が続いています。引用符を除くか、文の全体を ' ' で囲んでください。"
        )
    if RUN.search(value):
        return "「]」の後の文も、一覧の中に、「, 」で区切って入れてください。"
    if mark == "-":
        return "値の前の「- 」を除いてください。一覧なら、次の行から「- 」で始まる項目を並べます。"
    wide = mark.translate(WIDE_BRACKETS)
    first = f"「{wide}」とするか、" if wide != mark else ""
    return f"「{mark}」で始まる値は、{first}全体を引用符 ' ' で囲んでください。"


def _end_of_text(lines: list[str]) -> LineColumn:
    return len(lines), len(lines[-1]) + 1


def mark_position(mark: Any) -> LineColumn:
    """Returns where a mark of the parser is; the C parser's marks have no type of their own."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
