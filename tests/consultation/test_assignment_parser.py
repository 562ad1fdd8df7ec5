"""What is printed of a measure is read back: ``parse(print(x)) = x``."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kihonkeikaku.consultation.assignment_parser import (
    ParsedClause,
    UnreadableAssignmentError,
    parse_clauses,
    printed_clauses,
)
from kihonkeikaku.model.inlines import NumberedAssignment, NumberedClause, TextRun
from kihonkeikaku.model.plan import Ministry

NAMES = ("経産省", "内閣府（AI室）", "内閣府（規制、改革）", "文科省", "関係省庁")
MINISTRIES = {name: Ministry(id=f"m{n}", name=name) for n, name in enumerate(NAMES)}


def clause(text: str, names: list[tuple[str, bool]], *, reprinted: bool = False) -> NumberedClause:
    assignments = tuple(NumberedAssignment(MINISTRIES[name], lead) for name, lead in names)
    return NumberedClause((TextRun(text),), reprinted, assignments)


TEXTS = st.text("取組の推進、（）「」ABC1【】", min_size=1, max_size=12).filter(
    lambda text: not any(name in text for name in NAMES)
)
CLAUSES = st.lists(
    st.tuples(
        TEXTS, st.lists(st.tuples(st.sampled_from(NAMES), st.booleans()), min_size=1, max_size=4)
    ),
    min_size=1,
    max_size=3,
)


@given(CLAUSES, st.booleans(), st.booleans())
def test_what_is_printed_is_read_back(
    clauses: list[tuple[str, list[tuple[str, bool]]]], trailing: bool, reprinted: bool
) -> None:
    numbered = [clause(text, names) for text, names in clauses]
    if trailing:
        numbered.append(clause("その他", []))
    if reprinted:
        last = numbered[-1]
        numbered[-1] = NumberedClause(last.inlines, reprinted=True, assignments=last.assignments)
    printed = "".join(one.text for one in numbered)
    if any("【】" in text or "【再掲】" in text for text, _ in clauses):
        return
    assert parse_clauses(printed, NAMES, numbered) == printed_clauses(numbered)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("取組【◎経産省，文科省】", (("経産省", True), ("文科省", False))),
        ("取組【 経産省 、 ◎ 文科省 】", (("経産省", False), ("文科省", True))),
    ],
)
def test_commas_and_spaces_may_be_otherwise(
    text: str, expected: tuple[tuple[str, bool], ...]
) -> None:
    assert parse_clauses(text, NAMES, ()) == (ParsedClause("取組", False, expected),)


@pytest.mark.parametrize("text", ["取組【未来庁】", "取組【経産省、未来庁】", "取組【◎】"])
def test_a_ministry_that_nobody_knows_is_refused(text: str) -> None:
    with pytest.raises(UnreadableAssignmentError, match="府省庁の一覧にありません"):
        parse_clauses(text, NAMES, ())


def test_brackets_that_the_text_has_already_are_text() -> None:
    now = [clause("【仮称】の取組", [("経産省", False)])]
    parsed = parse_clauses("【仮称】の取組と施策【文科省】", NAMES, now)
    assert parsed == (ParsedClause("【仮称】の取組と施策", False, (("文科省", False),)),)
