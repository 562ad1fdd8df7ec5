"""What programs read of the findings: GitHub's commands, SARIF and JUnit, to the letter."""

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kihonkeikaku import cli
from kihonkeikaku.cli.validate import FindingFormat, render_findings
from kihonkeikaku.loading.loader import Loaded, load
from kihonkeikaku.loading.positions import PositionMap
from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Finding, Position, Severity
from kihonkeikaku.reports.findings import findings_github, findings_text
from kihonkeikaku.reports.findings_junit import findings_junit
from kihonkeikaku.reports.findings_sarif import findings_sarif
from kihonkeikaku.system.terminal import escape_unprintable
from kihonkeikaku.validation.linter import LintResult, lint
from kihonkeikaku.validation.rules import RULES
from tests.sample import SAMPLE, plant
from tests.stand_ins import judge, replacing

Output = pytest.CaptureFixture[str]
Changes = dict[str, str | bytes | None]

BROKEN: Changes = {
    "measures/alpha.yaml": "id: alpha\ntext: 取組\nassignments: [{ministry: 経済産業省}]\n",
}
FLOOD: Changes = {
    "measures/alpha.yaml": SAMPLE["measures/alpha.yaml"]
    + "".join(f"x{i}: y\n" for i in range(250)),
}

anything = settings(max_examples=50, deadline=None)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Plans are named as CI names them: relative to the folder where the lint runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def checked(folder: Path, changes: Changes, argument: str = "plan") -> LintResult:
    plant(folder / "plan", changes)
    return lint(load(argument))


def found(*findings: Finding, texts: dict[str, str] | None = None) -> LintResult:
    """What a lint would return that found these."""
    return LintResult(Loaded(Draft(), PositionMap("plan"), texts=texts or {}, files=1), findings)


def finding(
    message: str = "困ります。",
    severity: Severity = "error",
    file: str = "plan/x.yaml",
    line: int = 2,
    hint: str = "直します。",
) -> Finding:
    return Finding("some-rule", severity, message, hint, Position(file, line, 7))


# GitHub


def test_github(here: Path) -> None:
    assert findings_github(checked(here, BROKEN)) == (
        "::error file=plan/measures/alpha.yaml,line=3,col=26,title=unknown-ministry::"
        "府省庁「経済産業省」は ministries.yaml にありません。「経産省」ではありませんか。\n"
        "8 個のファイルを検査しました。誤り 1、注意 0、参考 0。"
    )


def test_github_of_a_sound_plan_is_one_line(here: Path) -> None:
    assert findings_github(checked(here, {})) == (
        "8 個のファイルを検査しました。誤りはありません。"
    )


@pytest.mark.parametrize(
    ("severity", "command"), [("error", "error"), ("warning", "warning"), ("note", "notice")]
)
def test_github_severities(severity: Severity, command: str) -> None:
    assert findings_github(found(finding(severity=severity))).startswith(f"::{command} file=")


def test_github_escapes() -> None:
    hostile = finding(message="100%\r\n::set-env::a,b:c\x1b[31m", file="plan/100%,a:b.yaml")
    assert findings_github(found(hostile)).split("\n")[0] == (
        "::error file=plan/100%25%2Ca%3Ab.yaml,line=2,col=7,title=some-rule::"
        r"100%25\r\n::set-env::a,b:c\x1b[31m直します。"
    )


def test_github_names_files_as_the_repository_does(here: Path) -> None:
    report = findings_github(checked(here, BROKEN, "./plan/"))
    assert report.startswith("::error file=plan/measures/alpha.yaml,")


