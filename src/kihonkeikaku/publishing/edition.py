"""What an edition consists of: in lots, each made before the next is asked for."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.source import EDITIONS, PLAN_RECORD
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.frozen import FrozenPlan, freeze, plan_sha256
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.publishing.build_record import recipe
from kihonkeikaku.rendering.pdf.job import DEFAULT_OPTIONS, PdfOptions, RenderPdfs
from kihonkeikaku.system.terminal import ReportProgress, report_nothing

if TYPE_CHECKING:
    from kihonkeikaku.diff.comparison import ComparisonResult
    from kihonkeikaku.rendering.html.cache_keys import CacheKeys
    from kihonkeikaku.rendering.html.history import EditionRecord
    from kihonkeikaku.rendering.html.layout import Companion, Page
    from kihonkeikaku.rendering.pdf.worker_client import PdfWorker

File = tuple[str, bytes]
"""A file's path within the edition, with slashes, and its content."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some files, and what they are made from.

    ``recipe`` returns a hash of all that goes into them, the program aside: where it is what it
    was, ``make`` would give the same files again. ``names`` are the paths of those files that are
    known before they are made.
    """

    recipe: Callable[[], str]
    make: Callable[[], Iterable[File]]
    names: tuple[str, ...] = ()


def always_anew() -> str:
    """The recipe of what is always made."""
    return ""


def edition_lots(  # noqa: PLR0913, PLR0917 # all that an edition hangs on
    draft: Draft,
    frozen_plan: FrozenPlan,
    kinds: frozenset[str],
    before: Plan | None,
    pdf_options: PdfOptions = DEFAULT_OPTIONS,
    tell: ReportProgress = report_nothing,
) -> Generator[list[Batch], None, None]:
    """Yields all of an edition but the manifest in lots; each is made before the next is asked for.

    Args:
        draft: a sound plan, and the adopted editions beside it.
        frozen_plan: that plan.
        kinds: which of ``order.KINDS`` to make.
        before: the edition to compare with, or nothing for an edition without a comparison.
        pdf_options: the kind of PDF, and whether to make a draft too.
        tell: told what is being made.
    """
    plan = draft.plan()
    with _pdf_worker(kinds) as worker:
        document = number(plan)
        records = Batch(always_anew, lambda: [(PLAN_RECORD, frozen_plan.file()), *_records(draft)])
        if "html" in kinds:
            tell("HTML を作っています")
            yield [records, *_html_lot(document, draft, _companions(kinds, before))]
        else:
            yield [records]
        if worker:
            tell("PDF を組んでいます")
            yield [_pdf_batch(document, frozen_plan.sha256, pdf_options, worker.render)]
        if before:
            tell("前の版と比べています")
            yield [_comparison_batch(before, plan, kinds, worker)]


def _records(draft: Draft) -> Iterator[File]:
    """The adopted editions before this one: whoever has the folder can check them too."""
    for plan in draft.editions_before():
        yield f"{EDITIONS}/{plan.head.edition.id}.json", freeze(plan)


def _html_lot(document: Document, draft: Draft, companions: "tuple[Companion, ...]") -> list[Batch]:
    """A batch a page: what it says of one measure is all that it hangs on."""
    from kihonkeikaku.rendering.html.cache_keys import CacheKeys
    from kihonkeikaku.rendering.html.history import EditionRecord
    from kihonkeikaku.rendering.html.site import asset_files, site_pages

    present, keys = EditionRecord(document, draft.revision), CacheKeys()
    pages = site_pages(present, _earlier(draft), companions)
    return [*(_page_batch(page, keys) for page in pages), Batch(always_anew, asset_files)]


def _page_batch(page: "Page", keys: "CacheKeys") -> Batch:
    name = f"html/{page.path}"
    return Batch(lambda: keys.key(page), lambda: [(name, page.render())], (name,))


def _earlier(draft: Draft) -> "tuple[EditionRecord, ...]":
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


def _companions(kinds: frozenset[str], before: Plan | None) -> "tuple[Companion, ...]":
    """What there is beside the HTML edition, for its pages to lead to."""
    wanted: dict[Companion, bool] = {
        "pdf/plan.pdf": "pdf" in kinds,
        "comparison/index.html": before is not None,
        "plan.json": True,
    }
    return tuple(companion for companion, made in wanted.items() if made)


def _pdf_worker(kinds: frozenset[str]) -> "AbstractContextManager[PdfWorker | None]":
    """Starts the worker first of all, if there is to be a PDF: it takes time to get ready."""
    if "pdf" not in kinds:
        return nullcontext()
    from kihonkeikaku.rendering.pdf.worker_client import PdfWorker

    return PdfWorker()


def _pdf_batch(document: Document, source: str, options: PdfOptions, render: RenderPdfs) -> Batch:
    """The PDF, and with a draft's furniture asked for, the one that has it beside it."""
    from kihonkeikaku.rendering.pdf.job import encode_job
    from kihonkeikaku.rendering.pdf.library_versions import pdf_cache_key
    from kihonkeikaku.rendering.pdf.plan_pdf import make_plan_job

    files = {"pdf/plan.pdf": replace(options, draft=False)}
    if options.draft:
        files["pdf/plan-draft.pdf"] = options
    job = make_plan_job(document, source)
    all_options = list(files.values())
    return Batch(
        lambda: recipe(pdf_cache_key(), encode_job(job, all_options)),
        lambda: zip(files, render(job, all_options), strict=True),
    )


