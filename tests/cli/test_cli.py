"""The commands as users run them: what is printed, where, and the exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import __version__, cli
from tests.conftest import REPOSITORY
from tests.sample import SAMPLE, SUPERSEDING, plant

Output = pytest.CaptureFixture[str]
BROKEN = {"measures/alpha.yaml": SAMPLE["measures/alpha.yaml"] + "text: 別\n"}
COMPARISON_ROOMS: Final = ("kihonkeikaku.amendment", "kihonkeikaku.diff")
"""The rooms that only a comparison with another edition needs."""


def test_version(capsys: Output) -> None:
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out == f"kihonkeikaku {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help_names_every_command(arguments: list[str], capsys: Output) -> None:
    assert cli.run(arguments) == 0
    out = capsys.readouterr().out
    for command in ("validate", "build", "diff", "adopt", "verify", "schema", "explain"):
        assert f"  {command} " in out


@pytest.mark.parametrize("arguments", [["nonsense"], ["validate", "--nonsense"], ["diff"]])
def test_wrong_usage_exits_with_2(arguments: list[str], capsys: Output) -> None:
    assert cli.run(arguments) == 2
    assert capsys.readouterr().err.startswith("使い方が違います：")


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, kihonkeikaku.cli as c; c.run(['--help']); print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {"pydantic", "yaml", "jinja2", "weasyprint", "deepdiff", "rich"}
    assert heavy & set(modules) == set()


def test_no_command_collects_garbage() -> None:
    """At its end, that would take a tenth of the time of all the rest."""
    code = (
        "import gc, sys, kihonkeikaku.cli as c; gc.collect();"
        "gc.callbacks.append(lambda *_: print('looked')); c.main()"
    )
    command = [sys.executable, "-c", code, "validate", "--quiet", str(REPOSITORY / "plan")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "looked" not in done.stdout


def test_validate_imports_no_renderer() -> None:
    code = (
        "import sys, kihonkeikaku.cli as c; c.run(['validate', sys.argv[1]]); print(*sys.modules)"
    )
    command = [sys.executable, "-c", code, str(REPOSITORY / "plan")]
    modules = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert {"jinja2", "weasyprint", "deepdiff", "rich"} & set(modules) == set()


def test_building_html_alone_imports_no_comparison_and_no_pdf_library(tmp_path: Path) -> None:
    code = "import sys, kihonkeikaku.cli as c; c.run(sys.argv[1:]); print(*sys.modules)"
    order = ["build", str(REPOSITORY / "plan"), "--only", "html", "--out", str(tmp_path / "out")]
    command = [sys.executable, "-c", code, *order, "--quiet", "--afresh"]
    modules = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    needless = ("weasyprint", "deepdiff", *COMPARISON_ROOMS)
    assert [module for module in modules if module.startswith(needless)] == []


def test_validate(tmp_path: Path, capsys: Output) -> None:
    assert cli.run(["validate", str(plant(tmp_path / "sound", {}))]) == 0
    assert "誤りはありません" in capsys.readouterr().out
    assert cli.run(["validate", "--quiet", str(tmp_path / "sound")]) == 0
    assert capsys.readouterr().out == ""
    assert cli.run(["validate", str(plant(tmp_path / "broken", BROKEN))]) == 1
    assert "［duplicate-key］" in capsys.readouterr().out


def test_validate_json(tmp_path: Path, capsys: Output) -> None:
    assert cli.run(["validate", "--format", "json", str(plant(tmp_path, BROKEN))]) == 1
    assert json.loads(capsys.readouterr().out)["summary"]["errors"] == 1


def test_validate_against_another_edition(tmp_path: Path, capsys: Output) -> None:
    old = plant(tmp_path / "old", {})
    new = plant(
        tmp_path / "new",
        {
            "measures/beta.yaml": None,
            "chapters/measures.yaml": SAMPLE["chapters/measures.yaml"].replace(
                "      - beta\n", ""
            ),
        },
    )
    assert cli.run(["validate", str(new)]) == 0
    assert cli.run(["validate", str(new), "--against", str(old)]) == 1
    assert "［unexplained-removal］" in capsys.readouterr().out


def test_plan_that_does_not_exist(capsys: Output) -> None:
    assert cli.run(["validate", "nowhere"]) == 2
    assert capsys.readouterr().err == (
        "「nowhere」というフォルダー、版のファイル、決定された版、git の版は見つかりません。\n"
    )


def test_build_of_a_broken_plan_writes_nothing(tmp_path: Path, capsys: Output) -> None:
    out = tmp_path / "out"
    assert cli.run(["build", str(plant(tmp_path / "plan", BROKEN)), "--out", str(out)]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and "［duplicate-key］" in captured.err
    assert captured.err.endswith("に誤りがあるため、何も作りませんでした。\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan"]


def test_build_leaves_foreign_folders_alone(tmp_path: Path, capsys: Output) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "letter.txt").write_text("dear")
    plan = str(plant(tmp_path / "plan", {}))
    assert cli.run(["build", plan, "--only", "html", "--out", str(out)]) == 2
    assert "置き換えません" in capsys.readouterr().err
    assert [path.name for path in out.iterdir()] == ["letter.txt"]


def test_build_replaces_an_edition_of_ours(tmp_path: Path, capsys: Output) -> None:
    out = tmp_path / "out"
    measure = SAMPLE["measures/alpha.yaml"].replace("取組", "取組の推進")
    for changes in ({}, {"measures/alpha.yaml": measure}):
        plan = str(plant(tmp_path / "plan", changes))
        assert cli.run(["build", plan, "--only", "html", "--out", str(out)]) == 0
    assert "取組の推進" in (out / "html" / "index.html").read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "plan"]


def test_build_keeps_a_file_that_somebody_put_into_an_edition(
    tmp_path: Path, capsys: Output
) -> None:
    out = tmp_path / "out"
    plan = str(plant(tmp_path / "plan", {}))
    assert cli.run(["build", plan, "--only", "html", "--out", str(out)]) == 0
    (out / "html" / "mine.html").write_text("dear")
    assert cli.run(["build", plan, "--only", "html", "--out", str(out)]) == 2
    assert "置き換えません（html/mine.html）" in capsys.readouterr().err
    assert (out / "html" / "mine.html").read_text() == "dear"


@pytest.mark.parametrize("only", ["", "odt", "html,odt"])
def test_build_only_what_there_is(only: str, tmp_path: Path, capsys: Output) -> None:
    plan = str(plant(tmp_path / "plan", {}))
    assert cli.run(["build", plan, "--only", only, "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.startswith("--only には html、pdf、docx を")


def test_manifest_lists_each_file_with_its_hash(tmp_path: Path) -> None:
    out = tmp_path / "out"
    plan = str(plant(tmp_path / "plan", {}))
    assert cli.run(["build", plan, "--only", "html", "--out", str(out)]) == 0
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    on_disk = {
        str(path.relative_to(out)): path.stat().st_size for path in out.rglob("*") if path.is_file()
    }
    assert {name: facts["size"] for name, facts in manifest["files"].items()} == {
        name: size for name, size in on_disk.items() if name != "manifest.json"
    }
    assert (manifest["edition"], manifest["generator"]) == ("second", "kihonkeikaku")


def test_diff(tmp_path: Path, capsys: Output) -> None:
    old = str(plant(tmp_path / "old", {}))
    measure = SAMPLE["measures/alpha.yaml"].replace("取組", "取組の推進")
    new = str(plant(tmp_path / "new", {"measures/alpha.yaml": measure}))
    assert cli.run(["diff", old, old, "--exit-code"]) == 0
    assert cli.run(["diff", old, new]) == 0
    assert "の推進" in capsys.readouterr().out
    assert cli.run(["diff", old, new, "--format", "json", "--exit-code"]) == 1
    assert json.loads(capsys.readouterr().out)["summary"] == {"reworded": 1}
    file = tmp_path / "changes.json"
    assert cli.run(["diff", old, new, "--format", "json", "--out", str(file)]) == 0
    assert json.loads(file.read_text("utf-8"))["summary"] == {"reworded": 1}


def test_diff_of_one_plan_is_with_the_edition_it_supersedes(tmp_path: Path, capsys: Output) -> None:
    head = SAMPLE["plan.yaml"].replace("id: second", "id: first")
    first = plant(tmp_path / "old", {"plan.yaml": head})
    plan = plant(tmp_path / "new", {"plan.yaml": SUPERSEDING})
    assert cli.run(["adopt", str(first), "--into", str(plan / "editions")]) == 0
    capsys.readouterr()
    assert cli.run(["diff", str(plan), "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["old"]["id"], report["new"]["id"]) == ("first", "second")


def test_diff_of_anything_else_is_with_the_plan_here(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = SAMPLE["plan.yaml"]
    old = plant(tmp_path / "old", {"plan.yaml": head})
    assert cli.run(["adopt", str(old), "--into", str(tmp_path)]) == 0
    monkeypatch.chdir(tmp_path)
    assert cli.run(["diff", "second.json"]) == 2  # no plan here
    plant(tmp_path / "plan", {"plan.yaml": head.replace("id: second", "id: third")})
    capsys.readouterr()
    assert cli.run(["diff", "second.json", "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["old"]["id"], report["new"]["id"]) == ("second", "third")


def test_adopt_writes_into_the_plan(tmp_path: Path, capsys: Output) -> None:
    plan = plant(tmp_path, {})
    assert cli.run(["adopt", str(plan)]) == 0
    assert capsys.readouterr().out == f"{plan}/editions/second.json に記録しました。\n"
    assert cli.run(["validate", str(plan / "editions" / "second.json")]) == 0
    assert cli.run(["adopt", str(plan / "editions" / "second.json")]) == 2


def test_schema(tmp_path: Path, capsys: Output) -> None:
    folder = ["--into", str(tmp_path)]
    assert cli.run(["schema", "--check", *folder]) == 1
    assert cli.run(["schema", *folder]) == 0
    assert cli.run(["schema", "--check", *folder]) == 0


def test_explain(capsys: Output) -> None:
    assert cli.run(["explain", "duplicate-key"]) == 0
    assert capsys.readouterr().out.startswith("duplicate-key（誤り）\n\n同じキーが二度")
    assert cli.run(["explain"]) == 0
    assert "duplicate-key" in capsys.readouterr().out
    assert cli.run(["explain", "duplicate-kye"]) == 2
    assert "「duplicate-key」ではありませんか。" in capsys.readouterr().err


def test_program_fault_is_reported_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    def broken(argument: str) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.delenv("KIHONKEIKAKU_TRACEBACK", raising=False)
    monkeypatch.setattr("kihonkeikaku.loading.loader.load", broken)
    assert cli.run(["validate", "plan"]) == 3
    assert capsys.readouterr().err.startswith("プログラムの異常で止まりました（ZeroDivisionError")


@pytest.mark.parametrize(
    "arguments", [["--version"], ["diff", "examples/next-edition", "--format", "json"]]
)
def test_closed_output_exits_with_another_code_than_findings(arguments: list[str]) -> None:
    """Of little or much to print, as in 「… | head」; 1 would say that there are errors."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "kihonkeikaku", *arguments]
    with os.fdopen(writer, "wb") as gone:
        done = subprocess.run(
            command, stdout=gone, stderr=subprocess.PIPE, cwd=REPOSITORY, check=False
        )
    assert (done.returncode, done.stderr) == (cli.EXIT_FAULT, b"")


def test_interruption_exits_with_130(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    def interrupted(argument: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kihonkeikaku.loading.loader.load", interrupted)
    assert cli.run(["validate", "plan"]) == 130
    assert capsys.readouterr().err == "中断しました。\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp932"])
def test_characters_that_the_console_lacks_are_escaped(encoding: str, tmp_path: Path) -> None:
    folder = plant(tmp_path, BROKEN)
    done = subprocess.run(
        [sys.executable, "-m", "kihonkeikaku", "validate", str(folder)],
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"[duplicate-key]" in done.stdout or b"duplicate-key" in done.stdout