@pytest.mark.parametrize(("folder", "argument"), [("", "plan"), ("sub", "../plan"), ("plan", ".")])
def test_paths_are_from_the_root_of_the_repository_wherever_the_command_runs(
    folder: str, argument: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / ".git").mkdir()
    (here / "sub").mkdir()
    plant(here / "plan", BROKEN)
    monkeypatch.chdir(here / folder)
    result = lint(load(argument))
    assert findings_github(result).startswith("::error file=plan/measures/alpha.yaml,line=3,")
    (found,) = sarif(result)["results"]
    location = found["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "plan/measures/alpha.yaml", "uriBaseId": "%SRCROOT%"}


def test_github_lists_a_hundred_of_a_file(here: Path) -> None:
    lines = findings_github(checked(here, FLOOD)).split("\n")
    assert len(lines) == 102
    assert lines[-2:] == [
        "::notice file=plan/measures/alpha.yaml::ほかに 150 件あります。",
        "8 個のファイルを検査しました。誤り 250、注意 0、参考 0。",
    ]


@anything
@given(st.text(), st.text(min_size=1))
def test_github_prints_nothing_but_commands_and_the_summary(message: str, file: str) -> None:
    """What stands outside of a command, the runner would search for commands of the old form."""
    *commands, summary = re.split(r"[\r\n]", findings_github(found(finding(message, file=file))))
    assert all(command.startswith("::error file=") for command in commands)
    assert summary == "1 個のファイルを検査しました。誤り 1、注意 0、参考 0。"


# SARIF


@cache
def sarif_schema() -> Any:
    file = Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json"
    return json.loads(file.read_text("utf-8"))


@cache
def sarif_validator() -> jsonschema.Draft4Validator:
    checker = jsonschema.Draft4Validator.FORMAT_CHECKER
    return jsonschema.Draft4Validator(sarif_schema(), format_checker=checker)


@cache
def check_sarif(log: str) -> None:
    sarif_validator().validate(json.loads(log))


def sarif(report: LintResult) -> dict[str, Any]:
    """The only run of a valid log. Its rules, the same each time, are validated once."""
    log = json.loads(findings_sarif(report))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    driver = run["tool"]["driver"]
    no_rules = run | {"tool": {"driver": driver | {"rules": []}}}
    check_sarif(json.dumps(log | {"runs": [no_rules]}))
    check_sarif(json.dumps(log | {"runs": [run | {"results": []}]}))
    return run


def test_the_schema_refuses_what_is_no_sarif(here: Path) -> None:
    log = json.loads(findings_sarif(checked(here, BROKEN)))
    log["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(sarif_schema()).validate(log)


def test_sarif_result(here: Path) -> None:
    run = sarif(checked(here, BROKEN))
    (result,) = run["results"]
    fingerprint = result.pop("partialFingerprints")
    assert result == {
        "ruleId": "unknown-ministry",
        "level": "error",
        "message": {
            "text": "府省庁「経済産業省」は ministries.yaml にありません。"
            "「経産省」ではありませんか。"
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": "plan/measures/alpha.yaml",
                        "uriBaseId": "%SRCROOT%",
                    },
                    "region": {"startLine": 3, "startColumn": 26},
                }
            }
        ],
    }
    assert re.fullmatch("[0-9a-f]{32}:1", fingerprint["lineText/v1"])
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["properties"] == {"files": 8, "errors": 1, "warnings": 0, "notes": 0}


def test_sarif_describes_every_rule(here: Path) -> None:
    driver = sarif(checked(here, {}))["tool"]["driver"]
    assert driver["name"] == "kihonkeikaku"
    assert [rule["id"] for rule in driver["rules"]] == [rule.id for rule in RULES]
    rule = {each["id"]: each for each in driver["rules"]}["duplicate-key"]
    assert rule["shortDescription"] == {"text": "同じキーが二度書かれています。"}
    assert rule["fullDescription"]["text"].startswith(
        "同じキーが二度書かれています。多くの道具は後のものだけを黙って使い、"
    )
    assert rule["help"]["text"].endswith("- ministry: 経産省")
    assert "```yaml\n# measures/alpha.yaml\n" in rule["help"]["markdown"]
    assert rule["defaultConfiguration"] == {"level": "error", "enabled": True}
    for rule in driver["rules"]:  # what GitHub shows at most
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert not re.search(r"\{\d+\}", rule["shortDescription"]["text"])


