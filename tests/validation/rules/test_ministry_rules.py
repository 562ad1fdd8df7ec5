"""Who does it: leads, the register, and the date that an edition speaks of."""

from pathlib import Path

import pytest

from kihonkeikaku.loading.loader import load
from kihonkeikaku.validation.linter import lint
from kihonkeikaku.validation.rules.wrong_check_digit import check_digit
from tests.conftest import REPOSITORY
from tests.sample import SAMPLE, plant
from tests.validation.rules.test_findings import Files, findings

HEAD = SAMPLE["plan.yaml"]
REGISTER = SAMPLE["ministries.yaml"]
TURNED_ON = "rules:\n  - {rule: ministry-order, severity: note, reason: 建制順に揃えるため}\n"

IN_TIME = """\
ministries:
  - {id: meti, name: 経産省, succeeds: [miti], established: 2001-01-06}
  - {id: miti, name: 通産省, abolished: 2001-01-06}
  - {id: mext, name: 文科省}
"""


def measure(*assignments: str) -> str:
    """A measure; an assignment is written 「◎経産省」 or 「文科省」."""
    rows = [
        f"  - {{ministry: {a.removeprefix('◎')}{', role: lead' if a[0] == '◎' else ''}}}\n"
        for a in assignments
    ]
    return "id: alpha\ntext: 取組\nassignments:\n" + "".join(rows)


def dated(**dates: str) -> str:
    lines = "".join(f"  {key}: {day}\n" for key, day in dates.items())
    return HEAD.replace("  # supersedes: (none)\n", lines)


CASES: dict[str, tuple[Files, tuple[str, ...]]] = {
    "no-lead": (
        {"measures/alpha.yaml": measure("経産省", "関係省庁")},
        ("measures/alpha.yaml:3:1 2 の府省庁が並んでいますが、◎がありません。",),
    ),
    "collective-lead": (
        {"measures/alpha.yaml": measure("経産省", "◎関係省庁")},
        ("measures/alpha.yaml:5:28 総称「関係省庁」に◎が付いています。",),
    ),
    "ministry-out-of-time": (
        {
            "plan.yaml": dated(dated="2001-01-06"),
            "ministries.yaml": IN_TIME,
            "measures/alpha.yaml": measure("通産省"),
        },
        (
            "measures/alpha.yaml:4:16 "
            "府省庁「通産省」は、版の日付（2001-01-06）にはもうありません（廃止 2001-01-06）。",
        ),
    ),
    "ministry-order": (
        {
            "plan.yaml": HEAD + TURNED_ON,
            "measures/alpha.yaml": measure("関係省庁", "知らない省", "◎文科省", "経産省"),
        },
        (
            "measures/alpha.yaml:6:16 「文科省」は、建制順では「関係省庁」より前です。",
            "measures/alpha.yaml:7:16 「経産省」は、建制順では「文科省」より前です。",
        ),
    ),
    "unused-ministry": (
        {
            "ministries.yaml": REGISTER
            + "  - {id: mic, name: 総務省}\n  - {id: fdma, name: 消防庁, parent: mic}\n"
            + "  - {id: cao, name: 内閣府}\n"
            + "  - {id: cao-ai, name: 内閣府（AI室）, parent: cao, succeeds: [sti]}\n"
            + "  - {id: sti, name: 科技庁}\n",
            "measures/alpha.yaml": measure("内閣府（AI室）"),
        },
        (
            "ministries.yaml:10:21 府省庁「総務省」の担当する取組がありません。",
            "ministries.yaml:11:22 府省庁「消防庁」の担当する取組がありません。",
        ),
    ),
    "ministry-cycle": (
        {
            "ministries.yaml": "ministries:\n"
            "  - {id: meti, name: 経産省, parent: meti, succeeds: [mext]}\n"
            "  - {id: mext, name: 文科省, parent: meti, succeeds: [mic, moj]}\n"
            "  - {id: mic, name: 総務省, succeeds: [moj]}\n"
            "  - {id: moj, name: 法務省, parent: mext, succeeds: [meti]}\n"
        },
        (
            "ministries.yaml:2:35 府省庁「経産省」の parent をたどると、自分自身に戻ります。",
            "ministries.yaml:5:51 府省庁「法務省」の succeeds をたどると、自分自身に戻ります。",
        ),
    ),
    "wrong-check-digit": (
        {"ministries.yaml": REGISTER + "    corporate_number: '4000012090010'\n"},
        ("ministries.yaml:10:23 法人番号「4000012090010」の検査用数字（先頭の桁）が合いません。",),
    ),
}

