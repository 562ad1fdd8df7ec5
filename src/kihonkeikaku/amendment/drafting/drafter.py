"""Two printed editions and what corresponds in them → the lines of an amendment.

It is drafted as it will be read: sentence after sentence, each of the edition as the ones before
have left it. Chapter by chapter, first what is under each heading, from front to back, then the
headings themselves, the innermost first; what has to wait until something has left comes later.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kihonkeikaku.amendment.addresses import address, title_name
from kihonkeikaku.amendment.drafting.correspondence import Pairs
from kihonkeikaku.amendment.drafting.draft_state import CantBeMoved, Standing, reworded
from kihonkeikaku.amendment.drafting.list_changes import ListChanges
from kihonkeikaku.amendment.drafting.paragraph_changes import ParagraphChanges
from kihonkeikaku.amendment.drafting.wording import Clause, in_words, phrases, sentences
from kihonkeikaku.amendment.printed_edition import COVER, Node, Print
from kihonkeikaku.text.segmentation import words


@dataclass(frozen=True, slots=True)
class _Task:
    """One place to be amended. ``blocker`` is what has to leave from elsewhere before."""

    say: Callable[[], Iterable[str]]
    blocker: Callable[[], Node | None] = lambda: None


def drafted(old: Print, new: Print, pairs: Pairs) -> list[str]:
    """Returns the sentences of the amendment, and the lines that they put in.

    ``old`` is amended on the way.

    Raises:
        CantBeMoved: something must not be among ``pairs``.
    """
    standing = Standing(pairs)
    lines = [*_cover(old, new)]
    pending = [*_tasks(old.book, standing)]
    while pending:
        waiting: list[_Task] = []
        for task in pending:
            if task.blocker() is None:
                lines += task.say()
            else:
                waiting.append(task)
        if len(waiting) == len(pending):
            raise CantBeMoved(_first_blocker(waiting))
        pending = waiting
    return lines


def _first_blocker(tasks: list[_Task]) -> Node:
    return next(node for task in tasks if (node := task.blocker()) is not None)


def _cover(old: Print, new: Print) -> Iterator[str]:
    for name in COVER:
        before, after = old.cover.get(name), new.cover.get(name)
        if before == after:
            continue
        if after is None:
            clause = Clause("", f"{name}を削", ("り", "る"))
        elif before is None:
            clause = Clause("", f"{name}として次のように加え", ("", "る"), ((after,),))
        else:
            texts = (old.title, new.title) if name == "題名" else (words(before), words(after))
            said = phrases(*texts)
            if said is None:
                clause = Clause("", f"{name}を次のように改め", ("", "る"), ((after,),))
            else:
                stem, ending = in_words(said)
                clause = Clause("", f"{name}中{stem}", ending)
        yield from sentences("", [clause])


def _tasks(book: Node, standing: Standing) -> Iterator[_Task]:
    for chapter in list(book.sections):
        headings = [*_headings(chapter)]
        for heading in headings:
            yield from _under(heading, standing)
        if chapter in standing.becomes:
            yield _list_task(ListChanges(standing, chapter, "note"))
        for heading in sorted(headings, key=_depth, reverse=True):
            if heading in standing.becomes:
                yield _list_task(ListChanges(standing, heading, "section"))
    yield _list_task(ListChanges(standing, book, "section"))


def _headings(heading: Node) -> Iterator[Node]:
    yield heading
    for section in heading.sections:
        yield from _headings(section)


def _depth(node: Node) -> int:
    return 0 if node.parent is None else 1 + _depth(node.parent)


def _under(heading: Node, standing: Standing) -> Iterator[_Task]:
    """Yields what is to be done with a heading's own text and with all that isn't a heading."""
    if heading in standing.becomes:
        if heading.label:
            yield _Task(lambda: _title(heading, standing))
        yield _paragraph_task(heading, standing)
    for item in heading.items:
        if item in standing.becomes:
            yield _paragraph_task(item, standing)
    if heading in standing.becomes:
        yield _Task(lambda: _measures_label(heading, standing))
        yield _list_task(ListChanges(standing, heading, "item"))
        if not heading.label:  # it is called by its title, so that changes last
            yield _Task(lambda: _title(heading, standing))


def _paragraph_task(home: Node, standing: Standing) -> _Task:
    changes = ParagraphChanges(standing, home)
    return _Task(lambda: sentences(address(home), changes.clauses()))


def _list_task(changes: ListChanges) -> _Task:
    return _Task(lambda: sentences(changes.place, changes.clauses()), changes.blocker)


def _title(heading: Node, standing: Standing) -> Iterator[str]:
    target = standing.becomes[heading]
    if bool(heading.label) == bool(target.label):
        name = f"{address(heading)}の{title_name(heading)}"
        clause = reworded(heading, target, name, name)
        if clause:
            yield from sentences("", [clause])


def _measures_label(heading: Node, standing: Standing) -> Iterator[str]:
    before, after = heading.measures_label, standing.becomes[heading].measures_label
    heading.measures_label = after
    name = address(heading)
    if before == after:
        return
    if before is None:
        clause = Clause("", f"{name}の取組の前に【{after}】を加え", ("", "る"))
    elif after is None:
        clause = Clause("", f"{name}の【{before}】を削", ("り", "る"))
    else:
        clause = Clause("", f"{name}の【{before}】を【{after}】に改め", ("", "る"))
    yield from sentences("", [clause])
