"""What an edition consists of: its parts, in the order in which they are made."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.source import EDITIONS, PLAN_RECORD
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.figures import FigureFile
from kihonkeikaku.model.frozen import FrozenPlan, freeze, hash_plan
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.model.values import Id
from kihonkeikaku.publishing.build_record import hash_inputs
from kihonkeikaku.publishing.manifest import EditionOrigin, NamedHash
from kihonkeikaku.rendering.pdf.job import DEFAULT_OPTIONS, PdfJob, PdfOptions, RenderPdfs
from kihonkeikaku.system.fingerprint import fingerprint_packaged_file
from kihonkeikaku.system.terminal import ReportProgress, report_nothing

if TYPE_CHECKING:
    from kihonkeikaku.rendering.html.cache_keys import CacheKeys
    from kihonkeikaku.rendering.html.history import EditionRecord
    from kihonkeikaku.rendering.html.layout import Companion, Page

DRAFT_LINES: Final = "pdf/plan-draft-lines.csv"
"""What stands in each numbered line of the draft."""

EditionFile = tuple[str, bytes]
"""A file's path within the edition, with slashes, and its content."""


def comparison_folder(at: int, edition: Id) -> str:
    """Returns the folder of a comparison within an edition: the first, or one after that.

    Args:
        at: which of the comparisons it is, from 0.
        edition: the edition that is compared with.
    """
    return f"comparison/{edition}" if at else "comparison"


def old_record(folder: str) -> str:
    """Returns where the edition compared with is kept, if it is none of the adopted ones."""
    return f"{folder}/old.json"


StartRenderer = Callable[[], AbstractContextManager[RenderPdfs]]
"""Starts what renders PDFs while the context lasts."""


@contextmanager
def start_pdf_worker() -> Iterator[RenderPdfs]:
    """Starts a process that renders PDFs.

    Raises:
        MachineError: it can't be started.
    """
    from kihonkeikaku.rendering.pdf.worker_client import PdfWorker

    with PdfWorker() as worker:
        yield worker.render


class Part(Protocol):
    """Files of an edition that are made together."""

    @property
    def cache_key(self) -> str:
        """A hash of all that the files are made from, except for the program itself.

        Files of an earlier edition with the same key are the same; empty for files that are always
        made.
        """

    def render(self) -> Iterable[EditionFile]:
        """Makes the files.

        Raises:
            MachineError: something can't be made.
        """


def edition_parts(  # noqa: PLR0913, PLR0917 # all that an edition depends on
    draft: Draft,
    frozen_plan: FrozenPlan,
    kinds: frozenset[str],
    olds: tuple[Plan, ...],
    pdf_options: PdfOptions = DEFAULT_OPTIONS,
    report_progress: ReportProgress = report_nothing,
    start_renderer: StartRenderer = start_pdf_worker,
) -> Generator[Part, None, None]:
    """Yields the parts of an edition, all but the manifest.

    Args:
        draft: a valid plan, and the adopted editions beside it.
        frozen_plan: that plan.
        kinds: which of ``build.KINDS`` to make.
        olds: the editions to compare with, none for an edition without a comparison.
        pdf_options: the kind of PDF, and whether to make one with a draft's furniture too.
        report_progress: called with the name of each stage.
        start_renderer: called first of all, if there is to be a PDF: it starts slowly.
    """
    plan, earlier = draft.plan(), tuple(draft.editions_before())
    with start_renderer() if "pdf" in kinds else nullcontext() as render_pdfs:
        document = number(plan)
        yield _PlanRecords(frozen_plan, earlier)
        if "html" in kinds:
            report_progress("HTML を作っています")
            yield from _html_parts(document, plan, draft, _companions(kinds, olds))
        if render_pdfs:
            report_progress("PDF を組んでいます")
            yield _pdf_part(document, plan, frozen_plan.sha256, pdf_options, render_pdfs)
        if "docx" in kinds:
            report_progress("Word を作っています")
            yield _PlanDocx(document, frozen_plan.sha256)
        comparisons = _comparison_companions(olds)
        for at, old in enumerate(olds):
            report_progress("前の版と比べています")
            yield ComparisonFiles(
                comparison_folder(at, old.head.edition.id),
                old,
                plan,
                {edition.head.edition.id: edition for edition in earlier},
                hash_plan(old) in map(hash_plan, earlier),
                comparisons if "html" in kinds else (),
                render_pdfs,
                not kinds.isdisjoint(("pdf", "docx")),
            )


