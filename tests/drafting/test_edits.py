"""The drafter's edits as commands: the files, byte for byte, and what is said."""

from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import cli
from tests.sample import SAMPLE, SUPERSEDING, frozen, plant

Output = pytest.CaptureFixture[str]

CHAPTER: Final = """\
id: measures
title: 講ずべき施策
sections:
  - id: utilization  # 節
    kind: section
    title: 利活用
    measures:
      - alpha  # 一
      - beta
  - id: development
    kind: section
    title: 開発
    body:
      - plain: [前に, {ref: alpha}, を進める。]
    measures:
      - {reprint: alpha}
"""
FILES: Final[dict[str, str | bytes | None]] = {
    "chapters/measures.yaml": CHAPTER,
    "measures/alpha.yaml": "# 先頭\nid: alpha\ntext: 取組\nassignments:\n  - ministry: 経産省\n",
}
ADOPTED: Final = {"editions/first.json": frozen("first")}


def held(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*.yaml"))
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in files}


def run(folder: Path, *arguments: str) -> dict[str, str]:
    """Runs a command and returns what the plan's files hold then."""
    assert cli.run([*arguments, "--plan", str(folder)]) == 0
    return held(folder)


def refused(folder: Path, capsys: Output, *arguments: str) -> str:
    """What a command says that must change nothing."""
    before = held(folder)
    assert cli.run([*arguments, "--plan", str(folder)]) == 2
    assert held(folder) == before
    return capsys.readouterr().err


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plant(tmp_path / "plan", FILES)


def test_new(plan: Path, capsys: Output) -> None:
    before = held(plan)
    after = run(
        plan,
        "new",
        "measure",
        "gamma",
        "--in",
        "utilization",
        "--after",
        "alpha",
        "--text",
        "三つめ：取組",
        "--ministry",
        "◎経産省",
        "--ministry",
        "文科省",
    )
    assert after == {
        **before,
        "chapters/measures.yaml": CHAPTER.replace("- beta", "- gamma\n      - beta"),
        "measures/gamma.yaml": "id: gamma\ntext: 三つめ：取組\nassignments:\n"
        "  - ministry: 経産省\n    role: lead\n  - ministry: 文科省\n",
    }
    assert capsys.readouterr().out == (
        f"書き換えました：{plan}/chapters/measures.yaml\n作りました：{plan}/measures/gamma.yaml\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("new measure gamma --in nowhere --text 文", "「nowhere」という見出しはありません。"),
        ("new measure gamma --in utilisation --text 文", "「utilization」ではありませんか。"),
        ("new measure gamma --in utilization", "取組の本文を --text に書いてください。"),
        ("new measure beta --in utilization --text 文", "measures/beta.yaml がすでにあります。"),
        ("new measure Gamma --in utilization --text 文", "「gamma」のように、英小文字と数字を"),
        ("new measure g --in utilization --text 文 --ministry 経済省", "［unknown-ministry］"),
        ("new measure utilization --in utilization --text 文", "［duplicate-id］"),
        ("new measure g --in utilization --text 文 --after x", "に「x」はありません。"),
        ("new section x --in utilization --text 文", "「section」は KIND の値として使えません。"),
        ("move gamma --to development", "「gamma」という取組や見出しは、どの章にもありません。"),
        ("move beta --to development --after beta", "「beta」を、それ自身の隣には移せません。"),
        ("move utilization --to utilization", "「utilization」を、その中の「utilization」には"),
        ("move policy --to measures", "「policy」は章です。"),
        ("move development --to alpha", "［misplaced-section］"),
        ("move alpha --to promotion", "［early-reprint］"),
        ("move alpha --to development --after beta --before beta", "どちらか一方だけ"),
        ("rename alpha beta", "「beta」はすでに使われています。"),
        ("rename alpha Alpha", "［bad-id］"),
        ("rename 経済産業省 経産省", "「経済産業省」は、この計画にありません。"),
        ("remove gamma", "「gamma」という取組はありません。"),
        ("remove alpha", "［unknown-reference］"),
    ],
)  # fmt: skip
def test_what_cannot_be_changes_nothing(
    plan: Path, arguments: str, message: str, capsys: Output
) -> None:
    assert message in refused(plan, capsys, *arguments.split())


