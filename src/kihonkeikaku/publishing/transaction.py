"""A whole edition onto disk, or nothing.

Everything is made aside, in the same folder as the output folder, so that at the end one step puts
it in place: the output folder is at all times either the old edition or the new one. The order is
that of git and SQLite: lock, write, sync, check, exchange, sync, remove.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Final, Self

from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.publishing.build_record import Ledger
from kihonkeikaku.publishing.edition import Batch, File
from kihonkeikaku.publishing.manifest import MANIFEST
from kihonkeikaku.publishing.output_folder import Place, refuse_foreign_files, refuse_place
from kihonkeikaku.publishing.previous_edition import Standing
from kihonkeikaku.publishing.staging import (
    Step,
    Workplace,
    bring_back,
    finish_two_renames,
    put_in_place,
)
from kihonkeikaku.system.atomic_files import (
    copy_owner_and_mode,
    make_parent_folders,
    remove_empty_folders,
    remove_tree,
)
from kihonkeikaku.system.file_lock import FileLock, LockHeldError
from kihonkeikaku.system.filesystem_calls import sync_folder, sync_tree
from kihonkeikaku.system.folder_contents import Fingerprint
from kihonkeikaku.system.os_errors import translate_os_errors
from kihonkeikaku.system.signals import defer_interruptions, raise_if_interrupted

Seal = Callable[[Mapping[str, Fingerprint]], bytes]
"""Makes the manifest from the fingerprints of all other files."""


NOTHING_KEPT: Final = Ledger()


@dataclass(frozen=True, slots=True)
class Published:
    """What was put in place: the files, how, and what of the old edition could not be removed.

    ``batches`` has the paths of each batch by its recipe, ``kept`` how many files are those of the
    old edition.
    """

    files: Mapping[str, Fingerprint]
    batches: Mapping[str, tuple[str, ...]]
    kept: int
    step: Step
    left: Path | None


def publish(
    lots: Iterable[Sequence[Batch]],
    place: Place,
    seal: Seal,
    before: Ledger = NOTHING_KEPT,
) -> Published:
    """Puts an edition in place, replacing the one that is there.

    Args:
        lots: all files but the manifest. A lot is asked for when the one before is made, the first
            after the lock was taken and writing was tried; files are written as they come.
        place: the output folder.
        seal: makes the manifest, which is written last.
        before: what the old edition was made from: batches of the same recipe are not made again,
            as long as their files are still what they were.

    Raises:
        CommandError: the place is not ours to replace, or another build is at work on it.
        MachineError: something can't be written; the old edition is as it was.
        KeyboardInterrupt: likewise. Once the edition is in place, it is too late for that.
    """
    transaction = Transaction(place, before)
    try:
        with transaction:
            for lot in lots:
                transaction.take(lot)
            transaction.add(MANIFEST, seal(transaction.written))
            transaction.put_in_place()
    except KeyboardInterrupt:
        transaction.clear()  # it may have come just before that
        if not transaction.published:
            raise
    assert transaction.published, "it is in place"
    return transaction.published


def is_in_place(place: Place, files: Mapping[str, Fingerprint]) -> bool:
    """Whether an output folder holds exactly these files; no build is at work on it meanwhile.

    Args:
        place: the output folder.
        files: what the files are known by.

    Raises:
        CommandError: the place is not ours, or another build is at work on it.
        MachineError: it can't be looked at.
    """
    transaction = Transaction(place)
    try:
        with transaction:
            return transaction.finds(files)
    except KeyboardInterrupt:
        transaction.clear()  # it may have come just before that
        raise


class Transaction:
    """The making of one edition, from the lock to its removal; nothing is left but the edition.

    Args:
        place: the output folder.
        known: what the old edition was made from.
    """

    def __init__(
        self,
        place: Place,
        known: Ledger = NOTHING_KEPT,
    ) -> None:
        self._place = place
        self._known = known
        self._lock = FileLock(place.lock)
        self._parents: list[Path] = []
        self._ours_aside = True
        self._before = Standing(place.path)
        self._work = Workplace(place)
        self._batches: dict[str, tuple[str, ...]] = {}
        self._kept = 0
        self.written: dict[str, Fingerprint] = {}
        self.published: Published | None = None

    def __enter__(self) -> Self:
        """Takes the lock, clears away what a killed build left, and tries to write."""
        try:
            with defer_interruptions():
                self._begin()
        except BaseException:
            self.clear()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Clears away all that is not the edition."""
        self.clear()

    def add(self, name: str, content: bytes) -> None:
        """Writes one file of the edition.

        Args:
            name: its path within the edition, with slashes.
            content: its bytes.

        Raises:
            MachineError: it can't be written.
        """
        parts = PurePosixPath(name).parts
        assert parts and parts[0] != "/" and ".." not in parts and name not in self.written, name
        with translate_os_errors(self._place.shown):
            self._work.write(name, content)
        self.written[name] = Fingerprint.of(content)

    def take(self, lot: Sequence[Batch]) -> None:
        """Takes over from the old edition what did not change of a lot, and makes the rest.

        Raises:
            MachineError: it can't be written.
            KeyboardInterrupt: an interruption came before, and a library swallowed it.
        """
        with translate_os_errors(self._place.shown):
            # All at once: ext4 takes five times as long for folders and files by turns.
            self._work.make_folders(name for batch in lot for name in batch.names)
        for batch in lot:
            raise_if_interrupted()
            recipe = batch.recipe()
            if not self._keep(recipe):
                self._enter(recipe, batch.make())

    def finds(self, files: Mapping[str, Fingerprint]) -> bool:
        """Whether the edition that is in place consists of exactly these files."""
        with translate_os_errors(self._place.shown):
            return self._before.consists_of(files)

    def put_in_place(self) -> None:
        """Syncs and checks what was written, and puts it in place.

        Raises:
            CommandError: meanwhile somebody else's files came into the output folder.
            MachineError: the old edition is as it was.
        """
        with translate_os_errors(self._place.shown):
            self._sync_and_check()
            with defer_interruptions() as interruptions:
                raise_if_interrupted()
                step = self._exchange()
                left = self._remove_aside()
                self.published = Published(
                    dict(self.written), dict(self._batches), self._kept, step, left
                )
                interruptions.clear()  # what was to be interrupted is done

    def clear(self) -> None:
        """Removes what was made aside, and the lock, as far as that was not done yet."""
        with defer_interruptions():
            if self._lock.is_taken:
                if not self.published and self._ours_aside:
                    self._remove_aside()
                self._lock.release()
            if not self.published:
                remove_empty_folders(self._parents)

    def _enter(self, recipe: str, files: Iterable[File]) -> None:
        """Writes the files of a batch as they come."""
        names = []
        for name, content in files:
            self.add(name, content)
            names.append(name)
        if recipe:
            self._batches[recipe] = tuple(names)

    def _keep(self, recipe: str) -> bool:
        """Takes a batch over from the old edition, if its files are all what they are known by."""
        if recipe not in self._known.batches:
            return False
        names, known = self._known.batches[recipe], self._known.files
        with translate_os_errors(self._place.shown):
            if not all(self._before.has(name, known[name]) for name in names):
                return False
            for name in names:
                self._work.take_over(name, self._before)
                self.written[name] = known[name]
        self._kept += len(names)
        self._batches[recipe] = names
        return True

    def _begin(self) -> None:
        place = self._place
        with translate_os_errors(place.shown):
            self._parents = make_parent_folders(place.path)
            try:
                self._lock.take()
            except LockHeldError as holder:
                raise CommandError(
                    f"{place.shown} には、ほかの kihonkeikaku が版を作っている最中です"
                    f"（{holder}）。終わってから、もう一度実行してください。"
                ) from None
            refuse_place(place)  # again, now that nobody else changes it
            finish_two_renames(place)
            remove_tree(place.old)
            self._work.open()

    def _remove_aside(self) -> Path | None:
        """Removes what stands aside; returns it if it can't be removed."""
        for _ in range(2):  # what fails once may have been in the way of something
            with suppress(OSError):
                remove_tree(self._place.new)
                return None
        return self._place.new

    def _sync_and_check(self) -> None:
        """Waits until the device has everything, names too, and reads it back."""
        sync_tree(self._place.new)
        found = self._work.read_back(self.written)
        different = sorted({name for name, _ in found.items() ^ self.written.items()})
        if different:
            raise MachineError(
                f"書いたものを読み返すと違っていたため、{self._place.shown} はそのままにしました"
                f"（{different[0]}）。ディスクを確かめてください。"
            )

    def _exchange(self) -> Step:
        """Puts the edition in place for good, or everything back."""
        place = self._place
        if place.path.exists():
            copy_owner_and_mode(place.path.stat(), place.new)
            sync_folder(place.new)
        step = put_in_place(place)
        self._ours_aside = False
        try:
            if step is not Step.FIRST:
                refuse_foreign_files(place.new, place.shown)
            sync_folder(place.path.parent)
        except (OSError, CommandError):
            bring_back(place, step)
            self._ours_aside = True
            raise
        self._ours_aside = True
        return step
