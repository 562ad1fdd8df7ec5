"""Two plans → the amendment text (改め文) that makes the second of the first."""

from typing import Final

from kihonkeikaku.amendment.drafting.correspondence import corresponding
from kihonkeikaku.amendment.drafting.draft import drafted
from kihonkeikaku.amendment.drafting.draft_state import CantBeMoved
from kihonkeikaku.amendment.printed_edition import Key, printed
from kihonkeikaku.diff.paragraph_alignment import aligned
from kihonkeikaku.diff.records import records
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
    before, after = records(old), records(new)
    paragraphs = aligned(before.bodies, after.bodies)
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