def test_move(plan: Path) -> None:
    before = held(plan)
    moved = CHAPTER.replace("      - beta\n", "")
    after = run(plan, "move", "beta", "--to", "development", "--before", "alpha")
    line = "      - {reprint: alpha}"
    assert after == {
        **before, "chapters/measures.yaml": moved.replace(line, f"      - beta\n{line}"),
    }  # fmt: skip
    assert run(plan, "move", "beta", "--to", "utilization") == before


def test_a_section_moves_with_all_that_is_in_it(plan: Path) -> None:
    section = CHAPTER[CHAPTER.index("  - id: development") :]
    after = run(plan, "move", "development", "--to", "promotion")
    assert after["chapters/measures.yaml"] == CHAPTER.removesuffix(section)
    assert (
        after["chapters/promotion.yaml"]
        == f"{SAMPLE['chapters/promotion.yaml']}sections:\n{section}"
    )


def test_rename_leaves_no_reference_behind(plan: Path) -> None:
    before = held(plan)
    content = before.pop("measures/alpha.yaml")
    assert run(plan, "rename", "alpha", "first-one") == {
        **before,
        "chapters/measures.yaml": CHAPTER.replace("alpha", "first-one"),
        "measures/first-one.yaml": content.replace("alpha", "first-one"),
    }


def test_rename_of_a_chapter_a_section_and_a_ministry(plan: Path) -> None:
    before = held(plan)
    after = run(plan, "rename", "utilization", "usage")
    assert after == {
        **before, "chapters/measures.yaml": CHAPTER.replace("utilization", "usage"),
    }  # fmt: skip
    register = before["ministries.yaml"]
    after = run(plan, "rename", "meti", "economy")
    assert after["ministries.yaml"] == register.replace("meti", "economy")
    after = run(plan, "rename", "経産省", "経済産業省")
    assert after["ministries.yaml"] == (
        register.replace("meti", "economy").replace("name: 経産省", "name: 経済産業省")
    )
    for name in ("measures/alpha.yaml", "measures/beta.yaml"):
        assert after[name] == before[name].replace("経産省", "経済産業省")


def test_a_paragraph_and_what_the_revision_says_of_it(tmp_path: Path) -> None:
    revision = "from: first\nreasons:\n  - {id: para, reason: 追加}  # 理由\n"
    plan = plant(
        tmp_path / "plan",
        {
            **ADOPTED,
            "chapters/vision.yaml": SAMPLE["chapters/vision.yaml"]
            + "body:\n  - {plain: 文, id: para}\n",
            "revision.yaml": revision,
        },
    )
    after = run(plan, "rename", "para", "first-para")
    assert after["revision.yaml"] == revision.replace("para,", "first-para,")
    assert "{plain: 文, id: first-para}" in after["chapters/vision.yaml"]


def test_what_was_adopted_is_not_renamed(tmp_path: Path, capsys: Output) -> None:
    plan = plant(tmp_path / "plan", ADOPTED)
    for id in ("alpha", "utilization", "meti"):
        message = f"「{id}」は、決定された版「first」にあるため、変えられません。"
        assert message in refused(plan, capsys, "rename", id, "other")
    run(plan, "rename", "経産省", "経済産業省")


BETA_GONE: Final = SAMPLE["chapters/measures.yaml"].replace("      - beta\n", "")


def test_remove_records_what_became_of_a_measure(tmp_path: Path, capsys: Output) -> None:
    plan = plant(tmp_path / "plan", ADOPTED)
    before = held(plan)
    assert "どうなったかを --became に書いてください：completed（完了）" in refused(
        plan, capsys, "remove", "beta"
    )
    assert "行き先の取組（--into）は、merged" in refused(
        plan, capsys, "remove", "beta", "--became", "merged"
    )
    before.pop("measures/beta.yaml")
    after = run(
        plan,
        "remove",
        "beta",
        "--became",
        "merged",
        "--into",
        "alpha",
        "--reason",
        "一体で進めるため",
    )
    assert after == {
        **before,
        "chapters/measures.yaml": BETA_GONE,
        "revision/beta.yaml": "id: beta\nbecame: merged\ninto: [alpha]\nreason: 一体で進めるため\n",
    }
    assert f"消しました：{plan}/measures/beta.yaml\n" in capsys.readouterr().out


