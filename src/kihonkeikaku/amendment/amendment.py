"""Two plans → the amendment text (改め文) that makes the second of the first, and its proof.

The proof reads the text beside the old edition alone, and compares the outcome with the new one.
"""

from collections.abc import Iterator
from itertools import count
from typing import Final, Literal, get_args

from kihonkeikaku.amendment.drafting.correspondence import UnmovableError, ancestors, match_nodes
from kihonkeikaku.amendment.drafting.drafter import draft_lines, draft_whole
from kihonkeikaku.amendment.printed_edition import PrintedKey, PrintedNode, printed_edition
from kihonkeikaku.amendment.reading.address_parser import UnreadableAmendmentError
from kihonkeikaku.amendment.reading.interpreter import ActionKind
from kihonkeikaku.amendment.reading.reader import apply_amendment
from kihonkeikaku.diff.comparison_proof import Proof, ProofError
from kihonkeikaku.diff.paragraph_alignment import align_paragraphs
from kihonkeikaku.diff.plan_records import extract_records
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan

_OPENING: Final = "{title}の一部を次のように改める。"
_NO_CHANGES: Final = "{title}に改めるところはない。"

_NO_AMENDMENT: Final = (
    "改め文は、確かなものを作れなかったため、示しません。変更は、新旧対照表のとおりです。"
)

_MOST_GIVEN_UP: Final = 16
"""So many lines are given up one by one, then so many headings, then so many chapters."""

_ACTION_NAMES: Final[dict[ActionKind, str]] = {
    "words": "字句の改め",
    "added": "加え",
    "removed": "削り",
    "moved": "移動",
    "renumbered": "番号の改め",
    "replaced": "全部の改め",
}


Extent = Literal["lines", "headings", "chapters", "everything"]
"""What is replaced whole where it changes: nothing but what can't be changed in single lines; the
innermost headings; the chapters; all that the plan prints after its cover."""


def draft_amendment(old: Plan, new: Plan, extent: Extent = "lines") -> str:
    """Returns the text that amends one edition so that it reads like another.

    Both have passed validation. Whatever the cover and the body print is amended; what they don't
    print, such as identifiers, is not. Each line of the text ends with a line feed.
    """
    documents = number(old), number(new)
    if extent == "everything":
        return _written(new, documents[0], draft_whole(*map(printed_edition, documents)))
    paragraphs = align_paragraphs(extract_records(old).bodies, extract_records(new).bodies).pairs
    given_up = set(_changed(*documents, extent))
    for attempt in count():
        editions = printed_edition(documents[0]), printed_edition(documents[1])
        roots = editions[0].root, editions[1].root
        matches = match_nodes(roots, paragraphs, given_up)
        try:
            lines = draft_lines(*editions, matches)
        except UnmovableError as error:
            given_up.update(_give_up(error.node, attempt, roots[0]))
        else:
            break
    return _written(new, documents[0], lines)


def _written(new: Plan, old: Document, lines: list[str]) -> str:
    opening = (_OPENING if lines else _NO_CHANGES).format(title=old.book_title)
    return "".join(line + "\n" for line in (*_notice(new), opening, *lines))


def _changed(old: Document, new: Document, extent: Extent) -> Iterator[PrintedKey]:
    """Yields the keys of the headings, or chapters, in which something changes."""
    if extent == "lines":
        return
    before, after = (printed_edition(document).root for document in (old, new))
    targets = {node.key: node for node in after.walk() if node.key[0] == "heading"}
    pending = [(node, targets.get(node.key)) for node in before.sections]
    while pending:
        node, target = pending.pop()
        if target is None or [node.line, *node.lines_below()] == [
            target.line,
            *target.lines_below(),
        ]:
            continue
        below = [(section, targets.get(section.key)) for section in node.sections]
        if extent == "headings" and [s.key for s in node.sections] == [
            s.key for s in target.sections
        ]:
            pending += below
            if below or _own_lines(node) == _own_lines(target):
                continue  # its own lines, if any, change in single steps
        yield node.key


