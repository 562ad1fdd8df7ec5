"""An edition made again from its plan, in memory, and compared with an untrusted one."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pypdfium2 import PdfiumError

from kihonkeikaku.errors import MachineError
from kihonkeikaku.model.draft import Draft, draft_from_plan
from kihonkeikaku.model.frozen import FrozenPlan, freeze_plan
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.model.plan_head import Site
from kihonkeikaku.publishing.edition import (
    DRAFT_LINES,
    edition_origin,
    edition_parts,
    start_pdf_worker,
)
from kihonkeikaku.publishing.manifest import MANIFEST, manifest_file
from kihonkeikaku.rendering.pdf.fidelity import compare_body, compare_tables
from kihonkeikaku.rendering.pdf.job import (
    DEFAULT_OPTIONS,
    PdfJob,
    PdfOptions,
    RenderPdfs,
    decode_job,
    encode_job,
)
from kihonkeikaku.rendering.pdf.library_versions import library_versions
from kihonkeikaku.system.fingerprint import Fingerprint
from kihonkeikaku.verification.edition_inputs import EditionInputs
from kihonkeikaku.verification.manifest_check import ManifestListing
from kihonkeikaku.verification.problems import Problem, ProblemKind
from kihonkeikaku.verification.untrusted_folder import (
    FolderEntry,
    UnreadableFileError,
    UntrustedFolder,
)

PDF_LIMIT: Final = 512 << 20
"""Largest PDF whose text is read, in bytes."""

_SHOWN: Final = 12
"""How many characters a message shows of each text, from where they first differ."""


_MadeFrom = tuple[Draft, FrozenPlan, frozenset[str], tuple[Plan, ...], PdfOptions]
"""The first arguments of ``edition_parts``."""


@dataclass(slots=True)
class Rebuild:
    """An edition made again from its plan, as its manifest says that it was made.

    Complete once all problems have been found: the paths of the files that were made, and of those
    that were compared byte by byte, and what could not be compared.
    """

    inputs: EditionInputs
    listing: ManifestListing
    files: set[str] = field(default_factory=set)
    compared: set[str] = field(default_factory=set)
    limitations: list[Problem] = field(default_factory=list)

    def find_problems(
        self, folder: UntrustedFolder, entries: Mapping[str, FolderEntry]
    ) -> Iterator[Problem | str]:
        """Yields how the files of an edition differ, and before each file its path.

        It is left to the manifest's check to find what is missing or added by the manifest, too.

        Raises:
            Exception: anything, if the plan is not one that can be published.
        """
        made_from = self._made_from()
        parts = edition_parts(*made_from, start_renderer=self._start_renderer)
        with closing(parts):
            for part in parts:
                for path, content in part.render():
                    yield path
                    self.files.add(path)
                    entry = entries.get(path)
                    if entry is None and path not in self.listing.files:
                        message = "計画から作られるはずの、このファイルがありません。"
                        yield Problem(path, ProblemKind.MISSING, message)
                    elif entry and entry.is_file:
                        yield from self._compare(folder, path, content)
        for path in self.listing.files.keys() - self.files:
            if path in entries:
                yield Problem(path, ProblemKind.EXTRA, "計画からは作られないファイルです。")
        expected = json.loads(manifest_file(edition_origin(*made_from), {}))
        yield from self._find_manifest_problems(expected, dict(self.listing.data))

    def _compare(self, folder: UntrustedFolder, path: str, made: bytes) -> Iterator[Problem]:
        """Yields how a file differs from the one that was made, or a PDF from its job's text."""
        try:
            if path == DRAFT_LINES and not made:
                return  # lines can't be counted without setting them
            if path.endswith(".pdf") and not made.startswith(b"%PDF-"):
                difference = _compare_text(folder.read(path, PDF_LIMIT), made)
                kind, message = ProblemKind.TEXT, "本文が計画と違います"
            else:
                self.compared.add(path)
                found = folder.read_start(path, len(made) + 4 * _SHOWN)
                difference = compare_bytes(made, found, path)
                kind, message = ProblemKind.CHANGED, "計画から作り直したものと違います"
        except UnreadableFileError as why:
            yield Problem(path, ProblemKind.UNREADABLE, f"読めません（{why}）。")
        except PdfiumError:
            yield Problem(path, ProblemKind.UNREADABLE, "PDF として読めません。")
        else:
            if difference:
                yield Problem(path, kind, f"{message}（{difference}）。")
            elif path in self.compared and path in self.listing.files:
                known = self.listing.files[path]
                if Fingerprint(known.size, known.sha256) != Fingerprint.of(made):
                    message = f"「{path}」の大きさか SHA-256 が、そのファイルと違います。"
                    yield Problem(MANIFEST, ProblemKind.MANIFEST, message)

    def _made_from(self) -> _MadeFrom:
        assert self.inputs.plan, "it could be read"
        site = Site.model_construct(base_url=self.listing.base_url)
        draft = draft_from_plan(self.inputs.plan, self.inputs.records)
        draft = replace(draft, site=site)
        pdf = self.listing.pdf
        options = PdfOptions(pdf.variant, pdf.draft) if pdf else DEFAULT_OPTIONS
        kinds = frozenset(self.listing.kinds)
        return draft, freeze_plan(draft.plan()), kinds, tuple(self.inputs.olds), options

    def _find_manifest_problems(
        self, expected: dict[str, Any], found: dict[str, Any]
    ) -> Iterator[Problem]:
        """Yields where the manifest differs, its list of files aside."""
        if self.limitations and expected["pdf"] and isinstance(found.get("pdf"), dict):
            expected["pdf"]["libraries"] = found["pdf"].get("libraries")
        for key in sorted((expected.keys() | found.keys()) - {"files"}):
            if expected.get(key) != found.get(key):
                message = f"「{key}」が、計画から作り直した目録と違います。"
                yield Problem(MANIFEST, ProblemKind.MANIFEST, message)

    @contextmanager
    def _start_renderer(self) -> Iterator[RenderPdfs]:
        """Starts what renders PDFs; without the same libraries, it returns jobs in their place."""
        listed = self.listing.pdf.libraries if self.listing.pdf else {}
        ours = library_versions()
        if listed != ours:
            names = sorted(name for name in {*listed, *ours} if listed.get(name) != ours.get(name))
            pairs = (f"{name} {listed.get(name) or 'なし'}" for name in names)
            self._limit(f"PDF を組んだ部品（{'、'.join(pairs)}）が、ここにあるものと違う")
            yield _return_jobs
            return
        with start_pdf_worker() as render:

            def render_if_possible(job: PdfJob, options: Sequence[PdfOptions]) -> list[bytes]:
                try:
                    return render(job, options)
                except MachineError as error:
                    self._limit(f"PDF を作り直せない（{error}）")
                    return _return_jobs(job, options)

            yield render_if_possible

    def _limit(self, reason: str) -> None:
        message = f"{reason}ため、PDF は本文の文だけを照らし合わせました。"
        limitation = Problem("pdf", ProblemKind.PARTIAL, message)
        if limitation not in self.limitations:  # one PDF after another may fail
            self.limitations.append(limitation)


