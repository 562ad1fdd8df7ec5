"""The preview of a plan's folder: what is shown now, and what changed last."""

import secrets
from dataclasses import dataclass, replace
from threading import Condition

from kihonkeikaku.editor.preview_files import PreviewFiles
from kihonkeikaku.editor.shown_finding import ShownFinding, first_change, shown_findings
from kihonkeikaku.editor.warm_pdf_worker import WarmPdfWorker
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.loader import load
from kihonkeikaku.loading.plan_resolver import open_plan
from kihonkeikaku.reports.findings import summary_line
from kihonkeikaku.validation.linter import LintResult, lint


@dataclass(frozen=True, slots=True)
class PreviewState:
    """What a browser is told after each change of a file.

    ``edition`` names the edition that the pages are of, which stays while the plan has errors;
    empty while there was none yet. ``changed`` is the anchor of what that edition changed first.
    ``summary`` says in one line how the plan is; ``is_broken``, that the pages are older than it.
    """

    edition: str = ""
    changed: str = ""
    has_comparison: bool = False
    is_broken: bool = False
    summary: str = ""
    findings: tuple[ShownFinding, ...] = ()


class Preview:
    """Keeps the last edition that could be made of a plan's folder, and its findings."""

    def __init__(self, plan: str) -> None:
        """``plan`` is the folder, as the user named it."""
        self._plan = plan
        self._sha256 = ""
        self._run = secrets.token_hex(4)  # a page of a preview that was ended is of no edition
        self._edition_count = 0
        self._files: PreviewFiles | None = None
        self._state = PreviewState()
        self._changed = Condition()
        self._is_closed = False
        self._pdf_worker = WarmPdfWorker()

    def update(self) -> PreviewState:
        """Reads the folder again, and tells the browsers; returns what they are told.

        Only what is asked for is rendered, by whoever asks.
        """
        try:
            source = open_plan(self._plan)
            if source.sha256 == self._sha256:
                return self._state
            self._sha256 = source.sha256
            result = lint(load(source))
            files = None if result.has_errors else self._make_files(result)
            state = self._state_with(files, result)
        except CommandError as error:  # half of the files may be there, as during a checkout
            self._sha256, files = "", None
            state = replace(self._state, is_broken=True, summary=str(error), findings=())
        with self._changed:
            self._state, self._files = state, files or self._files
            self._changed.notify_all()
        return state

    def wait(self, seen: PreviewState | None, seconds: float) -> PreviewState | None:
        """Returns the state once it is another one than ``seen``, or after so many seconds.

        Returns:
            Nothing once the preview is closed.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self._state is not seen, seconds)
            return None if self._is_closed else self._state

    def read(self, path: str) -> tuple[str, bytes | None]:
        """Returns the edition that is shown, and its file of this path; see ``PreviewFiles``.

        Raises:
            CommandError: the file can't be made.
        """
        with self._changed:
            edition, files = self._state.edition, self._files
        return edition, files.read(path) if files else None

    def close(self) -> None:
        """Ends what waits, and the process that renders PDFs."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        self._pdf_worker.close()

    def _make_files(self, result: LintResult) -> PreviewFiles:
        """Returns the files of a sound plan: those that are shown, if it has not changed."""
        if self._files and self._files.is_of(result.loaded):
            return self._files
        return PreviewFiles(result.loaded, self._pdf_worker.render, self._files)

    def _state_with(self, files: PreviewFiles | None, result: LintResult) -> PreviewState:
        """Returns what to tell: with new files, of a new edition, else of the one that stays."""
        state = replace(
            self._state,
            is_broken=files is None,
            summary=summary_line(result),
            findings=shown_findings(result),
        )
        if files is None or files is self._files:
            return state
        self._edition_count += 1
        return replace(
            state,
            edition=f"{self._run}-{self._edition_count}",
            changed=first_change(self._files.document, files.document) if self._files else "",
            has_comparison=files.has_comparison,
        )
