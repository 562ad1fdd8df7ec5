"""Changes of ministries, applied to the register."""

from collections.abc import Mapping
from typing import Any

from kihonkeikaku.compare.records import Fields

Said = Mapping[str, Any]
Register = dict[str, Fields]


def applied_register(changes: list[Said], register: Mapping[str, Fields]) -> Register:
    """Returns the register after all changes of ministries."""
    found = dict(register)
    for change in changes:
        id, detail = change["id"], change["detail"]
        match change["kind"]:
            case "added":
                found[id] = _entry(detail["entry"])
            case "removed":
                del found[id]
            case "ministry-renamed":
                found[id] = {**found[id], "name": detail["to"]}
            case "attribute-changed":
                found[id] = _entry({**found[id], detail["field"]: detail["new"]})
            case "ministry-succeeded":
                _succeed(id, detail, found)
    return found


def _succeed(id: str, detail: Mapping[str, Any], register: Register) -> None:
    if "entry" in detail:
        register[id] = _entry(detail["entry"])
    else:
        register[id] = {**register[id], "succeeds": tuple(detail["succeeds"])}
    for predecessor in detail["from"]:
        if predecessor["left"]:
            register.pop(predecessor["id"], None)  # another heir may have said so too
        elif predecessor["abolished"]:
            entry = register[predecessor["id"]]
            register[predecessor["id"]] = {**entry, "abolished": predecessor["abolished"]}


def _entry(fields: Mapping[str, Any]) -> Fields:
    return {**fields, "succeeds": tuple(fields["succeeds"])}
