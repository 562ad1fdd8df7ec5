"""Many batches made by two processes, where there are two processors to make them."""

from collections.abc import Container, Iterable, Iterator, Sequence
from mmap import mmap
from types import TracebackType
from typing import Final, NamedTuple, Self

from kihonkeikaku.publishing.batch import Batch, File
from kihonkeikaku.system.second_process import HandOver, SecondProcess, second_process_helps

_BYTES_OF_TWO_NUMBERS: Final = 16


class Made(NamedTuple):
    """A batch, its recipe, and its files: none if the recipe is known already."""

    batch: Batch
    recipe: str
    files: Iterable[File] | None


class Making:
    """Makes batches as they are asked for, with a second process at it while the context lasts.

    This process goes from the last batch towards the first, the other one from the first on, until
    they meet. Where they do so at the same moment, a batch is made twice, and one of the two used.

    Args:
        batches: what to make.
        known: the recipes of what need not be made.
        helped: whether there may be a second process. Then each batch is made from nothing but
            what is in memory and the program's own files.
    """

    def __init__(self, batches: Sequence[Batch], known: Container[str], *, helped: bool) -> None:
        self._batches = batches
        self._known = known
        self._helper = SecondProcess(self._help) if helped and second_process_helps() else None
        # How many the helper has claimed from the front, and the first that is claimed from behind.
        self._claimed = memoryview(mmap(-1, _BYTES_OF_TWO_NUMBERS)).cast("Q")
        self._claimed[1] = len(batches)

    def __enter__(self) -> Self:
        """Starts the second process; one that can't be started is done without."""
        if self._helper:
            self._helper.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Ends the second process, whatever it is at."""
        if self._helper:
            self._helper.__exit__(kind, error, traceback)

    def __iter__(self) -> Iterator[Made]:
        """Yields all batches with their files, in no order.

        Raises:
            MachineError: what making a batch raises.
        """
        left = dict(enumerate(self._batches))
        if self._helper:
            yield from self._made_by_two(left, self._helper)
        for batch in left.values():
            yield self._made(batch)

    def _made_by_two(self, left: dict[int, Batch], helper: SecondProcess) -> Iterator[Made]:
        """Yields what the two make until they meet, and takes it from ``left``."""
        for place in reversed(range(len(left))):
            for handed, recipe, files in helper.handed_over(wait=False):
                if handed in left:
                    yield Made(left.pop(handed), recipe, files)
            self._claimed[1] = place
            if self._claimed[0] > place:  # the helper was there first, and will hand it over
                break
            if place in left:
                yield self._made(left.pop(place))
        for handed, recipe, files in helper.handed_over(wait=True):
            if handed in left:
                yield Made(left.pop(handed), recipe, files)

    def _made(self, batch: Batch) -> Made:
        recipe = batch.recipe()
        return Made(batch, recipe, None if recipe in self._known else batch.make())

    def _help(self, hand_over: HandOver) -> None:
        """What the second process does."""
        for place, batch in enumerate(self._batches):
            self._claimed[0] = place + 1
            if self._claimed[1] <= place:
                break
            _, recipe, files = self._made(batch)
            hand_over((place, recipe, None if files is None else list(files)))