# What the broken plans of these cases break besides.
AMONG_OTHERS = {"ministry-order": {"unknown-ministry"}}


@pytest.mark.parametrize("rule", CASES)
def test_finding(rule: str, tmp_path: Path) -> None:
    files, expected = CASES[rule]
    found = findings(plant(tmp_path, files))
    assert [row for row in found if row[0] == rule] == [(rule, line) for line in expected]
    assert {name for name, _ in found} - {rule} <= AMONG_OTHERS.get(rule, set())


def clauses(*clauses: str) -> str:
    rows = [f"  - {{text: 一, assignments: [{clause}]}}\n" for clause in clauses]
    return "id: alpha\nclauses:\n" + "".join(rows)


LED = "{ministry: 経産省, role: lead}"
SEVERAL = "{ministry: 経産省}, {ministry: 文科省}"


@pytest.mark.parametrize(
    ("measure", "places"),
    [
        (clauses(SEVERAL, LED), []),
        (clauses(LED, SEVERAL), ["4:15"]),
        (clauses(SEVERAL, "{ministry: 経産省}"), ["3:15"]),
        (clauses(SEVERAL, f"{LED}, {{ministry: 文科省}}", SEVERAL), ["3:15", "5:15"]),
    ],
)
def test_last_clause_speaks_for_the_measure(
    measure: str, places: list[str], tmp_path: Path
) -> None:
    found = findings(plant(tmp_path, {"measures/alpha.yaml": measure}))
    assert [(rule, line.partition(" ")[0]) for rule, line in found] == [
        ("no-lead", f"measures/alpha.yaml:{place}") for place in places
    ]


@pytest.mark.parametrize(
    ("dates", "ministry", "state", "hint"),
    [
        ({"dated": "2001-01-05"}, "通産省", None, None),
        ({"dated": "2001-01-06"}, "経産省", None, None),
        (
            {"dated": "2001-01-05"}, "経産省",
            "まだありません（設置 2001-01-06）",
            "「通産省」に改めるか、ministries.yaml の日付を直してください。",
        ),
        (
            {"dated": "2000-12-31", "decided_on": "2001-02-01"}, "通産省",
            "もうありません（廃止 2001-01-06）",
            "「経産省」に改めるか、ministries.yaml の日付を直してください。",
        ),
    ],
)  # fmt: skip
def test_ministry_exists_from_its_first_day_until_the_day_before_its_end(
    dates: dict[str, str], ministry: str, state: str | None, hint: str | None, tmp_path: Path
) -> None:
    files: Files = {
        "plan.yaml": dated(**dates),
        "ministries.yaml": IN_TIME,
        "measures/alpha.yaml": measure(ministry),
        "measures/beta.yaml": "id: beta\ntext: 施策\nassignments: [{ministry: 文科省}]\n",
    }
    all_found = lint(load(str(plant(tmp_path, files)))).findings
    found = [f for f in all_found if f.rule == "ministry-out-of-time"]
    assert [(f.message.partition("には")[2], f.hint) for f in found] == (
        [(f"{state}。", hint)] if state else []
    )


