"""Generated chains of editions, with a record of what was done to the measures at each step."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from kihonkeikaku.model.plan import Disposition, Plan
from tests.diff.plans import chapter, group, measure, plan

SECTIONS: Final = ("g-0", "g-1", "g-2")
MINISTRIES: Final = ("経産省", "文科省", "総務省")
ENDS: Final = ("completed", "transferred", "abolished")


@dataclass
class Fate:
    """What a measure of one edition is in a later one: measures, and how it ended if it did."""

    present: set[str]
    ended: str | None = None


@dataclass
class Chain:
    """Editions in order, and by the indexes of two of them the fates of the first's measures.

    ``ids`` are all measures that any edition has; ``came_from`` are, by the edition, the measures
    that were split off in it, each with the one that stayed.
    """

    editions: list[Plan] = field(default_factory=list)
    fates: dict[tuple[int, int], dict[str, Fate]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    came_from: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def adopted(self) -> dict[str, Plan]:
        return {edition.head.edition.id: edition for edition in self.editions}


class ChainMaker:
    """Makes a chain, edition by edition."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._count = 0
        self._places = {section: [self._new_id() for _ in range(4)] for section in SECTIONS}
        self._texts = {id: f"{id}の取組を推進" for id in self._ids()}
        self._dispositions: list[dict[str, Any]] = []
        self._fates: list[dict[str, Fate]] = []
        self._chain = Chain()
        self._edits = (
            self._end,
            self._merge,
            self._split,
            self._split_off,
            self._move,
            self._reword,
            self._add,
        )

    def make(self, length: int) -> Chain:
        """Returns a chain of so many editions."""
        self._adopt()
        for _ in range(length - 1):
            self._touched: set[str] = set()
            self._dispositions = []
            for _ in range(self._random.randint(1, 6)):
                self._random.choice(self._edits)()
            self._adopt()
        return self._chain

    def _adopt(self) -> None:
        chain, at = self._chain, len(self._chain.editions)
        for start, fates in enumerate(self._fates):
            chain.fates[start, at] = {
                id: Fate(set(fate.present), fate.ended) for id, fate in fates.items()
            }
        self._fates.append({id: Fate({id}) for id in self._ids()})
        chain.ids.update(self._ids())
        before = f"edition-{at - 1}" if at else None
        revision = {"from": before, "dispositions": self._dispositions} if before else None
        edition = plan(
            chapter("x", *(self._group(section) for section in SECTIONS)),
            id=f"edition-{at}",
            supersedes=before,
            revision=revision,
        )
        split_off = (
            Disposition(id=part, came_from=(origin,))
            for part, origin in chain.came_from.get(f"edition-{at}", ())
        )
        revised = (*edition.revision, *split_off)
        chain.editions.append(edition.model_copy(update={"revision": revised}))

    def _group(self, section: str) -> Any:
        measures = (
            measure(id, self._texts[id], f"◎{MINISTRIES[int(id[2:]) % 3]}")
            for id in self._places[section]
        )
        return group(section, *measures)

    def _ids(self) -> list[str]:
        return [id for ids in self._places.values() for id in ids]

    def _new_id(self) -> str:
        self._count += 1
        return f"m-{self._count}"

    def _take(self, most: int) -> list[str]:
        """Takes measures that this step has not touched yet."""
        untouched = [id for id in self._ids() if id not in self._touched]
        taken = self._random.sample(untouched, min(len(untouched), self._random.randint(1, most)))
        self._touched.update(taken)
        return taken

    def _place(self, id: str) -> None:
        ids = self._places[self._random.choice(SECTIONS)]
        ids.insert(self._random.randint(0, len(ids)), id)
        self._texts.setdefault(id, f"{id}の取組を推進")
        self._touched.add(id)

    def _leave(self, id: str, into: Sequence[str], ended: str | None) -> None:
        """Takes a measure out of the plan, and records what became of it since each edition."""
        for ids in self._places.values():
            if id in ids:
                ids.remove(id)
        for fates in self._fates:
            for fate in fates.values():
                if id in fate.present:
                    fate.present.remove(id)
                    fate.present.update(into)
                    fate.ended = ended

    def _end(self) -> None:
        became = self._random.choice(ENDS)
        for id in self._take(1):
            self._leave(id, (), became)
            self._dispositions.append({"measures": [id], "became": became})

    def _merge(self) -> None:
        """Merges measures into a new one, or into one that stays."""
        staying = [id for id in self._ids() if id not in self._touched]
        sources = self._take(3)
        if not sources:
            return
        others = [id for id in staying if id not in sources]
        if others and self._random.random() < 0.4:
            target = self._random.choice(others)
            self._touched.add(target)
        else:
            target = self._new_id()
            self._place(target)
        for id in sources:
            self._leave(id, [target], None)
        said = {"became": "merged", "into": [target]}
        if self._random.random() < 0.5:
            self._dispositions.append({"measures": sources, **said})
        else:
            self._dispositions += [{"measures": [id], **said} for id in sources]

    def _split(self) -> None:
        for id in self._take(1):
            parts = [self._new_id() for _ in range(self._random.randint(2, 3))]
            for part in parts:
                self._place(part)
            self._leave(id, parts, None)
            self._dispositions.append({"measures": [id], "became": "split", "into": parts})

    def _split_off(self) -> None:
        for id in self._take(1):
            part = self._new_id()
            self._place(part)
            for fates in self._fates:
                for fate in fates.values():
                    if id in fate.present:
                        fate.present.add(part)
            edition = f"edition-{len(self._chain.editions)}"
            self._chain.came_from.setdefault(edition, []).append((part, id))

    def _move(self) -> None:
        for id in self._take(2):
            for ids in self._places.values():
                if id in ids:
                    ids.remove(id)
            self._place(id)

    def _reword(self) -> None:
        for id in self._take(2):
            self._texts[id] += "し、活用"

    def _add(self) -> None:
        self._place(self._new_id())
