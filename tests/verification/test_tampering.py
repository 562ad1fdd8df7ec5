"""Tampering with a published edition: ``verify`` finds it, or docs/publishing.md says it can't."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kihonkeikaku import cli
from kihonkeikaku.model.frozen import freeze, thaw
from kihonkeikaku.publishing.manifest import MANIFEST
from kihonkeikaku.verification.problems import ProblemKind
from kihonkeikaku.verification.untrusted_folder import UntrustedFolder
from kihonkeikaku.verification.verifier import check_files
from tests.verification.published import list_files, renew_manifest, replace_text

pytestmark = pytest.mark.slow

Output = pytest.CaptureFixture[str]

PAGE = "html/measures/ai-chips.html"


def file_problems(edition: Path) -> list[tuple[str, str]]:
    """Paths and kinds of the problems that the manifest shows."""
    return [
        (problem.path, problem.kind.value) for problem in check_files(UntrustedFolder(edition))[1]
    ]


def all_problems(edition: Path, capsys: Output) -> list[tuple[str, str]]:
    """Paths and kinds of all that the command finds."""
    code = cli.run(["verify", str(edition), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert code == (1 if report["problems"] else 0)
    assert report["summary"]["problems"] == len(report["problems"])
    return [(problem["path"], problem["kind"]) for problem in report["problems"]]


def test_an_untouched_edition_has_no_problem(original: Path, capsys: Output) -> None:
    assert cli.run(["verify", str(original)]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith(f"{original} は、版「example-2026」の公表されたままです（ファイル ")
    assert all_problems(original, capsys) == []


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
    facts = json.loads((edition / MANIFEST).read_bytes())
    (edition / MANIFEST).write_text(json.dumps({**facts, "source_sha256": "0" * 64}))


def a_manifest_of_another_edition(edition: Path) -> None:
    replace_text(edition / MANIFEST, '"edition": "example-2026"', '"edition": "example-2027"')


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
        (a_manifest_of_another_plan, ("plan.json", "plan")),
        (a_manifest_of_another_edition, ("plan.json", "plan")),
        (a_pipe, (PAGE, "not-a-file")),
        (a_folder_for_a_file, (PAGE, "not-a-file")),
    ],
)
def test_tampering_that_the_manifest_shows(
    tamper: Callable[[Path], None], problem: tuple[str, str], edition: Path, capsys: Output
) -> None:
    tamper(edition)
    assert problem in all_problems(edition, capsys)


# From here on, the manifest is renewed after the tampering.


def other_words_in_the_plan(edition: Path) -> None:
    replace_text(edition / "html" / "index.html", "富岳NEXTの開発", "富岳NEXTの廃止")


def other_words_for_a_measure(edition: Path) -> None:
    replace_text(edition / PAGE, "<blockquote>", "<blockquote>もはや")


def a_pdf_of_another_plan(edition: Path) -> None:
    path = edition / "pdf" / "plan.pdf"
    path.write_bytes((edition / "comparison" / "comparison.pdf").read_bytes())


def a_pdf_that_is_none(edition: Path) -> None:
    (edition / "pdf" / "plan.pdf").write_bytes(b"%PDF-1.7\n")


def other_words_in_the_data(edition: Path) -> None:
    replace_text(edition / "plan.json", "富岳NEXTの開発", "富岳NEXTの廃止")


def no_page_for_a_measure(edition: Path) -> None:
    (edition / PAGE).unlink()


def no_pdf(edition: Path) -> None:
    (edition / "pdf" / "plan.pdf").unlink()


def a_dead_link(edition: Path) -> None:
    replace_text(edition / "html" / "index.html", "</main>", '<a href="nowhere.html"></a></main>')


def a_dead_anchor(edition: Path) -> None:
    replace_text(edition / "html" / "index.html", "</main>", '<a href="#nowhere"></a></main>')


def a_link_out_of_the_edition(edition: Path) -> None:
    replace_text(edition / "html" / "index.html", "</main>", '<a href="../../x"></a></main>')


def a_script_from_elsewhere(edition: Path) -> None:
    path = edition / "html" / "overview" / "index.html"
    replace_text(path, "</main>", '<script src="https://example.jp/x.js"></script></main>')


def a_link_that_runs(edition: Path) -> None:
    path = edition / "html" / "overview" / "index.html"
    replace_text(path, "</main>", '<a href="javascript:alert(1)">x</a></main>')


RECORD = "editions/outline.json"


def other_words_in_an_adopted_edition(edition: Path) -> None:
    replace_text(edition / RECORD, "富岳NEXTの開発", "富岳NEXTの廃止")


def another_adopted_edition(edition: Path) -> None:
    """Its own hash fits: someone adopted it, but not as this edition."""
    (edition / RECORD).write_bytes((edition / "plan.json").read_bytes())


def other_words_adopted_in_its_name(edition: Path) -> None:
    plan = thaw((edition / RECORD).read_bytes())
    head = plan.head.model_copy(update={"title": "別の計画"})
    (edition / RECORD).write_bytes(freeze(plan.model_copy(update={"head": head})))


def no_record_of_an_adopted_edition(edition: Path) -> None:
    shutil.rmtree(edition / "editions")


def a_change_left_out(edition: Path) -> None:
    path = edition / "comparison" / "changes.json"
    facts = json.loads(path.read_bytes())
    path.write_text(json.dumps({**facts, "changes": facts["changes"][1:]}))


def another_amendment(edition: Path) -> None:
    path = edition / "comparison" / "amendment.txt"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")


@pytest.mark.parametrize(
    ("tamper", "problem"),
    [
        (other_words_in_an_adopted_edition, (RECORD, ProblemKind.CHAIN)),
        (another_adopted_edition, (RECORD, ProblemKind.CHAIN)),
        (other_words_adopted_in_its_name, (RECORD, ProblemKind.CHAIN)),
        (no_record_of_an_adopted_edition, (RECORD, ProblemKind.CHAIN)),
        (a_change_left_out, ("comparison/changes.json", ProblemKind.COMPARISON)),
        (another_amendment, ("comparison/amendment.txt", ProblemKind.COMPARISON)),
        (other_words_in_the_plan, ("html/index.html", ProblemKind.TEXT)),
        (other_words_for_a_measure, (PAGE, ProblemKind.TEXT)),
        (a_pdf_of_another_plan, ("pdf/plan.pdf", ProblemKind.TEXT)),
        (a_pdf_that_is_none, ("pdf/plan.pdf", ProblemKind.UNREADABLE)),
        (other_words_in_the_data, ("plan.json", ProblemKind.PLAN)),
        (no_page_for_a_measure, (PAGE, ProblemKind.MISSING)),
        (a_dead_link, ("html/index.html", ProblemKind.DEAD_LINK)),
        (a_dead_anchor, ("html/index.html", ProblemKind.DEAD_LINK)),
        (a_link_out_of_the_edition, ("html/index.html", ProblemKind.DEAD_LINK)),
        (a_script_from_elsewhere, ("html/overview/index.html", ProblemKind.DEAD_LINK)),
        (a_link_that_runs, ("html/overview/index.html", ProblemKind.DEAD_LINK)),
    ],
)
def test_tampering_that_a_renewed_manifest_does_not_hide(
    tamper: Callable[[Path], None], problem: tuple[str, ProblemKind], edition: Path, capsys: Output
) -> None:
    tamper(edition)
    renew_manifest(edition)
    assert file_problems(edition) == [], "the files are as the manifest says"
    assert problem in all_problems(edition, capsys)


def test_a_problem_is_a_line_of_the_report(edition: Path, capsys: Output) -> None:
    other_words_in_the_plan(edition)
    renew_manifest(edition)
    assert cli.run(["verify", str(edition)]) == 1
    first, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{edition}/html/index.html: 本文が計画と違います（「")
    assert "「開発" in first and "「廃止" in first


def test_tampering_that_cannot_be_found(edition: Path, capsys: Output) -> None:
    """Who may change everything may do so: hence the signature, which docs/publishing.md explains.

    Words that no page owes to the plan have only the manifest to hold them.
    """
    replace_text(edition / "html" / "overview" / "index.html", "</main>", "<p>嘘</p></main>")
    renew_manifest(edition)
    assert all_problems(edition, capsys) == []
