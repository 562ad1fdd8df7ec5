"""Whatever is done to a published edition, ``verify`` finds it, or the page says that it can't."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kihonkeikaku import cli
from kihonkeikaku.model.frozen import freeze, thaw
from kihonkeikaku.publishing.manifest import MANIFEST
from kihonkeikaku.verification.problem import Kind
from kihonkeikaku.verification.untrusted_folder import Folder
from kihonkeikaku.verification.verify import beside_manifest
from tests.verification.published import names, replaced, reseal

Output = pytest.CaptureFixture[str]

PAGE = "html/measures/ai-chips.html"


def found(edition: Path) -> list[tuple[str, str]]:
    """Paths and kinds of what doesn't fit the manifest."""
    return [(problem.path, problem.kind.value) for problem in beside_manifest(Folder(edition))[1]]


def verified(edition: Path, capsys: Output) -> list[tuple[str, str]]:
    """Paths and kinds of all that the command finds."""
    code = cli.run(["verify", str(edition), "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert code == (1 if told["problems"] else 0)
    assert told["summary"]["problems"] == len(told["problems"])
    return [(problem["path"], problem["kind"]) for problem in told["problems"]]


def test_an_edition_as_it_was_published(original: Path, capsys: Output) -> None:
    assert cli.run(["verify", str(original)]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith(f"{original} は、版「example-2026」の公表されたままです（ファイル ")
    assert verified(original, capsys) == []


def test_every_file_altered_by_a_byte(edition: Path) -> None:
    assert len(names(edition)) > 100
    for name in names(edition):
        path = edition / name
        content = path.read_bytes()
        at = len(content) // 2
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert found(edition) == [(name, "changed")]
        path.write_bytes(content)
    assert found(edition) == []


def test_every_file_a_byte_longer_or_shorter(edition: Path) -> None:
    for name in names(edition):
        path = edition / name
        content = path.read_bytes()
        for other in (content + b"\n", content[:-1]):
            path.write_bytes(other)
            assert found(edition) == [(name, "changed")]
        path.write_bytes(content)


def test_every_file_removed(edition: Path) -> None:
    for name in names(edition):
        path = edition / name
        content = path.read_bytes()
        path.unlink()
        assert found(edition) == [(name, "missing")]
        path.write_bytes(content)


def test_every_file_replaced_by_a_link_to_its_like(edition: Path, tmp_path: Path) -> None:
    for name in names(edition):
        path, elsewhere = edition / name, tmp_path / "elsewhere"
        path.rename(elsewhere)
        path.symlink_to(elsewhere)
        assert found(edition) == [(name, "link")]
        path.unlink()
        elsewhere.rename(path)


def test_a_file_or_a_folder_added_anywhere(edition: Path) -> None:
    folders = [path for path in edition.rglob("*") if path.is_dir()]
    for folder in (edition, *folders):
        added = folder / "added"
        name = added.relative_to(edition).as_posix()
        added.write_text("")
        assert found(edition) == [(name, "extra")]
        added.unlink()
        added.mkdir()
        assert found(edition) == [(name, "extra")]
        added.rmdir()


def test_a_folder_replaced_by_a_link_to_its_like(edition: Path, tmp_path: Path) -> None:
    (edition / "html").rename(tmp_path / "html")
    (edition / "html").symlink_to(tmp_path / "html")
    problems = found(edition)
    assert problems[0] == ("html", "link")
    assert {path for path, kind in problems if kind == "missing"} == {
        name for name in names(tmp_path / "copy") if name.startswith("html/")
    } | {path for path, _ in problems[1:]}


def no_manifest(edition: Path) -> None:
    (edition / MANIFEST).unlink()


def half_a_manifest(edition: Path) -> None:
    (edition / MANIFEST).write_bytes((edition / MANIFEST).read_bytes()[:1000])


def a_linked_manifest(edition: Path) -> None:
    (edition / MANIFEST).rename(edition.parent / "m")
    (edition / MANIFEST).symlink_to(edition.parent / "m")


def a_manifest_that_leads_outside(edition: Path) -> None:
    replaced(edition / MANIFEST, '"html/index.html"', '"../../../etc/passwd"')


def a_manifest_with_a_file_named_twice(edition: Path) -> None:
    replaced(edition / MANIFEST, '"html/404.html"', '"html/index.html"')


def a_manifest_of_another_plan(edition: Path) -> None:
    facts = json.loads((edition / MANIFEST).read_bytes())
    (edition / MANIFEST).write_text(json.dumps({**facts, "source_sha256": "0" * 64}))


def a_manifest_of_another_edition(edition: Path) -> None:
    replaced(edition / MANIFEST, '"edition": "example-2026"', '"edition": "example-2027"')


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
def test_what_is_no_file_and_what_is_no_manifest(
    tamper: Callable[[Path], None], problem: tuple[str, str], edition: Path, capsys: Output
) -> None:
    tamper(edition)
    assert problem in verified(edition, capsys)


# From here on, whoever tampers makes the manifest fit again.


def other_words_in_the_plan(edition: Path) -> None:
    replaced(edition / "html" / "index.html", "富岳NEXTの開発", "富岳NEXTの廃止")


def other_words_for_a_measure(edition: Path) -> None:
    replaced(edition / PAGE, "<blockquote>", "<blockquote>もはや")


def a_pdf_of_another_plan(edition: Path) -> None:
    path = edition / "pdf" / "plan.pdf"
    path.write_bytes((edition / "comparison" / "comparison.pdf").read_bytes())


def a_pdf_that_is_none(edition: Path) -> None:
    (edition / "pdf" / "plan.pdf").write_bytes(b"%PDF-1.7\n")


def other_words_in_the_data(edition: Path) -> None:
    replaced(edition / "plan.json", "富岳NEXTの開発", "富岳NEXTの廃止")


def no_page_for_a_measure(edition: Path) -> None:
    shutil.rmtree((edition / PAGE).parent)


def no_pdf(edition: Path) -> None:
    (edition / "pdf" / "plan.pdf").unlink()


def a_dead_link(edition: Path) -> None:
    replaced(edition / "html" / "index.html", "</main>", '<a href="nowhere.html"></a></main>')


def a_dead_anchor(edition: Path) -> None:
    replaced(edition / "html" / "index.html", "</main>", '<a href="#nowhere"></a></main>')


def a_link_out_of_the_edition(edition: Path) -> None:
    replaced(edition / "html" / "index.html", "</main>", '<a href="../../x"></a></main>')


def a_script_from_elsewhere(edition: Path) -> None:
    path = edition / "html" / "overview" / "index.html"
    replaced(path, "</main>", '<script src="https://example.jp/x.js"></script></main>')


def a_link_that_runs(edition: Path) -> None:
    path = edition / "html" / "overview" / "index.html"
    replaced(path, "</main>", '<a href="javascript:alert(1)">x</a></main>')


RECORD = "editions/outline.json"


def other_words_in_an_adopted_edition(edition: Path) -> None:
    replaced(edition / RECORD, "富岳NEXTの開発", "富岳NEXTの廃止")


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
        (other_words_in_an_adopted_edition, (RECORD, Kind.CHAIN)),
        (another_adopted_edition, (RECORD, Kind.CHAIN)),
        (other_words_adopted_in_its_name, (RECORD, Kind.CHAIN)),
        (no_record_of_an_adopted_edition, (RECORD, Kind.CHAIN)),
        (a_change_left_out, ("comparison/changes.json", Kind.COMPARISON)),
        (another_amendment, ("comparison/amendment.txt", Kind.COMPARISON)),
        (other_words_in_the_plan, ("html/index.html", Kind.TEXT)),
        (other_words_for_a_measure, (PAGE, Kind.TEXT)),
        (a_pdf_of_another_plan, ("pdf/plan.pdf", Kind.TEXT)),
        (a_pdf_that_is_none, ("pdf/plan.pdf", Kind.UNREADABLE)),
        (other_words_in_the_data, ("plan.json", Kind.PLAN)),
        (no_page_for_a_measure, (PAGE, Kind.MISSING)),
        (a_dead_link, ("html/index.html", Kind.DEAD_LINK)),
        (a_dead_anchor, ("html/index.html", Kind.DEAD_LINK)),
        (a_link_out_of_the_edition, ("html/index.html", Kind.DEAD_LINK)),
        (a_script_from_elsewhere, ("html/overview/index.html", Kind.DEAD_LINK)),
        (a_link_that_runs, ("html/overview/index.html", Kind.DEAD_LINK)),
    ],
)
def test_what_is_found_although_the_manifest_fits(
    tamper: Callable[[Path], None], problem: tuple[str, Kind], edition: Path, capsys: Output
) -> None:
    tamper(edition)
    reseal(edition)
    assert found(edition) == [], "the files are as the manifest says"
    assert problem in verified(edition, capsys)


def test_a_line_says_what_is_wrong(edition: Path, capsys: Output) -> None:
    other_words_in_the_plan(edition)
    reseal(edition)
    assert cli.run(["verify", str(edition)]) == 1
    first, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{edition}/html/index.html: 本文が計画と違います（「")
    assert "「開発" in first and "「廃止" in first


def test_what_cannot_be_found(edition: Path, capsys: Output) -> None:
    """Who may change everything may do so: hence the signature, which docs/publishing.md explains.

    Words that no page owes to the plan have only the manifest to hold them.
    """
    replaced(edition / "html" / "overview" / "index.html", "</main>", "<p>嘘</p></main>")
    reseal(edition)
    assert verified(edition, capsys) == []
