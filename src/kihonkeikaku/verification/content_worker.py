"""The worker that checks the contents of an edition, in a process of its own.

The files are untrusted, and native code that reads them may crash. Run as a module, it writes a
line of JSON for each problem, before each file a line with its path, and at the end the counts.
"""

import json
import sys
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from kihonkeikaku import __version__
from kihonkeikaku.loading.source import EDITIONS, PLAN_RECORD
from kihonkeikaku.model.document import Document, NumberedMeasure
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.model.values import Id
from kihonkeikaku.publishing.edition import comparison_data
from kihonkeikaku.publishing.manifest import MANIFEST
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.fidelity import compare_measure_page, compare_plan_page
from kihonkeikaku.system.worker_process import limit_resources
from kihonkeikaku.verification.edition_chain import (
    find_chain_problems,
    find_contradictions,
    read_frozen_plan,
)
from kihonkeikaku.verification.links import PageLinks, find_dead_links, is_well_formed, read_links
from kihonkeikaku.verification.manifest_check import (
    MANIFEST_LIMIT,
    ManifestListing,
    UnreadableManifestError,
)
from kihonkeikaku.verification.problems import Problem, ProblemKind
from kihonkeikaku.verification.untrusted_folder import UnreadableFileError, UntrustedFolder

TIME_LIMIT: Final = 300
"""In seconds of CPU time."""

MEMORY_LIMIT: Final = 4 << 30
"""In bytes."""

PAGE_LIMIT: Final = 64 << 20
"""Largest page that is read, in bytes."""

PDF_LIMIT: Final = 512 << 20

HTML: Final = "html/"

PDFS: Final = ("pdf/plan.pdf", "pdf/plan-draft.pdf")

MOST_WRITTEN: Final = 1_000
"""Most problems that are written one by one; the rest is counted."""

WorkerMessage = Problem | str
"""A problem, or the path of the file that is checked next."""


@dataclass(slots=True)
class CheckedCounts:
    """What was checked: pages, links, PDFs, and records of the editions before this one."""

    pages: int = 0
    links: int = 0
    pdfs: int = 0
    editions: list[Id] = field(default_factory=list)


class ContentCheck:
    """The check of an edition's contents; ``checked`` is complete once all problems are found."""

    def __init__(self, folder: UntrustedFolder) -> None:
        self.checked = CheckedCounts()
        self._folder = folder
        self._files = frozenset(entry.name for entry in folder.entries() if entry.is_file)
        self._listing = _read_listing(folder)

    def find_problems(self) -> Iterator[WorkerMessage]:
        """Yields the problems, and before each file its path."""
        yield PLAN_RECORD
        plan = read_frozen_plan(self._folder, PLAN_RECORD)
        records = yield from self._read_records()
        self.checked.editions = list(records)
        document = None
        if isinstance(plan, str):
            yield Problem(PLAN_RECORD, ProblemKind.PLAN, plan)
        else:
            if self._listing:
                yield from find_contradictions(plan, self._listing)
            listed = self._listing.editions if self._listing else None
            yield from find_chain_problems(plan, records, listed)
            yield from self._check_comparison(plan, records)
            document = _number_plan(plan)
            if document is None:
                message = "ないものを指す識別子があり、計画として印字できません。"
                yield Problem(PLAN_RECORD, ProblemKind.PLAN, message)
        yield from self._check_pages(
            document, list(filter(None, map(_number_plan, records.values())))
        )
        yield from self._check_pdfs(document)

    def _read_records(self) -> Generator[WorkerMessage, None, dict[Id, Plan]]:
        records = {}
        for path in sorted(self._files):
            folder, _, name = path.rpartition("/")
            if folder == EDITIONS and name.endswith(".json"):
                yield path
                plan = read_frozen_plan(self._folder, path)
                if isinstance(plan, str):
                    yield Problem(path, ProblemKind.CHAIN, plan)
                else:
                    records[name.removesuffix(".json")] = plan
        return records

    def _check_pages(
        self, document: Document | None, earlier: list[Document]
    ) -> Iterator[WorkerMessage]:
        paths = sorted(path for path in self._files if path.endswith(".html"))
        if document and (self._has("html") or any(path.startswith(HTML) for path in paths)):
            yield from _find_missing_pages(document, earlier, self._files)
        measures = _measures_by_page(document) if document else {}
        found: dict[str, PageLinks] = {}
        for path in paths:
            yield path
            try:
                page = self._folder.read(path, PAGE_LIMIT).decode("utf-8")
            except (UnreadableFileError, UnicodeDecodeError) as why:
                yield Problem(path, ProblemKind.UNREADABLE, _unreadable_message(why))
                continue
            if not is_well_formed(page):
                message = "HTML の形が崩れています（閉じていないタグなど）。"
                yield Problem(path, ProblemKind.UNREADABLE, message)
                continue
            found[path] = read_links(page)
            if document:
                yield from _find_page_problems(path, page, document, measures)
        self.checked.pages = len(found)
        self.checked.links = sum(len(each.links) for each in found.values())
        publication = document.head.publication if document else None
        base_url = publication.base_url if publication else None
        yield from find_dead_links(found, self._files, base_url)

    def _check_pdfs(self, document: Document | None) -> Iterator[WorkerMessage]:
        if self._has("pdf") and PDFS[0] not in self._files:
            yield Problem(PDFS[0], ProblemKind.MISSING, "計画の PDF がありません。")
        for path in PDFS:
            if document is None or path not in self._files:
                continue
            yield path
            try:
                pdf = self._folder.read(path, PDF_LIMIT)
            except UnreadableFileError as why:
                yield Problem(path, ProblemKind.UNREADABLE, _unreadable_message(why))
                continue
            self.checked.pdfs += 1
            yield from _find_pdf_problems(path, pdf, document)

    def _check_comparison(self, plan: Plan, records: Mapping[Id, Plan]) -> Iterator[WorkerMessage]:
        """Compares the two editions again, if both are there and this version compared them."""
        listing = self._listing
        old = records.get(listing.compared) if listing and listing.compared else None
        if not old or not listing or listing.version != __version__:
            return
        for path, expected in comparison_data(old, plan):
            yield path
            try:
                same = self._folder.read(path, PAGE_LIMIT) == expected
            except UnreadableFileError as why:
                yield Problem(path, ProblemKind.UNREADABLE, _unreadable_message(why))
                continue
            if not same:
                message = "二つの版を比べ直したものと違います。"
                yield Problem(path, ProblemKind.COMPARISON, message)

    def _has(self, kind: str) -> bool:
        return bool(self._listing and self._listing.kinds and kind in self._listing.kinds)


