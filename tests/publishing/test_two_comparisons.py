"""An edition compared with several: each comparison whole, and all known to the rest."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kihonkeikaku import cli
from kihonkeikaku.model.frozen import freeze
from kihonkeikaku.model.plan import Plan
from tests.diff.plans import chapter, measure, plan
from tests.properties.plans import files
from tests.properties.test_plan_pairs import PLAIN

Output = pytest.CaptureFixture[str]
COMPARED = ("amendment.txt", "changes.json", "index.html")


def edition(id: str, stage: str, text: str, before: str | None, *more: Any) -> Plan:
    chapters = [
        chapter("vision", measure("a", text, "◎経産省"), *more),
        *(chapter(id) for id in ("policy", "measures", "promotion")),
    ]
    return plan(*chapters, id=id, stage=stage, supersedes=before)


YEAR = edition("year1", "決定", "人材の育成を推進", None)
DRAFT = edition("soan", "素案", "人材の育成・確保を推進", "year1")
NOW = edition(
    "an", "案", "人材の育成・確保を加速的に推進", "soan", measure("b", "新たな取組を推進", "経産省")
)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    written = files(NOW, PLAIN)
    for name, text in written.items():
        path = tmp_path / "plan" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "plan" / "editions").mkdir()
    for one in (YEAR, DRAFT):
        record = tmp_path / "plan" / "editions" / f"{one.head.edition.id}.json"
        record.write_bytes(freeze(one))
    return tmp_path


def build(*against: str, kinds: str = "html") -> Path:
    options = [part for old in against for part in ("--against", old)]
    assert cli.run(["build", "--only", kinds, "--quiet", "--out", "out", *options]) == 0
    return Path("out")


def links(page: Path) -> list[str]:
    return re.findall(r'<a href="([^"]*comparison/[^"#]*)"', page.read_text("utf-8"))


def test_each_comparison_is_whole(work: Path) -> None:
    out = build("soan", "year1")
    for folder, old in (("comparison", "soan"), ("comparison/year1", "year1")):
        assert all((out / folder / name).is_file() for name in COMPARED)
        changes = json.loads((out / folder / "changes.json").read_bytes())
        assert (changes["old"]["id"], changes["new"]["id"]) == (old, "an")
    assert not (out / "comparison" / "soan").exists()


def test_a_page_leads_to_all_and_each_to_the_others(work: Path) -> None:
    out = build("soan", "year1")
    both = ["../comparison/index.html", "../comparison/year1/index.html"]
    assert links(out / "html" / "index.html") == both
    assert links(out / "html" / "measures" / "a.html") == [f"../{link}" for link in both]
    assert links(out / "comparison" / "index.html") == [f"../html/{both[1]}"]
    assert links(out / "comparison" / "year1" / "index.html") == [f"../../html/{both[0]}"]
    page = (out / "html" / "index.html").read_text("utf-8")
    assert "新旧対照表（計画（素案）、soan と）" in page
    assert "新旧対照表（計画、year1 と）" in page


def test_every_link_of_the_pages_leads_to_a_file(work: Path) -> None:
    out = build("soan", "year1")
    for page in out.glob("comparison/**/index.html"):
        for link in re.findall(r'(?:href|src)="([^"#]+)', page.read_text("utf-8")):
            target = (page.parent / link).resolve()
            assert (target / "index.html" if target.is_dir() else target).is_file(), link


def test_one_comparison_is_named_as_before(work: Path) -> None:
    out = build("soan")
    assert ">新旧対照表</a>" in (out / "html" / "index.html").read_text("utf-8")
    assert links(out / "comparison" / "index.html") == []
    assert "also_compared" not in json.loads((out / "manifest.json").read_bytes())


def test_the_manifest_and_verify_cover_all(work: Path, capsys: Output) -> None:
    git = edition("loose", "素案", "別の案", None)  # none of the records beside the plan
    (work / "loose.json").write_bytes(freeze(git))
    out = build("soan", "year1", "loose.json")
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert manifest["compared"]["edition"] == "soan"
    assert [one["edition"] for one in manifest["also_compared"]] == ["year1", "loose"]
    assert (out / "comparison" / "loose" / "old.json").is_file()
    assert cli.run(["verify", "out"]) == 0


@pytest.mark.parametrize(
    "name",
    ["comparison/index.html", "comparison/year1/index.html", "comparison/year1/changes.json"],
)
def test_verify_finds_what_was_altered_in_any_of_them(
    name: str, work: Path, capsys: Output
) -> None:
    path = build("soan", "year1") / name
    path.write_text(path.read_text("utf-8").replace("加速的に", "着実に"), "utf-8")
    assert cli.run(["verify", "out"]) == 1
    assert f"{name}: " in capsys.readouterr().out


def test_verify_misses_the_record_of_any_of_them(work: Path, capsys: Output) -> None:
    (work / "loose.json").write_bytes(freeze(edition("loose", "素案", "別の案", None)))
    out = build("soan", "loose.json")
    (out / "comparison" / "loose" / "old.json").unlink()
    assert cli.run(["verify", "out"]) == 1
    assert "comparison/loose/old.json: 比べた版「loose」の記録がありません。" in (
        capsys.readouterr().out
    )


def test_a_comparison_that_is_no_longer_asked_for_goes(work: Path) -> None:
    build("soan", "year1")
    out = build("year1")
    assert not (out / "comparison" / "year1").exists()
    changes = json.loads((out / "comparison" / "changes.json").read_bytes())
    assert changes["old"]["id"] == "year1"


def test_one_edition_twice_is_refused(work: Path, capsys: Output) -> None:
    arguments = ["build", "--only", "html", "--against", "soan", "--against", "soan"]
    assert cli.run(arguments) == 2
    assert "版「soan」です" in capsys.readouterr().err


@pytest.mark.slow
def test_each_has_its_pdf(work: Path) -> None:
    out = build("soan", "year1", kinds="html,pdf")
    for folder in ("comparison", "comparison/year1"):
        assert (out / folder / "comparison.pdf").read_bytes().startswith(b"%PDF-")
    assert cli.run(["verify", "out"]) == 0
