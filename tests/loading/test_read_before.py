"""What a file said when an edition was made is what it says still, and it is not read again."""

from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from bench.plans import write_plan
from kihonkeikaku.loading import source
from kihonkeikaku.loading.loader import Loaded, load
from kihonkeikaku.loading.read_before import NOTHING_READ, ReadBefore, sources_of
from kihonkeikaku.loading.source import Refusal, Tree, open_plan, open_tree
from kihonkeikaku.loading.yaml_parser import Reading, read_yaml
from kihonkeikaku.model.frozen import freeze
from kihonkeikaku.publishing.build import build
from kihonkeikaku.publishing.output_folder import place
from kihonkeikaku.publishing.request import Order
from kihonkeikaku.publishing.transaction import Published
from kihonkeikaku.rendering.pdf.options import PLAIN
from kihonkeikaku.system.progress import silence
from kihonkeikaku.validation.linter import InvalidPlanError, check
from tests.conftest import REPOSITORY
from tests.sample import SAMPLE, plant

ALWAYS = {"plan.yaml", "ministries.yaml"}
"""Read each time: there is one of each."""


def before(tree: Tree) -> tuple[Loaded, ReadBefore]:
    """A sound plan as it was read, and what is remembered of it."""
    loaded = load(tree)
    return loaded, ReadBefore.of(sources_of(tree, loaded), freeze(loaded.draft.plan()))


def names_read(tree: Tree, known: ReadBefore) -> tuple[Loaded, set[str]]:
    """The plan as it is read now, and which of its files were read for that."""
    contents = {entry.content: entry.name for entry in tree.entries}
    read = set()

    def watched(content: bytes) -> Reading:
        read.add(contents[content])
        return read_yaml(content)

    with patch("kihonkeikaku.loading.loader.read_yaml", watched):
        loaded = load(tree, known.by)
    return loaded, read


def changed(tree: Tree, name: str, content: bytes | Refusal) -> Tree:
    entries = (replace(e, content=content) if e.name == name else e for e in tree.entries)
    return replace(tree, entries=tuple(entries))


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return open_tree(str(plant(tmp_path / "plan", {})))


@pytest.mark.parametrize("plan", ["plan", "examples/next-edition", "made up"])
def test_a_plan_is_the_same_without_being_read(plan: str, tmp_path: Path) -> None:
    """But for files with a waiver: whoever reads the plan has to know of it."""
    folder = REPOSITORY / plan
    if plan == "made up":  # with bodies, references and footnotes
        folder = tmp_path / "plan"
        write_plan(folder, 240)
    tree = open_tree(str(folder))
    first, known = before(tree)
    again, read = names_read(tree, known)
    assert again.draft == first.draft
    waiving = {entry.name for entry in tree.entries if "# allow" in str(entry.content)}
    others = {entry.name for entry in tree.entries if not entry.folder}
    assert read == others | waiving
    assert len(read) < len(tree.entries) / 8


def test_a_file_that_changed_is_read_and_no_other(tree: Tree) -> None:
    _, known = before(tree)
    edited = changed(tree, "measures/beta.yaml", SAMPLE["measures/beta.yaml"].encode() + b"# x\n")
    loaded, read = names_read(edited, known)
    assert read == {*ALWAYS, "measures/beta.yaml"}
    assert loaded.draft == load(edited).draft


def test_also_where_a_second_process_reads_what_changed(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, known = before(tree)
    edited = changed(tree, "measures/beta.yaml", SAMPLE["measures/beta.yaml"].encode() + b"# x\n")
    monkeypatch.setattr(source, "MANY", 2)
    loaded, fresh = load(edited, known.by), load(edited)
    assert loaded.draft == fresh.draft
    for read, anew in (
        (loaded.draft.measures, fresh.draft.measures),
        (loaded.draft.chapters, fresh.draft.chapters),
        (loaded.texts, fresh.texts),
    ):
        assert list(read.items()) == list(anew.items())


def test_a_file_of_the_same_content_but_another_name_is_another_file(tree: Tree) -> None:
    _, known = before(tree)
    entries = (replace(e, name=e.name.replace("beta", "gamma")) for e in tree.entries)
    _, read = names_read(replace(tree, entries=tuple(entries)), known)
    assert read == {*ALWAYS, "measures/gamma.yaml"}


def test_what_a_waiver_accepts_is_accepted_again(tmp_path: Path) -> None:
    waiving = SAMPLE["measures/alpha.yaml"].replace(
        "text: 取組", "text: 取組｡ # allow halfwidth-kana: 原文のまま"
    )
    tree = open_tree(str(plant(tmp_path / "plan", {"measures/alpha.yaml": waiving})))
    first, known = before(tree)
    again, read = names_read(tree, known)
    assert "measures/alpha.yaml" in read
    assert again.waivers == first.waivers != []


def test_what_is_refused_was_never_read(tree: Tree) -> None:
    refused = changed(
        tree, "measures/beta.yaml", Refusal("too-large", "大きすぎます。", "分けて。")
    )
    loaded = load(tree)
    assert len(sources_of(refused, loaded)) == len(sources_of(tree, loaded)) - 1
    _, known = before(tree)
    assert [f.rule for f in load(refused, known.by).findings] == ["too-large"]


def test_a_frozen_edition_has_no_files_to_remember(tree: Tree, tmp_path: Path) -> None:
    loaded = load(tree)
    file = tmp_path / "frozen.json"
    file.write_bytes(freeze(loaded.draft.plan()))
    assert sources_of(open_plan(str(file)), loaded) == frozenset()


@pytest.mark.parametrize("record", [b"", b"{}", b'{"format":1,"sha256":"","plan":{}}'])
def test_a_record_that_says_nothing_is_of_no_use(record: bytes, tree: Tree) -> None:
    assert ReadBefore.of(sources_of(tree, load(tree)), record) == NOTHING_READ


# With an edition in place.


def make(plan: Path, out: Path) -> Published | None:
    return build(Order(str(plan), None, frozenset({"html"}), PLAIN), place(out), silence)


def test_a_fault_in_a_file_that_was_not_read_has_its_place(tmp_path: Path) -> None:
    """A ministry is gone: who names it is told of, line and column, as by a build from nothing."""
    plan, out = plant(tmp_path / "plan", {}), tmp_path / "out"
    make(plan, out)
    register = plan / "ministries.yaml"
    register.write_text(register.read_text("utf-8").replace("文科省", "文部省"), "utf-8")
    with pytest.raises(InvalidPlanError) as unsound:
        make(plan, out)
    told = unsound.value.checked.findings
    assert told == check(load(str(plan))).findings
    [error] = [finding for finding in told if finding.severity == "error"]
    place_told = (error.position.file, error.position.line, error.position.column)
    assert (error.rule, *place_told) == ("unknown-ministry", f"{plan}/measures/beta.yaml", 5, 16)


def test_a_record_that_was_tampered_with_is_not_believed(tmp_path: Path) -> None:
    plan, out = plant(tmp_path / "plan", {}), tmp_path / "out"
    make(plan, out)
    record = out / "plan.json"
    record.write_bytes(record.read_bytes().replace("取組".encode(), "嘘嘘".encode()))
    make(plan, out)
    assert "嘘嘘" not in record.read_text("utf-8")
