"""What ``validate --fix`` writes, to the byte, and what it leaves alone."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from kihonkeikaku import cli
from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.loading.loader import load
from kihonkeikaku.reports.findings import fixes_text
from kihonkeikaku.validation.fixer import FixResult, fix_plan
from kihonkeikaku.validation.linter import lint
from kihonkeikaku.validation.rules import Rule
from tests.conftest import REPOSITORY
from tests.sample import SAMPLE, plant
from tests.stand_ins import judge, replacing, rule

Output = pytest.CaptureFixture[str]

BRACKETS = (replacing("opening", "(", "（"), replacing("closing", ")", "）"))
RADICAL = replacing("radical", "⼈", "人")
SPACE = replacing("space", " の", "の")


def alpha(text: str, end: str = "assignments:\n  - ministry: 経産省\n") -> str:
    return f"id: alpha\ntext: {text}\n{end}"


def repaired(folder: Path, content: str | bytes, *rules: Rule) -> tuple[bytes, FixResult]:
    """What becomes of measures/alpha.yaml, after checking that a second run changes nothing."""
    plan = plant(folder, {"measures/alpha.yaml": content})
    first = fix_plan(str(plan), judge(*rules))
    written = (plan / "measures/alpha.yaml").read_bytes()
    again = fix_plan(str(plan), judge(*rules))
    assert (again.fixes, again.skipped) == ({}, first.skipped)
    assert (plan / "measures/alpha.yaml").read_bytes() == written
    return written, first


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("取組(新規)の推進", "取組（新規）の推進"),
        ("'取組(新規)の''推進'''", "'取組（新規）の''推進'''"),
        (r'"取組\t(新\u898F) \"の\"推進\\"', r'"取組\t（新\u898F） \"の\"推進\\"'),
        (r'"取組\x28新規\u0029"', '"取組（新規）"'),
        ("[(甲), '(乙)', {footnote: (丙)}]", "[（甲）, '（乙）', {footnote: （丙）}]"),
        ("取組(新規) # (そのまま)", "取組（新規） # (そのまま)"),
        ("取組（新規）", "取組（新規）"),
        ("(", "（"),
        ("𠮷(𠮷)𠮷", "𠮷（𠮷）𠮷"),
    ],
)
def test_only_what_was_found_is_rewritten(before: str, after: str, tmp_path: Path) -> None:
    written, done = repaired(tmp_path, alpha(before), *BRACKETS)
    assert written.decode() == alpha(after)
    assert done.skipped == {}
    assert done.result.findings == ()


@pytest.mark.parametrize(
    ("before", "old", "new", "after"),
    [
        ("'｢x｣'", "｢", "'", "'''x｣'"),
        ('"｢x｣"', "｢", '"', r'"\"x｣"'),
        ('"￥x"', "￥", "\\", r'"\\x"'),
        ("｢x｣", "｢", "", "x｣"),
    ],
)
def test_inside_quotes_the_new_text_is_escaped(
    before: str, old: str, new: str, after: str, tmp_path: Path
) -> None:
    written, done = repaired(tmp_path, alpha(before), replacing("quote", old, new))
    assert written.decode() == alpha(after)
    assert done.skipped == {}


def test_comments_line_ends_and_the_end_of_the_file_stay(tmp_path: Path) -> None:
    before = (
        "# (\r\nid:   alpha # (\r\ntext:  '取(組'   # )\r\n\r\nassignments: [ {ministry: 経産省} ]"
    )
    written, _ = repaired(tmp_path, before, *BRACKETS)
    assert written.decode() == before.replace("取(", "取（")


def test_fixes_are_reported(tmp_path: Path) -> None:
    _, done = repaired(tmp_path, alpha("⼈(甲 の乙)"), *BRACKETS, RADICAL, SPACE)
    file = f"{tmp_path}/measures/alpha.yaml"
    assert fixes_text(done) == (
        f"{file}:2:7: 「⼈」→「人」［radical］\n"
        f"{file}:2:8: 「(」→「（」［opening］\n"
        f"{file}:2:10: 「 の」→「の」［space］\n"
        f"{file}:2:13: 「)」→「）」［closing］\n"
        "4 か所を直しました。"
    )


def test_of_a_file_a_hundred_fixes_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    _, done = repaired(tmp_path, alpha("(" * 150), *BRACKETS)
    lines = fixes_text(done).split("\n")
    assert len(lines) == 102
    assert lines[-2:] == [
        f"{tmp_path}/measures/alpha.yaml: ほかに 50 か所を直しました。",
        "150 か所を直しました。",
    ]


def test_of_overlapping_fixes_the_first_wins_and_the_rest_follow(tmp_path: Path) -> None:
    rules = (replacing("pair", "甲乙", "丙"), replacing("other", "乙丁", "戊"))
    written, done = repaired(tmp_path, alpha("甲乙丁"), *rules)
    assert written.decode() == alpha("丙丁")
    assert [fix.rule for fix in done.fixes[f"{tmp_path}/measures/alpha.yaml"]] == ["pair"]


def test_a_fix_may_lead_to_the_next(tmp_path: Path) -> None:
    rules = (replacing("first", "甲", "乙"), replacing("second", "乙", "丙"))
    written, done = repaired(tmp_path, alpha("甲甲"), *rules)
    assert written.decode() == alpha("丙丙")
    assert sum(map(len, done.fixes.values())) == 4


def left(done: FixResult, folder: Path) -> str | None:
    return done.skipped.get(f"{folder}/measures/alpha.yaml")


def test_file_whose_fixes_undo_each_other_is_skipped(tmp_path: Path) -> None:
    rules = (replacing("to", "甲", "乙"), replacing("fro", "乙", "甲"))
    written, done = repaired(tmp_path, alpha("甲丙"), *rules)
    assert written.decode() == alpha("甲丙")
    assert left(done, tmp_path) == "直しても、また直すところが出てくるため"
    assert done.fixes == {}
    assert fixes_text(done).split("\n")[0] == (
        f"{tmp_path}/measures/alpha.yaml: "
        "直しても、また直すところが出てくるため、このファイルは直していません。"
    )


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("＃取組", "＃", "#"),
        ("取組 ＃1", "＃", "#"),
        ("取組：", "：", ":"),
        ("取組： 推進", "：", ":"),
        ("取組、推進", "、", ","),
        ("＠取組", "＠", "@"),
        ("x取組", "x", "' "),
        ("取x", "x", " "),
    ],
)
def test_a_text_without_quotes_is_not_made_something_else(
    text: str, old: str, new: str, tmp_path: Path
) -> None:
    written, done = repaired(tmp_path, alpha(text), replacing("width", old, new), *BRACKETS)
    assert written.decode() == alpha(text)
    assert [finding.rule for finding in done.result.findings] == ["width"]


def test_in_quotes_the_same_is_harmless(tmp_path: Path) -> None:
    written, _ = repaired(
        tmp_path, alpha("'＃取組：'"), replacing("a", "＃", "#"), replacing("b", "：", ":")
    )
    assert written.decode() == alpha("'#取組:'")


def test_file_whose_data_would_change_otherwise_is_skipped(tmp_path: Path) -> None:
    # Each repair alone is harmless; together they would begin a comment.
    rules = (replacing("space", "甲", " "), replacing("hash", "＃", "#"))
    written, done = repaired(tmp_path, alpha("取甲＃組(x)"), *rules, *BRACKETS)
    assert written.decode() == alpha("取甲＃組(x)")
    assert left(done, tmp_path) == "直すと、ほかのところまで変わってしまうため"


def test_a_control_character_is_not_written(tmp_path: Path) -> None:
    written, done = repaired(
        tmp_path, alpha("'甲'"), replacing("worse", "甲", "\N{ZERO WIDTH SPACE}")
    )
    assert written.decode() == alpha("'甲'")
    assert left(done, tmp_path) == "直すと、ほかのところまで変わってしまうため"


def test_a_file_does_not_grow_beyond_what_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = alpha("(" * 400)
    monkeypatch.setattr("kihonkeikaku.validation.fixer.YAML_LIMIT", len(text.encode()) + 400)
    written, done = repaired(tmp_path, text, *BRACKETS)
    assert written.decode() == text
    assert left(done, tmp_path) == "直すと、ファイルが大きくなりすぎるため"


@pytest.mark.parametrize(
    "text", ["|\n  取組(新規)", ">-\n  取組\n  (新規)", "取組\n  (新規)", '"取(\n  組"']
)
def test_string_over_several_lines_is_skipped(text: str, tmp_path: Path) -> None:
    written, done = repaired(tmp_path, alpha(text), *BRACKETS)
    assert written.decode() == alpha(text)
    assert done.fixes == {}


def test_fix_outside_every_string_is_skipped(tmp_path: Path) -> None:
    beyond = rule("beyond", lambda text: [(0, 99, "x")])
    written, done = repaired(tmp_path, alpha("取組"), beyond)
    assert (written.decode(), done.fixes) == (alpha("取組"), {})


def test_keys_and_findings_without_a_fix_are_not_changed(tmp_path: Path) -> None:
    written, done = repaired(tmp_path, alpha("(取組)"), rule("seen", lambda text: [(0, 1, None)]))
    assert (written.decode(), done.fixes) == (alpha("(取組)"), {})


def test_the_other_files_stay_untouched(tmp_path: Path) -> None:
    plan = plant(tmp_path, {"measures/alpha.yaml": alpha("(")})
    before = {path: path.stat().st_mtime_ns for path in plan.rglob("*") if path.is_file()}
    fix_plan(str(plan), judge(*BRACKETS))
    changed = [path for path, time in before.items() if path.stat().st_mtime_ns != time]
    assert changed == [plan / "measures/alpha.yaml"]
    assert len(before) == len([path for path in plan.rglob("*") if path.is_file()])


def test_who_may_do_what_with_a_file_stays(tmp_path: Path) -> None:
    plan = plant(tmp_path, {"measures/alpha.yaml": alpha("(")})
    file = plan / "measures/alpha.yaml"
    file.chmod(0o640)
    fix_plan(str(plan), judge(*BRACKETS))
    assert file.stat().st_mode & 0o777 == 0o640


def test_links_are_never_written(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "beta.yaml").write_text(SAMPLE["measures/beta.yaml"].replace("施策", "("), "utf-8")
    plan = plant(tmp_path / "plan", {"measures/beta.yaml": None})
    (plan / "measures/beta.yaml").symlink_to(outside / "beta.yaml")
    done = fix_plan(str(plan), judge(*BRACKETS))
    assert done.fixes == {}
    assert "(" in (outside / "beta.yaml").read_text("utf-8")
    (tmp_path / "link").symlink_to(plan)
    with pytest.raises(CommandError, match="はリンクなので、--fix では直せません。"):
        fix_plan(str(tmp_path / "link"), judge(*BRACKETS))


def test_file_that_was_changed_during_the_run_is_skipped(tmp_path: Path) -> None:
    plan = plant(tmp_path, {"measures/alpha.yaml": alpha("(")})
    file = plan / "measures/alpha.yaml"
    judged = judge(*BRACKETS)

    def slow(loaded: object) -> object:
        file.write_text(alpha("人が直した("), "utf-8")
        return judged(loaded)  # type: ignore[arg-type] # a stand-in

    done = fix_plan(str(plan), slow)  # type: ignore[arg-type] # a stand-in
    assert file.read_text("utf-8") == alpha("人が直した(")
    assert left(done, plan) == "検査している間に書き換えられたため"


def test_a_file_that_can_not_be_written_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plant(tmp_path, {"measures/alpha.yaml": alpha("(")})

    def full(handle: int, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kihonkeikaku.system.atomic_files._fill", full)
    with pytest.raises(MachineError, match="空き容量がありません"):
        fix_plan(str(plan), judge(*BRACKETS))
    assert sorted(path.name for path in (plan / "measures").iterdir()) == [
        "alpha.yaml",
        "beta.yaml",
    ]
    assert (plan / "measures/alpha.yaml").read_text("utf-8") == alpha("(")


# The command, with the rules there are.

WIDE = {"measures/alpha.yaml": alpha("ＡＩの取組(新規)⼈ の　推進")}


def files(plan: Path) -> Mapping[str, bytes]:
    return {str(path): path.read_bytes() for path in plan.rglob("*") if path.is_file()}


def test_fix_writes_and_reports_the_remaining_findings(tmp_path: Path, capsys: Output) -> None:
    wide = {**WIDE, "measures/beta.yaml": SAMPLE["measures/beta.yaml"] + "x: y\n"}
    plan = plant(tmp_path, wide)
    assert cli.run(["validate", str(plan), "--fix"]) == 1
    out = capsys.readouterr().out
    assert (plan / "measures/alpha.yaml").read_text("utf-8") == alpha("AIの取組（新規）人の推進")
    assert f"{plan}/measures/alpha.yaml:2:7: 「ＡＩ」→「AI」［full-width-latin］\n" in out
    assert "［unknown-key］" in out
    assert "［full-width-latin］「" not in out


def test_fix_twice_is_fix_once(tmp_path: Path, capsys: Output) -> None:
    plan = plant(tmp_path, WIDE)
    cli.run(["validate", str(plan), "--fix"])
    once = files(plan)
    capsys.readouterr()
    assert cli.run(["validate", str(plan), "--fix"]) == 0
    assert files(plan) == once
    assert capsys.readouterr().out.startswith("直すところはありませんでした。\n")
    assert cli.run(["validate", str(plan), "--fix", "--quiet"]) == 0
    assert capsys.readouterr().out == ""


def test_without_fix_nothing_is_written(tmp_path: Path) -> None:
    plan = plant(tmp_path, WIDE)
    before = files(plan)
    cli.run(["validate", str(plan)])
    assert files(plan) == before


def test_fix_reports_on_stderr_beside_json(tmp_path: Path, capsys: Output) -> None:
    plan = plant(tmp_path, WIDE)
    assert cli.run(["validate", str(plan), "--fix", "--format", "json"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("{\n")
    assert " か所を直しました。\n" in captured.err


def test_fix_of_a_frozen_edition_or_a_revision_is_refused(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plant(tmp_path / "plan", {})
    assert cli.run(["adopt", str(plan)]) == 0
    capsys.readouterr()
    assert cli.run(["validate", "--fix", str(plan / "editions/second.json")]) == 2
    assert capsys.readouterr().err.endswith("は決定された版の記録なので、--fix では直せません。\n")
    monkeypatch.chdir(tmp_path)
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    for command in (["init", "-q"], ["add", "plan"], [*identity, "commit", "-qm", "x"]):
        environment = {name: v for name, v in os.environ.items() if not name.startswith("GIT_")}
        subprocess.run(["git", *command], check=True, env=environment)
    assert cli.run(["validate", "--fix", "HEAD:plan"]) == 2
    assert capsys.readouterr().err == "HEAD:plan は git の版なので、--fix では直せません。\n"
    assert cli.run(["validate", "--fix", "nowhere"]) == 2


def test_the_plan_of_this_repository_needs_no_fix() -> None:
    findings = lint(load(str(REPOSITORY / "plan"))).findings
    assert [finding for finding in findings if finding.fix] == []


def test_file_with_too_many_fixes_is_skipped(tmp_path: Path, capsys: Output) -> None:
    head = SAMPLE["plan.yaml"].replace("format: 1", "format: 2")
    text = alpha("取" + "(漢)（漢）" * 5_000)
    plan = plant(tmp_path, {"plan.yaml": head, "measures/alpha.yaml": text})
    before = files(plan)
    assert cli.run(["validate", str(plan), "--fix", "--quiet"]) == 1
    assert files(plan) == before
    assert capsys.readouterr().out.startswith(
        f"{plan}/measures/alpha.yaml: 直すところが多すぎるため（10,000 か所まで）、"
        "このファイルは直していません。\n"
    )
