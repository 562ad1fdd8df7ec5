"""A whole plan as it is read: what can be understood, what can't, and where everything stands."""

from pathlib import Path

import pytest

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.loader import load, load_folder
from kihonkeikaku.loading.positions import PositionMap
from kihonkeikaku.loading.source import SourceFile, SourceFolder
from kihonkeikaku.loading.yaml_problems import PROBLEM_LIMIT
from kihonkeikaku.model.draft import Draft, draft_from_plan
from kihonkeikaku.model.finding import Position
from kihonkeikaku.model.frozen import freeze
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.reports.findings import count_findings
from kihonkeikaku.validation.linter import lint
from tests.sample import SAMPLE, plant


def read(**changes: str) -> Draft:
    """The sample, with files changed; these are named like ``measures__alpha``."""
    files = SAMPLE | {f"{n.replace('__', '/')}.yaml": text for n, text in changes.items()}
    return load_folder(
        SourceFolder("plan", tuple(SourceFile(n, t.encode()) for n, t in files.items()))
    ).draft


def sample_plan() -> Plan:
    return read().plan()


def test_frozen_edition_is_read_like_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "second.json"
    file.write_bytes(freeze(sample_plan()))
    loaded = load(str(file))
    assert loaded.draft.plan() == sample_plan()
    assert (loaded.files, loaded.findings) == (1, [])


def test_damaged_edition_is_a_finding_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "second.json"
    file.write_bytes(freeze(sample_plan()).replace("計画".encode(), "計劃".encode()))
    [finding] = lint(load(str(file))).findings
    assert (finding.rule, finding.message, finding.position) == (
        "damaged-edition",
        "決定された版の記録が、後から書き換えられています。",
        Position(str(file)),
    )


def test_too_large_edition_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "second.json"
    file.write_bytes(freeze(sample_plan()))
    monkeypatch.setattr("kihonkeikaku.loading.plan_resolver.FROZEN_LIMIT", 100)
    with pytest.raises(CommandError, match=r"second[.]json：ファイルが大きすぎるため読みません"):
        load(str(file))


def test_draft_of_a_plan_gives_the_plan_again() -> None:
    draft = read(revision="from: first\n", chapters__vision="id: vision\ntitle: 構想\nbody: [あ]\n")
    again = draft_from_plan(draft.plan())
    assert again.plan() == draft.plan()
    assert list(again.identified()) == list(draft.identified())


def test_position_of_a_missing_path_is_that_of_the_nearest_value_around_it() -> None:
    loaded = load_folder(
        SourceFolder("plan", (SourceFile("plan.yaml", SAMPLE["plan.yaml"].encode()),))
    )
    find = loaded.positions.find
    assert find(("plan", "edition", "stage")) == Position("plan/plan.yaml", 6, 10)
    assert find(("plan", "edition", "stage"), at_key=True) == Position("plan/plan.yaml", 6, 3)
    assert find(("plan", "edition", "label"), at_key=True) == Position("plan/plan.yaml", 5, 3)
    assert find(("plan", "subtitle")) == Position("plan/plan.yaml")
    assert find(("measures", "alpha", "text")) == Position("plan")
    assert PositionMap("plan").find(()) == Position("plan")


PROSE = """\
id: alpha
clauses:
  - text: [文, {ref: beta}, {footnote: 注}]
    assignments: [{ministry: 経産省}]
body: [項目, {note: [あ, い]}]
"""


def test_prose_is_all_that_is_printed() -> None:
    head = SAMPLE["plan.yaml"].replace("title: 計画\n", "title: 計画\nsubtitle: 副題\n")
    draft = read(
        plan=head,
        measures__alpha=PROSE,
        chapters__vision="id: vision\ntitle: 構想\nmeasures_label: 取組例\nbody: [段落]\n",
    )
    assert [text for _, text in draft.prose] == [
        "計画", "副題", "構想", "取組例", "基本的な方針", "講ずべき施策", "利活用", "必要な事項",
        "段落", "項目", "あ", "い", "文", "注", "施策",
    ]  # fmt: skip
    assert [text for _, text in read(plan="broken: [").prose][:2] == [
        "講ずべき施策",  # without plan.yaml chapters come by name, and no title
        "利活用",
    ]


def test_prose_is_found_where_it_is_written() -> None:
    texts = {"plan.yaml": SAMPLE["plan.yaml"], "measures/alpha.yaml": PROSE}
    loaded = load_folder(
        SourceFolder("plan", tuple(SourceFile(n, t.encode()) for n, t in texts.items()))
    )
    for path, text in loaded.draft.prose:
        place = loaded.positions.find(path)
        written = texts[place.file.removeprefix("plan/")].split("\n")[place.line - 1]
        assert written.startswith(text, place.column - 1)