def test_sarif_contains_the_fix(here: Path) -> None:
    plant(here / "plan", {"measures/alpha.yaml": "id: alpha\ntext: 'a''(乙'\n"})
    rules = (replacing("opening", "(", "'（"), replacing("plain", "利", "# "))
    results = sarif(judge(*rules)(load("plan")))["results"]
    (fixed,) = [result for result in results if result["ruleId"] == "opening"]
    region = {"startLine": 2, "startColumn": 11, "endColumn": 12}
    assert fixed["locations"][0]["physicalLocation"]["region"] == region
    assert fixed["fixes"] == [
        {
            "description": {"text": "「(」を「''（」に直します。"},
            "artifactChanges": [
                {
                    "artifactLocation": {
                        "uri": "plan/measures/alpha.yaml",
                        "uriBaseId": "%SRCROOT%",
                    },
                    "replacements": [
                        {"deletedRegion": region, "insertedContent": {"text": "''（"}}
                    ],
                }
            ],
        }
    ]


def test_sarif_contains_no_fix_that_would_break_the_file(here: Path) -> None:
    plant(here / "plan", {})  # 利活用, without quotes
    (result,) = sarif(judge(replacing("plain", "利", "#"))(load("plan")))["results"]
    assert "fixes" not in result


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("計画/a b.yaml", "%E8%A8%88%E7%94%BB/a%20b.yaml"),
        ("v1:plan/x.yaml", "v1%3Aplan/x.yaml"),
        ("./plan/x.yaml", "plan/x.yaml"),
        ("plan/100%#?.yaml", "plan/100%25%23%3F.yaml"),
        ("plan/\udc80.yaml", "plan/%80.yaml"),
    ],
)
def test_sarif_uris(file: str, uri: str) -> None:
    (result,) = sarif(found(finding(file=file)))["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": uri, "uriBaseId": "%SRCROOT%"}


def test_sarif_uris_of_absolute_paths(here: Path) -> None:
    inside, outside = str(here / "plan/x.yaml"), "/elsewhere/x.yaml"
    results = sarif(found(finding(file=inside), finding(file=outside)))["results"]
    locations = [r["locations"][0]["physicalLocation"]["artifactLocation"] for r in results]
    assert locations == [
        {"uri": "plan/x.yaml", "uriBaseId": "%SRCROOT%"},
        {"uri": "file:///elsewhere/x.yaml"},
    ]


def test_sarif_messages_hold_no_placeholder_and_no_link() -> None:
    (result,) = sarif(found(finding("{0} [x](https://example.com)")))["results"]
    assert result["message"]["text"] == "{{0}} [x] (https://example.com)直します。"


def test_sarif_fingerprints_follow_the_line() -> None:
    def fingerprints(text: str, *lines: int) -> list[str]:
        report = found(*(finding(line=line) for line in lines), texts={"plan/x.yaml": text})
        return [r["partialFingerprints"]["lineText/v1"] for r in sarif(report)["results"]]

    first = fingerprints("id: x\ntext: 甲\ntext: 甲\n", 2, 3)
    assert len(set(first)) == 2
    assert fingerprints("# 注\n\nid: x\n  text: 甲\n  text: 甲\n", 4, 5) == first
    assert fingerprints("id: x\ntext: 乙\n", 2)[0] not in first


