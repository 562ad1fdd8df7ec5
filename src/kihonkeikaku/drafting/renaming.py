"""Identifiers and ministries' names renamed, wherever the plan's files have them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kihonkeikaku.drafting.plan_edit import PlanEdit
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.source import (
    CHAPTERS,
    FORMER_REVISION_FILE,
    MEASURES,
    MINISTRIES_FILE,
    PLAN_FILE,
)
from kihonkeikaku.model.draft import Draft, draft_from_plan
from kihonkeikaku.model.finding import PlanPath
from kihonkeikaku.model.values import Id
from kihonkeikaku.text.suggestions import Suggestions

NameSpace = Literal["plan", "ministry", "ministry-name"]
"""Chapters, sections, measures and paragraphs share their identifiers; ministries have others."""


@dataclass(frozen=True, slots=True)
class FileReferences:
    """By which keys a kind of file names what: one string each, or a list of strings."""

    plan: frozenset[str] = frozenset()
    ministry: frozenset[str] = frozenset()
    ministry_name: frozenset[str] = frozenset()


_TEXT_KEYS: Final = frozenset({"id", "ref", "reprint", "measure", "measures"})
_TEXTS: Final = FileReferences(plan=_TEXT_KEYS, ministry_name=frozenset({"ministry"}))

_REFERENCES: Final[Mapping[str, FileReferences]] = {
    PLAN_FILE: FileReferences(plan=frozenset({"chapters"})),
    MINISTRIES_FILE: FileReferences(
        ministry=frozenset({"id", "parent", "succeeds"}), ministry_name=frozenset({"name"})
    ),
    # Its ``measures`` are those of the edition before, whose identifiers never change.
    FORMER_REVISION_FILE: FileReferences(
        plan=frozenset({"id", "into"}), ministry=frozenset({"id"})
    ),
    "revision": FileReferences(
        plan=frozenset({"id", "into", "came_from"}), ministry=frozenset({"id"})
    ),
}
"""By the name of a file or its folder; any other file is one of texts."""

_NAMED_BY_ID: Final = {
    "plan": re.compile(rf"(?:{CHAPTERS}|{MEASURES}|revision|targets|followups/[^/]+)"),
    "ministry": re.compile("revision"),
    "ministry-name": re.compile(r"(?!)"),  # none
}
"""The folders of files whose names are identifiers."""


def rename(edit: PlanEdit, old: str, new: str) -> None:
    """Renames what is called ``old``: an identifier, or the name of a ministry.

    Args:
        edit: the plan.
        old: the identifier of a chapter, section, measure, paragraph or ministry, or the name
            with which a ministry prints.
        new: what it is called then.

    Raises:
        CommandError: there is nothing or too much of that name, the new one is taken, or an
            adopted edition has it: identifiers never change then.
    """
    space = _find_space(edit.draft, old)
    names = _names_in(edit.draft)[space]
    if new in names:
        raise CommandError(f"「{new}」はすでに使われています。")
    if space != "ministry-name":
        _require_not_adopted(edit.draft, old, space)
    for name in edit.names:
        if name.endswith(".yaml"):
            _rename_in_file(edit, name, old, new, space)


def find_references(name: str, data: object, old: str, space: NameSpace) -> Iterator[PlanPath]:
    """Yields the paths of the strings in one file's data that name something.

    Args:
        name: the file's name within the plan.
        data: the file's data.
        old: the identifier or name.
        space: what it is one of.
    """
    kind = _REFERENCES.get(name) or _REFERENCES.get(name.partition("/")[0]) or _TEXTS
    keys = {"plan": kind.plan, "ministry": kind.ministry, "ministry-name": kind.ministry_name}
    yield from _find_strings(data, (), old, keys[space])


def _find_strings(
    data: object, path: PlanPath, old: str, keys: frozenset[str]
) -> Iterator[PlanPath]:
    if isinstance(data, tuple):
        for index, value in enumerate(data):
            yield from _find_strings(value, (*path, index), old, keys)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key in keys and value == old:
                yield (*path, key)
            elif key in keys and isinstance(value, tuple):
                yield from ((*path, key, i) for i, item in enumerate(value) if item == old)
            yield from _find_strings(value, (*path, key), old, keys)


def _rename_in_file(edit: PlanEdit, name: str, old: str, new: str, space: NameSpace) -> None:
    folder, _, file = name.rpartition("/")
    if old.encode() in edit.read(name):
        content = edit.yaml(name)
        paths = find_references(name, content.data, old, space)
        content.replace_strings(dict.fromkeys(paths, new))
    if file == f"{old}.yaml" and _NAMED_BY_ID[space].fullmatch(folder):
        edit.move_file(name, f"{folder}/{new}.yaml")


def _find_space(draft: Draft, old: str) -> NameSpace:
    spaces = _names_in(draft)
    found: list[NameSpace] = [space for space, names in spaces.items() if old in names]
    if len(found) > 1:
        raise CommandError(f"「{old}」は、計画の識別子と府省庁の両方にあるため、変えられません。")
    if not found:
        known = (name for names in spaces.values() for name in names)
        hint = Suggestions(known).hint(old, "識別子か、府省庁の名前を書いてください。")
        raise CommandError(f"「{old}」は、この計画にありません。{hint}")
    return found[0]


def _names_in(draft: Draft) -> dict[NameSpace, set[str]]:
    return {
        "plan": set(draft.ids()),
        "ministry": {ministry.id for ministry in draft.ministries},
        "ministry-name": {ministry.name for ministry in draft.ministries},
    }


def _require_not_adopted(draft: Draft, id: Id, space: NameSpace) -> None:
    for edition, plan in draft.adopted.items():
        if id in _names_in(draft_from_plan(plan))[space]:
            raise CommandError(
                f"「{id}」は、決定された版「{edition}」にあるため、変えられません。"
                "版をまたいで同じものだと分かるのは、識別子によってだけです。"
            )
