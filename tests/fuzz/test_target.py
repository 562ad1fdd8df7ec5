"""The fuzz target holds for the known killers, and sees a reader that reads otherwise."""

import pytest

from kihonkeikaku.loading.yaml_parser import ParsedYaml
from tests.fuzz.target import PLACES, hold, hold_of_reading
from tests.hostile.corpus import CASES

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("place", range(len(PLACES)))
def test_target_holds(place: int) -> None:
    for case in sorted((CASES / "layout").glob("*/*")):
        hold(bytes([place]) + case.read_bytes())


def test_target_sees_what_is_read_otherwise() -> None:
    with pytest.raises(AssertionError):
        hold_of_reading(ParsedYaml(data={"a": "c"}, text="a: b\n"))
