"""What is proved of a comparison before anybody sees it, and the words in which that is said.

A comparison that can't be proved is never shown: there is an error in its stead.
"""

from dataclasses import dataclass
from typing import Literal

from kihonkeikaku.diff.change import Comparison, to_json
from kihonkeikaku.diff.proof.apply import apply
from kihonkeikaku.diff.proof.coverage import accounted
from kihonkeikaku.diff.records import records
from kihonkeikaku.errors import MachineError
from kihonkeikaku.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Proof:
    """Something that was proved of a comparison.

    ``statement`` says it in Japanese, with its figures, as printed under the table.
    """

    name: Literal["leaves", "abridgements", "amendment"]
    statement: str


class ProofError(MachineError):
    """A comparison is not what it claims to be: a fault of the program, never of a plan."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"比較の証明に失敗したため、何も出力しませんでした（{what}）。"
            "計画の誤りではなく、プログラムの異常です。開発者に知らせてください。"
        )


def prove(old: Plan, new: Plan, comparison: Comparison) -> tuple[Proof, ...]:
    """Proves what holds of every comparison, in whatever form it is shown.

    Raises:
        ProofError: the comparison left something out, or says something that isn't so.
    """
    return (_every_leaf(old, new, comparison),)


def _every_leaf(old: Plan, new: Plan, comparison: Comparison) -> Proof:
    """Proves that each leaf is either unchanged or in a change, and that the changes suffice."""
    changes = to_json(comparison)["changes"]
    before, after = records(old), records(new)
    try:
        made, account = apply(changes, before), accounted(changes, before, after)
    except (KeyError, ValueError, IndexError) as fault:
        raise ProofError(f"変更を適用できません：{fault}") from fault
    if made != after:
        raise ProofError("変更を適用しても、新しい版になりません")
    return Proof(
        "leaves",
        f"変更前の{account.old:,}項目は、変更のない{account.unchanged:,}項目と"
        f"変更に示した{account.old - account.unchanged:,}項目とに、"
        f"変更後の{account.new:,}項目は、同じ{account.unchanged:,}項目と"
        f"変更に示した{account.new - account.unchanged:,}項目とに、漏れも重なりもなく分かれます。"
        "変更を変更前の版に適用すると、変更後の版になります。",
    )
