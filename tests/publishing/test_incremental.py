"""What has not changed is not made again, and the bytes are those of a build from nothing."""

import errno
import json
import random
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
import yaml

from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.publishing import transaction
from kihonkeikaku.publishing.build_record import MOST_RECORDS, RECORDS, BuildRecord
from kihonkeikaku.publishing.edition import EditionFile
from kihonkeikaku.publishing.edition_builder import BuildRequest, build
from kihonkeikaku.publishing.output_folder import resolve_output_folder
from kihonkeikaku.publishing.transaction import PublishedEdition
from kihonkeikaku.rendering.pdf.job import DEFAULT_OPTIONS
from kihonkeikaku.system.fingerprint import Fingerprint, read_file
from kihonkeikaku.system.terminal import report_nothing
from kihonkeikaku.validation.linter import InvalidPlanError
from tests.conftest import REPOSITORY
from tests.publishing.editions import Files, beside, on_disk

pytestmark = pytest.mark.slow

HTML: Final = frozenset({"html"})


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of the plan, to be edited."""
    copy = tmp_path / "plan"
    shutil.copytree(REPOSITORY / "plan", copy)
    return copy


def make(
    plan: Path, out: Path, *, from_scratch: bool = False, kinds: frozenset[str] = HTML
) -> PublishedEdition | None:
    return build(
        BuildRequest(str(plan), (), kinds, DEFAULT_OPTIONS),
        resolve_output_folder(out),
        report_nothing,
        from_scratch=from_scratch,
    )


def reword(plan: Path, measure: str, word: str) -> None:
    file = plan / "measures" / f"{measure}.yaml"
    text = file.read_text("utf-8")
    assert "text: " in text
    file.write_text(text.replace("text: ", f"text: {word}", 1), "utf-8")


def equals_build_from_scratch(plan: Path, out: Path, elsewhere: Path) -> bool:
    make(plan, elsewhere, from_scratch=True)
    return on_disk(out) == on_disk(elsewhere) and folders(out) == folders(elsewhere)


def folders(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_dir()}


def test_nothing_is_made_if_nothing_changed(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert make(plan, out)
    there = {path: path.stat().st_ino for path in out.rglob("*")}
    monkeypatch.setattr(
        "kihonkeikaku.publishing.edition_builder._make", lambda *_: pytest.fail("made again")
    )
    assert make(plan, out) is None
    assert {path: path.stat().st_ino for path in out.rglob("*")} == there
    assert beside(out) == ["plan"]


def test_an_edit_renders_only_the_pages_that_it_changes(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    make(plan, out)
    before = {path.relative_to(out).as_posix(): path.stat().st_ino for path in out.rglob("*.html")}
    reword(plan, "digital-skills", "新たな")
    published = make(plan, out)
    assert published
    made = {name for name, inode in before.items() if (out / name).stat().st_ino != inode}
    assert {"html/index.html", "html/measures/digital-skills.html"} <= made
    assert len(made) < len(before) // 2
    assert published.reused == len(published.files) - len(
        {name for name in published.files if (out / name).stat().st_ino not in before.values()}
    )
    assert equals_build_from_scratch(plan, out, tmp_path / "from_scratch")


def add_measure(plan: Path, draw: random.Random) -> None:
    name = f"added-{draw.randrange(10**6)}"
    file = plan / "measures" / f"{name}.yaml"
    file.write_text(f"id: {name}\ntext: 新しい取組\nassignments:\n  - ministry: 経産省\n", "utf-8")
    chapter = plan / "chapters" / "measures.yaml"
    text = chapter.read_text("utf-8")
    place = text.index("          - digital-skills\n")
    chapter.write_text(f"{text[:place]}          - {name}\n{text[place:]}", "utf-8")


def reword_one(plan: Path, draw: random.Random) -> None:
    files = sorted((plan / "measures").iterdir())
    whole = [file.stem for file in files if "\ntext: " in file.read_text("utf-8")]
    reword(plan, draw.choice(whole), draw.choice(["新たな", "幅広い", "重点的な"]))


def rename_ministry(plan: Path, draw: random.Random) -> None:
    file = plan / "ministries.yaml"
    text = file.read_text("utf-8")
    full_names = [m["full_name"] for m in yaml.safe_load(text)["ministries"] if "full_name" in m]
    name = draw.choice(full_names)
    file.write_text(text.replace(f"full_name: {name}\n", f"full_name: 新{name}\n"), "utf-8")


def retitle(plan: Path, _draw: random.Random) -> None:
    file = plan / "chapters" / "measures.yaml"
    file.write_text(file.read_text("utf-8").replace("title: ", "title: 改", 2), "utf-8")


def comment(plan: Path, draw: random.Random) -> None:
    file = draw.choice(sorted((plan / "measures").iterdir()))
    file.write_text(file.read_text("utf-8") + "# 見直し済み\n", "utf-8")


EDITS: Final[tuple[Callable[[Path, random.Random], None], ...]] = (
    add_measure,
    reword_one,
    reword_one,
    rename_ministry,
    retitle,
    comment,
)


@pytest.mark.parametrize("seed", range(4))
def test_an_incremental_build_equals_one_from_scratch(
    seed: int, plan: Path, tmp_path: Path
) -> None:
    draw, out = random.Random(seed), tmp_path / "out"
    make(plan, out)
    kept = 0
    for _ in range(4):
        for edit in draw.sample(EDITS, draw.randint(1, 2)):
            edit(plan, draw)
        published = make(plan, out)
        kept += published.reused if published else 0
        assert equals_build_from_scratch(plan, out, tmp_path / "from_scratch")
    assert kept > 0


# What happened to the edition meanwhile.


def alter(out: Path) -> None:
    page = out / "html/measures/digital-skills.html"
    page.write_bytes(page.read_bytes().replace("経産省".encode(), "財務省".encode()))


def empty(out: Path) -> None:
    (out / "html/index.html").write_bytes(b"")


def remove(out: Path) -> None:
    (out / "html/measures/digital-skills.html").unlink()


def add(out: Path) -> None:
    (out / "html/letter.html").write_text("dear", "utf-8")


def link(out: Path) -> None:
    page = out / "html/measures/digital-skills.html"
    elsewhere = out.parent / "elsewhere.html"
    page.rename(elsewhere)
    page.symlink_to(elsewhere)


def link_folder(out: Path) -> None:
    folder, elsewhere = out / "html/measures", out.parent / "elsewhere"
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)


def test_a_file_that_is_gone_is_made_again(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    make(plan, out)
    expected = on_disk(out)
    remove(out)
    assert make(plan, out)
    assert on_disk(out) == expected


@pytest.mark.parametrize("edited", [False, True])
@pytest.mark.parametrize("harm", [alter, empty, add, link, link_folder])
def test_an_edition_that_somebody_changed_is_left_to_them(
    harm: Callable[[Path], None], edited: bool, plan: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    make(plan, out)
    harm(out)
    before = on_disk(out)
    if edited:
        reword(plan, "ai-chips", "さらに、")
    for from_scratch in (False, True):
        with pytest.raises(CommandError, match="置き換えません（html/"):
            make(plan, out, from_scratch=from_scratch)
    assert on_disk(out) == before


def test_a_file_with_another_hard_link_is_copied(plan: Path, tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "held"
    make(plan, out)
    other.hardlink_to(out / "html/measures/ai-chips.html")
    reword(plan, "digital-skills", "新たな")
    make(plan, out)
    other.write_bytes(b"changed")
    assert equals_build_from_scratch(plan, out, tmp_path / "from_scratch")


# What happened to the record.


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"program": 1}', b"\xff", b"[" * 100_000],
    ids=["empty", "cut", "list", "null", "other", "not-text", "deep"],
)
def test_a_damaged_record_is_ignored(
    content: bytes, plan: Path, tmp_path: Path, cache: Path
) -> None:
    out = tmp_path / "out"
    make(plan, out)
    [file] = (cache / RECORDS).iterdir()
    file.write_bytes(content)
    published = make(plan, out)
    assert published and published.reused == 0
    assert make(plan, out) is None


def test_paths_in_a_record_that_lead_elsewhere_are_not_followed(
    plan: Path, tmp_path: Path, cache: Path
) -> None:
    out, secret = tmp_path / "out", tmp_path / "secret"
    secret.write_bytes(b"secret")
    make(plan, out)
    [file] = (cache / RECORDS).iterdir()
    facts = json.loads(file.read_bytes())
    name, known = "../../secret", Fingerprint.of(b"secret")
    facts["files"][name] = {"size": known.size, "sha256": known.sha256}
    facts["parts"] = {key: [name] for key in facts["parts"]}
    facts["cache_key"] = ""
    file.write_text(json.dumps(facts), "utf-8")
    published = make(plan, out)
    assert published and published.reused == 0
    assert b"secret" not in on_disk(out).values()


def test_another_program_makes_everything_again(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    make(plan, out)
    monkeypatch.setattr(
        "kihonkeikaku.publishing.edition_builder.fingerprint_program", lambda: "another"
    )
    published = make(plan, out)
    assert published and published.reused == 0


def test_a_cache_that_can_not_be_written_costs_only_time(
    plan: Path, tmp_path: Path, cache: Path
) -> None:
    cache.write_bytes(b"a file where the folder should be")
    for _ in range(2):
        published = make(plan, tmp_path / "out")
        assert published and published.reused == 0


def test_the_oldest_records_are_removed(tmp_path: Path, cache: Path) -> None:
    for number in range(MOST_RECORDS + 5):
        BuildRecord(cache_key=str(number)).write(
            resolve_output_folder(tmp_path / str(number)), "program"
        )
    assert len(list((cache / RECORDS).iterdir())) == MOST_RECORDS
    assert BuildRecord.read(resolve_output_folder(tmp_path / "0"), "program") == BuildRecord()
    youngest = resolve_output_folder(tmp_path / str(MOST_RECORDS + 4))
    assert BuildRecord.read(youngest, "program").cache_key == str(MOST_RECORDS + 4)


# What goes wrong.


def test_a_plan_with_errors_changes_nothing(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    make(plan, out)
    expected = on_disk(out)
    (plan / "measures" / "digital-skills.yaml").unlink()
    with pytest.raises(CommandError):
        make(plan, out)
    assert on_disk(out) == expected


@pytest.mark.parametrize("unreadable", [["yaml-syntax"], []])
def test_its_errors_are_reported(unreadable: list[str], plan: Path, tmp_path: Path) -> None:
    if unreadable:
        reword(plan, "digital-skills", "{ref: nowhere}")
    reword(plan, "ai-chips", "ﾃﾞｰﾀ")
    with pytest.raises(InvalidPlanError, match="に誤りがあるため、何も作りませんでした") as refused:
        make(plan, tmp_path / "out")
    told = [(f.rule, Path(f.position.file).name) for f in refused.value.result.findings]
    assert ("compatibility-character", "ai-chips.yaml") in told
    assert [rule for rule, file in told if file == "digital-skills.yaml"] == unreadable
    assert not (tmp_path / "out").exists()


def test_a_file_that_can_not_be_read_is_reported(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    make(plan, out)
    reword(plan, "ai-chips", "さらに、")
    page = out / "html/measures/digital-skills.html"

    def refused(path: str) -> bytes:
        if path == str(page):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return read_file(path)

    monkeypatch.setattr("kihonkeikaku.publishing.previous_edition.read_file", refused)
    with pytest.raises(MachineError, match="に書けません（権限がありません）"):
        make(plan, out)


@dataclass(frozen=True)
class Failing:
    """A part that can't be rendered."""

    cache_key: str = ""

    def render(self) -> Iterable[EditionFile]:
        raise ZeroDivisionError


def test_reused_files_stay_when_the_rest_fails(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    make(plan, out)
    before = on_disk(out)
    names = tuple(name for name in before if name != "manifest.json")
    kept = {name: Fingerprint.of(before[name]) for name in names}
    record = BuildRecord("", {"kept": names}, kept)
    with pytest.raises(ZeroDivisionError):
        transaction.publish(
            [Files([], "kept"), Failing()],
            resolve_output_folder(out),
            lambda _: b"",
            record,
        )
    assert on_disk(out) == before
    assert "out" in {path.name for path in tmp_path.iterdir()}
