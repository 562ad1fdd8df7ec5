"""An order → an edition in its place: nothing is made again that has not changed.

All that takes long to load is loaded only when there is something to make.
"""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kihonkeikaku.loading.loader import open_plan
from kihonkeikaku.loading.source import Opened
from kihonkeikaku.publishing.batch import recipe
from kihonkeikaku.publishing.build_record import Ledger
from kihonkeikaku.publishing.output_folder import Place, refuse_place
from kihonkeikaku.publishing.request import Order
from kihonkeikaku.publishing.tool_version import program_fingerprint
from kihonkeikaku.publishing.transaction import NOTHING_KEPT, Published, is_in_place, publish
from kihonkeikaku.system.fingerprint import of_packaged_file
from kihonkeikaku.system.progress import Tell
from kihonkeikaku.system.signals import ignore_interruptions

if TYPE_CHECKING:
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
    order: Order, opened: Sequence[Opened], place: Place, tell: Tell, before: Ledger
) -> Published:
    """Makes what was ordered."""
    from kihonkeikaku.publishing.manifest import manifest
    from kihonkeikaku.validation.valid_plans import sound_plan

    tell("計画を検査しています")
    this, *others = opened
    draft, frozen_plan = _load_sound(this, order)
    old = sound_plan(others[0]) if others else None
    from kihonkeikaku.publishing.edition import edition_lots

    seal = partial(manifest, _origin(draft, frozen_plan, old, order))
    made = edition_lots(draft, frozen_plan, order.kinds, old, order.impression, tell)
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


def _load_sound(opened: Opened, order: Order) -> "tuple[Draft, FrozenPlan]":
    """Loads and checks a plan, and freezes it.

    Where everything stands in it is not kept: that would be most of what a build has in memory.
    """
    from kihonkeikaku.model.frozen import frozen
    from kihonkeikaku.validation.valid_plans import load_sound

    loaded = load_sound(opened)
    if "pdf" in order.kinds:
        from kihonkeikaku.publishing.printability import refuse_unprintable_prose

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