def _comparison_batch(
    old: Plan, new: Plan, kinds: frozenset[str], worker: "PdfWorker | None"
) -> Batch:
    pass
    from kihonkeikaku.rendering.pdf.library_versions import pdf_cache_key

    libraries = pdf_cache_key() if worker else ()
    render = worker.render if worker else None
    return Batch(
        lambda: recipe("comparison", sorted(kinds), libraries, plan_sha256(old), plan_sha256(new)),
        lambda: comparison_files(old, new, "html" in kinds, render),
    )


def comparison_files(old: Plan, new: Plan, html: bool, render: RenderPdfs | None) -> Iterator[File]:
    """Yields all that stands under ``comparison/`` in an edition's folder.

    Args:
        old: the edition before.
        new: the edition itself.
        html: whether to make the table as pages too.
        render: renders the table as a PDF too, if there is to be one.

    Raises:
        ProofError: the comparison left something out.
        MachineError: a table says something else than the editions.
    """
    from kihonkeikaku.amendment.amendment import proved_amendment
    from kihonkeikaku.diff.comparison import compare_editions
    from kihonkeikaku.rendering.comparison.options import TableOptions
    from kihonkeikaku.rendering.comparison.report import comparison_report

    both = compare_editions(old, new)
    amendment, proof = proved_amendment(old, new)
    yield from _data(both, amendment)
    table = comparison_report(both, TableOptions(), proof)
    if html:
        from kihonkeikaku.rendering.comparison.html import comparison_pages

        yield from comparison_pages(table).items()
    if render:
        from kihonkeikaku.rendering.comparison.pdf import comparison_pdf

        yield "comparison/comparison.pdf", comparison_pdf(table, render)


def comparison_data(old: Plan, new: Plan) -> Iterator[File]:
    """Yields what a comparison has for programs and for the law: changes and amendment text."""
    from kihonkeikaku.amendment.amendment import proved_amendment
    from kihonkeikaku.diff.comparison import compare_editions

    yield from _data(compare_editions(old, new), proved_amendment(old, new)[0])


def _data(both: "ComparisonResult", amendment: str) -> Iterator[File]:
    from kihonkeikaku.reports.changes import changes_json

    yield "comparison/changes.json", (changes_json(both) + "\n").encode()
    yield "comparison/amendment.txt", amendment.encode()
