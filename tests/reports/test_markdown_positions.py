"""In Markdown each change has its full text, its ministries, and its file and line."""

import re
import subprocess
from pathlib import Path

import pytest

from kihonkeikaku import cli
from kihonkeikaku.model.plan import Plan
from tests.diff.plans import chapter, clause, divided, group, measure, plan
from tests.properties.plans import files
from tests.properties.test_plan_pairs import PLAIN

Output = pytest.CaptureFixture[str]
LINKS = "https://example.jp/o/n/blob/abc"
LONG = "導入を" + "加速的かつ着実に" * 12 + "推進"


def edition(*measures: object, **fields: object) -> Plan:
    rest = (chapter(id) for id in ("policy", "measures", "promotion"))
    first = chapter("vision", group("g", *measures), **fields)  # type: ignore[arg-type] # parts
    return plan(first, *rest, publication=PUBLICATION)


PUBLICATION = {"publisher": "内閣府", "attribution": "出典", "base_url": "https://example.jp/ai/"}
OLD = edition(
    measure("a", "導入の促進", "◎経産省", "文科省"),
    measure("gone", "調査の実施", "総務省"),
    divided("c", clause("甲、", "経産省"), clause("乙", "文科省")),
    body=["初めの項目", "次の項目を進める"],
)
NEW = edition(
    measure("a", LONG, "◎経産省", "文科省"),
    divided("c", clause("甲、", "経産省"), clause("乙", "文科省", "総務省")),
    measure("b", "新たな取組", "文科省"),
    body=["初めの項目", "次の項目を着実に進める"],
)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for folder, one in (("old", OLD), ("new", NEW)):
        for name, text in files(one, PLAIN).items():
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    return tmp_path


def items(capsys: Output, *options: str) -> list[str]:
    assert cli.run(["diff", "old", "new", "--format", "md", *options]) == 0
    return [line for line in capsys.readouterr().out.splitlines() if line.startswith("- <b>")]


def item(found: list[str], kind: str, text: str) -> str:
    [line] = [line for line in found if f"<b>{kind}</b>" in line and text in line]
    return line


def line_of(work: Path, file: str, text: str) -> int:
    lines = (work / file).read_text("utf-8").splitlines()
    return next(at for at, line in enumerate(lines, start=1) if text in line)


@pytest.mark.parametrize(
    ("said", "file", "written"),
    [
        (("文言の変更", "第1章\\(1\\)①"), "new/measures/a.yaml", "加速的"),
        (("文言の変更", "第1章の第2項目"), "new/chapters/vision.yaml", "着実に進める"),
        (("担当の追加", "総務省"), "new/measures/c.yaml", None),
        (("新設", "新たな取組"), "new/measures/b.yaml", None),
    ],
)
def test_each_change_has_file_and_line(
    said: tuple[str, str], file: str, written: str | None, work: Path, capsys: Output
) -> None:
    found = item(items(capsys, "--links", LINKS), *said)
    [(shown, line, address)] = re.findall(r"\[`([^:]*):(\d+)`\]\(<([^>]*)>\)", found)
    assert shown == file
    assert address == f"{LINKS}/{file}#L{line}"
    if written:
        assert int(line) == line_of(work, file, written)


def test_the_text_is_whole_and_the_ministries_are_named(work: Path, capsys: Output) -> None:
    found = items(capsys)
    assert LONG in item(found, "文言の変更", "第1章\\(1\\)①")
    assert "府省庁：◎経産省、文科省" in item(found, "文言の変更", "第1章\\(1\\)①")
    assert "府省庁：総務省" in item(found, "削る", "調査の実施")


def test_what_is_gone_is_found_in_the_old_files_and_not_linked(work: Path, capsys: Output) -> None:
    gone = item(items(capsys, "--links", LINKS), "削る", "調査の実施")
    assert "前の版の `old/measures/gone.yaml:1`" in gone
    assert LINKS not in gone


def test_no_page_that_is_not_there_yet_is_linked(work: Path, capsys: Output) -> None:
    assert "example.jp/ai" not in "".join(items(capsys))


@pytest.mark.parametrize("format", ["text", "md", "html", "json"])
def test_every_heading_says_what_was_compared(format: str, work: Path, capsys: Output) -> None:
    git = ["git", "-c", "user.name=n", "-c", "user.email=e", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "m"]):
        subprocess.run([*git, *arguments], check=True, cwd=work)
    head = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, check=True, cwd=work)
    commit = head.stdout.decode()[:10]
    assert cli.run(["diff", "HEAD:old", "new", "--format", format]) == 0
    said = capsys.readouterr().out.replace("&#8203;", "")
    assert f"HEAD:old（{commit}）" in said


def test_an_address_must_be_one(work: Path, capsys: Output) -> None:
    assert cli.run(["diff", "old", "new", "--format", "md", "--links", "javascript:x"]) == 2
    assert "https://" in capsys.readouterr().err
