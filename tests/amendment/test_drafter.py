"""The officials' forms, one by one: two editions, and the sentences that amend the first."""

from typing import Any

import pytest

from kihonkeikaku.amendment.amendment import proved_amendment
from kihonkeikaku.model.plan import Plan
from tests.diff.plans import (
    chapter,
    clause,
    divided,
    group,
    measure,
    plan,
    reprint,
    section,
)

CHANCE = "足元ではAI技術の競争環境が大きく変化。"
DATA = "データの集積・利活用、特に組織を超えたデータの共有を促進。"
PEOPLE = "国内外からのトップ人材を集約。"


def said(old: Plan, new: Plan) -> list[str]:
    """Returns the lines of the amendment without its opening, after proof that it holds."""
    text, _ = proved_amendment(old, new)
    opening, *lines = text.splitlines()
    assert opening == "計画（案）の一部を次のように改める。"
    return lines


def items(*parts: Any, **fields: Any) -> Plan:
    """Returns a plan with these items in 第1章(1)."""
    return plan(chapter("x", group("g", *parts, **fields)))


def body(*paragraphs: Any) -> Plan:
    """Returns a plan with these paragraphs in 第1章（現状）."""
    return plan(chapter("x", section("t", kind="topic", title="現状", body=paragraphs)))