def test_remove_adds_to_what_the_revision_says(tmp_path: Path) -> None:
    revision = "from: first\nreasons:  # 理由\n  - {id: alpha, reason: 変更}\n"
    plan = plant(tmp_path / "plan", {**ADOPTED, "revision.yaml": revision})
    after = run(plan, "remove", "beta", "--became", "completed")
    assert after["revision.yaml"] == revision.replace(
        "reasons:",
        "dispositions:\n  - measures: [beta]\n    became: completed\nreasons:",
    )


def test_remove_completes_what_was_said_of_the_changes_of_a_measure(tmp_path: Path) -> None:
    said = "id: beta  # 施策\nreason: 文言の整理\n"
    plan = plant(tmp_path / "plan", {**ADOPTED, "revision/beta.yaml": said})
    after = run(plan, "remove", "beta", "--became", "split", "--into", "alpha")
    assert after["revision/beta.yaml"] == (
        "id: beta  # 施策\nbecame: split\ninto:\n  - alpha\nreason: 文言の整理\n"
    )
    assert cli.run(["validate", "--quiet", str(plan)]) == 0


SCHEMA: Final = "# yaml-language-server: $schema=../../schema/{}.schema.json\n"


def test_new_files_tell_editors_their_schema_where_others_do(tmp_path: Path) -> None:
    files = {
        name: SCHEMA.format("measure") + SAMPLE[name]
        for name in ("measures/alpha.yaml", "measures/beta.yaml")
    }
    plan = plant(tmp_path / "plan", {**ADOPTED, **files})
    after = run(plan, "new", "measure", "gamma", "--in", "utilization", "--text", "新しい取組")
    assert (
        after["measures/gamma.yaml"] == SCHEMA.format("measure") + "id: gamma\ntext: 新しい取組\n"
    )
    after = run(plan, "remove", "beta", "--became", "completed")
    assert after["revision/beta.yaml"] == (
        SCHEMA.format("revision") + "id: beta\nbecame: completed\n"
    )


OUTLINE: Final = """\
format: 2
series: example
title: 計画
edition: {id: second, stage: 案}
outline:
  - {kind: part, label: "第{１}"}
  - {kind: heading, label: "{１}．"}
  - {kind: measure, label: "{①}"}
  - {kind: point, label: "{ア}"}
chapters: [vision]
"""


def test_headings_within_a_measure(tmp_path: Path, capsys: Output) -> None:
    section = "  - id: inner\n    kind: point\n    title: 内側\n    body: [文]\n"
    files = {
        "plan.yaml": OUTLINE,
        "chapters/vision.yaml": "id: vision\ntitle: 構想\nmeasures: [alpha, beta]\n",
        "measures/alpha.yaml": f"{SAMPLE['measures/alpha.yaml']}sections:\n{section}",
        **dict.fromkeys(f"chapters/{name}.yaml" for name in ("policy", "measures", "promotion")),
    }
    plan = plant(tmp_path / "plan", files)
    assert cli.run(["validate", "--quiet", str(plan)]) == 0
    after = run(plan, "move", "inner", "--to", "beta")
    assert after["measures/alpha.yaml"] == SAMPLE["measures/alpha.yaml"]
    assert after["measures/beta.yaml"] == f"{SAMPLE['measures/beta.yaml']}sections:\n{section}"
    after = run(plan, "rename", "inner", "within")
    assert "  - id: within\n" in after["measures/beta.yaml"]


def test_items_tables_and_what_came_of_a_split_are_renamed(tmp_path: Path) -> None:
    files = {
        "measures/alpha.yaml": "id: alpha\ntext: 取組\nassignments: [{ministry: 経産省}]\n"
        "items:\n  - {id: part, text: 項目}\n",
        "chapters/vision.yaml": "id: vision\ntitle: 基本構想\nbody:\n"
        "  - {id: cells, table: {columns: [甲, 乙], rows: [[一, [二, {ref: part}]]]}}\n"
        "  - plain: [表は, {ref: cells, with: both}, による。]\n",
        "revision/beta.yaml": "{id: beta, reason: 変更}\n",
    }
    plan = plant(tmp_path / "plan", files)
    after = run(plan, "rename", "part", "first-part")
    assert "{id: first-part, text: 項目}" in after["measures/alpha.yaml"]
    assert "{ref: first-part}]]]" in after["chapters/vision.yaml"]
    after = run(plan, "rename", "cells", "table-one")
    assert after["chapters/vision.yaml"].count("table-one") == 2
    after = run(plan, "rename", "beta", "second-one")
    assert after["revision/second-one.yaml"] == "{id: second-one, reason: 変更}\n"
    assert "revision/beta.yaml" not in after


