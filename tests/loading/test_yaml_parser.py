"""YAML as drafters and others write it: read exactly as written, or refused with its place."""

from typing import NoReturn

import pytest
import yaml

from kihonkeikaku.loading.yaml_composer import ParsedYaml
from kihonkeikaku.loading.yaml_parser import parse_yaml
from kihonkeikaku.loading.yaml_problems import EVENT_LIMIT, PROBLEM_LIMIT, TEXT_LIMIT


def read(text: str) -> ParsedYaml:
    return parse_yaml(text.encode())


def problems_in(text: str) -> list[tuple[str, int, int, str]]:
    return [(problem.rule, *problem.place, problem.message) for problem in read(text).problems]


BAD_KEY = "キーが一行の文字ではありません。"
TWO_LINES = "値が二行以上に分かれています。"


def hidden(code: str) -> str:
    return f"見えない文字や制御文字（{code}）が入っています。"


@pytest.mark.parametrize(
    "word",
    [
        *("no", "yes", "off", "nil", "None", "true", "=", "<"),
        *("010", "0x1F", "1e3", "1_000", ".inf", "1.10", "+1", "2025-12-23", "12:30:45"),
    ],
)
def test_value_is_read_as_written(word: str) -> None:
    reading = read(f"key: {word}\n'{word}': [{word}, '{word}']\n")
    assert reading.data == {"key": word, word: (word, word)}
    assert reading.problems == []


@pytest.mark.parametrize("word", ["null", "Null", "NULL", "~"])
def test_what_yaml_takes_for_nothing_is_refused_unless_it_is_in_quotes(word: str) -> None:
    reading = read(f"key: {word}\nother: ['{word}', {word}]\n\"{word}\": x\n")
    [first, second] = reading.problems
    assert (first.rule, first.place, second.place) == ("empty-value", (1, 6), (2, 13 + len(word)))
    assert "引用符" in first.hint
    assert reading.data == {"key": word, "other": (word, word), word: "x"}


def test_positions_of_keys_and_values() -> None:
    reading = read("id: 取組\nlist:\n- 'い': x\n- [あ, \"う\"]\nempty: ''\nbraces: {あ: {}}\n")
    assert reading.values == {
        (): (1, 1),
        ("id",): (1, 5),
        ("list",): (3, 1),
        ("list", 0): (3, 3),
        ("list", 0, "い"): (3, 8),
        ("list", 1): (4, 3),
        ("list", 1, 0): (4, 4),
        ("list", 1, 1): (4, 7),
        ("empty",): (5, 1),  # what has no value is said of the key
        ("braces",): (6, 9),
        ("braces", "あ"): (6, 13),
    }
    assert reading.keys == {
        ("id",): (1, 1),
        ("list",): (2, 1),
        ("list", 0, "い"): (3, 3),
        ("empty",): (5, 1),
        ("braces",): (6, 1),
        ("braces", "あ"): (6, 10),
    }


def test_position_of_an_empty_item_is_where_it_is_missing() -> None:
    reading = read("- あ\n-\n- い\n")
    assert reading.data == ("あ", "", "い")
    assert reading.values[1,] == (2, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("? [あ]\n: い\n", ("yaml-syntax", 1, 3, BAD_KEY)),
        ("? {あ: い}\n: う\n", ("yaml-syntax", 1, 3, BAD_KEY)),
        ("? |\n  あ\n: い\n", ("yaml-syntax", 1, 3, BAD_KEY)),
        ("ok: x\n? 'あ\n  い'\n: う\n", ("yaml-syntax", 2, 3, BAD_KEY)),
        ('ok: x\n"\\e[31m": x\n', ("forbidden-character", 2, 1, hidden("U+001B"))),
        ('{ok: x, "a\\nb": x}\n', ("forbidden-character", 1, 9, hidden("U+000A"))),
        ('"a\\tb": x\n', ("forbidden-character", 1, 1, hidden("U+0009"))),
    ],
)
def test_key_is_one_line_of_text(text: str, expected: tuple[str, int, int, str]) -> None:
    assert problems_in(text) == [expected]
    assert read(text).data is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: |\n  取組\n", ("multiline-scalar", 1, 4, TWO_LINES)),
        ("a: >-\n  取組\n", ("multiline-scalar", 1, 4, TWO_LINES)),
        ("a: 取組\n  の推進\n", ("multiline-scalar", 1, 4, TWO_LINES)),
        ("a: '取組\n  の推進'\n", ("multiline-scalar", 1, 4, TWO_LINES)),
        ('a: [x, "取組\\nの推進"]\n', ("multiline-scalar", 1, 8, TWO_LINES)),
        ('a: "取組\\0の推進"\n', ("forbidden-character", 1, 7, hidden("U+0000"))),
        ('a: "\\u202e取組"\n', ("forbidden-character", 1, 5, hidden("U+202E"))),
    ],
)
def test_value_is_one_line_of_text(text: str, expected: tuple[str, int, int, str]) -> None:
    assert problems_in(text) == [expected]


