"""A decided text stays sayable: rules of wording and form don't stand before a frozen edition."""

from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import cli
from kihonkeikaku.loading.loader import load
from kihonkeikaku.validation.linter import lint
from tests.sample import SAMPLE, frozen, plant

Output = pytest.CaptureFixture[str]

HEAD: Final = SAMPLE["plan.yaml"].replace("id: second", "id: first")
LONG: Final = "長い題名" * 31
WITHOUT_ALPHA: Final = {
    "chapters/measures.yaml": SAMPLE["chapters/measures.yaml"].replace("      - alpha\n", "")
}


def alpha(text: str) -> dict[str, str]:
    return {"measures/alpha.yaml": SAMPLE["measures/alpha.yaml"].replace("取組", text)}


# a rule → files that it refuses, and a text that a comparison shows
CASES: Final[dict[str, tuple[dict[str, str], str]]] = {
    "markup-in-text": (alpha("'**重い**取組'"), "**重い**取組"),
    "too-long": ({"plan.yaml": HEAD.replace("title: 計画", f"title: {LONG}")}, LONG),
    "decision-date": (
        {"plan.yaml": HEAD.replace("stage: 案", "stage: 案\n  decided_on: 2025-12-23")},
        "取組",
    ),
    "split-text": (alpha("[令和8, 9年度の取組]"), "令和89年度の取組"),
    "unprintable-character": (alpha("取組ไ"), "取組ไ"),
}


def write_record(path: Path, files: dict[str, str]) -> str:
    """Writes the sample with other files as a frozen edition; returns its path."""
    changes = {"plan.yaml": HEAD} | files
    named = {name.removesuffix(".yaml").replace("/", "__"): text for name, text in changes.items()}
    path.write_bytes(frozen("first", **named))
    return str(path)


@pytest.mark.parametrize("rule", CASES)
def test_a_record_from_before_a_rule_can_be_compared(
    rule: str, tmp_path: Path, capsys: Output
) -> None:
    files, text = CASES[rule]
    drafted = lint(load(str(plant(tmp_path / "draft", files)))).findings
    assert rule in {finding.rule for finding in drafted if finding.severity == "error"}

    record = write_record(tmp_path / "first.json", files)
    assert lint(load(record)).findings == ()
    new = str(plant(tmp_path / "new", {"measures/alpha.yaml": None, **WITHOUT_ALPHA}))
    assert cli.run(["diff", record, new]) == 0
    assert text in capsys.readouterr().out
    table = tmp_path / "table.html"
    assert cli.run(["diff", record, new, "--format", "html", "--out", str(table)]) == 0
    assert text in table.read_text("utf-8")


@pytest.mark.parametrize("rule", CASES)
def test_a_record_from_before_a_rule_can_be_built_and_built_against(
    rule: str, tmp_path: Path
) -> None:
    record = write_record(tmp_path / "first.json", CASES[rule][0])
    new, html = str(plant(tmp_path / "new", alpha("次の取組"))), ["--only", "html", "--quiet"]
    compared, alone = tmp_path / "compared", tmp_path / "alone"
    assert cli.run(["build", new, "--against", record, *html, "--out", str(compared)]) == 0
    assert (compared / "comparison" / "old.json").read_bytes() == Path(record).read_bytes()
    assert cli.run(["build", record, *html, "--out", str(alone)]) == 0
    assert (alone / "plan.json").read_bytes() == Path(record).read_bytes()
    assert [cli.run(["verify", str(made)]) for made in (compared, alone)] == [0, 0]


@pytest.mark.parametrize(
    ("files", "place", "message"),
    [
        (
            WITHOUT_ALPHA,
            '"alpha"',
            "決定された版の記録の「alpha」は、どの章にも載っていない取組です。",
        ),
        (
            {"measures/alpha.yaml": SAMPLE["measures/alpha.yaml"] + "  - ministry: 経産省\n"},
            '"経産省"',
            "決定された版の記録の「経産省」は、一つの【】に二度書かれている府省庁です。",
        ),
    ],
)
def test_a_record_that_can_not_be_compared_is_refused_at_its_place(
    files: dict[str, str], place: str, message: str, tmp_path: Path, capsys: Output
) -> None:
    record = write_record(tmp_path / "first.json", files)
    new = str(plant(tmp_path / "new", {}))
    assert cli.run(["diff", record, new]) == 2
    shown = "".join(capsys.readouterr())
    [finding] = lint(load(record)).findings
    at = finding.position
    assert f"{record}:{at.line}:{at.column}: 誤り［damaged-edition］{message}\n" in shown
    line = Path(record).read_text("utf-8").split("\n")[at.line - 1]
    assert line[at.column - 1 :].startswith(place)


def test_a_record_changed_by_hand_is_refused(tmp_path: Path, capsys: Output) -> None:
    record = write_record(tmp_path / "first.json", {})
    Path(record).write_text(Path(record).read_text("utf-8").replace("取組", "施策"), "utf-8")
    assert cli.run(["diff", record, str(plant(tmp_path / "new", {}))]) == 2
    message = "決定された版の記録が、後から書き換えられています。"
    assert f"{record}:1:1: 誤り［damaged-edition］{message}\n" in "".join(capsys.readouterr())
