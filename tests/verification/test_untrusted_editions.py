"""Untrusted folders: verifying one ends in time, without a traceback, and stays within it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kihonkeikaku import cli

pytestmark = pytest.mark.slow

Output = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "（manifest.json がありません）"),
        (b"", "（manifest.json：JSON として読めません）"),
        (b"[" * 100_000, "（manifest.json：JSON として読めません）"),
        (b'{"name": "an app"}', "（manifest.json：kihonkeikaku のものではありません）"),
        (b'{"generator": "kihonkeikaku"}', "（manifest.json：書かれているはずのことがありません）"),
        (b"," * 600_000, "（manifest.json：大きすぎます）"),
    ],
)
def test_a_folder_without_an_edition_is_refused(
    content: bytes | None, reason: str, tmp_path: Path, capsys: Output
) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content)
    assert cli.run(["verify", str(tmp_path)]) == 2
    assert f"は kihonkeikaku の版ではありません{reason}。" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["nowhere", "x" * 300])
def test_a_missing_folder_is_refused(name: str, tmp_path: Path, capsys: Output) -> None:
    assert cli.run(["verify", str(tmp_path / name)]) == 2
    assert "を開けません（" in capsys.readouterr().err


def test_a_file_is_refused(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "file").write_text("")
    assert cli.run(["verify", str(tmp_path / "file")]) == 2
    assert "を開けません（途中にフォルダーではないものがあります）" in capsys.readouterr().err


def test_names_with_control_characters_are_escaped(edition: Path, capsys: Output) -> None:
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


def test_a_folder_that_is_too_deep_is_refused(edition: Path, capsys: Output) -> None:
    deep = edition.joinpath(*["d"] * 40)
    deep.mkdir(parents=True)
    assert cli.run(["verify", str(edition)]) == 1
    assert "フォルダーが深すぎるため、中は見ません。" in capsys.readouterr().out


@pytest.mark.parametrize(
    "piece",
    ["<a ", "<", '<a x="', "<!--", "<![CDATA[", "<?", "</a ", "<!-- >", "<? >", "<script></"],
)
def test_a_page_with_unclosed_tags_is_not_parsed(piece: str, edition: Path, capsys: Output) -> None:
    """Python's HTML parser takes hours over some of these."""
    (edition / "html" / "index.html").write_text(piece * 1_000_000)
    assert cli.run(["verify", str(edition)]) == 1
    message = "html/index.html: HTML の形が崩れています（閉じていないタグなど）。"
    assert message in capsys.readouterr().out


def test_a_thousand_problems_are_listed_and_all_are_counted(edition: Path, capsys: Output) -> None:
    for number in range(1500):
        (edition / f"{number:04}").write_text("")
    assert cli.run(["verify", str(edition), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert len(report["problems"]) == 1000
    assert report["summary"]["problems"] == 1500


def test_a_crash_of_the_worker_is_reported(
    edition: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash = 'import os; print(\'{"at": "pdf/plan.pdf"}\', flush=True); os.abort()'
    monkeypatch.setattr(
        "kihonkeikaku.verification.verifier.WORKER_COMMAND", (sys.executable, "-c", crash)
    )
    assert cli.run(["verify", str(edition)]) == 1
    assert "pdf/plan.pdf: 調べている途中で止まりました" in capsys.readouterr().out


def test_only_the_edition_itself_is_needed(edition: Path, tmp_path: Path) -> None:
    """Neither the plan, nor an environment, nor a place to write."""
    command = [sys.executable, "-m", "kihonkeikaku", "verify", str(edition), "--quiet"]
    empty = tmp_path / "empty"
    empty.mkdir()
    done = subprocess.run(command, cwd=empty, env={}, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert list(empty.iterdir()) == []
