"""An edition that was made aside comes into the place of the one before, and back."""

from enum import Enum

from kihonkeikaku.publishing.output_folder import Place
from kihonkeikaku.system.rename_exchange import exchange


class Step(Enum):
    """How an edition came into its place."""

    FIRST = "first"
    """There was nothing; one rename."""
    EXCHANGED = "exchanged"
    """It changed places with the one before, in one step."""
    TWO_RENAMES = "two renames"
    """For a moment there was none: the system can't exchange."""


def put_in_place(place: Place) -> Step:
    """Puts the new edition in place; the one before is then where the new one was made.

    Raises:
        OSError: it can't be done; everything is as it was.
    """
    if not place.path.exists():
        place.new.rename(place.path)
        return Step.FIRST
    if exchange(place.new, place.path):
        return Step.EXCHANGED
    place.path.rename(place.old)
    try:
        place.new.rename(place.path)
        place.old.rename(place.new)
    except OSError:
        if not place.new.exists():
            place.path.rename(place.new)
        place.old.rename(place.path)
        raise
    return Step.TWO_RENAMES


def bring_back(place: Place, step: Step) -> None:
    """Undoes ``put_in_place``.

    Raises:
        OSError: it can't be done; the new edition is in place.
    """
    if step is Step.FIRST:
        place.path.rename(place.new)
    else:
        put_in_place(place)


def finish_two_renames(place: Place) -> None:
    """Puts right what a build left that was killed between two renames: the old edition is back.

    Raises:
        OSError: it can't be done.
    """
    if place.old.is_dir() and not place.path.exists():
        place.old.rename(place.path)
