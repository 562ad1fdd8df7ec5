"""Puts a whole edition on disk, or nothing.

Everything is made in a staging folder beside the output folder, so that one step at the end puts it
in place: the output folder is at all times either the previous edition or the new one. The order is
that of git and SQLite: lock, write, sync, check, exchange, sync, remove.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.publishing.build_record import BuildRecord
from kihonkeikaku.publishing.manifest import MANIFEST
from kihonkeikaku.publishing.output_folder import OutputFolder, require_replaceable
from kihonkeikaku.publishing.previous_edition import PreviousEdition, require_own_files
from kihonkeikaku.publishing.staging import (
    ExchangeMethod,
    Staging,
    put_in_place,
    recover_from_two_renames,
    undo,
)
from kihonkeikaku.system.atomic_files import (
    copy_owner_and_mode,
    make_parent_folders,
    remove_empty_folders,
    remove_tree,
)
from kihonkeikaku.system.file_lock import FileLock, LockHeldError
from kihonkeikaku.system.filesystem_calls import sync_folder, sync_tree
from kihonkeikaku.system.fingerprint import Fingerprint
from kihonkeikaku.system.os_errors import translate_os_errors
from kihonkeikaku.system.signals import defer_interruptions, raise_if_interrupted

if TYPE_CHECKING:
    from kihonkeikaku.publishing.edition import Part

MakeManifest = Callable[[Mapping[str, Fingerprint]], bytes]
"""Makes the manifest from the fingerprints of all other files."""

NO_RECORD: Final = BuildRecord()


@dataclass(frozen=True, slots=True)
class PublishedEdition:
    """An edition that was put in place.

    Attributes:
        files: the fingerprints of its files.
        parts: the paths of each part's files by the part's cache key.
        reused: how many files are those of the previous edition.
        method: how it came into its place.
        leftover: what of the previous edition could not be removed.
    """

    files: Mapping[str, Fingerprint]
    parts: Mapping[str, tuple[str, ...]]
    reused: int
    method: ExchangeMethod
    leftover: Path | None


def publish(
    parts: "Iterable[Part]",
    out: OutputFolder,
    make_manifest: MakeManifest,
    record: BuildRecord = NO_RECORD,
) -> PublishedEdition:
    """Puts an edition in place, replacing the previous one.

    Args:
        parts: all of the edition but the manifest. They are asked for one after the other, the
            first after the lock was taken and writing was tried.
        out: the output folder.
        make_manifest: makes the manifest, which is written last.
        record: what the previous edition was made from: parts with the same cache key are not
            rendered again, as long as their files are as they were made.

    Raises:
        CommandError: the output folder may not be replaced, or another build is at work on it.
        MachineError: something can't be written; the previous edition is as it was.
        KeyboardInterrupt: likewise. Once the edition is in place, it is too late for that.
    """
    transaction = Transaction(out, record)
    try:
        with transaction:
            for part in parts:
                transaction.add_part(part)
            transaction.add_file(MANIFEST, make_manifest(transaction.written))
            transaction.commit()
    except KeyboardInterrupt:
        transaction.clear()  # it may have come just before that
        if not transaction.published:
            raise
    assert transaction.published, "it is in place"
    return transaction.published


def is_in_place(out: OutputFolder, files: Mapping[str, Fingerprint]) -> bool:
    """Whether an output folder holds exactly these files; no build is at work on it meanwhile.

    Raises:
        CommandError: the folder is not ours, or another build is at work on it.
        MachineError: it can't be looked at.
    """
    transaction = Transaction(out)
    try:
        with transaction:
            return transaction.has_files(files)
    except KeyboardInterrupt:
        transaction.clear()  # it may have come just before that
        raise


class Transaction:
    """The making of one edition, from taking the lock to removing it; only the edition is left.

    Args:
        out: the output folder.
        record: what the previous edition was made from.
    """

    def __init__(self, out: OutputFolder, record: BuildRecord = NO_RECORD) -> None:
        self._out = out
        self._record = record
        self._lock = FileLock(out.lock)
        self._new_parents: list[Path] = []
        self._may_remove_staging = True
        self._previous = PreviousEdition(out.path)
        self._staging = Staging(out)
        self._parts: dict[str, tuple[str, ...]] = {}
        self._reused = 0
        self.written: dict[str, Fingerprint] = {}
        self.published: PublishedEdition | None = None

    def __enter__(self) -> Self:
        """Takes the lock, removes what a killed build left, and tries to write."""
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
        """Removes all that is not the edition."""
        self.clear()

    def add_file(self, name: str, content: bytes) -> None:
        """Writes one file of the edition.

        Args:
            name: its path within the edition, with slashes.
            content: its bytes.

        Raises:
            MachineError: it can't be written.
        """
        parts = PurePosixPath(name).parts
        assert parts and parts[0] != "/" and ".." not in parts and name not in self.written, name
        with translate_os_errors(self._out.label):
            self._staging.write(name, content)
        self.written[name] = Fingerprint.of(content)

    def add_part(self, part: "Part") -> None:
        """Reuses the files that a part has in the previous edition, or renders and writes them.

        Raises:
            MachineError: something can't be made or written.
            KeyboardInterrupt: an interruption came before, and a library swallowed it.
        """
        raise_if_interrupted()
        cache_key = part.cache_key
        if cache_key in self._record.parts and self._reuse(cache_key):
            return
        names = []
        for name, content in part.render():
            self.add_file(name, content)
            names.append(name)
        if cache_key:
            self._parts[cache_key] = tuple(names)

    def has_files(self, files: Mapping[str, Fingerprint]) -> bool:
        """Whether the edition that is in place consists of exactly these files."""
        with translate_os_errors(self._out.label):
            return self._previous.consists_of(files)

    def commit(self) -> None:
        """Syncs and checks what was written, and puts it in place.

        Raises:
            CommandError: meanwhile somebody else's files came into the output folder.
            MachineError: the previous edition is as it was.
        """
        with translate_os_errors(self._out.label):
            self._sync_and_check()
            with defer_interruptions() as interruptions:
                raise_if_interrupted()
                method = self._exchange()
                leftover = self._remove_staging()
                self.published = PublishedEdition(
                    dict(self.written), dict(self._parts), self._reused, method, leftover
                )
                interruptions.clear()  # what was to be interrupted is done

    def clear(self) -> None:
        """Removes the staging folder and the lock, as far as that was not done yet."""
        with defer_interruptions():
            if self._lock.is_taken:
                try:
                    if not self.published and self._may_remove_staging:
                        self._remove_staging()
                finally:
                    self._lock.release()
            if not self.published:
                remove_empty_folders(self._new_parents)

    def _reuse(self, cache_key: str) -> bool:
        """Reuses the files of a part, if all of them are as they were made."""
        names, known = self._record.parts[cache_key], self._record.files
        with translate_os_errors(self._out.label):
            if not all(self._previous.fingerprint(name) == known[name] for name in names):
                return False
            for name in names:
                self._staging.reuse(name, self._previous)
                self.written[name] = known[name]
        self._reused += len(names)
        self._parts[cache_key] = names
        return True

    def _begin(self) -> None:
        out = self._out
        with translate_os_errors(out.label):
            self._new_parents = make_parent_folders(out.path)
            try:
                self._lock.take()
            except LockHeldError as holder:
                raise CommandError(
                    f"{out.label} には、ほかの kihonkeikaku が版を作っている最中です"
                    f"（{holder}）。終わってから、もう一度実行してください。"
                ) from None
            require_replaceable(out)  # again, now that no other build changes it
            recover_from_two_renames(out)
            require_own_files(self._previous, out.label)
            for leftover in out.leftovers:
                with suppress(OSError):
                    remove_tree(leftover)
            for killed in (out.retired, out.staging):
                self._remove(killed)
            self._staging.create()
            if out.path.exists():
                self._staging.require_exchangeable(out.path)

    def _remove_staging(self) -> Path | None:
        """Removes the staging folder; returns where it is if it can't be removed."""
        try:
            return self._remove(self._out.staging)
        except OSError:
            return self._out.staging

    def _remove(self, path: Path) -> Path | None:
        """Removes what is at a path; returns where it was set aside if it can't be removed.

        Raises:
            OSError: it can't be set aside either.
        """
        for _ in range(2):  # what fails once may have been in the way of something
            with suppress(OSError):
                remove_tree(path)
                return None
        return self._out.set_aside(path)

    def _sync_and_check(self) -> None:
        """Waits until the device has everything, names too, and reads it back."""
        sync_tree(self._out.staging)
        found = self._staging.read_back(self.written)
        different = sorted({name for name, _ in found.items() ^ self.written.items()})
        if different:
            raise MachineError(
                f"書いたものを読み返すと違っていたため、{self._out.label} はそのままにしました"
                f"（{different[0]}）。ディスクを確かめてください。"
            )

    def _exchange(self) -> ExchangeMethod:
        """Puts the edition in place for good, or everything back."""
        out = self._out
        if out.path.exists():
            copy_owner_and_mode(out.path.stat(), out.staging)
            sync_folder(out.staging)
        method = put_in_place(out)
        self._may_remove_staging = False
        try:
            if method is not ExchangeMethod.FIRST:
                self._previous.folder = out.staging
                require_own_files(self._previous, out.label)
            sync_folder(out.path.parent)
        except (OSError, CommandError):
            undo(out, method)
            self._may_remove_staging = True
            raise
        self._may_remove_staging = True
        return method
