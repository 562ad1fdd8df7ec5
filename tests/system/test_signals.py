"""Blocked interruptions arrive when they are unblocked."""

import signal
from collections.abc import Iterator

import pytest

from kihonkeikaku.system.signals import INTERRUPTIONS, block_interruptions

heard: list[int] = []


@pytest.fixture(autouse=True)
def _signals_are_recorded() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in INTERRUPTIONS}
    for number in INTERRUPTIONS:
        signal.signal(number, lambda number, _: heard.append(number))
    heard.clear()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", INTERRUPTIONS, ids=lambda number: number.name)
def test_a_blocked_signal_arrives_at_the_end(number: int) -> None:
    with block_interruptions():
        signal.raise_signal(number)  # to this thread: the mask is its own
        assert heard == []
    assert heard == [number]


def test_signals_that_were_blocked_before_stay_blocked() -> None:
    with block_interruptions():
        with block_interruptions():
            pass
        signal.raise_signal(signal.SIGTERM)
        assert heard == []
    assert heard == [signal.SIGTERM]
