"""What an edition consists of: in lots, each made before the next is asked for."""

from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.source import EDITIONS, PLAN_RECORD
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.frozen import FrozenPlan, freeze, plan_sha256
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.publishing.batch import Batch, File, always_anew, recipe
from kihonkeikaku.rendering.pdf.job import SetBook
from kihonkeikaku.rendering.pdf.options import PLAIN, Impression
from kihonkeikaku.system.progress import Tell, silence

if TYPE_CHECKING:
    from kihonkeikaku.rendering.html.cache_keys import CacheKeys
    from kihonkeikaku.rendering.html.history import EditionRecord
    from kihonkeikaku.rendering.html.layout import Companion, Page
    from kihonkeikaku.rendering.pdf.worker_client import Press


def edition_lots(  # noqa: PLR0913, PLR0917 # all that an edition hangs on
    draft: Draft,
    frozen_plan: FrozenPlan,
    kinds: frozenset[str],
    before: Plan | None,
    impression: Impression = PLAIN,
    tell: Tell = silence,
) -> Generator[list[Batch], None, None]:
    """Yields all of an edition but the manifest in lots; each is made before the next is asked for.

    Args:
        draft: a sound plan, and the adopted editions beside it.
        frozen_plan: that plan.
        kinds: which of ``order.KINDS`` to make.
        before: the edition to compare with, or nothing for an edition without a comparison.
        impression: the kind of PDF, and whether to make one with a draft's furniture too.
        tell: told what is being made.
    """
    plan = draft.plan()
    with _press(kinds) as press:
        document = number(plan)
        records = Batch(always_anew, lambda: [(PLAN_RECORD, frozen_plan.file()), *_records(draft)])
        if "html" in kinds:
            tell("HTML を作っています")
            yield [records, *_html_lot(document, draft, _companions(kinds, before))]
        else:
            yield [records]
        if press:
            tell("PDF を組んでいます")
            yield [_pdf_batch(document, frozen_plan.sha256, impression, press.set_book)]
        if before:
            tell("前の版と比べています")
            yield [_comparison_batch(before, plan, kinds, press)]


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


def _press(kinds: frozenset[str]) -> "AbstractContextManager[Press | None]":
    """Starts the press first of all, if there is to be a PDF: it takes time to get ready."""
    if "pdf" not in kinds:
        return nullcontext()
    from kihonkeikaku.rendering.pdf.worker_client import Press

    return Press()


def _pdf_batch(document: Document, source: str, impression: Impression, set_book: SetBook) -> Batch:
    """The PDF, and with a draft's furniture asked for, the one that has it beside it."""
    from kihonkeikaku.rendering.pdf.library_versions import printed_with
    from kihonkeikaku.rendering.pdf.plan import plan_book
    from kihonkeikaku.rendering.pdf.worker_client import job

    impressions = {"pdf/plan.pdf": replace(impression, draft=False)}
    if impression.draft:
        impressions["pdf/plan-draft.pdf"] = impression
    book = plan_book(document, source)
    ordered = list(impressions.values())
    return Batch(
        lambda: recipe(printed_with(), job(book, ordered)),
        lambda: zip(impressions, set_book(book, ordered), strict=True),
    )


def _comparison_batch(old: Plan, new: Plan, kinds: frozenset[str], press: "Press | None") -> Batch:
    from kihonkeikaku.publishing.comparison_files import comparison_files
    from kihonkeikaku.rendering.pdf.library_versions import printed_with

    libraries = printed_with() if press else ()
    set_book = press.set_book if press else None
    return Batch(
        lambda: recipe("comparison", sorted(kinds), libraries, plan_sha256(old), plan_sha256(new)),
        lambda: comparison_files(old, new, "html" in kinds, set_book),
    )
