"""What may be in a folder that a stranger sent: no traceback, no waiting, no way out of it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kihonkeikaku import cli

Output = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "（manifest.json がありません）"),
        (b"", "（manifest.json：JSON として読めません）"),
        (b"[" * 100_000, "（manifest.json：JSON として読めません）"),
        (b'{"name": "an app"}', "（manifest.json：kihonkeikaku のものではありません）"),
        (b'{"generator": "kihonkeikaku"}', "（manifest.json：書かれているはずのことがありません）"),
        (b"," * 600_000, "（manifest.json：大きすぎます）"),
    ],
)
def test_a_folder_that_holds_no_edition(
    content: bytes | None, said: str, tmp_path: Path, capsys: Output
) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content)
    assert cli.run(["verify", str(tmp_path)]) == 2
    assert f"は kihonkeikaku の版ではありません{said}。" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["nowhere", "x" * 300])
def test_no_folder(name: str, tmp_path: Path, capsys: Output) -> None:
    assert cli.run(["verify", str(tmp_path / name)]) == 2
    assert "を開けません（" in capsys.readouterr().err


def test_a_file_is_no_folder(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "file").write_text("")
    assert cli.run(["verify", str(tmp_path / "file")]) == 2
    assert "を開けません（途中にフォルダーではないものがあります）" in capsys.readouterr().err


def test_names_that_would_paint_the_terminal(edition: Path, capsys: Output) -> None:
    (edition / "\x1b[31m\n\u202e").write_text("")
    (edition / "html" / "index.html").write_bytes(b"\xff")
    assert cli.run(["verify", str(edition)]) == 1
    out = capsys.readouterr().out
    assert "\\x1b[31m\\n\\u202e: manifest.json にないファイルです。" in out
    assert "html/index.html: 読めません（UTF-8 ではありません）。" in out
    assert "\x1b" not in out


def test_a_huge_file_is_not_read(edition: Path, capsys: Output) -> None:
    with (edition / "pdf" / "plan.pdf").open("r+b") as file:
        file.truncate(1 << 40)
    assert cli.run(["verify", str(edition)]) == 1
    out = capsys.readouterr().out
    assert "1,099,511,627,776 バイト）。" in out
    assert "pdf/plan.pdf: 読めません（512 MiB を超えています）。" in out


def test_a_folder_too_deep(edition: Path, capsys: Output) -> None:
    deep = edition.joinpath(*["d"] * 40)
    deep.mkdir(parents=True)
    assert cli.run(["verify", str(edition)]) == 1
    assert "フォルダーが深すぎるため、中は見ません。" in capsys.readouterr().out


@pytest.mark.parametrize(
    "piece",
    ["<a ", "<", '<a x="', "<!--", "<![CDATA[", "<?", "</a ", "<!-- >", "<? >", "<script></"],
)
def test_a_page_that_would_be_read_for_ever(piece: str, edition: Path, capsys: Output) -> None:
    """Python's reader of HTML takes hours over some of these."""
    (edition / "html" / "index.html").write_text(piece * 1_000_000)
    assert cli.run(["verify", str(edition)]) == 1
    message = "html/index.html: HTML の形が崩れています（閉じていないタグなど）。"
    assert message in capsys.readouterr().out


def test_more_problems_than_anyone_reads(edition: Path, capsys: Output) -> None:
    for number in range(1500):
        (edition / f"{number:04}").write_text("")
    assert cli.run(["verify", str(edition), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert len(told["problems"]) == 1000
    assert told["summary"]["problems"] == 1500


def test_a_crash_while_looking_is_told(
    edition: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash = 'import os; print(\'{"at": "pdf/plan.pdf"}\', flush=True); os.abort()'
    monkeypatch.setattr("kihonkeikaku.verification.verify.COMMAND", (sys.executable, "-c", crash))
    assert cli.run(["verify", str(edition)]) == 1
    assert "pdf/plan.pdf: 調べている途中で止まりました" in capsys.readouterr().out


def test_without_the_plans_folder_and_anything_beside(edition: Path, tmp_path: Path) -> None:
    """It needs nothing but the folder: not even write permission, nor a home."""
    command = [sys.executable, "-m", "kihonkeikaku", "verify", str(edition), "--quiet"]
    empty = tmp_path / "empty"
    empty.mkdir()
    done = subprocess.run(command, cwd=empty, env={}, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert list(empty.iterdir()) == []
