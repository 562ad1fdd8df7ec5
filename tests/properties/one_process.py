"""Commands without the processes that they start: what these do is done in that of the tests."""

from pathlib import Path
from types import TracebackType
from typing import Self
from unittest.mock import patch

from kihonkeikaku import cli
from kihonkeikaku.cli.parameters import EXIT_FINDINGS, EXIT_SUCCESS
from kihonkeikaku.rendering.pdf import worker_client
from kihonkeikaku.rendering.pdf.worker import render_pdfs
from kihonkeikaku.verification.problems import Problem
from kihonkeikaku.verification.untrusted_folder import UntrustedFolder
from kihonkeikaku.verification.verifier import EditionCheck


class PdfRenderer:
    """What ``PdfWorker`` is to a build, in this process."""

    render = staticmethod(render_pdfs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        pass


def verify(edition: Path) -> int:
    """Does what the process does that ``verify`` starts; prints the problems."""
    messages = EditionCheck(UntrustedFolder(edition)).find_problems()
    problems = [message for message in messages if isinstance(message, Problem)]
    print(*problems, sep="\n")
    return EXIT_FINDINGS if problems else EXIT_SUCCESS


def run(arguments: list[str]) -> int:
    """Runs a command in this process alone; returns its exit code."""
    with patch.object(worker_client, "PdfWorker", PdfRenderer):
        if arguments[0] == "verify":
            return verify(Path(arguments[1]))
        return cli.run(arguments)