A_MAPPING = "ここは「キー: 値」の組で書くところですが、"


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("id: alpha\ntext: ''\n", ("empty-value", 2, 1, "「text」の値がありません。")),
        ("取組\n", ("wrong-type", 1, 1, f"{A_MAPPING}文字になっています。")),
        ("[取組]\n", ("wrong-type", 1, 1, f"{A_MAPPING}一覧になっています。")),
        (
            "id: [alpha]\ntext: 取組\n",
            ("wrong-type", 1, 5, "「id」は文字で書くところですが、一覧になっています。"),
        ),
        (
            "id: alpha\ntext: 取組\nassignments: {ministry: 経産省}\n",
            (
                "wrong-type", 3, 14,
                "「assignments」は一覧で書くところですが、「キー: 値」の組になっています。",
            ),
        ),
        (
            "id: alpha\ntext: 取組\nassignments: ''\n",
            ("empty-value", 3, 1, "「assignments」の値がありません。"),
        ),
        ("id: alpha\ntext: []\n", ("empty-value", 2, 7, "「text」の一覧に項目がありません。")),
        (
            "id: alpha\ntext: 取組\nassignments: [{ministry: 経産省, role: [lead]}]\n",
            ("wrong-type", 3, 37, "「role」は文字で書くところですが、一覧になっています。"),
        ),
        (
            "id: alpha\ntext: 取組\nassignments: [{ministry: 経産省, role: lede}]\n",
            ("wrong-value", 3, 37, "「lede」は「role」の値として使えません。"),
        ),
    ],
)  # fmt: skip
def test_model_errors_are_translated(
    measure: str, expected: tuple[str, int, int, str], tmp_path: Path
) -> None:
    folder = plant(tmp_path, {"measures/alpha.yaml": measure})
    [finding] = load(str(folder)).findings
    place = finding.position
    assert (finding.rule, place.line, place.column, finding.message) == expected


@pytest.mark.parametrize(
    "measure",
    [
        "id: alpha\ntext: 取組\n# allow several-leads: 後に何もない\n",
        "id: alpha\ntext: 取組\n# allow several-leads: 後に何もない\n\n# これも\n",
    ],
)
def test_waiver_at_the_end_of_a_file_is_about_no_line(measure: str, tmp_path: Path) -> None:
    loaded = load(str(plant(tmp_path, {"measures/alpha.yaml": measure})))
    [waiver] = loaded.waivers
    assert (waiver.rule, waiver.position.line, waiver.lines) == ("several-leads", 3, frozenset())


def test_waiver_at_the_head_is_about_the_file_and_its_first_line(tmp_path: Path) -> None:
    measure = "# 前書き\n# allow no-lead: 調整中\n\nid: alpha\ntext: 取組\n"
    loaded = load(str(plant(tmp_path, {"measures/alpha.yaml": measure})))
    [waiver] = loaded.waivers
    assert (waiver.reason, waiver.lines) == ("調整中", frozenset({1, 4}))


def test_problems_beyond_the_limit_are_counted(tmp_path: Path) -> None:
    folder = plant(tmp_path, {"measures/alpha.yaml": "\0" * (PROBLEM_LIMIT + 7)})
    loaded = load(str(folder))
    assert len(loaded.findings) == PROBLEM_LIMIT
    assert loaded.more_errors == {f"{folder}/measures/alpha.yaml": 7}
    assert count_findings(lint(loaded))["errors"] == PROBLEM_LIMIT + 7


def test_measure_is_read_without_its_unknown_keys(tmp_path: Path) -> None:
    measure = (
        "id: alpha\nxyzzy: 1\nclauses:\n"
        "  - {text: 取組, assignments: [{ministry: 経産省, xyzzy: 2}]}\n"
        "  - {text: 、施策, assignments: [{ministry: 文科省}], xyzzy: [3]}\n"
    )
    loaded = load(str(plant(tmp_path, {"measures/alpha.yaml": measure})))
    places = [(f.rule, f.position.line, f.position.column) for f in loaded.findings]
    assert places == [("unknown-key", 4, 46), ("unknown-key", 5, 49), ("unknown-key", 2, 1)]
    read = loaded.draft.measures["alpha"]
    assert [clause.text for clause in read.clauses] == [("取組",), ("、施策",)]


@pytest.mark.parametrize("argument", ["{}", "{}/"])
def test_files_are_shown_below_the_plan_as_named(argument: str, tmp_path: Path) -> None:
    folder = argument.format(plant(tmp_path, {"measures/alpha.yaml": ""}))
    [finding] = load(folder).findings
    assert finding.position.file == f"{tmp_path}/measures/alpha.yaml"


def test_finding_of_a_frozen_edition_is_of_its_file(tmp_path: Path) -> None:
    plan = load(str(plant(tmp_path / "plan", {}))).draft.plan()
    file = tmp_path / "second.json"
    file.write_bytes(freeze(plan).replace("取組".encode(), "施策".encode()))
    [finding] = lint(load(str(file))).findings
    assert (finding.rule, finding.position) == ("damaged-edition", Position(str(file), 1, 1))
