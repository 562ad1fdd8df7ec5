"""Numbers of the plan typed into its text → ``{ref: id}``, where they are certain."""

import re
from collections.abc import Mapping
from typing import Any, Final

from kihonkeikaku.model.values import Id

_NUMBER: Final = "[0-9]{1,3}"
_REFERENCE: Final = re.compile(
    rf"第{_NUMBER}章(?:第{_NUMBER}節)?(?:[(（]{_NUMBER}[)）])?[①-⑳㉑-㉟㊱-㊿]?(?:の第{_NUMBER}項目)?(?![0-9条項号])"
)
_OTHER_DOCUMENT: Final = re.compile(
    "(?:[法律令例則書」』約針綱領計画戦略告言知程引]|[A-Za-z])(?:（[^（）]{0,200}）)?の?$"
)
_THIS: Final = re.compile("(?:この|本)(?:計画|基本計画)(?:の)?$")


_LONGEST: Final = 210
"""How many characters before a number are looked at for the document that it is of."""

_TEXTS: Final = frozenset({"text", "bullet", "note", "legend", "plain"})


def link_plan(data: Any, targets: Mapping[str, Id], own: Id = "") -> Any:
    """Returns the data of a plan's file with the references in all its texts linked.

    Args:
        data: the file's data, or a part of it.
        targets: see ``link_references``.
        own: the identifier of what the part belongs to.
    """
    if isinstance(data, dict):
        own = data.get("id", own)
        return {
            key: link_references(value, targets, own)
            if key in _TEXTS
            else [_link_entry(each, targets, own) for each in value]
            if key == "body"
            else link_plan(value, targets, own)
            for key, value in data.items()
        }
    if isinstance(data, list):
        return [link_plan(each, targets, own) for each in data]
    return data


def _link_entry(entry: Any, targets: Mapping[str, Id], own: Id) -> Any:
    """Returns an entry of a body; a bullet that holds references is written as a mapping."""
    if not isinstance(entry, str):
        return link_plan(entry, targets, own)
    linked = link_references(entry, targets, own)
    return linked if isinstance(linked, str) else {"bullet": linked}


def link_references(runs: Any, targets: Mapping[str, Id], own: Id) -> Any:
    """Returns a text in which the numbers of this plan are references.

    A number is one if it names something in the plan in full, and nothing before it says that it
    is of another document.

    Args:
        runs: the text, as a string or as runs.
        targets: identifiers by number, as references print them.
        own: the identifier of the heading or measure that the text is of.
    """
    parts = [runs] if isinstance(runs, str) else runs
    linked: list[Any] = []
    for part in parts:
        linked += _link(part, targets, own) if isinstance(part, str) else [part]
    return linked[0] if len(linked) == 1 and isinstance(linked[0], str) else linked


def _link(text: str, targets: Mapping[str, Id], own: Id) -> list[Any]:
    found: list[Any] = []
    start = 0
    for match in _REFERENCE.finditer(text):
        number = match[0]
        if number not in targets:
            number = number.partition("の第")[0]
        target = targets.get(number)
        before = text[max(match.start() - _LONGEST, 0) : match.start()]
        other = _OTHER_DOCUMENT.search(before) and not _THIS.search(before)
        if target and target != own and not other:
            found += [*([text[start : match.start()]] if match.start() > start else []),
                      {"ref": target}]  # fmt: skip
            start = match.start() + len(number)
    return [*found, text[start:]] if start < len(text) or not found else found
