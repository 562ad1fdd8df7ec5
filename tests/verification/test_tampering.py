"""Tampering that the manifest shows, in any file of an edition."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kihonkeikaku import cli
from kihonkeikaku.publishing.manifest import MANIFEST
from kihonkeikaku.verification.untrusted_folder import UntrustedFolder
from kihonkeikaku.verification.verifier import EditionCheck
from tests.verification.published import change_manifest, list_files, replace_text

pytestmark = pytest.mark.slow

Output = pytest.CaptureFixture[str]

PAGE = "html/measures/ai-chips.html"


def file_problems(edition: Path) -> list[tuple[str, str]]:
    """Paths and kinds of the problems that the manifest shows."""
    problems = EditionCheck(UntrustedFolder(edition)).find_file_problems()
    return [(problem.path, problem.kind.value) for problem in problems]


def test_an_untouched_edition_is_made_again_byte_by_byte(original: Path, capsys: Output) -> None:
    assert cli.run(["verify", str(original)]) == 0
    [line] = capsys.readouterr().out.splitlines()
    files = len(list_files(original))
    assert line == (
        f"{original} は、版「example-2026」の公表されたままです（ファイル {files}、"
        f"ページ {sum(name.endswith('.html') for name in list_files(original))}、PDF 3、"
        f"計画から作り直して比べたもの {files}、前の版の記録：outline）。"
    )


def test_the_result_as_json(pages: Path, capsys: Output) -> None:
    assert cli.run(["verify", str(pages), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "edition": "example-2026",
        "problems": [],
        "limitations": [],
        "summary": {
            "problems": 0,
            "files": len(list_files(pages)),
            "pages": len(list(pages.rglob("*.html"))),
            "pdfs": 0,
            "rebuilt": len(list_files(pages)),
            "editions": ["outline"],
        },
    }


def test_a_byte_altered_in_any_file(edition: Path) -> None:
    assert len(list_files(edition)) > 100
    for name in list_files(edition):
        path = edition / name
        content = path.read_bytes()
        at = len(content) // 2
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert file_problems(edition) == [(name, "changed")]
        path.write_bytes(content)
    assert file_problems(edition) == []


def test_any_file_a_byte_longer_or_shorter(edition: Path) -> None:
    for name in list_files(edition):
        path = edition / name
        content = path.read_bytes()
        for other in (content + b"\n", content[:-1]):
            path.write_bytes(other)
            assert file_problems(edition) == [(name, "changed")]
        path.write_bytes(content)


def test_any_file_removed(edition: Path) -> None:
    for name in list_files(edition):
        path = edition / name
        content = path.read_bytes()
        path.unlink()
        assert file_problems(edition) == [(name, "missing")]
        path.write_bytes(content)


def test_any_file_replaced_by_a_link_to_a_copy(edition: Path, tmp_path: Path) -> None:
    for name in list_files(edition):
        path, elsewhere = edition / name, tmp_path / "elsewhere"
        path.rename(elsewhere)
        path.symlink_to(elsewhere)
        assert file_problems(edition) == [(name, "link")]
        path.unlink()
        elsewhere.rename(path)


def test_a_file_or_a_folder_added_anywhere(edition: Path) -> None:
    folders = [path for path in edition.rglob("*") if path.is_dir()]
    for folder in (edition, *folders):
        added = folder / "added"
        name = added.relative_to(edition).as_posix()
        added.write_text("")
        assert file_problems(edition) == [(name, "extra")]
        added.unlink()
        added.mkdir()
        assert file_problems(edition) == [(name, "extra")]
        added.rmdir()


def test_a_folder_replaced_by_a_link_to_a_copy(edition: Path, tmp_path: Path) -> None:
    (edition / "html").rename(tmp_path / "html")
    (edition / "html").symlink_to(tmp_path / "html")
    problems = file_problems(edition)
    assert problems[0] == ("html", "link")
    assert {path for path, kind in problems if kind == "missing"} == {
        name for name in list_files(tmp_path / "copy") if name.startswith("html/")
    } | {path for path, _ in problems[1:]}


def no_manifest(edition: Path) -> None:
    (edition / MANIFEST).unlink()


def half_a_manifest(edition: Path) -> None:
    (edition / MANIFEST).write_bytes((edition / MANIFEST).read_bytes()[:1000])


def a_linked_manifest(edition: Path) -> None:
    (edition / MANIFEST).rename(edition.parent / "m")
    (edition / MANIFEST).symlink_to(edition.parent / "m")


def a_manifest_that_leads_outside(edition: Path) -> None:
    replace_text(edition / MANIFEST, '"html/index.html"', '"../../../etc/passwd"')


def a_manifest_with_a_file_named_twice(edition: Path) -> None:
    replace_text(edition / MANIFEST, '"html/404.html"', '"html/index.html"')


def a_manifest_of_another_plan(edition: Path) -> None:
    change_manifest(edition, source_sha256="0" * 64)


def a_manifest_of_another_edition(edition: Path) -> None:
    change_manifest(edition, edition="example-2027")


def a_manifest_with_another_hash_of_a_record(edition: Path) -> None:
    change_manifest(edition, editions=[{"edition": "outline", "sha256": "0" * 64}])


def a_manifest_with_more_to_say(edition: Path) -> None:
    change_manifest(edition, approved_by="内閣府")


def a_manifest_that_asks_for_an_unknown_kind(edition: Path) -> None:
    change_manifest(edition, kinds=["html", "exe"])


def a_manifest_without_a_file(edition: Path) -> None:
    manifest = json.loads((edition / MANIFEST).read_bytes())
    del manifest["files"][PAGE]
    change_manifest(edition, files=manifest["files"])


def a_pipe(edition: Path) -> None:
    (edition / PAGE).unlink()
    os.mkfifo(edition / PAGE)


def a_folder_for_a_file(edition: Path) -> None:
    (edition / PAGE).unlink()
    (edition / PAGE).mkdir()


@pytest.mark.parametrize(
    ("tamper", "problem"),
    [
        (no_manifest, (MANIFEST, "missing")),
        (half_a_manifest, (MANIFEST, "manifest")),
        (a_linked_manifest, (MANIFEST, "link")),
        (a_manifest_that_leads_outside, (MANIFEST, "manifest")),
        (a_manifest_with_a_file_named_twice, (MANIFEST, "manifest")),
        (a_manifest_that_asks_for_an_unknown_kind, (MANIFEST, "manifest")),
        (a_manifest_with_more_to_say, (MANIFEST, "manifest")),
        (a_manifest_of_another_plan, ("plan.json", "plan")),
        (a_manifest_of_another_edition, ("plan.json", "plan")),
        (a_manifest_with_another_hash_of_a_record, ("editions/outline.json", "chain")),
        (a_manifest_without_a_file, (PAGE, "extra")),
        (a_pipe, (PAGE, "not-a-file")),
        (a_folder_for_a_file, (PAGE, "not-a-file")),
    ],
)
def test_tampering_that_the_manifest_shows(
    tamper: Callable[[Path], None],
    problem: tuple[str, str],
    page_edition: Path,
    capsys: Output,
) -> None:
    tamper(page_edition)
    assert cli.run(["verify", str(page_edition), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert problem in [(one["path"], one["kind"]) for one in report["problems"]]
    assert report["summary"]["problems"] == len(report["problems"])
