"""Every rule's manual tells the truth: its failing example fails, its passing one passes."""

import re
from pathlib import Path

import pytest

from kihonkeikaku.loading.loader import load
from kihonkeikaku.validation.linter import lint
from kihonkeikaku.validation.rules import RULES, Rule
from tests.sample import SAMPLE, SUPERSEDING, frozen, plant
from tests.validation.rules.test_findings import Files

# What these find can't be shown as YAML of reasonable size: bytes, links, hashes, history.
WITHOUT_EXAMPLES = {
    "not-a-file",
    "unreadable-file",
    "too-large",
    "missing-file",
    "bad-encoding",
    "damaged-edition",
    "damaged-sheet",
    "numbering-overflow",
    "unexplained-removal",
    "renamed-id",
    "edition-reused",
    "edition-name",
    "id-reused",
    "replaced-measure",
    "figure-file",
    "unused-figure",
    "replaced-figure",
}
WITH_EXAMPLES = [rule for rule in RULES if rule.id not in WITHOUT_EXAMPLES]


def example(rule: Rule, heading: str) -> dict[str, str]:
    """The files of the example under 「誤り:」 or 「正しい:」, by name."""
    after = rule.manual.partition(f"\n{heading}:\n\n")[2]
    block = re.match(r"(?:    .*\n|\n)*(?:    .*)?", after)
    assert block and block[0].strip(), f"{rule.id} has no example under {heading}"
    files: dict[str, str] = {}
    for line in block[0].rstrip().split("\n"):
        named = re.fullmatch(r"    # ([a-z/]+\.(?:ya?ml|svg))", line)
        if named:
            name = named[1]
            files[name] = ""
        else:
            files[name] += line[4:] + "\n"
    return files


def rules_found(folder: Path, files: dict[str, str]) -> set[str]:
    text = "".join(files.values())
    # The edition before, with a measure that is gone where one is told of:
    if "first" in text or any(name.startswith("revision/") for name in files):
        chapter = SAMPLE["chapters/measures.yaml"] + "      - old\n"
        gone = {"measures__old": "id: old\ntext: 取組\n", "chapters__measures": chapter}
        gone = gone if "revision/old.yaml" in files else {}
        record: Files = {"plan.yaml": SUPERSEDING, "editions/first.json": frozen("first", **gone)}
        return rules_in(plant(folder, {**record, **files}))
    return rules_in(plant(folder, files))


def rules_in(folder: Path) -> set[str]:
    return {finding.rule for finding in lint(load(str(folder))).findings}


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.id)
def test_failing_example_fails(rule: Rule, tmp_path: Path) -> None:
    assert rule.id in rules_found(tmp_path, example(rule, "誤り"))


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.id)
def test_passing_example_passes(rule: Rule, tmp_path: Path) -> None:
    assert rules_found(tmp_path, example(rule, "正しい")) == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_manual_begins_with_one_sentence(rule: Rule) -> None:
    assert rule.title.endswith("。")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)