def test_sarif_lists_a_hundred_of_a_file_and_counts_all(here: Path) -> None:
    run = sarif(checked(here, FLOOD))
    assert (len(run["results"]), run["properties"]["errors"]) == (100, 250)
    (omission,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (omission["level"], omission["message"]) == (
        "note",
        {"text": "ほかに 150 件あります。"},
    )


def test_sarif_is_the_same_every_time(here: Path) -> None:
    command = [sys.executable, "-m", "kihonkeikaku", "validate", "--format", "sarif", "plan"]
    plant(here / "plan", {**BROKEN, "メモ.txt": "x"})
    runs = {subprocess.run(command, capture_output=True, check=False).stdout for _ in range(2)}
    assert len(runs) == 1


@anything
@given(st.text(), st.text(min_size=1), st.text())
def test_sarif_of_anything_is_valid(message: str, file: str, text: str) -> None:
    report = found(finding(message, file=file.replace("\0", "")), texts={file: text})
    (result,) = sarif(report)["results"]
    assert result["ruleId"] == "some-rule"


# JUnit


def test_junit(here: Path) -> None:
    assert (
        findings_junit(checked(here, BROKEN))
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="kihonkeikaku" tests="8" failures="1" errors="0">
  <testsuite name="plan" tests="8" failures="1" errors="0">
    <properties>
      <property name="files" value="8" />
      <property name="errors" value="1" />
      <property name="warnings" value="0" />
      <property name="notes" value="0" />
    </properties>
    <testcase classname="kihonkeikaku.validate" name="plan/chapters/measures.yaml" \
file="plan/chapters/measures.yaml" />
    <testcase classname="kihonkeikaku.validate" name="plan/chapters/policy.yaml" \
file="plan/chapters/policy.yaml" />
    <testcase classname="kihonkeikaku.validate" name="plan/chapters/promotion.yaml" \
file="plan/chapters/promotion.yaml" />
    <testcase classname="kihonkeikaku.validate" name="plan/chapters/vision.yaml" \
file="plan/chapters/vision.yaml" />
    <testcase classname="kihonkeikaku.validate" name="plan/measures/alpha.yaml" \
file="plan/measures/alpha.yaml">
      <failure type="unknown-ministry" message="府省庁「経済産業省」は \
ministries.yaml にありません。">
plan/measures/alpha.yaml:3:26: 誤り［unknown-ministry］府省庁「経済産業省」は \
ministries.yaml にありません。
  3 | assignments: [{ministry: 経済産業省}]
    |                          ^
  → 「経産省」ではありませんか。
</failure>
    </testcase>
    <testcase classname="kihonkeikaku.validate" name="plan/measures/beta.yaml" \
file="plan/measures/beta.yaml" />
    <testcase classname="kihonkeikaku.validate" name="plan/ministries.yaml" \
file="plan/ministries.yaml" />
    <testcase classname="kihonkeikaku.validate" name="plan/plan.yaml" file="plan/plan.yaml" />
    <system-out>8 個のファイルを検査しました。誤り 1、注意 0、参考 0。</system-out>
  </testsuite>
</testsuites>"""
    )


def junit(report: LintResult) -> ElementTree.Element:
    return ElementTree.fromstring(findings_junit(report).encode())


def test_junit_fails_for_errors_and_prints_other_findings() -> None:
    report = found(
        finding("甲。"), finding("乙。", "warning"), finding("丙。", "note"), finding("丁。")
    )
    (case,) = junit(report).iter("testcase")
    assert [child.tag for child in case] == ["failure", "system-out"]
    failure, rest = case
    assert failure.get("message") == "甲。（ほかに誤り 1 件）"
    assert re.findall("［some-rule］(.)。", failure.text or "") == ["甲", "丁"]
    assert re.findall("［some-rule］(.)。", rest.text or "") == ["乙", "丙"]


def test_junit_does_not_fail_for_less() -> None:
    root = junit(found(finding(severity="warning")))
    assert (root.get("tests"), root.get("failures")) == ("1", "0")
    assert [child.tag for case in root.iter("testcase") for child in case] == ["system-out"]


def test_junit_lists_a_hundred_of_a_file_and_counts_all(here: Path) -> None:
    root = junit(checked(here, FLOOD))
    (failure,) = root.iter("failure")
    assert (failure.text or "").count("［unknown-key］") == 100
    assert (failure.text or "").endswith("ほかに 150 件あります。\n")
    assert [p.get("value") for p in root.iter("property")] == ["8", "250", "0", "0"]


def test_junit_of_a_frozen_edition_is_one_case(here: Path) -> None:
    plan = plant(here / "plan", {})
    assert cli.run(["adopt", str(plan)]) == 0
    root = junit(lint(load("plan/editions/second.json")))
    assert [case.get("name") for case in root.iter("testcase")] == ["plan/editions/second.json"]
    assert "plan/editions/second.json" in [
        case.get("name") for case in junit(lint(load("plan"))).iter("testcase")
    ]


@anything
@given(st.text(), st.text(min_size=1), st.text())
def test_junit_of_anything_is_xml(message: str, file: str, text: str) -> None:
    report = found(finding(message, file=file), texts={file: text})
    assert [case.find("failure") is not None for case in junit(report).iter("testcase")] == [True]


# All of them, by the command


@pytest.mark.parametrize("format", ["json", "github", "sarif", "junit"])
@pytest.mark.parametrize(("changes", "code"), [({}, 0), (BROKEN, 1)])
def test_the_command_prints_the_format(
    format: str, changes: Changes, code: int, here: Path, capsys: Output
) -> None:
    report = checked(here, changes)
    assert cli.run(["validate", "--format", format, "plan"]) == code
    assert capsys.readouterr().out == render_findings(report, FindingFormat(format)) + "\n"


@pytest.mark.parametrize("format", ["json", "github", "sarif", "junit"])
def test_formats_for_programs_are_utf_8_on_every_console(format: str, here: Path) -> None:
    report = checked(here, BROKEN)
    done = subprocess.run(
        [sys.executable, "-m", "kihonkeikaku", "validate", "--format", format, "plan"],
        env={"PYTHONIOENCODING": "cp932", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode("utf-8") == render_findings(report, FindingFormat(format)) + "\n"


def test_unknown_format_is_wrong_usage(here: Path, capsys: Output) -> None:
    assert cli.run(["validate", "--format", "xml", "plan"]) == 2


# The terminal


def test_colours_change_nothing_but_colours(here: Path) -> None:
    report = checked(here, {**BROKEN, "メモ.txt": "x"})
    coloured = findings_text(report, colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == findings_text(report)
    assert coloured.startswith(
        "\x1b[1mplan/measures/alpha.yaml:3:26:\x1b[0m \x1b[1;31m誤り\x1b[0m［unknown-ministry］"
    )
    assert "\x1b" not in findings_text(report)


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, True),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ],
)
def test_colours_only_on_a_terminal_that_has_them(
    environment: dict[str, str],
    coloured: bool,
    here: Path,
    capsys: Output,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plant(here / "plan", BROKEN)
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cli.run(["validate", "plan"]) == 1
    assert "\x1b" not in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert cli.run(["validate", "plan"]) == 1
    assert ("\x1b" in capsys.readouterr().out) is coloured


def test_text_of_a_plan_is_neither_markup_nor_a_terminal_command() -> None:
    text = findings_text(found(finding("[red]赤[/red]\x1b[2J\u202e", hint="\r[x]")))
    assert "［some-rule］[red]赤[/red]\\x1b[2J\\u202e\n  → \\r[x]\n" in text


def test_ideographic_spaces_show() -> None:
    assert escape_unprintable("基本　構想\u00a0\t") == "基本　構想\u00a0\\t"
    report = found(finding(), texts={"plan/x.yaml": "id: x\ntext: 基本　構想\n"})
    assert "  2 | text: 基本　構想\n" in findings_text(report)


def test_of_a_very_long_line_only_the_part_around_the_place_is_shown() -> None:
    line = "text: " + "あ" * 5000
    report = found(
        Finding("some-rule", "error", "困ります。", "直します。", Position("x", 1, 3000)),
        texts={"x": line},
    )
    excerpt, marker = findings_text(report).split("\n")[1:3]
    assert excerpt == "  1 | …" + "あ" * 400 + "…"
    assert marker == "    | " + " " * (2 + 2 * 200) + "^"