def edition_origin(
    draft: Draft,
    frozen_plan: FrozenPlan,
    kinds: frozenset[str],
    olds: tuple[Plan, ...],
    pdf_options: PdfOptions,
) -> EditionOrigin:
    """Returns what the manifest says that an edition was made from; see ``edition_parts``."""
    origin = EditionOrigin(
        plan=NamedHash(draft.plan().head.edition.id, frozen_plan.sha256),
        kinds=tuple(sorted(kinds)),
        compared=tuple(map(_name_and_hash, olds)),
        earlier=tuple(map(_name_and_hash, draft.editions_before())),
        base_url=draft.base_url,
    )
    if "pdf" not in kinds:
        return origin
    from kihonkeikaku.rendering.pdf.glyph_coverage import FONTS
    from kihonkeikaku.rendering.pdf.library_versions import library_versions

    return replace(
        origin,
        variant=pdf_options.variant,
        draft=pdf_options.draft,
        fonts=tuple(NamedHash(font.name, fingerprint_packaged_file(font).sha256) for font in FONTS),
        libraries=tuple(library_versions().items()),
    )


def _name_and_hash(edition: Plan) -> NamedHash:
    return NamedHash(edition.head.edition.id, hash_plan(edition))


@dataclass(frozen=True, slots=True)
class _PlanRecords:
    """The plan and the adopted editions before it, for whoever wants to verify the edition."""

    plan: FrozenPlan
    earlier: tuple[Plan, ...]
    cache_key: str = ""

    def render(self) -> Iterator[EditionFile]:
        yield PLAN_RECORD, self.plan.file()
        for plan in self.earlier:
            yield f"{EDITIONS}/{plan.head.edition.id}.json", freeze(plan)


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """One page: it depends on what it says, not on the rest of the plan."""

    page: "Page"
    keys: "CacheKeys"

    @property
    def cache_key(self) -> str:
        """A hash of all that the page is rendered from; see ``Part``."""
        return self.keys.key(self.page)

    @property
    def path(self) -> str:
        """The path of its file within the edition."""
        return f"html/{self.page.path}"

    def render(self) -> Iterator[EditionFile]:
        """Makes the page.

        Raises:
            MachineError: its text differs from the plan.
        """
        yield self.path, self.page.render()


@dataclass(frozen=True, slots=True)
class _HtmlAssets:
    """The style sheets and scripts that the pages share."""

    cache_key: str = ""

    def render(self) -> Iterable[EditionFile]:
        from kihonkeikaku.rendering.html.site import asset_files

        return asset_files()


@dataclass(frozen=True, slots=True)
class _HtmlFigures:
    """The pictures that the pages show."""

    figures: tuple[FigureFile, ...]
    cache_key: str = ""

    def render(self) -> Iterator[EditionFile]:
        for figure in self.figures:
            yield f"html/{figure.file}", figure.data


@dataclass(frozen=True, slots=True)
class _Pdf:
    """The PDF; with a draft asked for, also the PDF that has line numbers and the like."""

    job: PdfJob
    all_options: tuple[PdfOptions, ...]
    render_pdfs: RenderPdfs

    @property
    def cache_key(self) -> str:
        from kihonkeikaku.rendering.pdf.job import encode_job
        from kihonkeikaku.rendering.pdf.library_versions import pdf_cache_key

        return hash_inputs(pdf_cache_key(), encode_job(self.job, self.all_options))

    def render(self) -> Iterator[EditionFile]:
        pdfs = self.render_pdfs(self.job, self.all_options)
        names = [
            "pdf/plan-draft.pdf" if each.draft else "pdf/plan.pdf" for each in self.all_options
        ]
        lines = [DRAFT_LINES] if any(each.draft for each in self.all_options) else []
        yield from zip((*names, *lines), pdfs, strict=True)


@dataclass(frozen=True, slots=True)
class _PlanDocx:
    """The whole edition as a Word file."""

    document: Document
    sha256: str

    @property
    def cache_key(self) -> str:
        return hash_inputs("docx", self.sha256)

    def render(self) -> Iterator[EditionFile]:
        from kihonkeikaku.rendering.word.plan_docx import plan_docx

        yield "word/plan.docx", plan_docx(self.document)


