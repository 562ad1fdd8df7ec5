"""What a plan may not hold although each of its values is sound: an adopted edition never does.

The rules find these in a plan's files, with more advice; an adopted edition comes without files.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from kihonkeikaku.model.draft import Draft, draft_from_plan
from kihonkeikaku.model.ministry_cycles import find_cycles
from kihonkeikaku.model.plan import Plan, Reprint
from kihonkeikaku.model.values import Ref


def find_contradictions_within(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yields each contradiction: the value that is at fault, and what is wrong with it."""
    draft = draft_from_plan(plan)
    edition = plan.head.edition
    if edition.supersedes == edition.id:
        yield edition.id, "自分自身を改める版になっています"
    ids = [id for path, id, _ in draft.identified() if len(path) > 2]
    ids += [element.id for elements in (plan.chapters, plan.measures) for element in elements]
    for name in _repeated(ids):
        yield name, "二度使われている識別子です"
    for name in sorted(draft.shown_figures().keys() - draft.figures.keys()):
        yield name, "記録に入っていない図です"
    for name in _repeated(figure.file for figure in plan.figures):
        yield name, "二度入っている図です"
    for name in _repeated(ministry.id for ministry in plan.ministries):
        yield name, "二度使われている府省庁の識別子です"
    for name in _repeated(ministry.name for ministry in plan.ministries):
        yield name, "二度使われている府省庁の名前です"
    for name in _repeated(id for _, id in draft.placements() if isinstance(id, str)):
        yield name, "二か所に載っている取組です"
    for name in _repeated(plan.head.chapters):
        yield name, "二度挙げられている章です"
    yield from ((name, "ないものを指す識別子です") for name in _dangling(draft, plan))
    yield from _unplaced(draft, plan)
    yield from _repeated_in_a_list(draft)
    for at, key, *_ in find_cycles(plan.ministries):
        yield plan.ministries[at].id, f"{key} をたどると自分自身に戻る府省庁です"
    yield from _of_revision(draft, plan)


def _dangling(draft: Draft, plan: Plan) -> Iterator[str]:
    """Yields what chapters, lists, references and assignments point at and isn't there."""
    measures, ids = set(draft.measures), set(draft.ids())
    register = {ministry.name for ministry in plan.ministries}
    yield from (id for id in plan.head.chapters if id not in draft.chapters)
    for _, placement in draft.placements():
        id = placement if isinstance(placement, str) else placement.reprint
        if id not in measures:
            yield id
    for _, runs in draft.texts():
        yield from (run.ref for run in runs if isinstance(run, Ref) and run.ref not in ids)
    for _, assignments in draft.assignment_lists:
        yield from (a.ministry for a in assignments if a.ministry not in register)
    known = {ministry.id for ministry in plan.ministries}
    yield from (m.parent for m in plan.ministries if m.parent and m.parent not in known)
    for disposition in plan.revision:
        yield from (id for id in disposition.into if id not in measures)


def _unplaced(draft: Draft, plan: Plan) -> Iterator[tuple[str, str]]:
    """Yields what would be printed nowhere, and so has no number."""
    for name in sorted(draft.chapters.keys() - set(plan.head.chapters)):
        yield name, "章の並びに挙げられていない章です"
    originals = {placement for _, placement in draft.placements() if isinstance(placement, str)}
    for name in sorted(draft.measures.keys() - originals):
        yield name, "どの章にも載っていない取組です"


def _repeated_in_a_list(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yields what is in one list twice, where comparing could not tell one from the other."""
    for _, heading in draft.headings:
        for name in _repeated(p.reprint for p in heading.measures if isinstance(p, Reprint)):
            yield name, "一つの見出しの下に再掲が重なっている取組です"
    for _, assignments in draft.assignment_lists:
        for name in _repeated(assignment.ministry for assignment in assignments):
            yield name, "一つの【】に二度書かれている府省庁です"


def _of_revision(draft: Draft, plan: Plan) -> Iterator[tuple[str, str]]:
    """Yields where the revision says other than the rest of the plan."""
    if plan.revision and plan.head.edition.supersedes is None:
        yield plan.revision[0].id, "前の版がないのに、前の版からの変更が書かれています"
    for disposition in plan.revision:
        if disposition.became and disposition.id in draft.measures:
            yield disposition.id, "なくなったとされているのに、この版にもある取組です"


def _repeated(values: Iterable[str]) -> Iterator[str]:
    return (value for value, count in Counter(values).items() if count > 1)
