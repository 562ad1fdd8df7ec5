"""Hostile files, each laid over the sound sample, beside all that is found in them.

``cases/TOPIC/PLACE/NAME`` is one file, kept to the byte; ``PLACE`` is the file of the sample that
it stands in for. ``cases/TOPIC/expected.txt`` says what is found: rule, file, line, column and
sentence. ``pytest --renew`` writes these tables anew; look at each line that changes.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.hostile.corpus import CASES, TOPICS, found_in_topic
from tests.sample import plant

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plant(tmp_path_factory.mktemp("hostile") / "plan", {})


@pytest.mark.parametrize("topic", TOPICS)
def test_expected_findings(topic: str, sample: Path, renew: bool) -> None:
    found = found_in_topic(topic, sample)
    table = CASES / topic / "expected.txt"
    if renew:
        table.write_text(found, encoding="utf-8", newline="\n")
    assert found.split("\n") == table.read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize("topic", TOPICS)
def test_each_is_answered_within_time_and_memory(topic: str, sample: Path) -> None:
    command = [sys.executable, "-m", "tests.hostile.corpus", topic, str(sample)]
    done = subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-1000:]  # ends with the case that took too much
    table = (CASES / topic / "expected.txt").read_text("utf-8")
    assert done.stdout.split("\n") == table.split("\n")


def test_the_corpus_is_large() -> None:
    assert len(list(CASES.glob("*/*/*"))) >= 300
