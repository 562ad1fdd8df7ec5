"""``kihonkeikaku import``: the folder, the report and the exit codes."""

import json
from pathlib import Path

import pytest

from kihonkeikaku import cli
from tests.conftest import REPOSITORY

Output = pytest.CaptureFixture[str]

SOUND = "計画（案）\n第1章 基本構想\n・一つ目。\n第2章 基本的な方針\n・二つ目。\n"


def written(folder: Path, text: str) -> str:
    path = folder / "a.txt"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_plan_is_written_and_the_report_tells_every_line(tmp_path: Path, capsys: Output) -> None:
    out = tmp_path / "plan"
    code = cli.run(["import", written(tmp_path, SOUND), "--out", str(out), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert code == 0
    assert {path.name for path in out.rglob("*.yaml")} == {
        "plan.yaml", "ministries.yaml", "vision.yaml", "policy.yaml",
    }  # fmt: skip
    assert report["source"].endswith("a.txt")
    assert (report["lines"], report["used"]) == (5, 4)
    assert report["dropped"] == [
        {"line": 1, "page": None, "text": "計画（案）", "reason": "表紙（plan.yaml の title）"}
    ]
    assert report["units"] == {
        "chapters": 2, "sections": 0, "measures": 0, "reprints": 0, "paragraphs": 2, "footnotes": 0,
    }  # fmt: skip
    assert report["doubts"] == []


def test_something_that_differs_exits_with_1(tmp_path: Path, capsys: Output) -> None:
    out = tmp_path / "plan"
    text = SOUND.replace("第2章", "第3章")
    assert cli.run(["import", written(tmp_path, text), "--out", str(out)]) == 1
    printed = capsys.readouterr().out
    assert (
        "4行目「第3章 基本的な方針」\n    元の文と違います。計画は「第2章基本的な方針」と印字します"
        in printed
    )
    assert out.is_dir()


def test_a_doubt_says_where_the_line_went(tmp_path: Path, capsys: Output) -> None:
    text = SOUND.replace("一つ目。", "体现する。")
    out = str(tmp_path / "plan")
    assert cli.run(["import", written(tmp_path, text), "--out", out, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["doubts"] == [
        {
            "line": 3,
            "page": None,
            "text": "・体现する。",
            "reason": "「现」（U+73B0）は、印刷する書体にない文字です",
            "file": "chapters/vision.yaml",
            "at": "body.0",
        }
    ]


def test_a_folder_with_files_is_left_alone(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "note.txt").touch()
    assert cli.run(["import", written(tmp_path, SOUND), "--out", str(tmp_path)]) == 2
    assert "にはすでにファイルがあるため、書き込みません。" in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == {"note.txt", "a.txt"}


def test_ids_of_a_plan_like_it_are_kept(tmp_path: Path, capsys: Output) -> None:
    title = "基本構想 ～「世界で最もAIを開発・活用しやすい国」を目指して～"
    text = f"人工知能基本計画（案）\n第1章 {title}\n（リスクへの対応）\n"
    out, like = tmp_path / "plan", str(REPOSITORY / "plan")
    arguments = ["import", written(tmp_path, text), "--out", str(out), "--like", like]
    assert cli.run(arguments) == 0
    assert "仮に付けた識別子" not in capsys.readouterr().out
    assert "id: vision-risks\n" in (out / "chapters/vision.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ["absent.pdf", ".", "a.xyz"])
def test_what_is_no_document_exits_with_2(name: str, tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "a.xyz").write_text("x", "utf-8")
    assert cli.run(["import", str(tmp_path / name), "--out", str(tmp_path / "plan")]) == 2
    error = capsys.readouterr().err
    assert "読め" in error or "ありません" in error
    assert len(error.splitlines()) == 1
