"""Ministries that were renamed in the register, while the measures still have the old name."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath
from kihonkeikaku.text.suggestions import Suggestions


@dataclass(frozen=True, slots=True)
class MinistryRename:
    """A name that measures use, and the entry of the register that bears another one now.

    ``first`` is where the old name is used first.
    """

    old: str
    index: int
    uses: int
    first: PlanPath


def find_renames(draft: Draft) -> Iterator[MinistryRename]:
    """Yields the renames: an unknown name, used more than once, and an entry without any use.

    Which entry it is, the edition before says, by the identifier; without one, the likeness of
    the names, or that there is no other.
    """
    if draft.register is None or not draft.all_measures_read:
        return
    named = list(_uses(draft))
    uses = Counter(name for name, _ in named)
    names = {ministry.name for ministry in draft.ministries}
    unused = {
        ministry.name: index
        for index, ministry in enumerate(draft.ministries)
        if ministry.name not in uses
    }
    before = {m.name: m.id for m in draft.predecessor.ministries} if draft.predecessor else {}
    by_id = {draft.ministries[index].id: name for name, index in unused.items()}
    unknown = [name for name, count in uses.items() if count > 1 and name not in names]
    for old in unknown:
        name = by_id.get(before.get(old, "")) or Suggestions(unused).find(old)
        if not name and len(unused) == len(unknown) == 1:
            name = next(iter(unused))
        if name in unused:
            first = next(path for used, path in named if used == old)
            yield MinistryRename(old, unused.pop(name), uses[old], first)


def _uses(draft: Draft) -> Iterator[tuple[str, PlanPath]]:
    for path, assignments in draft.assignment_lists:
        for index, assignment in enumerate(assignments):
            yield assignment.ministry, (*path, index, "ministry")