def test_hidden_character_of_a_value_on_two_lines_is_reported_at_its_beginning() -> None:
    assert problems_in('a: "取\\0\n  組"\n') == [
        ("multiline-scalar", 1, 4, TWO_LINES),
        ("forbidden-character", 1, 4, hidden("U+0000")),
    ]


def test_value_of_a_duplicate_key_is_skipped() -> None:
    text = "a: 1\nb: {x: 1, y: [2], x: [{z: 3}, [4]]}\na: [{c: 1}, {d: [2]}]\ne: 5\n"
    assert problems_in(text) == [
        ("duplicate-key", 2, 19, "キー「x」が二度書かれています（一度目は 2 行目）。"),
        ("duplicate-key", 3, 1, "キー「a」が二度書かれています（一度目は 1 行目）。"),
    ]
    assert read(text).data == {"a": "1", "b": {"x": "1", "y": ("2",)}, "e": "5"}


def test_quoted_merge_key_is_a_key() -> None:
    assert read("'<<': x\n").data == {"<<": "x"}


@pytest.mark.parametrize(
    ("text", "place"),
    [("=======", (1, 1)), ("あ: い\n>>>>>>> x\n", (2, 1)), ("||||||| x\n", (1, 1))],
)
def test_conflict_marks(text: str, place: tuple[int, int]) -> None:
    assert [(problem.rule, problem.place) for problem in read(text).problems] == [
        ("merge-conflict", place)
    ]


LIST_CONFLICT = """\
measures:
  - alpha
<<<<<<< HEAD
  - beta
=======
  - gamma
  - delta
>>>>>>> draft
"""


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (LIST_CONFLICT, "両方とも残し"),
        (LIST_CONFLICT.replace("- gamma", "- ministry: x\n    role: lead"), "両方とも残し"),
        (LIST_CONFLICT.replace("=======\n", "||||||| base\n=======\n"), "両方とも残し"),
        ("<<<<<<< HEAD\ntext: い\n=======\ntext: あ\n>>>>>>> x\n", "どちらの内容を採るか"),
        (LIST_CONFLICT.replace("  - beta\n", ""), "どちらの内容を採るか"),
    ],
)
def test_advice_where_both_sides_add_to_a_list_is_to_keep_both(text: str, advice: str) -> None:
    problems = read(text).problems
    assert {problem.rule for problem in problems} == {"merge-conflict"}
    assert len(problems) >= 3
    assert all(advice in problem.hint for problem in problems)


def test_longer_rule_of_equals_signs_is_no_conflict() -> None:
    assert read("# 見出し\na: x\n#\n").problems == []
    assert problems_in("========\n") == []


def test_ends_of_scalars_separate_comments_from_text() -> None:
    reading = read("a: 'x # y' # z\nb: [あ, い] # う\n")
    assert reading.scalar_ends == {1: 11, 2: 9}


def test_file_of_too_many_values_is_refused_where_they_become_too_many() -> None:
    lines = EVENT_LIMIT // 2
    [(rule, line, _, message)] = problems_in("".join(f"k{n}: v\n" for n in range(lines)))
    assert (rule, message) == (
        "too-large",
        f"値が多すぎるため読みません（一つのファイルに {EVENT_LIMIT:,} まで）。",
    )
    assert line == lines - 1  # three events come before the first key


@pytest.mark.parametrize("text", ["", "# まだ\n", "---\n", "''\n", "--- ''\n...\n"])
def test_file_without_content_is_empty(text: str) -> None:
    assert problems_in(text) == [("empty-file", 1, 1, "ファイルが空です。")]
    assert read(text).data is None


def test_directive_is_refused() -> None:
    [(rule, line, column, _)] = problems_in("%YAML 1.1\n---\na: x\n")
    assert (rule, line, column) == ("yaml-syntax", 1, 1)