def _read_listing(folder: UntrustedFolder) -> ManifestListing | None:
    """Returns the manifest, if it can be read; the parent process reports if it can't."""
    try:
        return ManifestListing.parse(folder.read(MANIFEST, MANIFEST_LIMIT))
    except (UnreadableFileError, UnreadableManifestError):
        return None


def _number_plan(plan: Plan) -> Document | None:
    """Returns a plan with its numbers; None if it contradicts itself."""
    try:
        return number(plan)
    except (LookupError, ValueError, RecursionError):
        return None


def _unreadable_message(why: Exception) -> str:
    reason = "UTF-8 ではありません" if isinstance(why, UnicodeDecodeError) else str(why)
    return f"読めません（{reason}）。"


def _measure_page_path(id: str) -> str:
    """Returns the path of a measure's page within an edition."""
    return HTML + urls.measure_page(id)


def _measures_by_page(document: Document) -> dict[str, NumberedMeasure]:
    """Returns the measures of a plan by the paths of their pages."""
    return {_measure_page_path(id): measure for id, measure in document.originals().items()}


def _find_missing_pages(
    document: Document, earlier: Sequence[Document], present: frozenset[str]
) -> Iterator[Problem]:
    """Yields the pages that an HTML edition lacks.

    Each measure and each ministry keeps its address in all later editions.

    Args:
        document: the plan.
        earlier: the editions before it.
        present: the paths of all files of the edition.
    """
    needed = {HTML + urls.PLAN: "計画の全文"}
    for each in (document, *earlier):
        needed |= {_measure_page_path(id): f"取組「{id}」" for id in each.originals()}
        needed |= {
            HTML + urls.ministry_page(ministry.id): f"府省庁「{ministry.id}」"
            for ministry in each.ministries
        }
    for path, what in needed.items():
        if path not in present:
            yield Problem(path, ProblemKind.MISSING, f"{what}のページがありません。")


def _find_page_problems(
    path: str, page: str, document: Document, measures: Mapping[str, NumberedMeasure]
) -> Iterator[Problem]:
    """Yields how the text of the plan's page or of a measure's page differs from the plan.

    Args:
        path: the page's path within the edition.
        page: the page.
        document: the plan.
        measures: its measures by the paths of their pages.
    """
    if path == HTML + urls.PLAN:
        difference = compare_plan_page(page, document)
        if difference:
            yield Problem(path, ProblemKind.TEXT, f"本文が計画と違います（{difference}）。")
        return
    measure = measures.get(path)
    fault = measure and compare_measure_page(page, measure)
    if fault:
        yield Problem(path, ProblemKind.TEXT, f"本文が計画と違います（{fault}）。")


def _find_pdf_problems(path: str, pdf: bytes, document: Document) -> Iterator[Problem]:
    """Yields how the text of a PDF's body differs from the plan."""
    from pypdfium2 import PdfiumError  # noqa: PLC0415 # loads PDFium, which only a PDF needs

    from kihonkeikaku.rendering.pdf.fidelity import compare_body  # noqa: PLC0415 # likewise
    from kihonkeikaku.rendering.pdf.plan_pdf import expected_body  # noqa: PLC0415 # likewise

    try:
        difference = compare_body(pdf, expected_body(document))
    except PdfiumError:
        yield Problem(path, ProblemKind.UNREADABLE, "PDF として読めません。")
        return
    if difference:
        yield Problem(path, ProblemKind.TEXT, f"本文が計画と違います（{difference}）。")


def main(path: str) -> None:
    """Checks the edition in a folder, within limits of time and memory."""
    limit_resources(TIME_LIMIT, MEMORY_LIMIT)
    check, count = ContentCheck(UntrustedFolder(Path(path))), 0
    for message in check.find_problems():
        if isinstance(message, str):
            _write_line({"at": message})
            continue
        count += 1
        if count <= MOST_WRITTEN:
            _write_line({"problem": message.as_json()})
    _write_line({"checked": asdict(check.checked), "problems": count})


def _write_line(data: dict[str, object]) -> None:
    print(json.dumps(data), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