def _own_lines(node: PrintedNode) -> list[str]:
    """Returns the lines of a heading without those of the headings under it."""
    measures = (line for m in node.measures for line in (m.line, *m.lines_below()))
    return [node.line, *(paragraph.line for paragraph in node.paragraphs), *measures]


def _give_up(node: PrintedNode, attempt: int, root: PrintedNode) -> Iterator[PrintedKey]:
    """Yields the keys of what is removed and added again since a line can't be moved.

    Each time the draft begins anew. So this is the line alone a few times; then the smallest
    heading above it, so that all under that is replaced; then its chapter; then everything.
    """
    above = [one for one in ancestors(node) if one.parent is not None]
    match attempt // _MOST_GIVEN_UP:
        case 0:
            yield node.key
        case 1:
            heading = node.kind not in ("measure", "paragraph", "footnote")
            yield node.key if heading or not above else above[0].key
        case 2:
            yield above[-1].key if above else node.key
        case _:
            yield from (chapter.key for chapter in root.sections)


def _notice(plan: Plan) -> tuple[str, ...]:
    """Returns the notice that a plan prints on all its pages, such as that it is an example."""
    publication = plan.head.publication
    return (f"［{publication.notice}］",) if publication and publication.notice else ()


def amendment_or_notice(old: Plan, new: Plan) -> tuple[str, Proof]:
    """Returns the proved amendment, or a text and a statement that there is none.

    It is for what has to appear beside an amendment, such as the comparison table: that doesn't
    fail since the amendment can't be said.
    """
    try:
        return proved_amendment(old, new)
    except (ProofError, AssertionError, LookupError, ValueError, RecursionError):
        return f"{_NO_AMENDMENT}\n", Proof("amendment", _NO_AMENDMENT)


def proved_amendment(old: Plan, new: Plan) -> tuple[str, Proof]:
    """Returns the amendment that makes one edition of another, and the proof that it does.

    Raises:
        ProofError: it does not.
    """
    documents = number(old), number(new)
    for extent in get_args(Extent)[:-1]:
        try:
            text = draft_amendment(old, new, extent)
            return text, prove_amendment(text, *documents)
        except (ProofError, AssertionError, LookupError, ValueError):
            continue  # what can't be said smaller is replaced whole
    text = draft_amendment(old, new, "everything")
    return text, prove_amendment(text, *documents)


def prove_amendment(text: str, old: Document, new: Document) -> Proof:
    """Proves that an amendment text makes one edition of another, character for character.

    Raises:
        ProofError: it can't be read, or makes another text.
    """
    try:
        amended = apply_amendment(text, old)
    except UnreadableAmendmentError as error:
        raise ProofError(f"改め文が読めません。{error}") from error
    wanted = printed_edition(new).lines()
    if list(amended.lines) != wanted:
        difference = _describe_difference(amended.lines, wanted)
        raise ProofError(f"改め文を適用しても、変更後の版になりません。{difference}")
    counts = "、".join(
        f"{name}{amended.counts.get(action, 0):,}" for action, name in _ACTION_NAMES.items()
    )
    return Proof(
        "amendment",
        f"改め文（{counts}）を、その文面だけから変更前の版に適用すると、"
        f"変更後の版の表紙と本文の{len(wanted):,}行{sum(map(len, wanted)):,}字と"
        "一字一句同じになります。",
    )


def _describe_difference(made: tuple[str, ...], wanted: list[str]) -> str:
    """Returns where two texts first differ."""
    at = next((i for i, (a, b) in enumerate(zip(made, wanted, strict=False)) if a != b), None)
    at = min(len(made), len(wanted)) if at is None else at
    shown = wanted[at][:30] if at < len(wanted) else "なし"
    return f"{at + 1}行目が「{shown}」になりません"