@dataclass(frozen=True, slots=True)
class ComparisonFiles:
    """All files of one comparison; its page leads to ``pages``, those of all comparisons.

    ``pages`` is empty where no page is made; ``on_paper`` tells whether Word files are made.
    """

    folder: str
    old: Plan
    new: Plan
    adopted: Mapping[Id, Plan]
    is_recorded: bool
    pages: "tuple[Companion, ...]"
    render_pdfs: RenderPdfs | None
    on_paper: bool

    @property
    def cache_key(self) -> str:
        """A hash of both editions and of what is made of them; see ``Part``."""
        from kihonkeikaku.rendering.pdf.library_versions import pdf_cache_key

        libraries = pdf_cache_key() if self.render_pdfs else ()
        plans = hash_plan(self.old), hash_plan(self.new)
        adopted = sorted(map(hash_plan, self.adopted.values()))
        made = self.is_recorded, self.pages, self.on_paper
        return hash_inputs(self.folder, adopted, made, libraries, plans)

    def render(self) -> Iterator[EditionFile]:
        """Makes the changes as data, the amendment, and the table.

        Raises:
            ProofError: the comparison left something out.
            MachineError: a table says something else than the editions.
        """
        from kihonkeikaku.amendment.amendment import amendment_or_notice
        from kihonkeikaku.diff.comparison import compare_editions
        from kihonkeikaku.rendering.comparison.report import comparison_report
        from kihonkeikaku.rendering.comparison.table_options import TableOptions
        from kihonkeikaku.reports.changes import changes_json

        both = compare_editions(self.old, self.new, adopted=self.adopted)
        amendment, proof = amendment_or_notice(self.old, self.new)
        yield f"{self.folder}/changes.json", (changes_json(both) + "\n").encode()
        yield f"{self.folder}/amendment.txt", amendment.encode()
        if not self.is_recorded:
            yield old_record(self.folder), freeze(self.old)
        report = comparison_report(both, TableOptions(), proof)
        if self.pages:
            from kihonkeikaku.rendering.comparison.desk import desk_page, desk_script
            from kihonkeikaku.rendering.comparison.html import comparison_page, comparison_style

            yield desk_page(both, f"{self.folder}/desk.html")
            yield comparison_page(report, f"{self.folder}/index.html", self.pages)
            if self.folder == comparison_folder(0, ""):  # one file for all of them
                yield comparison_style()
                yield desk_script()
        if self.render_pdfs:
            from kihonkeikaku.rendering.comparison.pdf import comparison_pdf

            yield f"{self.folder}/comparison.pdf", comparison_pdf(report, self.render_pdfs)
        if self.on_paper:
            from kihonkeikaku.rendering.word.comparison_docx import comparison_docx
            from kihonkeikaku.rendering.word.redline_docx import redline_docx

            yield f"{self.folder}/comparison.docx", comparison_docx(report)
            yield f"{self.folder}/redline.docx", redline_docx(both)


def _html_parts(
    document: Document, plan: Plan, draft: Draft, companions: "tuple[Companion, ...]"
) -> Iterator[Part]:
    from kihonkeikaku.rendering.html.cache_keys import CacheKeys
    from kihonkeikaku.rendering.html.history import EditionRecord
    from kihonkeikaku.rendering.html.site import site_pages

    present, keys = EditionRecord(document, plan.revision), CacheKeys()
    for page in site_pages(present, _earlier_editions(draft), companions, draft.base_url):
        yield HtmlPage(page, keys)
    yield _HtmlAssets()
    if plan.figures:
        yield _HtmlFigures(plan.figures)


def _earlier_editions(draft: Draft) -> "tuple[EditionRecord, ...]":
    """The adopted editions before this one, oldest first.

    Raises:
        CommandError: one of them contradicts itself.
    """
    from kihonkeikaku.rendering.html.history import EditionRecord

    records: list[EditionRecord] = []
    for plan in draft.editions_before():
        try:
            records.append(EditionRecord(number(plan), plan.revision))
        except KeyError as error:
            raise CommandError(
                f"決定された版「{plan.head.edition.id}」の記録に、ないものを指す識別子"
                f"「{error.args[0]}」があるため、経緯を示せません。"
            ) from error
    return tuple(reversed(records))


def _companions(kinds: frozenset[str], olds: tuple[Plan, ...]) -> "tuple[Companion, ...]":
    """The files beside ``html/`` that its pages link to."""
    from kihonkeikaku.rendering.html.layout import Companion

    pdf = Companion("pdf/plan.pdf", "application/pdf", "PDF")
    data = Companion(PLAN_RECORD, "application/json", "データ（JSON）")
    return (*((pdf,) if "pdf" in kinds else ()), *_comparison_companions(olds), data)


def _comparison_companions(olds: tuple[Plan, ...]) -> "tuple[Companion, ...]":
    """The pages of the comparisons; each says with which edition if there are several."""
    from kihonkeikaku.rendering.html.layout import Companion

    def title(old: Plan) -> str:
        return f"（{number(old).book_title}、{old.head.edition.id} と）" if len(olds) > 1 else ""

    return tuple(
        Companion(
            f"{comparison_folder(at, old.head.edition.id)}/index.html",
            "text/html",
            f"新旧対照表{title(old)}",
        )
        for at, old in enumerate(olds)
    )


def _pdf_part(
    document: Document, plan: Plan, source: str, pdf_options: PdfOptions, render_pdfs: RenderPdfs
) -> _Pdf:
    from kihonkeikaku.rendering.pdf.plan_pdf import make_plan_job

    final = replace(pdf_options, draft=False)
    all_options = (final, pdf_options) if pdf_options.draft else (final,)
    return _Pdf(make_plan_job(document, source, plan.figures), all_options, render_pdfs)
