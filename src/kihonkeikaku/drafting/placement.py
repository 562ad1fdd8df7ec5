"""Where measures stand: new ones placed, measures and sections moved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kihonkeikaku.drafting.editable_yaml import ItemText, write_string
from kihonkeikaku.drafting.plan_edit import HeadingData, PlanEdit, measure_file
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.source import CHAPTERS, MEASURES
from kihonkeikaku.model.finding import PlanPath
from kihonkeikaku.model.inlines import LEAD_MARK
from kihonkeikaku.model.values import Id
from kihonkeikaku.text.suggestions import Suggestions

_BEFORE_KEYS: Final = {"measures": ("sections",), "sections": ()}
"""Before which keys of a heading its lists are written."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an item of a list is put next to; without one, it is put last."""

    id: Id
    is_before: bool = False


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """What a measure says; ``ministries`` are named as they print, a lead with ◎ before it."""

    id: Id
    text: str
    ministries: Sequence[str] = ()


def add_measure(
    edit: PlanEdit, measure: NewMeasure, section: Id, anchor: Anchor | None = None
) -> None:
    """Adds a measure: its file, and its place.

    Args:
        edit: the plan.
        measure: what it says.
        section: the heading that it stands below.
        anchor: the measure of that heading that it is put next to.

    Raises:
        CommandError: there is one of that name, or no such heading or anchor.
    """
    id = write_string(measure.id)
    lines = [*edit.schema_comment(MEASURES), f"id: {id}", f"text: {write_string(measure.text)}"]
    lines += ["assignments:"] if measure.ministries else []
    for name in measure.ministries:
        lines.append(f"  - ministry: {write_string(name.removeprefix(LEAD_MARK))}")
        lines += ["    role: lead"] if name.startswith(LEAD_MARK) else []
    edit.add_file(measure_file(measure.id), "".join(f"{line}\n" for line in lines).encode())
    _insert(edit, section, "measures", ItemText.of_value(id), anchor)


def move(edit: PlanEdit, id: Id, to: Id, anchor: Anchor | None = None) -> None:
    """Moves a measure, or a section with all that is in it.

    Args:
        edit: the plan.
        id: what is moved.
        to: the heading that it will stand below.
        anchor: what it is put next to there.

    Raises:
        CommandError: there is no such thing, heading or anchor, or it would stand in itself.
    """
    if anchor and anchor.id == id:
        raise CommandError(f"「{id}」を、それ自身の隣には移せません。")
    key, (name, path) = _find_item(edit, id)
    heading = _find_heading(edit, to, key)
    if heading[0] == name and heading[1][: len(path)] == path:
        raise CommandError(f"「{id}」を、その中の「{to}」には移せません。")
    item = edit.yaml(name).remove_item(path)
    _insert(edit, to, key, item, anchor)


def find_placements(edit: PlanEdit, id: Id) -> Iterator[tuple[str, PlanPath, bool]]:
    """Yields where a measure is printed: the file, the path in it, and whether it is a reprint."""
    for name, path, heading in edit.headings():
        for index, placement in enumerate(_items(heading, "measures")):
            if placement in (id, {"reprint": id}):
                yield name, (*path, "measures", index), placement != id


def _find_item(edit: PlanEdit, id: Id) -> tuple[str, tuple[str, PlanPath]]:
    """Returns the key of the list that a measure or a section is in, its file and its path."""
    for name, path, is_reprint in find_placements(edit, id):
        if not is_reprint:
            return "measures", (name, path)
    for name, path, heading in edit.headings():
        if path and heading.get("id") == id:
            return "sections", (name, path)
    if f"{CHAPTERS}/{id}.yaml" in edit.names:
        raise CommandError(f"「{id}」は章です。章の順は plan.yaml の chapters で変えてください。")
    known = (name.removeprefix(f"{MEASURES}/").removesuffix(".yaml") for name in edit.names)
    hint = Suggestions(known).hint(id, "識別子を確かめてください。")
    raise CommandError(f"「{id}」という取組や見出しは、どの章にもありません。{hint}")


def _find_heading(edit: PlanEdit, id: Id, key: str) -> HeadingData:
    """Returns the heading, or for sections the measure, that is to hold an item."""
    file = measure_file(id)
    if key == "sections" and file in edit.names:
        return file, (), edit.yaml(file).data
    headings = list(edit.headings())
    for heading in headings:
        if heading[2].get("id") == id:
            return heading
    known = (str(data.get("id")) for _, _, data in headings)
    hint = Suggestions(known).hint(id, "章か見出しの識別子を書いてください。")
    raise CommandError(f"「{id}」という見出しはありません。{hint}")


def _insert(edit: PlanEdit, to: Id, key: str, item: ItemText, anchor: Anchor | None) -> None:
    name, path, heading = _find_heading(edit, to, key)
    items = _items(heading, key)
    index = len(items)
    if anchor:
        index = _index_of(items, anchor.id)
        if index < 0:
            raise CommandError(f"「{to}」に「{anchor.id}」はありません。")
        index += not anchor.is_before
    edit.yaml(name).insert_item((*path, key), index, item, before=_BEFORE_KEYS[key])


def _items(heading: Any, key: str) -> tuple[Any, ...]:
    items = heading.get(key)
    return items if isinstance(items, tuple) else ()


def _index_of(items: Sequence[Any], id: Id) -> int:
    """Returns the index of a measure, a section, or else a reprint; -1 if there is none."""
    found = [
        [index for index, item in enumerate(items) if item == id],
        [i for i, item in enumerate(items) if isinstance(item, dict) and id in item.values()],
    ]
    return next((indices[0] for indices in found if indices), -1)
