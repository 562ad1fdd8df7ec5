"""Changes → text for a terminal and JSON by the contract."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

from kihonkeikaku.compare import Change, Comparison
from kihonkeikaku.judgement import Judge, judged_json
from kihonkeikaku.numbering import Document
from kihonkeikaku.telling import KIND_NAMES, Teller, kind_name, reason

_MARKS: Final = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
"""How words that went and came are shown where there is neither colour nor underline."""

_EXCERPT: Final = 40
"""So many characters of a text tell which one it is."""


def changes_json(comparison: Comparison, judge: Judge) -> str:
    """Returns the comparison as JSON by the contract in the design, each change with its weight."""
    return json.dumps(judged_json(comparison, judge), ensure_ascii=False, indent=1)


def changes_text(comparison: Comparison, old: Document, new: Document) -> str:
    """Returns the comparison for a reader: counts, then the changes by where they stand.

    Numbers that changed without anything else stand together at the end: they are consequences.

    Args:
        comparison: what to tell.
        old: the old edition, numbered.
        new: the new edition, numbered.
    """
    head = [f"{_edition(old)} → {_edition(new)}"]
    if not comparison.changes:
        return "\n".join([*head, "違いはありません。"])
    teller = Teller(old, new)
    own = [change for change in comparison.changes if change.kind != "renumbered"]
    numbers = [change for change in comparison.changes if change.kind == "renumbered"]
    lines = [*_counts(comparison), *_own_changes(own, teller), *_renumberings(numbers, teller)]
    return "\n".join([*head, *lines])


def _edition(document: Document) -> str:
    publication = document.head.publication
    notice = f"［{publication.notice}］" if publication and publication.notice else ""
    return f"{document.book_title}（{document.head.edition.id}）{notice}"


def _counts(comparison: Comparison) -> Iterator[str]:
    counts = comparison.summary
    yield f"変更 {sum(counts.values())} 件"
    yield from (f"  {KIND_NAMES[kind]} {count}" for kind, count in counts.items())


def _own_changes(changes: Iterable[Change], teller: Teller) -> Iterator[str]:
    for heading, of_heading in groupby(changes, key=teller.group):
        yield f"\n{heading}"
        for _, of_subject in groupby(of_heading, key=_subject):
            yield from _subject_lines(list(of_subject), teller)


def _subject(change: Change) -> tuple[Any, ...]:
    return change.type, change.id, change.new or change.old


def _subject_lines(changes: list[Change], teller: Teller) -> Iterator[str]:
    yield f"  {_name(changes[0])}"
    for change in changes:
        yield f"    {_sentence(change, teller)}"
        why = reason(change)
        if why:
            yield f"      理由：{why}"


def _name(change: Change) -> str:
    place = change.new or change.old
    assert place, "a change stands somewhere"
    mark = {"paragraph": "・", "measure": place.citation[-1:]}.get(change.type, "")
    return f"{mark}{_excerpt(place.text)}" + (f"（{change.id}）" if change.id else "")


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"


def _sentence(change: Change, teller: Teller) -> str:
    redline: Any = change.detail.get("redline")
    told = teller.particulars(change)
    if redline and not told:
        told = "".join(_MARKS[operation].format(text) for operation, text in redline)
    return f"{kind_name(change)}：{told}" if told else kind_name(change)


def _renumberings(changes: list[Change], teller: Teller) -> Iterator[str]:
    if changes:
        yield "\n番号のみの変更"
    for change in changes:
        assert change.new, "what is renumbered stands in both editions"
        yield f"  {teller.particulars(change)}　{_excerpt(change.new.text)}"