def _return_jobs(job: PdfJob, options: Sequence[PdfOptions]) -> list[bytes]:
    lines = [b""] if any(each.draft for each in options) else []
    return [*(encode_job(job, [each]) for each in options), *lines]


def _compare_text(pdf: bytes, message: bytes) -> str | None:
    job, _ = decode_job(message)
    return (compare_body(pdf, job.body) if job.body else None) or compare_tables(pdf, job.tables)


def compare_bytes(made: bytes, found: bytes, path: str) -> str | None:
    """Returns where two files first differ, in Japanese; nothing if they are the same.

    Args:
        made: what the file should be.
        found: what it is, or its beginning if that is longer than ``made``.
        path: tells by its ending whether it is text.
    """
    if made == found:
        return None
    at = _first_difference(made, found)
    if path.endswith(".pdf"):
        return f"{at + 1:,} バイト目から"
    before = made[:at].decode("utf-8", "ignore")  # up to the beginning of a character
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    start = len(before.encode())
    right, wrong = _excerpt(made, start), _excerpt(found, start)
    expected = f"{right}の" if right else "何もない"
    return f"{line} 行 {column} 列、{expected}はずが、{wrong or '何もない'}"


def _first_difference(made: bytes, found: bytes) -> int:
    """Returns the offset of the first byte that differs, or of the end of the shorter one."""
    low, high = 0, min(len(made), len(found))
    while low < high:
        middle = (low + high + 1) // 2
        if made[low:middle] == found[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _excerpt(content: bytes, start: int) -> str:
    text = content[start : start + 4 * _SHOWN].decode("utf-8", "replace")[:_SHOWN]
    return f"「{text}」" if text else ""
