"""The rows of a 新旧対照表, for each kind of change."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from kihonkeikaku.diff.comparison import ComparisonResult, compare_editions
from kihonkeikaku.diff.comparison_proof import ProofError
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.plan import Disposition, Plan
from kihonkeikaku.rendering.comparison.pairing import EditionLine, edition_tree, lines_by_key
from kihonkeikaku.rendering.comparison.proof import prove_table
from kihonkeikaku.rendering.comparison.rows import comparison_table
from kihonkeikaku.rendering.comparison.table import (
    OMITTED,
    ComparisonTable,
    Piece,
    TableCell,
    TableLine,
)
from kihonkeikaku.rendering.comparison.table_options import Remarks, TableOptions, UnderlineStyle
from tests.diff.generated import pairs
from tests.diff.plans import (
    Part,
    chapter,
    clause,
    divided,
    group,
    measure,
    plan,
    reprint,
    section,
)
from tests.rendering.comparison.tables import Rows, read, rows, table

GROUP = ("(1)　gの題", "(1)　gの題")
CHAPTER = ("第1章　chの題", "第1章　chの題")


def in_group(*measures: Part) -> Plan:
    return plan(chapter("ch", group("g", *measures)), supersedes="edition")


def group_rows(old: Plan, new: Plan, **form: Any) -> Rows:
    """Returns the rows under the only group of two plans."""
    found = rows(old, new, **form)
    assert found[:2] == [CHAPTER, GROUP]
    return found[2:]


A, B, C, D, E = (
    measure(id, f"{name}の取組") for id, name in zip("abcde", "甲乙丙丁戊", strict=True)
)


def test_words_changed_are_underlined_on_both_sides() -> None:
    old = in_group(measure("a", "導入の促進", "経産省"))
    new = in_group(measure("a", "導入の推進", "経産省"))
    assert group_rows(old, new) == [("①導入の［推進］【経産省】", "①導入の［促進］【経産省】")]


def test_words_deleted_leave_nothing_on_the_new_side() -> None:
    old, new = in_group(measure("a", "導入及び普及の推進")), in_group(measure("a", "導入の推進"))
    assert group_rows(old, new) == [("①導入の推進", "①導入［及び普及］の推進")]


def test_words_added_are_underlined_on_the_new_side() -> None:
    old, new = in_group(measure("a", "導入の推進")), in_group(measure("a", "導入及び普及の推進"))
    assert group_rows(old, new) == [("①導入［及び普及］の推進", "①導入の推進")]


def test_measure_added() -> None:
    assert group_rows(in_group(A), in_group(A, B)) == [
        ("①　（略）", "①　（略）"),
        ("［②乙の取組］", "（新設）"),
    ]


def test_measure_deleted_is_never_called_sakujo() -> None:
    found = group_rows(in_group(A, B), in_group(A))
    assert found == [("①　（略）", "①　（略）"), ("（削る）", "［②乙の取組］")]
    assert "削除" not in str(found)


@pytest.mark.parametrize(
    ("count", "new_side", "old_side"),
    [
        (1, "［②］　（略）", "［①］　（略）"),
        (2, "［②・③］　（略）", "［①・②］　（略）"),
        (3, "［②～④］　（略）", "［①～③］　（略）"),
    ],
)
def test_only_the_number_changed(count: int, new_side: str, old_side: str) -> None:
    kept = (A, B, C)[:count]
    assert group_rows(in_group(*kept), in_group(D, *kept)) == [
        ("［①丁の取組］", "（新設）"),
        (new_side, old_side),
    ]


@pytest.mark.parametrize(
    ("kept", "abridged"),
    [
        ((A,), "①　（略）"),
        ((A, B), "①・②　（略）"),
        ((A, B, C), "①～③　（略）"),
        ((A, B, C, D), "①～④　（略）"),
    ],
)
def test_runs_of_unchanged_measures(kept: tuple[Part, ...], abridged: str) -> None:
    assert group_rows(in_group(*kept, E), in_group(*kept))[0] == (abridged, abridged)


def test_run_ends_where_numbers_begin_to_change() -> None:
    assert group_rows(in_group(A, B, C, D), in_group(A, E, B, C, D)) == [
        ("①　（略）", "①　（略）"),
        ("［②戊の取組］", "（新設）"),
        ("［③～⑤］　（略）", "［②～④］　（略）"),
    ]


def test_move_is_noted_on_both_sides_and_at_the_old_place() -> None:
    old = plan(chapter("ch", group("g", A, B), group("h", C)))
    new = plan(chapter("ch", group("g", B), group("h", C, A)))
    assert rows(old, new)[1:] == [
        GROUP,
        ("（移動）", "［①］（第1章(2)②へ移動）"),
        ("［①］　（略）", "［②］　（略）"),
        ("(2)　hの題", "(2)　hの題"),
        ("①　（略）", "①　（略）"),
        ("［②］甲の取組⏎（第1章(1)①から移動）", "［①］甲の取組⏎（第1章(2)②へ移動）"),
    ]


def test_moved_section_moves_with_its_contents() -> None:
    old = plan(chapter("ch", section("s", group("g", A, B)), section("t", group("h", C))))
    new = plan(
        chapter("ch", section("s", group("i", D)), section("t", group("h", C), group("g", A)))
    )
    assert rows(old, new) == [
        CHAPTER,
        ("第1節　sの題", "第1節　sの題"),
        ("（移動）", "［(1)］　gの題（第1章第2節(2)へ移動）"),
        ("［(1)　iの題］", "（新設）"),
        ("［①丁の取組］", "（新設）"),
        ("第2節　tの題", "第2節　tの題"),
        ("(1)　（略）", "(1)　（略）"),
        (
            "［(2)］　gの題⏎（第1章第1節(1)から移動）",
            "［(1)］　gの題⏎（第1章第2節(2)へ移動）",
        ),
        ("①　（略）", "①　（略）"),
        ("（削る）", "［②乙の取組］"),
    ]


def test_paragraph_that_moved_is_named_by_its_beginning_for_it_has_no_number() -> None:
    text = "関連する技術の研究開発及び活用の推進に資する施策を講ずる"
    g, h = (section(id, kind="topic", body=[f"{id}の文"]) for id in "gh")
    old = plan(chapter("ch", section("s", kind="topic", body=[text, "次の文"]), g, h))
    new = plan(
        chapter(
            "ch",
            section("s", kind="topic", body=["次の文"]),
            g,
            section("h", kind="topic", body=["hの文", text]),
        )
    )
    found = rows(old, new)
    assert ("（移動）", f"［・{text[:20]}…］（第1章（hの題）の第2項目へ移動）") in found
    assert (
        f"［・{text}］⏎（第1章（sの題）の第1項目から移動）",
        f"［・{text}］⏎（第1章（hの題）の第2項目へ移動）",
    ) in found


def test_topics_without_a_number_are_named_by_their_order() -> None:
    s, t, u = (section(id, kind="topic", body=[f"{id}の文"]) for id in "stu")
    assert rows(plan(chapter("ch", s, t, u)), plan(chapter("ch", t, u, s)))[1:] == [
        ("（移動）", "［（sの題）］（3番目へ移動）"),
        ("（tの題）⏎（略）", "（tの題）⏎（略）"),
        ("（uの題）⏎（略）", "（uの題）⏎（略）"),
        ("［（sの題）］⏎（1番目から移動）", "［（sの題）］⏎（3番目へ移動）"),
        ("（略）", "（略）"),
    ]


def test_swap_of_two_groups_retitles_neither() -> None:
    g, h = group("g", A), group("h", B)
    assert rows(plan(chapter("ch", g, h)), plan(chapter("ch", h, g)))[1:] == [
        ("（移動）", "［(1)］　gの題（第1章(2)へ移動）"),
        ("［(1)］　hの題⏎（略）", "［(2)］　hの題⏎（略）"),
        ("［(2)］　gの題⏎（第1章(1)から移動）", "［(1)］　gの題⏎（第1章(2)へ移動）"),
        ("①　（略）", "①　（略）"),
    ]


def test_split_sets_the_likest_side_by_side() -> None:
    old = in_group(measure("a", "半導体の研究及び人材の育成"), B)
    new = in_group(measure("x", "半導体の研究"), measure("y", "人材の確保"), B)
    new = new.model_copy(update={"revision": revision(["a"], "split", ["x", "y"])})
    assert group_rows(old, new) == [
        (
            "①半導体の研究⏎（第1章(1)①を分割）",
            "①半導体の研究［及び人材の育成］⏎（第1章(1)①、第1章(1)②に分割）",
        ),
        ("［②人材の確保］⏎（第1章(1)①を分割）", "（新設）"),
        ("［③］　（略）", "［②］　（略）"),
    ]


def test_merger() -> None:
    old = in_group(measure("a", "半導体の研究"), measure("b", "人材の確保"))
    new = in_group(measure("x", "半導体の研究及び開発"))
    new = new.model_copy(update={"revision": revision(["a", "b"], "merged", ["x"])})
    assert group_rows(old, new) == [
        (
            "①半導体の研究［及び開発］⏎（第1章(1)①、第1章(1)②を統合）",
            "①半導体の研究⏎（第1章(1)①に統合）",
        ),
        ("（削る）", "［②人材の確保］⏎（第1章(1)①に統合）"),
    ]


def revision(measures: list[str], became: str, into: list[str]) -> tuple[Disposition, ...]:
    data = {"became": became, "into": into}
    return tuple(Disposition.model_validate({"id": id, **data}) for id in measures)


def test_ministries_are_marked_as_a_whole_with_their_sign() -> None:
    old = in_group(measure("a", "取組", "総務省", "◎経産省"))
    new = in_group(measure("a", "取組", "総務省", "◎デジタル庁", "経産省"))
    assert group_rows(old, new) == [
        ("①取組【総務省、［◎デジタル庁、経産省］】", "①取組【総務省、［◎経産省］】")
    ]


def test_clause_added() -> None:
    old = in_group(divided("a", clause("研究", "文科省"), clause("、開発", "経産省")))
    new = in_group(
        divided(
            "a", clause("研究", "文科省"), clause("、開発", "経産省"), clause("、普及", "総務省")
        )
    )
    assert group_rows(old, new) == [
        ("①研究【文科省】、開発【経産省】［、普及【総務省】］", "①研究【文科省】、開発【経産省】")
    ]


def test_reprint_shows_the_new_words_too() -> None:
    old = in_group(measure("a", "導入の促進"), reprint("a"))
    new = in_group(measure("a", "導入の推進"), reprint("a"))
    assert group_rows(old, new) == [
        ("①導入の［推進］", "①導入の［促進］"),
        ("②導入の［推進］【再掲】", "②導入の［促進］【再掲】"),
    ]


def test_paragraphs_unchanged_are_one_omission() -> None:
    old = plan(chapter("ch", body=["一つ目", "二つ目", "三つ目の促進"]))
    new = plan(chapter("ch", body=["一つ目", "二つ目", "三つ目の推進"]))
    assert rows(old, new) == [
        CHAPTER,
        ("（略）", "（略）"),
        ("・三つ目の［推進］", "・三つ目の［促進］"),
    ]


def test_chapter_unchanged_keeps_its_heading() -> None:
    old, new = (
        plan(chapter("ch", group("g", A)), chapter("last", group("h", *more)))
        for more in ((B,), (B, C))
    )
    assert rows(old, new)[0] == ("第1章　chの題⏎（略）", "第1章　chの題⏎（略）")


def test_heading_renumbered_keeps_its_title() -> None:
    old = plan(chapter("ch", section("t", group("h", A))))
    new = plan(chapter("ch", section("s", group("g", B)), section("t", group("h", A))))
    assert rows(old, new)[-1] == (
        "［第2節］　tの題⏎（略）",
        "［第1節］　tの題⏎（略）",
    )


def test_footnotes_stand_at_the_end_of_the_chapter() -> None:
    old = plan(chapter("ch", body=[{"bullet": ["文", {"footnote": "古い注"}]}]))
    new = plan(chapter("ch", body=[{"bullet": ["文", {"footnote": "新しい注"}]}]))
    assert rows(old, new)[-1] == ("（注1）　［新しい］注", "（注1）　［古い］注")


def test_title_and_stage() -> None:
    old, new = plan(chapter("ch"), stage="素案"), plan(chapter("ch"), stage="案")
    row = table(old, new).rows[0]
    assert (read(row.new), read(row.old)) == ("計画（［案］）", "計画（［素案］）")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((A,), (A, B), ("〔②〕乙の取組", "（新設）")),
        ((A, B), (A,), ("（削る）", "〔②〕乙の取組")),
        (
            (A, measure("b", "導入の促進")),
            (A, measure("b", "導入の推進")),
            ("②導入の［推進］", "②導入の［促進］"),
        ),
        (
            (A, measure("b", "導入")),
            (A, measure("b", "普及")),
            ("〔②〕普及", "〔②〕導入"),
        ),
        (
            (A, B),
            (B, A),
            ("〔②〕甲の取組⏎（第1章(1)①から移動）", "〔①〕甲の取組⏎（第1章(1)②へ移動）"),
        ),
    ],
    ids=["added", "deleted", "words", "replaced whole", "moved"],
)
def test_ordinance_style_puts_a_double_line_on_the_label(
    old: tuple[Part, ...], new: tuple[Part, ...], expected: tuple[str, str]
) -> None:
    assert (
        group_rows(in_group(*old), in_group(*new), style=UnderlineStyle.ORDINANCE)[-1] == expected
    )


def test_table_says_what_its_underlines_mean() -> None:
    assert TableOptions().underline_key == "（傍線部分は変更部分）"
    assert (
        "二重傍線"
        in TableOptions(style=UnderlineStyle.ORDINANCE, remarks=Remarks.NONE).underline_key
    )


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(pairs())
def test_any_table_is_proved(pair: tuple[Plan, Plan]) -> None:
    # ``table`` proves it: every （略） the same on both sides, the whole equal to both texts.
    old, new = pair
    for form in (TableOptions(), TableOptions(style=UnderlineStyle.ORDINANCE)):
        both = compare_editions(old, new)
        made = comparison_table(both.comparison, both.old, both.new, form)
        prove_table(made, both.comparison, both.old, both.new)
        moved = sum(row.look == "pointer" for row in made.rows)
        assert moved == sum(
            c.kind in ("moved", "reordered", "reprint-moved") for c in both.comparison.changes
        )


@settings(max_examples=50, deadline=None)
@given(pairs())
def test_equal_editions_give_omissions_only(pair: tuple[Plan, Plan]) -> None:
    assert not any(row.differs for row in table(pair[0], pair[0]).rows)


OLD, NEW = in_group(A, B, measure("c", "導入の促進")), in_group(A, B, measure("c", "導入の推進"))


def tampered(made: ComparisonTable, at: int, new: TableCell) -> ComparisonTable:
    changed = replace(made.rows[at], new=new)
    return replace(made, rows=(*made.rows[:at], changed, *made.rows[at + 1 :]))


@pytest.mark.parametrize(
    ("at", "line", "what"),
    [
        (4, TableLine("item", (Piece("③導入の推奨"),)), "表の変更後が、版の全文と一致しません"),
        (
            3,
            TableLine("item", (Piece("①・②　" + OMITTED),)),
            "表の変更後が、版の全文と一致しません",
        ),
    ],
    ids=["retyped", "omitted from nowhere"],
)
def test_table_that_says_something_else_is_refused(at: int, line: TableLine, what: str) -> None:
    both = compare_editions(OLD, NEW)
    made = comparison_table(both.comparison, both.old, both.new, TableOptions())
    with pytest.raises(ProofError, match=what):
        wrong = tampered(made, at, replace(made.rows[at].new, lines=(line,)))
        prove_table(wrong, both.comparison, both.old, both.new)


def moved_table() -> tuple[ComparisonResult, ComparisonTable]:
    """The group g, with what is in it, moved behind h, and an item moved out of it before."""
    old = plan(chapter("ch", group("g", A, B), group("h", C), group("i", D)))
    new = plan(chapter("ch", group("h", C, A), group("g", B, E), group("i", D)))
    both = compare_editions(old, new)
    return both, comparison_table(both.comparison, both.old, both.new, TableOptions())


def test_moved_rows_are_put_back_by_the_rows_at_their_old_places() -> None:
    both, made = moved_table()
    assert sum(row.left is not None for row in made.rows) == 2
    prove_table(made, both.comparison, both.old, both.new)


def test_move_without_a_row_at_the_old_place_is_refused() -> None:
    both, made = moved_table()
    wrong = replace(made, rows=tuple(row for row in made.rows if row.look != "pointer"))
    with pytest.raises(ProofError, match="移動したものの元の場所が、表に一度ずつ"):
        prove_table(wrong, both.comparison, both.old, both.new)


def test_row_for_a_move_at_a_wrong_place_is_refused() -> None:
    both, made = moved_table()
    kept = tuple(row for row in made.rows if row.look != "pointer")
    pointers = tuple(row for row in made.rows if row.look == "pointer")
    with pytest.raises(ProofError, match="元の場所に戻しても"):
        prove_table(replace(made, rows=(*kept, *pointers)), both.comparison, both.old, both.new)


def test_omission_of_what_differs_is_refused() -> None:
    both = compare_editions(OLD, NEW)
    made = comparison_table(both.comparison, both.old, both.new, TableOptions())
    run, differing = made.rows[3], made.rows[4]
    [new_line], [old_line] = run.new.lines, run.old.lines
    both_omitted = replace(
        run,
        new=replace(
            run.new,
            lines=(
                replace(
                    new_line,
                    omits=(*new_line.omits, last_measure(both.new)),
                    pieces=(Piece("①～③　（略）"),),
                ),
            ),
        ),
        old=replace(
            run.old,
            lines=(
                replace(
                    old_line,
                    omits=(*old_line.omits, last_measure(both.old)),
                    pieces=(Piece("①～③　（略）"),),
                ),
            ),
        ),
        changes=differing.changes,
    )
    wrong = replace(made, rows=(*made.rows[:3], both_omitted))
    with pytest.raises(ProofError, match="両側で同じ文の略ではありません"):
        prove_table(wrong, both.comparison, both.old, both.new)


def last_measure(document: Document) -> EditionLine:
    return dict(lines_by_key(edition_tree(document)))["measure", ("g", 2)]


def test_change_left_out_is_refused() -> None:
    both = compare_editions(OLD, NEW)
    made = comparison_table(both.comparison, both.old, both.new, TableOptions())
    silent = replace(made.rows[4], changes=())
    with pytest.raises(ProofError, match="表に現れない変更"):
        prove_table(
            replace(made, rows=(*made.rows[:4], silent)), both.comparison, both.old, both.new
        )
