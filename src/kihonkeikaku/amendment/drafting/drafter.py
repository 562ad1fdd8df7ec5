"""Two printed editions and what corresponds in them → the lines of an amendment.

It is drafted as it will be read: each sentence is about the edition as the sentences before have
left it. The order is chapter by chapter: first the lines under each heading, from front to back,
then the headings themselves, the innermost first; a task that depends on a move waits for it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.amendment.addresses import address, title_name
from kihonkeikaku.amendment.drafting.clauses import (
    INDENT,
    AmendmentClause,
    reword,
    write_sentences,
)
from kihonkeikaku.amendment.drafting.correspondence import DraftState, NodePairs, UnmovableError
from kihonkeikaku.amendment.drafting.list_drafter import ListDrafter
from kihonkeikaku.amendment.drafting.paragraph_drafter import ParagraphDrafter
from kihonkeikaku.amendment.drafting.wording import find_word_changes, write_word_changes
from kihonkeikaku.amendment.printed_edition import COVER, PrintedEdition, PrintedNode
from kihonkeikaku.text.segmentation import words

_MOST_ROUNDS: Final = 16
"""So often the tasks are gone through for what waits; or each might wait for the one behind it."""


@dataclass(frozen=True, slots=True)
class _DraftingTask:
    """One place to be amended. ``blocker`` returns what has to be moved elsewhere before."""

    write: Callable[[], Iterable[str]]
    blocker: Callable[[], PrintedNode | None] = lambda: None


def draft_lines(old: PrintedEdition, new: PrintedEdition, pairs: NodePairs) -> list[str]:
    """Amends the old edition, and returns the sentences that say how, with the lines that they add.

    Raises:
        UnmovableError: a line can't be changed into the one that ``pairs`` has for it.
    """
    state = DraftState(pairs)
    lines = [*_draft_cover(old, new)]
    pending = [*_tasks(old.root, state)]
    rounds = 0
    while pending:
        rounds += 1
        waiting: list[_DraftingTask] = []
        for task in pending:
            if task.blocker() is None:
                lines += task.write()
            else:
                waiting.append(task)
        if len(waiting) == len(pending) or rounds >= _MOST_ROUNDS:
            blocker = _first_blocker(waiting)
            if blocker is not None:
                raise UnmovableError(blocker)
        pending = waiting
    return lines


def draft_whole(old: PrintedEdition, new: PrintedEdition) -> list[str]:
    """Amends the cover, and replaces all that follows it by that of the new edition."""
    body = (INDENT * 2 + line for line in new.root.lines_below())
    return [*_draft_cover(old, new), f"{INDENT}本文を次のように改める。", *body]


def _first_blocker(tasks: list[_DraftingTask]) -> PrintedNode | None:
    return next((node for task in tasks if (node := task.blocker()) is not None), None)


def _draft_cover(old: PrintedEdition, new: PrintedEdition) -> Iterator[str]:
    for name in COVER:
        before, after = old.cover.get(name), new.cover.get(name)
        if before == after:
            continue
        if after is None:
            clause = AmendmentClause("", f"{name}を削", ("り", "る"))
        elif before is None:
            clause = AmendmentClause("", f"{name}として次のように加え", ("", "る"), ((after,),))
        else:
            texts = (old.title, new.title) if name == "題名" else (words(before), words(after))
            changes = find_word_changes(*texts)
            if changes is None:
                clause = AmendmentClause("", f"{name}を次のように改め", ("", "る"), ((after,),))
            else:
                stem, ending = write_word_changes(changes)
                clause = AmendmentClause("", f"{name}中{stem}", ending)
        yield from write_sentences("", [clause])


def _tasks(root: PrintedNode, state: DraftState) -> Iterator[_DraftingTask]:
    for chapter in list(root.sections):
        headings = [*_headings(chapter)]
        for heading in headings:
            yield from _tasks_below(heading, state)
        if chapter in state.target_of:
            yield _list_task(ListDrafter(state, chapter, "footnote"))
        measures = [
            measure
            for heading in headings
            for measure in heading.measures
            if measure.sections or ((target := state.target_of.get(measure)) and target.sections)
        ]
        for heading in sorted((*headings, *measures), key=_depth, reverse=True):
            if heading in state.target_of:
                yield _list_task(ListDrafter(state, heading, "section"))
    yield _list_task(ListDrafter(state, root, "section"))


def _headings(heading: PrintedNode) -> Iterator[PrintedNode]:
    yield heading
    for measure in heading.measures:
        for section in measure.sections:
            yield from _headings(section)
    for section in heading.sections:
        yield from _headings(section)


def _depth(node: PrintedNode) -> int:
    return 0 if node.parent is None else 1 + _depth(node.parent)


def _tasks_below(heading: PrintedNode, state: DraftState) -> Iterator[_DraftingTask]:
    """Yields the tasks for a heading's own text and for all below it that isn't a heading."""
    if heading in state.target_of:
        if heading.label:
            yield _DraftingTask(lambda: _draft_title(heading, state))
        yield _paragraph_task(heading, state)
    for measure in heading.measures:
        if measure in state.target_of:
            yield _paragraph_task(measure, state)
    if heading in state.target_of:
        yield _DraftingTask(lambda: _draft_measures_label(heading, state))
        yield _list_task(ListDrafter(state, heading, "measure"))
        if not heading.label:  # it is called by its title, so that changes last
            yield _DraftingTask(lambda: _draft_title(heading, state))


def _paragraph_task(home: PrintedNode, state: DraftState) -> _DraftingTask:
    drafter = ParagraphDrafter(state, home)
    return _DraftingTask(lambda: write_sentences(address(home), drafter.clauses()))


def _list_task(drafter: ListDrafter) -> _DraftingTask:
    return _DraftingTask(lambda: write_sentences(drafter.place, drafter.clauses()), drafter.blocker)


def _draft_title(heading: PrintedNode, state: DraftState) -> Iterator[str]:
    target = state.target_of[heading]
    if bool(heading.label) == bool(target.label):
        name = f"{address(heading)}の{title_name(heading)}"
        clause = reword(heading, target, name, name)
        if clause:
            yield from write_sentences("", [clause])


def _draft_measures_label(heading: PrintedNode, state: DraftState) -> Iterator[str]:
    before, after = heading.measures_label, state.target_of[heading].measures_label
    heading.measures_label = after
    name = address(heading)
    if before == after:
        return
    if before is None:
        clause = AmendmentClause("", f"{name}の取組の前に【{after}】を加え", ("", "る"))
    elif after is None:
        clause = AmendmentClause("", f"{name}の【{before}】を削", ("り", "る"))
    else:
        clause = AmendmentClause("", f"{name}の【{before}】を【{after}】に改め", ("", "る"))
    yield from write_sentences("", [clause])