def test_what_is_said_of_a_measure_that_is_new_is_not_lost_in_silence(
    plan: Path, capsys: Output
) -> None:
    run(plan, "remove", "beta", "--became", "completed")
    assert capsys.readouterr().err == (
        "前の版に「beta」はないため、どうなったかは記録していません。\n"
    )


def test_a_measure_that_is_new_goes_without_a_word(plan: Path) -> None:
    before = held(plan)
    before.pop("measures/beta.yaml")
    assert run(plan, "remove", "beta") == {
        **before, "chapters/measures.yaml": CHAPTER.replace("      - beta\n", ""),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "became"),
    [
        ("統合\nalpha\n", "merged"),
        ("よく分からない\n完了\n", "completed"),
        ("split\nalpha beta\n", None),
    ],
)
def test_on_a_terminal_it_asks(
    tmp_path: Path, typed: str, became: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plant(tmp_path / "plan", ADOPTED)
    answers = iter(typed.splitlines())
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.prompt", lambda _: next(answers))
    if became:
        assert f"became: {became}\n" in run(plan, "remove", "beta")["revision/beta.yaml"]
    else:  # into itself
        assert cli.run(["remove", "beta", "--plan", str(plan)]) == 2


def test_dry_run_shows_a_diff_that_git_applies(plan: Path, capsys: Output) -> None:
    before = held(plan)
    run(plan, "rename", "alpha", "one", "--dry-run")
    diff = capsys.readouterr().out
    assert held(plan) == before
    assert f"--- a/{plan}/chapters/measures.yaml\n+++ b/{plan}/chapters/measures.yaml\n" in diff
    assert "-      - alpha  # 一\n+      - one  # 一\n" in diff
    assert f"--- a/{plan}/measures/alpha.yaml\n+++ /dev/null\n" in diff


def test_a_plan_with_errors_can_be_edited_as_long_as_it_gets_no_worse(plan: Path) -> None:
    (plan / "chapters/vision.yaml").write_text("id: vision\ntitle: 構想 を\n", "utf-8")
    assert cli.run(["validate", "--quiet", str(plan)]) == 1
    assert "measures/one.yaml" in run(plan, "rename", "alpha", "one")


def test_where_a_file_cannot_be_read_nobody_knows_what_would_break(
    plan: Path, capsys: Output
) -> None:
    (plan / "chapters/vision.yaml").write_text("id: vision\n", "utf-8")
    message = f"{plan}/chapters/vision.yaml が読めないため、何も書き換えませんでした。"
    assert message in refused(plan, capsys, "rename", "alpha", "one")


@pytest.mark.parametrize("plan", ["nowhere", "HEAD:plan", "plan/editions/first.json"])
def test_only_a_folder_is_edited(plan: str, capsys: Output) -> None:
    assert cli.run(["rename", "a", "b", "--plan", plan]) == 2
    assert f"{plan} は計画のフォルダーではないため、" in capsys.readouterr().err


def test_an_identifier_of_both_kinds_is_left_alone(tmp_path: Path, capsys: Output) -> None:
    chapter = CHAPTER.replace("utilization", "meti")
    plan = plant(tmp_path / "plan", {**FILES, "chapters/measures.yaml": chapter})
    assert "計画の識別子と府省庁の両方にある" in refused(plan, capsys, "rename", "meti", "x")


def test_superseding_is_what_asks(tmp_path: Path) -> None:
    plan = plant(tmp_path / "plan", {**ADOPTED, "plan.yaml": SUPERSEDING})
    run(
        plan,
        "new",
        "measure",
        "gamma",
        "--in",
        "utilization",
        "--text",
        "新しい取組",
        "--ministry",
        "経産省",
    )
    after = run(plan, "remove", "gamma")
    assert not any(name.startswith("revision") for name in after)
