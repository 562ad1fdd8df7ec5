"""The fuzz target holds for the known killers, and sees a reader that reads otherwise."""

import pytest

from kihonkeikaku.loading.yaml_composer import ParsedYaml
from tests.fuzz.target import PLACES, check_file, check_parsed
from tests.hostile.corpus import CASES

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("place", range(len(PLACES)))
def test_target_holds(place: int) -> None:
    for case in sorted((CASES / "layout").glob("*/*")):
        check_file(bytes([place]) + case.read_bytes())


def test_target_sees_what_is_read_otherwise() -> None:
    with pytest.raises(AssertionError):
        check_parsed(ParsedYaml(data={"a": "c"}, text="a: b\n"))
