"""What holds of ``--fix`` for every file: it settles at once and changes nothing else.

Files are generated as drafters might write them: texts plain, quoted and escaped, in blocks and in
braces, with comments and odd spaces, with either line end, with or without one at the end.
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Final, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kihonkeikaku.loading.positions import find_columns
from kihonkeikaku.loading.yaml_parser import parse_yaml
from kihonkeikaku.model.finding import PlanPath
from kihonkeikaku.validation.edits import find_strings
from kihonkeikaku.validation.fixer import AppliedFix, FixResult, fix_plan
from kihonkeikaku.validation.rules import RULES, Rule
from tests.sample import plant
from tests.stand_ins import judge, replacing

pytestmark = pytest.mark.slow

EXAMPLES: Final = int(os.environ.get("EXAMPLES", "150"))
FILE: Final = "measures/alpha.yaml"

many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# They overlap, feed one another, grow, shrink, and write what YAML takes for its own.
STAND_INS: Final = (
    replacing("opening", "(", "（"),
    replacing("closing", ")", "）"),
    replacing("space", " の", "の"),
    replacing("width", "Ａ", "A"),
    replacing("word", "AI の", "エーアイの"),
    replacing("colon", "：", ":"),
    replacing("hash", "＃", "#"),
    replacing("quote", "”", '"'),
    replacing("apostrophe", "’", "'"),
    replacing("yen", "￥", "\\"),
    replacing("gone", "〓", ""),
)
TEXT_RULES: Final = tuple(
    rule
    for rule in RULES
    if rule.id
    in {"half-width-bracket", "full-width-latin", "stray-space", "compatibility-character"}
)

LETTER_PAIRS: Final = (("(", "（"), (")", "）"), ("⼈", "人"), ("Ａ", "A"))
LETTERS: Final = tuple(replacing(f"letter-{old}", old, new) for old, new in LETTER_PAIRS)

pieces = st.sampled_from(
    [
        *"取組の推進、。AI09𠮷⼈",
        *"()ＡＩ：＃”’￥〓　",
        " の",
        "(AI の)",
        "’’",
        "# ",
        ": ",
        "\\",
        '"',
        "'",
    ]
)
texts = st.lists(pieces, min_size=1, max_size=12).map("".join)
spaces = st.sampled_from([" ", "   "])
comments = st.sampled_from(["", " # ()", "  # Ａ〓 '\"", " #"])


def _plain(text: str) -> str:
    """A text without quotes; with them, where it would then say something else."""
    data = parse_yaml(f"[{text}]".encode())
    return text if data.data == (text,) and not data.problems else _single(text)


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _double(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    return (
        '"' + "".join(f"\\U{ord(c):08x}" if c in "(Ａ⼈" else _double(c)[1:-1] for c in text) + '"'
    )


written = st.builds(
    lambda text, style: style(text), texts, st.sampled_from([_plain, _single, _double, _escaped])
)
runs = st.lists(
    st.one_of(written, written.map(lambda text: f"{{footnote: {text}}}")), min_size=1, max_size=4
).map(lambda items: f"[{', '.join(items)}]")


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = [
        draw(st.sampled_from(["", "# (Ａ)", "---"])),
        f"id: alpha{draw(comments)}",
        f"text:{draw(spaces)}{draw(written | runs)}{draw(comments)}",
        draw(st.sampled_from(["", "   # 〓"])),
        "body:",
        *(f"  - {draw(written)}{draw(comments)}" for _ in range(draw(st.integers(1, 3)))),
        "assignments: [{ministry: 経産省}]",
    ]
    return (end.join(lines) + draw(st.sampled_from(["", end, end * 2]))).encode()


@dataclass(frozen=True)
class Run:
    """A file before and after a run of ``--fix``, and what the run says it did."""

    before: bytes
    after: bytes
    done: FixResult

    @property
    def fixes(self) -> tuple[AppliedFix, ...]:
        return next(iter(self.done.fixes.values()), ())


def runs_of(
    content: bytes, *, real: bool = False, rules: tuple[Rule, ...] | None = None
) -> Iterator[Run]:
    """The first run and the second."""
    judged = judge(*(rules or (TEXT_RULES if real else STAND_INS)))
    with tempfile.TemporaryDirectory() as folder:
        plan = plant(FilePath(folder), {FILE: content})
        for _ in range(2):
            before = (plan / FILE).read_bytes()
            done = fix_plan(str(plan), judged)
            yield Run(before, (plan / FILE).read_bytes(), done)


def test_there_is_something_to_fix() -> None:
    assert len(TEXT_RULES) == 4
    seen: set[str] = set()

    @settings(max_examples=100, deadline=None)
    @given(contents())
    def see(content: bytes) -> None:
        seen.update(fix.rule for fix in next(runs_of(content, real=False)).fixes)

    see()
    assert seen == {rule.id for rule in STAND_INS}


@many
@given(contents(), st.booleans())
def test_the_second_run_changes_nothing(content: bytes, real: bool) -> None:
    first, second = runs_of(content, real=real)
    assert second.after == first.after
    assert second.fixes == ()
    assert second.done.skipped == first.done.skipped
    assert second.done.result.findings == first.done.result.findings


class Span(NamedTuple):
    """A string of a file: its place, and what its characters are written as, in order."""

    path: PlanPath
    line: int
    column: int
    pieces: list[str]


def spans(content: bytes) -> list[Span]:
    reading = parse_yaml(content)
    lines = reading.text.split("\n")
    found = []
    for path, value in find_strings(reading.data):
        line, column = reading.values[path]
        text = lines[line - 1]
        columns = find_columns(text, column, value) if value else None
        if columns:
            pieces = [text[start - 1 : end - 1] for start, end in pairwise(columns)]
            found.append(Span(path, line, columns[0], pieces))
    return found


def around_strings(content: bytes) -> list[str]:
    """The file's lines, of which each string is taken out: comments, keys, spaces, line ends."""
    lines = content.decode().split("\n")
    for _, line, column, pieces in reversed(spans(content)):
        text = lines[line - 1]
        lines[line - 1] = text[: column - 1] + text[column - 1 + len("".join(pieces)) :]
    return lines


