"""While interruptions wait, none is heard; afterwards, all are."""

import signal
from collections.abc import Iterator

import pytest

from kihonkeikaku.system.signals import INTERRUPTIONS, block_interruptions

heard: list[int] = []


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in INTERRUPTIONS}
    for number in INTERRUPTIONS:
        signal.signal(number, lambda number, _: heard.append(number))
    heard.clear()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", INTERRUPTIONS, ids=lambda number: number.name)
def test_one_that_comes_meanwhile_is_heard_at_the_end(number: int) -> None:
    with block_interruptions():
        signal.raise_signal(number)  # to this thread: the mask is its own
        assert heard == []
    assert heard == [number]


def test_they_wait_on_where_they_were_waiting() -> None:
    with block_interruptions():
        with block_interruptions():
            pass
        signal.raise_signal(signal.SIGTERM)
        assert heard == []
    assert heard == [signal.SIGTERM]
