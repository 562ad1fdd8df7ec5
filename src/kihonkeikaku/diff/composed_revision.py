"""What the steps of a chain of editions say together of the measures of its first edition.

Each edition of a chain says what became of the measures of the one before. Between two editions
that don't follow each other, a measure may have gone through several of these dispositions: merged
into another one that was split, say. What was born and gone in between is in neither edition.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kihonkeikaku.model.plan import Disposition, MeasureOutcome, Plan
from kihonkeikaku.model.values import Id


@dataclass(frozen=True, slots=True)
class ComposedDisposition:
    """What became of measures of the old edition that the new one lacks."""

    measures: tuple[Id, ...]
    became: MeasureOutcome
    into: tuple[Id, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class SplitOff:
    """Measures that are new, and those of the old edition that they came from and that stay."""

    measures: tuple[Id, ...]
    into: tuple[Id, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class ComposedRevision:
    """What all steps from one edition to another say.

    ``restructurings`` are the splits and mergers whose results the new edition has, ``ends`` what
    is said of the measures of which nothing is left, by their ids. ``reasons`` are those for
    whatever has an id.
    """

    restructurings: tuple[ComposedDisposition, ...] = ()
    split_offs: tuple[SplitOff, ...] = ()
    ends: Mapping[Id, ComposedDisposition] = field(default_factory=dict)
    reasons: Mapping[Id, str] = field(default_factory=dict)


def compose_revisions(old: Plan, new: Plan, adopted: Mapping[Id, Plan]) -> ComposedRevision:
    """Returns what the steps from one edition to another say; nothing where no chain leads there.

    Args:
        old: the edition before.
        new: the edition after.
        adopted: editions by id, by which the new edition's chain may lead to the old one.
    """
    editions = editions_between(old, new, adopted)
    if not editions:
        return ComposedRevision()
    lineages = {measure.id: _Lineage(measure.id) for measure in old.measures}
    reasons: dict[Id, list[str]] = {}
    before = frozenset(lineages)
    for edition in editions:
        step = _RevisionStep(edition, before)
        for lineage in lineages.values():
            lineage.follow(step)
        for id, reason in step.reasons():
            reasons.setdefault(id, []).append(reason)
        before = step.after
    present = dict.fromkeys(measure.id for measure in new.measures)
    return ComposedRevision(
        tuple(_restructurings(lineages, present)),
        tuple(_split_offs(lineages, present)),
        dict(_ends(lineages)),
        {id: _join_reasons(given) or "" for id, given in reasons.items()},
    )


def editions_between(old: Plan, new: Plan, adopted: Mapping[Id, Plan]) -> tuple[Plan, ...]:
    """Returns the editions after the old one up to the new one, the earliest first.

    They are none where the new edition does not supersede the old one, nor one that does, and so
    on by the ``adopted`` editions.
    """
    target, edition, chain = old.head.edition.id, new, [new]
    while (before := edition.head.edition.supersedes) is not None and before != target:
        if before not in adopted or any(before == one.head.edition.id for one in chain):
            return ()
        edition = adopted[before]
        chain.append(edition)
    return tuple(reversed(chain)) if before is not None else ()


class _RevisionStep:
    """One step of the chain: an edition, and what it says of the one before.

    ``before`` and ``after`` are the measures of the two.
    """

    def __init__(self, edition: Plan, before: frozenset[Id]) -> None:
        self.before, self.after = before, frozenset(measure.id for measure in edition.measures)
        self._all_said = edition.revision
        self._dispositions = {said.id: said for said in self._all_said if said.became}
        self._split_off: dict[Id, list[Disposition]] = {}
        for said in self._all_said:
            if said.id in self.after and said.id not in before:
                for origin in said.came_from:
                    self._split_off.setdefault(origin, []).append(said)

    def disposition(self, measure: Id) -> Disposition | None:
        """Returns what became of a measure that this edition lacks."""
        return self._dispositions.get(measure)

    def split_off(self, measure: Id) -> Sequence[Disposition]:
        """Returns what is said of the measures that came from one that stays."""
        return self._split_off.get(measure, ())

    def reasons(self) -> Iterator[tuple[Id, str]]:
        """Yields the reasons for changes of what this edition has."""
        for said in self._all_said:
            if said.reason and not said.became:
                yield said.id, said.reason


class _Lineage:
    """One measure of the first edition, followed through the chain.

    ``present`` are the measures that it is by now, in the order of their coming. ``kinds`` are the
    splits and mergers that led there. ``end`` is what was said when nothing was left of it.
    """

    def __init__(self, measure: Id) -> None:
        self.measure = measure
        self.present: dict[Id, None] = {measure: None}
        self.kinds: set[MeasureOutcome] = set()
        self.end: Disposition | None = None
        self._reasons: list[str | None] = []

    @property
    def reason(self) -> str | None:
        """The reasons of all steps, the earliest first."""
        return _join_reasons(self._reasons)

    @property
    def outcome(self) -> MeasureOutcome:
        """What the steps together are."""
        if len(self.kinds) == 1:
            return next(iter(self.kinds))
        return "split" if len(self.present) > 1 else "merged"

    def follow(self, step: _RevisionStep) -> None:
        """Follows the measure through one more step."""
        was, self.present = self.present, {}
        for id in was:
            if id in step.after:
                self.present[id] = None
                for said in step.split_off(id):
                    self._restructure(said, "split", (said.id,))
            else:
                self._leave(step, step.disposition(id))

    def _leave(self, step: _RevisionStep, said: Disposition | None) -> None:
        if said and said.became in ("merged", "split") and step.after.issuperset(said.into):
            self._restructure(said, said.became, said.into)
        elif said:
            self.end = said
            self._reasons.append(said.reason)

    def _restructure(self, said: Disposition, kind: MeasureOutcome, into: Iterable[Id]) -> None:
        self.kinds.add(kind)
        self.present |= dict.fromkeys(into)
        self._reasons.append(said.reason)


_Lineages = Mapping[Id, _Lineage]


def _restructurings(lineages: _Lineages, present: Collection[Id]) -> Iterator[ComposedDisposition]:
    """Yields the splits and mergers: one for all measures that became the same together."""
    groups: dict[tuple[MeasureOutcome, tuple[Id, ...]], list[_Lineage]] = {}
    for lineage in lineages.values():
        if lineage.present and lineage.measure not in present:
            groups.setdefault((lineage.outcome, tuple(lineage.present)), []).append(lineage)
    for (became, into), group in groups.items():
        reason = _join_reasons(lineage.reason for lineage in group)
        yield ComposedDisposition(tuple(one.measure for one in group), became, into, reason)


def _split_offs(lineages: _Lineages, present: Collection[Id]) -> Iterator[SplitOff]:
    """Yields what came from measures that stay: one for all that came from the same."""
    origins: dict[Id, list[_Lineage]] = {}
    for lineage in lineages.values():
        if lineage.measure in lineage.present:
            for id in lineage.present:
                if id not in lineages:
                    origins.setdefault(id, []).append(lineage)
    groups: dict[tuple[Id, ...], list[Id]] = {}
    for id in present:
        if id in origins:
            groups.setdefault(tuple(one.measure for one in origins[id]), []).append(id)
    for measures, into in groups.items():
        reason = _join_reasons(one.reason for id in into for one in origins[id])
        yield SplitOff(measures, tuple(into), reason)


def _ends(lineages: _Lineages) -> Iterator[tuple[Id, ComposedDisposition]]:
    for id, lineage in lineages.items():
        said = lineage.end
        if said and said.became and not lineage.present:
            yield id, ComposedDisposition((id,), said.became, said.into, lineage.reason)


def _join_reasons(reasons: Iterable[str | None]) -> str | None:
    """Returns several reasons as one, each once."""
    different = dict.fromkeys(reason for reason in reasons if reason)
    if len(different) < 2:
        return next(iter(different), None)
    return "。".join(reason.removesuffix("。") for reason in different) + "。"