A, B, C, D, E, F, G = (measure(id, f"{id}の取組", "経産省") for id in "abcdefg")


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        pytest.param(
            body(CHANCE, DATA),
            body(CHANCE, DATA.replace("共有", "連携")),
            ["　第1章（現状）の第2項目中「共有」を「連携」に改める。"],
            id="words in a paragraph, which has no number",
        ),
        pytest.param(
            items(measure("a", "標準の改訂", "経産省")),
            items(measure("a", "標準の改訂", "経産省", "文科省")),
            ["　第1章(1)①中「経産省」の下に「、文科省」を加える。"],
            id="insertion",
        ),
        pytest.param(
            items(measure("a", "標準の改訂及び普及")),
            items(measure("a", "標準の改訂")),
            ["　第1章(1)①中「及び普及」を削る。"],
            id="deletion",
        ),
        pytest.param(
            items(measure("a", "標準の改訂")),
            items(measure("a", "国際標準の改訂")),
            ["　第1章(1)①中「標準」を「国際標準」に改める。"],
            id="at the very head with what follows",
        ),
        pytest.param(
            items(measure("a", "標準の改訂を踏まえ、人材の育成に資する枠組みを構築")),
            items(measure("a", "標準の策定を踏まえ、人材の確保に資する枠組みを構築")),
            ["　第1章(1)①中「改訂」を「策定」に、「育成」を「確保」に改める。"],
            id="edits of one kind join",
        ),
        pytest.param(
            items(measure("a", "標準の改訂を踏まえ、人材の育成に資する枠組みを構築")),
            items(measure("a", "標準の策定を踏まえ、枠組みを構築する")),
            [
                "　第1章(1)①中「改訂」を「策定」に改め、「人材の育成に資する」を削り、"
                "「構築」の下に「する」を加える。"
            ],
            id="edits of several kinds",
        ),
        pytest.param(
            items(measure("a", "データの共有の促進及び人材の交流の促進を図る")),
            items(measure("a", "データの共有の促進及び人材の交流の推進を図る")),
            ["　第1章(1)①中「交流の促進」を「交流の推進」に改める。"],
            id="lengthened until it stands only once",
        ),
        pytest.param(
            items(measure("a", "標準の改訂", "経産省")),
            items(measure("a", "標準の改訂", "◎デジタル庁", "経産省")),
            ["　第1章(1)①中「経産省」を「◎デジタル庁、経産省」に改める。"],
            id="a new lead",
        ),
        pytest.param(
            items(measure("a", "標準の改訂", "経産省", "文科省", "総務省")),
            items(measure("a", "標準の改訂", "総務省", "経産省", "文科省")),
            ["　第1章(1)①中「経産省、文科省、総務省」を「総務省、経産省、文科省」に改める。"],
            id="ministries in another order",
        ),
        pytest.param(
            items(divided("a", clause("研究", "文科省"), clause("、開発", "経産省"))),
            items(divided("a", clause("研究", "文科省"), clause("、開発", "総務省"))),
            ["　第1章(1)①中「経産省」を「総務省」に改める。"],
            id="a clause's ministries",
        ),
        pytest.param(
            body("「標準」の改訂を進め、「規格」の策定を図る。"),
            body("「標準」の改訂を進め、「規準」の策定を図る。"),
            ["　第1章（現状）の第1項目中「規格」を「規準」に改める。"],
            id="words inside quotation marks",
        ),
        pytest.param(
            body("標準の改訂を進める。"),
            body("「標準」の改訂を進める。"),
            ["　第1章（現状）の第1項目中「標準」を「「標準」」に改める。"],
            id="quotation marks are quoted in pairs",
        ),
        pytest.param(
            items(A, B, C),
            items(A, C),
            ["　第1章(1)中②を削り、③を②とする。"],
            id="an item goes",
        ),
        pytest.param(
            items(A, B, C, D, E, F),
            items(A, C, D, E, F),
            ["　第1章(1)中②を削り、③を②とし、④から⑥までを一ずつ繰り上げる。"],
            id="four in a row move up",
        ),
        pytest.param(
            items(A, C, D),
            items(A, B, C, D),
            [
                "　第1章(1)中③を④とし、②を③とし、①の次に次のように加える。",
                "　　②bの取組【経産省】",
            ],
            id="room is made first, from the last",
        ),
        pytest.param(
            items(A, C, D, E, F),
            items(A, B, C, D, E, F),
            [
                "　第1章(1)中⑤を⑥とし、②から④までを一ずつ繰り下げ、①の次に次のように加える。",
                "　　②bの取組【経産省】",
            ],
            id="four in a row move down",
        ),
        pytest.param(
            items(B),
            items(A, B),
            ["　第1章(1)中①を②とし、②の前に次のように加える。", "　　①aの取組【経産省】"],
            id="an item comes before all others",
        ),
        pytest.param(
            plan(chapter("x", group("g", A), group("h"))),
            plan(chapter("x", group("g", A), group("h", B))),
            ["　第1章(2)に次の取組を加える。", "　　①bの取組【経産省】"],
            id="the first item",
        ),
        pytest.param(
            items(A, B, measure("c", "標準の改訂", "経産省"), D),
            items(A, measure("c", "標準の策定", "経産省"), D),
            ["　第1章(1)中②を削り、③中「改訂」を「策定」に改め、③を②とし、④を③とする。"],
            id="words before the move of the same item",
        ),
        pytest.param(
            items(A, B, C),
            items(C, A, B),
            ["　第1章(1)中③を①の前に移し、③、①及び②をそれぞれ①から③までとする。"],
            id="another order",
        ),
        pytest.param(
            plan(chapter("x", group("g", A, B), group("h", C, D))),
            plan(chapter("x", group("g", A), group("h", C, B, D))),
            ["　第1章(2)中②を③とし、第1章(1)②を②とする。"],
            id="an item goes to another heading",
        ),
        pytest.param(
            plan(chapter("x", group("g", A, B), group("h", C, reprint("b")))),
            plan(chapter("x", group("g", A, reprint("b")), group("h", C, B))),
            [
                "　第1章(1)②中「取組」の下に「【再掲】」を加える。",
                "　第1章(2)②中「【再掲】」を削る。",
            ],
            id="a reprint becomes the original",
        ),
        pytest.param(
            plan(chapter("x", group("g", A), group("h", C, D))),
            plan(chapter("x", group("h", C, D), group("g", A))),
            ["　第1章中(1)を(2)の次に移し、(2)及び(1)をそれぞれ(1)及び(2)とする。"],
            id="two headings change places",
        ),
        pytest.param(
            plan(chapter("x", section("s", title="利活用の促進", measures_label="取組例"))),
            plan(chapter("x", section("s", title="利活用の推進", measures_label="取組"))),
            [
                "　第1章第1節の節名中「促進」を「推進」に改める。",
                "　第1章第1節の【取組例】を【取組】に改める。",
            ],
            id="a title, and the words before the measures",
        ),
        pytest.param(
            plan(chapter("x", section("s"), section("u"))),
            plan(chapter("x", section("s"), section("t", A, body=[CHANCE]), section("u"))),
            [
                "　第1章中第2節を第3節とし、第1節の次に次のように加える。",
                "　　第2節　tの題",
                f"　　　・{CHANCE}",
                "　　　①aの取組【経産省】",
            ],
            id="a section with all that is in it",
        ),
        pytest.param(
            body(CHANCE, DATA, PEOPLE),
            body(DATA),
            ["　第1章（現状）の第1項目及び第3項目を削る。"],
            id="paragraphs go",
        ),
        pytest.param(
            body(CHANCE, PEOPLE),
            body(CHANCE, DATA),
            ["　第1章（現状）の第2項目を次のように改める。", f"　　・{DATA}"],
            id="a paragraph is given anew",
        ),
        pytest.param(
            body(CHANCE, DATA, PEOPLE),
            body(PEOPLE, CHANCE, DATA),
            ["　第1章（現状）中第3項目を第1項目の前に移す。"],
            id="a paragraph changes its place",
        ),
        pytest.param(
            body({"bullet": [CHANCE, {"footnote": "甲の注"}]}),
            body({"bullet": [CHANCE, {"footnote": "乙の注"}, DATA, {"footnote": "甲の注"}]}),
            [
                f"　第1章（現状）の第1項目中「（注1）」の下に「{DATA}（注2）」を加える。",
                "　第1章の注中（注1）を（注2）とし、（注2）の前に次のように加える。",
                "　　（注1）　乙の注",
            ],
            id="footnotes",
        ),
        pytest.param(
            plan(chapter("x", group("g", A), group("h", measure("b", [{"ref": "a"}, "の普及"])))),
            plan(
                chapter("x", group("g", C, A), group("h", measure("b", [{"ref": "a"}, "の普及"])))
            ),
            [
                "　第1章(1)中①を②とし、②の前に次のように加える。",
                "　　①cの取組【経産省】",
                "　第1章(2)①中「第1章(1)①」を「第1章(1)②」に改める。",
            ],
            id="a reference prints another number",
        ),
    ],
)
def test_amendment(old: Plan, new: Plan, lines: list[str]) -> None:
    assert said(old, new) == lines


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("12月1日に公表", "12月10日に公表", "「12月1日」を「12月10日」に改める。"),
        (
            "2月1日及び12月1日に公表",
            "2月10日及び12月1日に公表",
            "「2月1日及び」を「2月10日及び」に改める。",
        ),
        (
            "２０２４年度（令和６年度）末までに整備",
            "２０２５年度（令和７年度）末までに整備",
            "「２０２４年度（令和６年度）」を「２０２５年度（令和７年度）」に改める。",
        ),
        (
            "第16条の2に基づき実施",
            "第16条の3に基づき実施",
            "「第16条の2」を「第16条の3」に改める。",
        ),
        ("5,000億円を投資", "1兆円を投資", "「5,000億」を「1兆」に改める。"),
        ("利用率を50％とする", "利用率を55％とする", "「50％」を「55％」に改める。"),
    ],
)
def test_dates_and_numbers_are_quoted_whole(old: str, new: str, line: str) -> None:
    assert said(items(measure("a", old)), items(measure("a", new))) == [f"　第1章(1)①中{line}"]


def test_what_only_the_data_say_is_not_amended() -> None:
    text, proof = proved_amendment(
        plan(chapter("x", A)),
        plan(chapter("x", A), publication={"publisher": "a", "attribution": "b"}),
    )
    assert text == "計画（案）に改めるところはない。\n"
    assert proof.name == "amendment"


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("「標準」の改訂。の第1項目", "章「「標準」の改訂。の第1項目」"),
        ("（標準）の改訂（案）", "章「（標準）の改訂（案）」"),
        ("（標準の改訂）", "（標準の改訂）"),
    ],
)
def test_a_title_that_begins_with_a_bracket_is_no_title_in_brackets(
    title: str, called: str
) -> None:
    old, new = (
        plan(chapter("w", kind="unnumbered", title=title, body=[text]), chapter("x", A))
        for text in (CHANCE, CHANCE.replace("競争", "開発"))
    )
    assert said(old, new) == [f"　{called}の第1項目中「競争」を「開発」に改める。"]
