"""Makes the edition that a request asks for; nothing is made again that has not changed.

All that takes long to load is loaded only when there is something to make.
"""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.folder import leads_anywhere
from kihonkeikaku.loading.plan_resolver import named_record, open_plan
from kihonkeikaku.loading.source import PlanSource
from kihonkeikaku.publishing.build_record import BuildRecord, fingerprint_program, hash_inputs
from kihonkeikaku.publishing.output_folder import OutputFolder, require_replaceable
from kihonkeikaku.publishing.transaction import NO_RECORD, PublishedEdition, is_in_place, publish
from kihonkeikaku.rendering.pdf.job import PdfOptions
from kihonkeikaku.system.signals import ignore_interruptions
from kihonkeikaku.system.terminal import ReportProgress

if TYPE_CHECKING:
    from kihonkeikaku.model.draft import Draft
    from kihonkeikaku.model.frozen import FrozenPlan
    from kihonkeikaku.model.plan import Plan

KINDS: Final = ("html", "pdf", "docx")
"""What an edition may be made as."""


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """The plan and the editions to compare it with, as the user named them, and what to make."""

    plan: str
    against: tuple[str, ...]
    kinds: frozenset[str]
    pdf_options: PdfOptions

    @property
    def plans(self) -> tuple[str, ...]:
        """All plans that are read."""
        return self.plan, *self.against


def parse_only(only: str) -> frozenset[str]:
    """Returns the kinds of output that ``--only`` names, such as 「html,pdf」.

    Raises:
        CommandError: it names something else.
    """
    kinds = frozenset(part.strip() for part in only.split(",") if part.strip())
    unknown = kinds - set(KINDS)
    if unknown or not kinds:
        raise CommandError(f"--only には {'、'.join(KINDS)} を、コンマで区切って書いてください。")
    return kinds


def build(
    request: BuildRequest,
    out: OutputFolder,
    report_progress: ReportProgress,
    *,
    from_scratch: bool = False,
) -> PublishedEdition | None:
    """Makes an edition and puts it in place; from then on, interruptions are ignored.

    Args:
        request: what to make.
        out: the output folder.
        report_progress: called with the name of each stage.
        from_scratch: whether to use nothing of the edition that is in place.

    Returns:
        What was put in place; nothing if the same edition is in place already.

    Raises:
        CommandError: a plan can't be opened or has errors, or the output folder is not ours to
            replace.
        MachineError: something can't be made or written; the previous edition is as it was.
    """
    names = [named_record(name) or name for name in request.plans]
    require_replaceable(out, [Path(name) for name in names if leads_anywhere(name)])
    program = fingerprint_program()
    record = NO_RECORD if from_scratch else BuildRecord.read(out, program)
    this = open_plan(request.plan)
    opened = [this, *(open_plan(plan, this) for plan in request.plans[1:])]
    cache_key = _cache_key(request, opened)
    if cache_key == record.cache_key:
        report_progress("前に作った版を確かめています")
        if is_in_place(out, record.files):
            return None
    published = _make(request, opened, out, report_progress, record)
    BuildRecord(cache_key, published.parts, published.files).write(out, program)
    return published


def _make(
    request: BuildRequest,
    opened: Sequence[PlanSource],
    out: OutputFolder,
    report_progress: ReportProgress,
    record: BuildRecord,
) -> PublishedEdition:
    from kihonkeikaku.publishing.edition import edition_origin, edition_parts
    from kihonkeikaku.publishing.manifest import manifest_file
    from kihonkeikaku.validation.linter import load_valid_plan

    report_progress("計画を検査しています")
    this, *others = opened
    draft, frozen_plan = _load_plan(this, request)
    olds = tuple(map(load_valid_plan, others))
    _require_different_editions(olds)
    made_from = draft, frozen_plan, request.kinds, olds, request.pdf_options
    make_manifest = partial(manifest_file, edition_origin(*made_from))
    parts = edition_parts(*made_from, report_progress)
    published = None
    try:
        with closing(parts):
            published = publish(parts, out, make_manifest, record)
    except KeyboardInterrupt:
        if not published:
            raise
    assert published, "it is in place"
    ignore_interruptions()  # too late: the edition is in place
    return published


def _require_different_editions(olds: "tuple[Plan, ...]") -> None:
    """Refuses two comparisons with one edition: the id of the edition names their folders.

    Raises:
        CommandError: two have the same id.
    """
    ids = [old.head.edition.id for old in olds]
    for id in ids:
        if ids.count(id) > 1:
            raise CommandError(
                f"--against の二つが、どちらも版「{id}」です。違う版を指定してください。"
            )


def _load_plan(opened: PlanSource, request: BuildRequest) -> "tuple[Draft, FrozenPlan]":
    """Loads, checks and freezes a plan.

    The positions in its files are not kept: they take most of the memory of a build.
    """
    from kihonkeikaku.model.frozen import freeze_plan
    from kihonkeikaku.validation.linter import load_valid

    loaded = load_valid(opened)
    return loaded.draft, freeze_plan(loaded.draft.plan())


def _cache_key(request: BuildRequest, opened: Iterable[PlanSource]) -> str:
    """A hash of all that the whole edition is made from, except for the program itself."""
    libraries: tuple[str, ...] = ()
    if "pdf" in request.kinds:
        from kihonkeikaku.rendering.pdf.library_versions import pdf_cache_key

        libraries = pdf_cache_key()
    plans = [plan.sha256 for plan in opened]
    return hash_inputs(plans, sorted(request.kinds), request.pdf_options, libraries)
