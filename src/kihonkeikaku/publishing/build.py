"""An order → an edition in its place: nothing is made again that has not changed.

All that takes long to load is loaded only when there is something to make.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kihonkeikaku.loading.source import (
    FROZEN_LIMIT,
    PLAN_RECORD,
    Opened,
    open_plan,
    read_regular_file,
)
from kihonkeikaku.publishing.batch import recipe
from kihonkeikaku.publishing.build_record import Ledger
from kihonkeikaku.publishing.output_folder import Place, refuse_place
from kihonkeikaku.publishing.previous_edition import Sighting, Standing
from kihonkeikaku.publishing.request import Order
from kihonkeikaku.publishing.staging import LARGE
from kihonkeikaku.publishing.tool_version import program_fingerprint
from kihonkeikaku.publishing.transaction import NOTHING_KEPT, Published, is_in_place, publish
from kihonkeikaku.system.fingerprint import Fingerprint, of_packaged_file
from kihonkeikaku.system.progress import Tell
from kihonkeikaku.system.second_process import meanwhile
from kihonkeikaku.system.signals import ignore_interruptions

if TYPE_CHECKING:
    from kihonkeikaku.loading.loader import Loaded
    from kihonkeikaku.loading.read_before import ReadBefore
    from kihonkeikaku.model.draft import Draft
    from kihonkeikaku.model.frozen import FrozenPlan
    from kihonkeikaku.model.plan import Plan
    from kihonkeikaku.publishing.manifest import Origin


def build(order: Order, place: Place, tell: Tell, *, afresh: bool = False) -> Published | None:
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
    with meanwhile(
        lambda: Standing(place.path).seen(before.files), helped=len(before.files) >= LARGE
    ) as look_ahead:
        opened = [open_plan(plan) for plan in order.plans]
        source = _source(order, opened)
        unchanged = source == before.source
        if not unchanged:
            import kihonkeikaku.loading.read_before  # noqa: F401
        seen = look_ahead()
    if unchanged:
        tell("前に作った版を確かめています")
        if is_in_place(place, before.files, seen):
            return None
    published, sources = _build(order, opened, place, tell, before, seen)
    Ledger(source, published.batches, published.files, sources).write(place, program)
    return published


def _build(  # noqa: PLR0913, PLR0917 # all that is known by now
    order: Order,
    opened: Sequence[Opened],
    place: Place,
    tell: Tell,
    before: Ledger,
    seen: Mapping[str, Sighting],
) -> tuple[Published, Set[str]]:
    """Makes what was ordered; returns that, and which files of the plan need not be read again."""
    from kihonkeikaku.publishing.manifest import manifest

    tell("計画を検査しています")
    this, *others = opened
    with meanwhile(
        lambda: _sound_plans(others), helped=bool(others) and this.is_large
    ) as other_plans:
        draft, frozen_plan, sources = _load_sound(this, order, _read_before(place, before))
        old = next(iter(other_plans()), None)
    from kihonkeikaku.publishing.edition import edition_lots

    seal = partial(manifest, _origin(draft, frozen_plan, old, order))
    made = edition_lots(draft, frozen_plan, order.kinds, old, order.impression, tell)
    published = None
    try:
        with closing(made) as lots:
            published = publish(lots, place, seal, before, seen)
    except KeyboardInterrupt:
        if not published:
            raise
    assert published, "it is in place"
    ignore_interruptions()  # too late: the edition is in place
    return published, sources


def _read_before(place: Place, before: Ledger) -> "ReadBefore":
    """Returns what files said when the edition in place was made, if its record is what it was."""
    from kihonkeikaku.loading.read_before import NOTHING_READ, ReadBefore

    known = before.files.get(PLAN_RECORD)
    if not known or not before.sources:
        return NOTHING_READ
    record = read_regular_file(place.path / PLAN_RECORD, FROZEN_LIMIT)
    if not isinstance(record, bytes) or Fingerprint.of(record) != known:
        return NOTHING_READ
    return ReadBefore.of(before.sources, record)


def _load_sound(
    opened: Opened, order: Order, read_before: "ReadBefore"
) -> "tuple[Draft, FrozenPlan, Set[str]]":
    """Loads and checks a plan, and freezes it; a large one is checked by a second process.

    Meanwhile, what makes its edition is imported: the rules are only needed there.

    Returns:
        The plan, twice, and which of its files need not be read again. Where everything stands in
        them is not kept: that would be most of what a build has in memory.
    """
    from kihonkeikaku.loading.loader import load
    from kihonkeikaku.loading.read_before import sources_of
    from kihonkeikaku.model.frozen import frozen

    loaded = load(opened, read_before.by)
    frozen_plan = None
    with meanwhile(lambda: _is_sound(loaded), helped=opened.is_large) as sound:
        import kihonkeikaku.publishing.edition

        if "html" in order.kinds:
            import kihonkeikaku.rendering.html.site  # noqa: F401
        if not loaded.findings:
            frozen_plan = frozen(loaded.draft.plan())
        if not sound():
            from kihonkeikaku.validation.linter import InvalidPlanError, check

            raise InvalidPlanError(opened.label, check(loaded))
    assert frozen_plan, "what can't be read is an error"
    if "pdf" in order.kinds:
        from kihonkeikaku.publishing.printability import refuse_unprintable_prose

        refuse_unprintable_prose(loaded)
    return loaded.draft, frozen_plan, sources_of(opened, loaded)


def _sound_plans(opened: Iterable[Opened]) -> "list[Plan]":
    from kihonkeikaku.validation.linter import sound_plan

    return [sound_plan(plan) for plan in opened]


def _is_sound(loaded: "Loaded") -> bool:
    from kihonkeikaku.validation.linter import is_sound

    return is_sound(loaded)


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
        variant=order.impression.variant,
        draft=order.impression.draft,
        fonts=tuple(Named(font.name, of_packaged_file(font).sha256) for font in FONTS),
        libraries=tuple(library_versions().items()),
    )


def _source(order: Order, opened: Iterable[Opened]) -> str:
    """A hash of all that the whole edition is made from, the program aside."""
    libraries: tuple[str, ...] = ()
    if "pdf" in order.kinds:
        from kihonkeikaku.rendering.pdf.library_versions import printed_with

        libraries = printed_with()
    return recipe(
        [plan.sha256 for plan in opened], sorted(order.kinds), order.impression, libraries
    )
