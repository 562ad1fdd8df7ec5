"""A request → an edition in its place: nothing is made again that has not changed.

All that takes long to load is loaded only when there is something to make.
"""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.loader import open_plan
from kihonkeikaku.loading.source import PlanSource
from kihonkeikaku.publishing.build_record import Ledger, program_fingerprint, recipe
from kihonkeikaku.publishing.output_folder import Place, refuse_place
from kihonkeikaku.publishing.transaction import NOTHING_KEPT, Published, is_in_place, publish
from kihonkeikaku.rendering.pdf.job import PdfOptions
from kihonkeikaku.system.folder_contents import fingerprint_packaged_file
from kihonkeikaku.system.signals import ignore_interruptions
from kihonkeikaku.system.terminal import ReportProgress

if TYPE_CHECKING:
    from kihonkeikaku.loading.loader import Loaded
    from kihonkeikaku.model.draft import Draft
    from kihonkeikaku.model.frozen import FrozenPlan
    from kihonkeikaku.model.plan import Plan
    from kihonkeikaku.publishing.manifest import Origin

KINDS: Final = ("html", "pdf")
"""What an edition may be made as."""


@dataclass(frozen=True, slots=True)
class Order:
    """The plan and the edition to compare it with, as the user named them, and what to make."""

    plan: str
    against: str | None
    kinds: frozenset[str]
    pdf_options: PdfOptions

    @property
    def plans(self) -> tuple[str, ...]:
        """All that is read."""
        return (self.plan, self.against) if self.against else (self.plan,)


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
    order: Order, place: Place, tell: ReportProgress, *, afresh: bool = False
) -> Published | None:
    """Makes an edition and puts it in place; from then on, interruptions are ignored.

    Args:
        order: what to make.
        place: the output folder.
        tell: told what is being made.
        afresh: nothing of the edition that is in place may be used again.

    Returns:
        What was put in place; nothing if just that is in place already.

    Raises:
        CommandError: a plan can't be opened or has errors, or the place is not ours to replace.
        MachineError: something can't be made or written; the old edition is as it was.
    """
    refuse_place(place, [Path(name) for name in order.plans if Path(name).exists()])
    program = program_fingerprint()
    before = NOTHING_KEPT if afresh else Ledger.read(place, program)
    opened = [open_plan(plan) for plan in order.plans]
    source = _source(order, opened)
    if source == before.source:
        tell("前に作った版を確かめています")
        if is_in_place(place, before.files):
            return None
    published = _build(order, opened, place, tell, before)
    Ledger(source, published.batches, published.files).write(place, program)
    return published


def _build(
    order: Order, opened: Sequence[PlanSource], place: Place, tell: ReportProgress, before: Ledger
) -> Published:
    """Makes what was ordered."""
    from kihonkeikaku.publishing.manifest import manifest
    from kihonkeikaku.validation.valid_plans import load_valid_plan

    tell("計画を検査しています")
    this, *others = opened
    draft, frozen_plan = _load_sound(this, order)
    old = load_valid_plan(others[0]) if others else None
    from kihonkeikaku.publishing.edition import edition_lots

    seal = partial(manifest, _origin(draft, frozen_plan, old, order))
    made = edition_lots(draft, frozen_plan, order.kinds, old, order.pdf_options, tell)
    published = None
    try:
        with closing(made) as lots:
            published = publish(lots, place, seal, before)
    except KeyboardInterrupt:
        if not published:
            raise
    assert published, "it is in place"
    ignore_interruptions()  # too late: the edition is in place
    return published


def _load_sound(opened: PlanSource, order: Order) -> "tuple[Draft, FrozenPlan]":
    """Loads and checks a plan, and freezes it.

    Where everything stands in it is not kept: that would be most of what a build has in memory.
    """
    from kihonkeikaku.model.frozen import frozen
    from kihonkeikaku.validation.valid_plans import load_valid

    loaded = load_valid(opened)
    if "pdf" in order.kinds:
        refuse_unprintable_prose(loaded)
    return loaded.draft, frozen(loaded.draft.plan())


def _origin(
    draft: "Draft", frozen_plan: "FrozenPlan", old: "Plan | None", order: Order
) -> "Origin":
    from kihonkeikaku.model.frozen import plan_sha256
    from kihonkeikaku.publishing.manifest import Named, Origin

    def named(edition: "Plan") -> Named:
        return Named(edition.head.edition.id, plan_sha256(edition))

    assert draft.head, "a draft without errors has its plan.yaml"
    origin = Origin(
        plan=Named(draft.head.edition.id, frozen_plan.sha256),
        kinds=tuple(sorted(order.kinds)),
        compared=named(old) if old else None,
        earlier=tuple(map(named, draft.editions_before())),
    )
    if "pdf" not in order.kinds:
        return origin
    from kihonkeikaku.rendering.pdf.glyph_coverage import FONTS
    from kihonkeikaku.rendering.pdf.library_versions import library_versions

    return replace(
        origin,
        variant=order.pdf_options.variant,
        draft=order.pdf_options.draft,
        fonts=tuple(Named(font.name, fingerprint_packaged_file(font).sha256) for font in FONTS),
        libraries=tuple(library_versions().items()),
    )


def _source(order: Order, opened: Iterable[PlanSource]) -> str:
    """A hash of all that the whole edition is made from, the program aside."""
    libraries: tuple[str, ...] = ()
    if "pdf" in order.kinds:
        from kihonkeikaku.rendering.pdf.library_versions import pdf_cache_key

        libraries = pdf_cache_key()
    return recipe(
        [plan.sha256 for plan in opened], sorted(order.kinds), order.pdf_options, libraries
    )


def refuse_unprintable_prose(loaded: "Loaded") -> None:
    """Returns if the PDF's fonts have every character of the plan's prose.

    The names of ministries and what is said of the publication are no prose: the PDF refuses
    these too, but can't tell the line.

    Raises:
        CommandError: they don't; the message names each character with file, line and column.
    """
    from kihonkeikaku.loading.scalars import find_column
    from kihonkeikaku.rendering.pdf.glyph_coverage import require_printable

    paths = {text: path for path, text in reversed(list(loaded.draft.prose))}

    def place(character: str, text: str) -> str:
        position = loaded.positions.find(paths[text])
        if position.file not in loaded.texts:  # a frozen edition has no lines
            return f"{position.file}、"
        line = loaded.texts[position.file].split("\n")[position.line - 1]
        column = find_column(line, position.column, text.index(character))
        return f"{position.file}:{position.line}:{column}、"

    require_printable(paths, place)