QUESTION = "［］や｛｝の中で「?」から始まっています。"
GLUED = "「#」の前に空白がないため、注釈かどうか分かりません。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [?x]\n", ("yaml-syntax", 1, 5, QUESTION)),
        ("a: {b: c, ?'x': y}\n", ("yaml-syntax", 1, 11, QUESTION)),
        ("a: b\nc: 'd'# e\n", ("yaml-syntax", 2, 7, GLUED)),
        ("a: [b,# c\n  d]\n", ("yaml-syntax", 1, 7, GLUED)),
        ("a: [b]#c\nd: e\n", ("yaml-syntax", 1, 7, GLUED)),
        ("a: b\nc: d\ne: [f#,# g\n  h]\n", ("yaml-syntax", 3, 8, GLUED)),
    ],
)
def test_yaml_that_parsers_read_differently_is_refused(text: str, expected: object) -> None:
    assert problems_in(text) == [expected]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("? a\n: b#c\n", {"a": "b#c"}),
        ("{? a : b}\n", {"a": "b"}),
        ("a: 'b' # 'c'# d ##\n", {"a": "b"}),
        ("a: ?x\n", {"a": "?x"}),
        ("a: ['b#c', d#e] ## f#\n", {"a": ("b#c", "d#e")}),
    ],
)
def test_question_mark_and_number_sign_within_words_are_letters(text: str, data: object) -> None:
    assert (problems_in(text), read(text).data) == ([], data)


def test_file_of_too_much_text_is_refused_where_it_becomes_too_much() -> None:
    half = "x" * (TEXT_LIMIT // 2)
    assert problems_in(f"- {half}\n- {half}\n") == []
    assert problems_in(f"- {half}\n- {half}\n- x\n") == [
        (
            *("too-large", 3, 3),
            f"文字が多すぎるため読みません（一つのファイルの値は計 {TEXT_LIMIT:,} 字まで）。",
        )
    ]


@pytest.mark.parametrize("written", ["=======\n\u202e\n", '- "\\0\\u202e"\n'])
def test_problems_beyond_the_limit_are_counted(written: str) -> None:
    reading = read(written * PROBLEM_LIMIT)
    assert (len(reading.problems), reading.more_problems) == (PROBLEM_LIMIT, PROBLEM_LIMIT)
    assert reading.problems[-1].place[0] == PROBLEM_LIMIT // 2 * written.count("\n")


def test_syntax_error_of_a_rare_kind_has_a_hint_too() -> None:
    [problem] = read("[!a!b c]\n").problems
    assert (problem.rule, problem.hint) == (
        "yaml-syntax",
        "この行と前の行の、字下げ・引用符・「: 」を確かめてください。",
    )


def test_parser_that_stops_by_itself_where_it_is_too_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(*_: object, **__: object) -> NoReturn:  # as PyYAML 6.0.4 does at a depth of 1,000
        mark = yaml.Mark("", 1000, 0, 1000, None, 0)
        problem = "exceeded maximum nesting depth"
        raise yaml.MarkedYAMLError("while increasing flow level", mark, problem, mark)

    monkeypatch.setattr(yaml, "parse", parse)
    assert problems_in("[" * 2_000) == [("too-deep", 1, 1001, "入れ子が深すぎます（32 段まで）。")]


def test_faults_of_one_file_are_found_at_once() -> None:
    text = (
        "id：alpha\n"
        "text: 取\u00ad組\n"
        "assignments:\n"
        "  - ministry: 経産省\n"
        "      role: lead\n"
        "  - ministry: 文科省\n"
        "      role: lead\n"
        "body:\n"
        "  - 目標\n"
        "  －方法\n"
        "  - plain: 目標: 方法\n"
    )
    parsed = read("\ufeff" + text)
    assert [(problem.rule, *problem.place) for problem in parsed.problems] == [
        ("bad-encoding", 1, 1),
        ("forbidden-character", 2, 8),
        ("yaml-syntax", 1, 3),
        ("yaml-syntax", 10, 3),
        ("yaml-syntax", 5, 7),
        ("yaml-syntax", 7, 7),
        ("yaml-syntax", 11, 14),
    ]
    assert parsed.data == {
        "id": "alpha",
        "text": "取組",
        "assignments": (
            {"ministry": "経産省", "role": "lead"},
            {"ministry": "文科省", "role": "lead"},
        ),
        "body": ("目標", "方法", {"plain": "目標：方法"}),
    }
    assert parsed.values["assignments", 1, "role"] == (7, 13)
    assert parsed.values["id",] == (1, 4)
