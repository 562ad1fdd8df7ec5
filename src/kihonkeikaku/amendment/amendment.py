"""Two plans → the amendment text (改め文) that makes the second of the first, and its proof.

The proof reads the text beside the old edition alone, and compares the outcome with the new one.
"""

from typing import Final

from kihonkeikaku.amendment.drafting.correspondence import corresponding
from kihonkeikaku.amendment.drafting.draft_state import CantBeMoved
from kihonkeikaku.amendment.drafting.drafter import drafted
from kihonkeikaku.amendment.printed_edition import Key, printed
from kihonkeikaku.amendment.reading.address_parser import UnreadableAmendment
from kihonkeikaku.amendment.reading.interpreter import Deed
from kihonkeikaku.amendment.reading.reader import read
from kihonkeikaku.diff.comparison_proof import Proof, ProofError
from kihonkeikaku.diff.paragraph_alignment import align_paragraphs
from kihonkeikaku.diff.records import extract_records
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan

OPENING: Final = "{title}の一部を次のように改める。"

NOTHING: Final = "{title}に改めるところはない。"


def amendment(old: Plan, new: Plan) -> str:
    """Returns the text that amends one edition so that it reads like another.

    Both have passed validation. Whatever the cover and the body print is amended; what only the
    data says, such as identifiers, is not. Each line of the text ends with a line feed.
    """
    documents = number(old), number(new)
    before, after = extract_records(old), extract_records(new)
    paragraphs = align_paragraphs(before.bodies, after.bodies)
    given_up: set[Key] = set()
    while True:
        prints = printed(documents[0]), printed(documents[1])
        books = prints[0].book, prints[1].book
        pairs = corresponding(books, (before.items, after.items), paragraphs, given_up)
        try:
            lines = drafted(*prints, pairs)
        except CantBeMoved as stuck:
            given_up.add(stuck.node.key)
        else:
            opening = (OPENING if lines else NOTHING).format(title=documents[0].book_title)
            return "".join(line + "\n" for line in (*_notice(new), opening, *lines))


def _notice(plan: Plan) -> tuple[str, ...]:
    """Returns what a plan says of itself on all its pages, such as that it is but an example."""
    publication = plan.head.publication
    return (f"［{publication.notice}］",) if publication and publication.notice else ()


_DEEDS: Final[dict[Deed, str]] = {
    "words": "字句の改め",
    "added": "加え",
    "removed": "削り",
    "moved": "移動",
    "renumbered": "番号の改め",
    "renewed": "全部の改め",
}


def proved_amendment(old: Plan, new: Plan) -> tuple[str, Proof]:
    """Returns the amendment that makes one edition of another, and the proof that it does.

    Raises:
        ProofError: it doesn't.
    """
    text = amendment(old, new)
    return text, prove_amendment(text, number(old), number(new))


def prove_amendment(text: str, old: Document, new: Document) -> Proof:
    """Proves that an amendment text makes one edition of another, character for character.

    Raises:
        ProofError: it can't be read, or makes another text.
    """
    try:
        reading = read(text, old)
    except UnreadableAmendment as fault:
        raise ProofError(f"改め文が読めません。{fault}") from fault
    wanted = printed(new).lines()
    if list(reading.lines) != wanted:
        raise ProofError(
            f"改め文を適用しても、変更後の版になりません。{_first(reading.lines, wanted)}"
        )
    done = "、".join(f"{name}{reading.done.get(deed, 0):,}" for deed, name in _DEEDS.items())
    return Proof(
        "amendment",
        f"改め文（{done}）を、その文面だけから変更前の版に適用すると、"
        f"変更後の版の表紙と本文の{len(wanted):,}行{sum(map(len, wanted)):,}字と"
        "一字一句同じになります。",
    )


def _first(made: tuple[str, ...], wanted: list[str]) -> str:
    """Returns where two texts first differ."""
    at = next((i for i, (a, b) in enumerate(zip(made, wanted, strict=False)) if a != b), None)
    at = min(len(made), len(wanted)) if at is None else at
    shown = wanted[at][:30] if at < len(wanted) else "なし"
    return f"{at + 1}行目が「{shown}」になりません"
