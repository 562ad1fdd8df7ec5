"""The reviewer's desk: the changes that concern a ministry, to be ticked off one by one.

The page is whole without its script. The script shows the changes of the ministries that one
chooses, those that they lead apart from others, keeps ticks and comments in the browser, and gives
them out as Markdown or CSV.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from kihonkeikaku.diff.change import WEIGHT_NAMES, Change
from kihonkeikaku.diff.change_anchors import ChangeAnchors
from kihonkeikaku.diff.change_description import (
    ChangeDescriber,
    change_reason,
    describe_marks,
    footnote_redlines,
    kind_name,
)
from kihonkeikaku.diff.comparison import ComparisonResult
from kihonkeikaku.diff.ministry_filter import ConcernedMinistries, MinistryNames, related_in_either
from kihonkeikaku.diff.redline import Redline
from kihonkeikaku.model.plan import Ministry
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.layout import fill_page, make_frame, read_asset


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """One change on the desk.

    ``marks`` is its text as a redline, without marks where no words changed. ``fingerprint``
    changes with what the entry shows: a tick is for what was seen. ``leads`` and ``concerned`` are
    ids of ministries, of which ``ministries`` are the names.
    """

    anchor: str
    kind: str
    place: str
    id: str | None
    marks: Redline
    footnotes: tuple[Redline, ...]
    particulars: str
    weight: str
    warnings: tuple[str, ...]
    reason: str | None
    ministries: tuple[str, ...]
    leads: tuple[str, ...]
    concerned: tuple[str, ...]
    measure_page: str | None

    @property
    def fingerprint(self) -> str:
        """A hash of what the entry says."""
        said = (self.kind, self.marks, self.footnotes, self.particulars, self.reason)
        return sha256(repr(said).encode()).hexdigest()[:12]


def desk_page(result: ComparisonResult, path: str) -> tuple[str, bytes]:
    """Returns the page of the desk, with its path in the new edition's folder.

    Args:
        result: the comparison.
        path: the page's path in the new edition's folder, beside that of the comparison.
    """
    entries = tuple(_entries(result))
    page = fill_page(
        "web/desk.html.j2",
        make_frame(result.new),
        f"../{path}",
        comparison_style=read_asset("comparison.css")[0],
        desk_script=read_asset("desk.js")[0],
        new=result.new,
        old=result.old,
        entries=entries,
        renumbered=len(result.comparison.changes) - len(entries),
        ministries=tuple(_choices(result, entries)),
    )
    return path, page.encode()


def desk_script() -> tuple[str, bytes]:
    """Returns the script of these pages, with its path in the edition's folder."""
    name, content = read_asset("desk.js")
    return f"html/{name}", content


def _entries(result: ComparisonResult) -> Iterator[DeskEntry]:
    """Yields the changes, but for those of numbers only."""
    anchors = ChangeAnchors(result.comparison)
    describer = ChangeDescriber(result.old, result.new)
    concerns = ConcernedMinistries(result.old, result.new)
    names = MinistryNames(result.old, result.new)
    for change in result.comparison.changes:
        if change.kind == "renumbered":
            continue
        place = change.new or change.old
        assert place, "a change stands somewhere"
        assessment = result.classifier.assess(change)
        detail: Any = change.detail
        yield DeskEntry(
            anchor=anchors.of(change),
            kind=kind_name(change),
            place=place.citation if change.new else f"前の版の{place.citation}",
            id=change.id,
            marks=tuple(detail.get("redline") or (("=", place.text),)),
            footnotes=tuple(footnote_redlines(change)),
            particulars=describer.describe(change),
            weight=WEIGHT_NAMES[assessment.weight] + ("・表記のみ" if assessment.noise else ""),
            warnings=tuple(f"{name}（{words}）" for name, words in describe_marks(assessment)),
            reason=change_reason(change),
            ministries=names.of_change(change),
            leads=tuple(sorted(concerns.find_leads(change))),
            concerned=tuple(sorted(concerns.find(change))),
            measure_page=_measure_page(change),
        )


def _measure_page(change: Change) -> str | None:
    is_there = change.type == "measure" and change.new and change.id
    return urls.measure_page(change.id) if is_there and change.id else None


def _choices(
    result: ComparisonResult, entries: tuple[DeskEntry, ...]
) -> Iterator[tuple[Ministry, tuple[str, ...]]]:
    """Yields the ministries to choose from, with those whose changes are theirs as well."""
    concerned = {id for entry in entries for id in entry.concerned}
    register = {m.id: m for m in (*result.old.ministries, *result.new.ministries)}
    for id in dict.fromkeys(m.id for m in (*result.new.ministries, *result.old.ministries)):
        related = related_in_either(result.old, result.new, id)
        if related & concerned and not register[id].collective:
            yield register[id], tuple(sorted(related))