@pytest.mark.parametrize(
    ("register", "stead"),
    [
        ("", "担当する府省庁を改めるか、"),
        (
            "  - {id: one, name: 一省, succeeds: [miti]}\n"
            "  - {id: two, name: 二省, succeeds: [miti, mofa]}\n",
            "「一省」か「二省」に改めるか、",
        ),
        (
            "  - {id: one, name: 一省, succeeds: [miti], abolished: 2010-01-01}\n"
            "  - {id: two, name: 二省, succeeds: [one]}\n",
            "「二省」に改めるか、",
        ),
        (
            "  - {id: one, name: 一省, succeeds: [miti], abolished: 2010-01-01}\n",
            "担当する府省庁を改めるか、",
        ),
    ],
)
def test_hint_names_the_successors_of_that_day(register: str, stead: str, tmp_path: Path) -> None:
    old = "  - {id: miti, name: 通産省, abolished: 2001-01-06}\n"
    files: Files = {
        "plan.yaml": dated(dated="2026-04-01"),
        "ministries.yaml": REGISTER + old + register,
        "measures/alpha.yaml": measure("通産省"),
    }
    found = lint(load(str(plant(tmp_path, files)))).findings
    [finding] = [f for f in found if f.rule == "ministry-out-of-time"]
    assert finding.hint == stead + "ministries.yaml の日付を直してください。"


def test_abolition_can_be_accepted_in_place(tmp_path: Path) -> None:
    files, _ = CASES["ministry-out-of-time"]
    waived = "id: alpha\ntext: 取組\nassignments:\n"
    waived += "  - ministry: 通産省 # allow ministry-out-of-time: 廃止の日まで担当するため\n"
    assert findings(plant(tmp_path, {**files, "measures/alpha.yaml": waived})) == []


def test_ministry_order_is_off_by_default(tmp_path: Path) -> None:
    files: Files = {"measures/alpha.yaml": measure("文科省", "◎経産省")}
    assert findings(plant(tmp_path, files)) == []


def test_the_outline_departs_from_the_order(tmp_path: Path) -> None:
    source = REPOSITORY / "plan"
    files = {str(f.relative_to(source)): f.read_text() for f in source.rglob("*.yaml")}
    folder = plant(tmp_path, {**dict.fromkeys(SAMPLE), **files})
    (folder / "plan.yaml").write_text(files["plan.yaml"] + TURNED_ON)
    found = [f for f in lint(load(str(folder))).findings if f.rule == "ministry-order"]
    assert {Path(f.position.file).stem: f.message for f in found} == {
        "worker-reskilling": "「文科省」は、建制順では「経産省」より前です。",
        "ai-startups": "「内閣官房（デジ行財）」は、建制順では「内閣府（AI室）」より前です。",
    }


def test_nothing_is_unused_while_a_measure_cannot_be_read(tmp_path: Path) -> None:
    files: Files = {"measures/beta.yaml": "id: beta\ntext: '施策\n"}
    assert [rule for rule, _ in findings(plant(tmp_path, files))] == ["yaml-syntax"]


def test_cycles_and_gaps_in_the_register_do_not_hide_who_is_used(tmp_path: Path) -> None:
    register = REGISTER.replace("name: 文科省", "name: 文科省\n    succeeds: [moe, mext]")
    rules = [rule for rule, _ in findings(plant(tmp_path, {"ministries.yaml": register}))]
    assert rules == ["unknown-ministry-id", "ministry-cycle"]


def test_long_succession_that_closes_is_one_finding(tmp_path: Path) -> None:
    many = 2_000  # more than Python would follow by recursion
    rows = [f"- {{id: m{n}, name: 省{n}, succeeds: [m{(n + 1) % many}]}}\n" for n in range(many)]
    folder = plant(tmp_path, {"ministries.yaml": "ministries:\n" + "".join(rows)})
    found = [row for row in findings(folder) if row[0] == "ministry-cycle"]
    assert found == [
        (
            "ministry-cycle",
            "ministries.yaml:2001:39 府省庁「省1999」の succeeds をたどると、自分自身に戻ります。",
        )
    ]


@pytest.mark.parametrize(
    "number",
    [
        "2000012010019", "3000012010001", "8000012010038", "8000012130001", "2000012020001",
        "9000012040001", "7000012060001", "6000012070001", "4000012090001",
        "7123456789012",  # worked by hand: 9 - 74 mod 9
    ],
)  # fmt: skip
def test_check_digits_of_true_numbers_fit(number: str) -> None:
    assert check_digit(number[1:]) == number[0]
