"""Hostile files, each laid over the sound sample, beside all that is found in them.

``cases/TOPIC/PLACE/NAME`` is one file, kept to the byte; ``PLACE`` is the file of the sample that
it stands in for. ``cases/TOPIC/expected.txt`` says what is found: rule, file, line, column and
sentence. ``pytest --renew`` writes these tables anew; look at each line that changes.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kihonkeikaku.check import check
from kihonkeikaku.load import load
from kihonkeikaku.report.listing import listed
from kihonkeikaku.terminal import shown
from tests.sample import SAMPLE, plant

CASES = Path(__file__).parent / "cases"
TOPICS = sorted(folder.name for folder in CASES.iterdir())
PLACES = {
    "head": "plan.yaml",
    "register": "ministries.yaml",
    "chapter": "chapters/policy.yaml",
    "measure": "measures/alpha.yaml",
    "revision": "revision.yaml",
    "edition": "editions/first.json",
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plant(tmp_path_factory.mktemp("hostile") / "plan", {})


def found_with(case: Path, sample: Path) -> Iterator[str]:
    """Yields what is found in the sample with one of its files replaced by ``case``."""
    place = PLACES[case.parent.name]
    plant(sample, {**dict.fromkeys(SAMPLE), place: case.read_bytes()})
    try:
        for finding in listed(check(load(str(sample))).findings):
            at = finding.position
            file = Path(at.file).relative_to(sample)
            yield f"  {finding.rule} {file}:{at.line}:{at.column} {shown(finding.message)}"
    except Exception as fault:
        fault.add_note(f"in {case}")
        raise
    finally:
        (sample / place).unlink()
        plant(sample, {name: text if name == place else None for name, text in SAMPLE.items()})


def found_in_topic(topic: str, sample: Path) -> str:
    """The topic's table: each file with its findings, or a dash where it is sound."""
    lines = []
    for case in sorted((CASES / topic).glob("*/*")):
        lines += [f"{case.parent.name}/{case.name}", *(list(found_with(case, sample)) or ["  -"])]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("topic", TOPICS)
def test_what_is_found(topic: str, sample: Path, renew: bool) -> None:
    found = found_in_topic(topic, sample)
    table = CASES / topic / "expected.txt"
    if renew:
        table.write_text(found, encoding="utf-8", newline="\n")
    assert found.split("\n") == table.read_text(encoding="utf-8").split("\n")


def test_the_corpus_is_large() -> None:
    assert len(list(CASES.glob("*/*/*"))) >= 300
