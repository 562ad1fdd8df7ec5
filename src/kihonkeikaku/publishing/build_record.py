"""What the edition at a place was made from, so that what has not changed is not made again.

A ledger is kept for each output folder, outside of it, in the user's cache folder. It holds hashes
only: the files themselves are the edition's, and one that is not what the ledger says is made
again. It may be deleted at any time, and one that is damaged is as good as none.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, Self

from kihonkeikaku.errors import MachineError
from kihonkeikaku.loading.folder import read_regular_file
from kihonkeikaku.publishing.cache import forget_oldest, ledger_path
from kihonkeikaku.publishing.output_folder import Place
from kihonkeikaku.system.atomic_files import write_file
from kihonkeikaku.system.fingerprint import Fingerprint

_LIMIT: Final = 64 << 20
"""Largest ledger that is read, in bytes."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What an edition consists of, and what it was made from.

    ``source`` is a hash of all that the whole was made from, the program included; ``batches`` has
    the paths of each batch by its recipe, ``files`` what each file is known by, ``sources`` the
    hashes of those files of the plan that need not be read again.
    """

    source: str = ""
    batches: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, Fingerprint] = field(default_factory=dict)

    @classmethod
    def read(cls, place: Place, program: str) -> Self:
        """Returns the ledger of an output folder.

        Args:
            place: the output folder.
            program: what the program is known by; nothing that another one made is of use.

        Returns:
            An empty one if there is none, or if it can't be understood.
        """
        content = read_regular_file(ledger_path(place), _LIMIT)
        if not isinstance(content, bytes):
            return cls()
        try:
            return cls._understood(json.loads(content), program)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return cls()

    @classmethod
    def _understood(cls, facts: Any, program: str) -> Self:
        if facts["program"] != program:
            return cls()
        files = {str(name): Fingerprint(*known) for name, known in facts["files"].items()}
        batches = {str(recipe): tuple(paths) for recipe, paths in facts["batches"].items()}
        if not all(path in files for paths in batches.values() for path in paths):
            return cls()
        return cls(str(facts["source"]), batches, files)

    def write(self, place: Place, program: str) -> None:
        """Keeps the ledger for the next build, which makes all anew where that is impossible."""
        files = {name: (known.size, known.sha256) for name, known in self.files.items()}
        facts = {
            "program": program,
            "source": self.source,
            "batches": self.batches,
            "files": files,
        }
        with suppress(MachineError, OSError):
            write_file(ledger_path(place), json.dumps(facts))
            forget_oldest()
