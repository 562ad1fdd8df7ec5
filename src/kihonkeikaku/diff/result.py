"""Two editions compared, proved and judged: what every report of a comparison is made from."""

from dataclasses import dataclass, replace

from kihonkeikaku.diff import Comparison, compare
from kihonkeikaku.diff.ministry_filter import View, view
from kihonkeikaku.diff.proof.proof import Proof, prove
from kihonkeikaku.diff.significance import Judge
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Compared:
    """All differences between two editions, and both editions, as written and numbered.

    With a ``view``, reports show what it shows, and say so.
    """

    plans: tuple[Plan, Plan]
    comparison: Comparison
    old: Document
    new: Document
    judge: Judge
    proofs: tuple[Proof, ...]
    view: View | None = None

    @property
    def shown(self) -> Comparison:
        """The changes that a report shows."""
        if self.view is None:
            return self.comparison
        return replace(self.comparison, changes=self.view.changes)


def compared(old: Plan, new: Plan, ministry: str | None = None) -> Compared:
    """Compares two editions that have passed validation.

    Args:
        old: the edition before.
        new: the edition after.
        ministry: shows only what concerns this one, by its name, full name or id.

    Raises:
        CommandError: neither edition has such a ministry.
        ProofError: the comparison left something out.
    """
    before, after = number(old), number(new)
    comparison = compare(old, new, (before, after))
    return Compared(
        plans=(old, new),
        comparison=comparison,
        old=before,
        new=after,
        judge=Judge(old, new),
        proofs=prove(old, new, comparison),
        view=view(comparison, before, after, ministry) if ministry else None,
    )