@many
@given(contents(), st.booleans())
def test_every_byte_outside_the_strings_stays(content: bytes, real: bool) -> None:
    first, _ = runs_of(content, real=real)
    assert around_strings(first.after) == around_strings(first.before)


@many
@given(contents())
def test_in_the_strings_every_character_not_repaired_is_written_as_it_was(content: bytes) -> None:
    """With rules that replace one character by one, each can be followed."""
    first, _ = runs_of(content, rules=LETTERS)
    wanted = dict(LETTER_PAIRS)
    before, after = spans(first.before), spans(first.after)
    old, new = (dict(find_strings(parse_yaml(text).data)) for text in (first.before, first.after))
    for was, now in zip(before, after, strict=True):
        assert (was.path, was.line) == (now.path, now.line)
        text = old[was.path]
        assert new[was.path] == "".join(wanted.get(character, character) for character in text)
        for character, piece, piece_now in zip(text, was.pieces, now.pieces, strict=True):
            assert piece_now == wanted.get(character, piece)


@many
@given(contents(), st.booleans())
def test_only_strings_with_findings_change(content: bytes, real: bool) -> None:
    first, _ = runs_of(content, real=real)
    before, after = (parse_yaml(text) for text in (first.before, first.after))
    lines = {fix.line for fix in first.fixes}
    old, new = dict(find_strings(before.data)), dict(find_strings(after.data))
    assert list(old) == list(new)
    changed = {path for path, text in old.items() if new[path] != text}
    assert {before.values[path][0] for path in changed} <= lines
    assert [problem.rule for problem in before.problems] == [
        problem.rule for problem in after.problems
    ]


@many
@given(contents())
def test_the_real_rules_are_satisfied_wherever_the_file_may_be_written(content: bytes) -> None:
    first, _ = runs_of(content, real=True)
    rest = [f for f in first.done.result.findings if f.fix]
    for finding in rest:  # only where a text without quotes would become something else
        line = first.after.decode().split("\n")[finding.position.line - 1]
        assert first.done.skipped or any(mark in line for mark in "＃：#&*")
