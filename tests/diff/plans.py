"""Small plans in few words, so that a test can show both editions beside the expected changes.

    plan(chapter("c", group("g", measure("a", "取組", "◎経産省", "文科省"), reprint("b"))))

A measure is written where it stands. The register holds the ministries below, or those that it is
given and those that a measure names.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from kihonkeikaku.model.migration import migrate_frozen
from kihonkeikaku.model.plan import Plan

Part = Mapping[str, Any]
"""A section, measure or reprint, as in the plan's files, with measures inline."""

MINISTRY_IDS: Final = {
    "経産省": "meti",
    "文科省": "mext",
    "総務省": "mic",
    "デジタル庁": "digital",
    "防災庁": "dpa",
    "内閣府（防災）": "cao-disaster",
}


def plan(
    *chapters: Part,
    ministries: Sequence[Part] | None = None,
    revision: Mapping[str, Any] | None = None,
    publication: Mapping[str, Any] | None = None,
    **head: Any,
) -> Plan:
    """Returns a plan of these chapters; ``head`` gives its title, or fields of its edition."""
    measures = [part for chapter in chapters for part in _measures(chapter)]
    title = head.pop("title", "計画")
    data: dict[str, Any] = {
        "head": {
            "format": 1,
            "series": "series",
            "title": title,
            "edition": {"id": "edition", "stage": "案", **head},
            "basis": {
                "law": "法",
                "number": "令和7年法律第53号",
                "law_id": "1",
                "article": "条",
            },
            "publication": publication,
            "chapters": [chapter["id"] for chapter in chapters],
        },
        "ministries": _register(measures, ministries),
        "chapters": [_heading(chapter) for chapter in chapters],
        "measures": measures,
    }
    if revision:
        data["revision"] = {"from": "edition", **revision}
        data["head"]["edition"].setdefault("supersedes", "edition")
    return Plan.model_validate(migrate_frozen(data, 1))


def chapter(id: str, *parts: Part, kind: str = "chapter", **fields: Any) -> Part:
    """Returns a chapter with its measures, reprints and sections."""
    return {"id": id, "kind": kind, "title": f"{id}の題", "parts": parts, **fields}


def section(id: str, *parts: Part, kind: str = "section", **fields: Any) -> Part:
    """Returns a section (第1節)."""
    return chapter(id, *parts, kind=kind, **fields)


def group(id: str, *parts: Part, **fields: Any) -> Part:
    """Returns a group: (1)."""
    return chapter(id, *parts, kind="group", **fields)


def measure(id: str, text: Any = None, *by: str, body: Iterable[Any] = ()) -> Part:
    """Returns a measure done ``by`` these ministries; 「◎」 marks the lead."""
    return {**clause(text or f"{id}の取組", *by), "id": id, "body": list(body)}


def divided(id: str, *clauses: Part) -> Part:
    """Returns a measure of several clauses."""
    return {"id": id, "clauses": clauses}


def clause(text: Any, *by: str) -> Part:
    """Returns a clause with its assignments."""
    return {"text": text, "assignments": [_assignment(name) for name in by]}


def reprint(id: str) -> Part:
    """Returns a reprint of a measure."""
    return {"reprint": id}


def ministry(id: str, name: str, **fields: Any) -> Part:
    """Returns an entry of the register."""
    return {"id": id, "name": name, **fields}


def _assignment(name: str) -> Part:
    lead = name.startswith("◎")
    return {"ministry": name.removeprefix("◎"), "role": "lead" if lead else None}


def _is_heading(part: Part) -> bool:
    return "parts" in part


def _measures(heading: Part) -> Iterator[Part]:
    for part in heading["parts"]:
        if _is_heading(part):
            yield from _measures(part)
        elif "id" in part:
            yield part


def _heading(heading: Part) -> dict[str, Any]:
    items = [part for part in heading["parts"] if not _is_heading(part)]
    return {
        **{field: value for field, value in heading.items() if field != "parts"},
        "measures": [item.get("id") or item for item in items],
        "sections": [_heading(part) for part in heading["parts"] if _is_heading(part)],
    }


def _register(measures: Iterable[Part], given: Sequence[Part] | None) -> list[Part]:
    if given is None:
        return [ministry(id, name) for name, id in MINISTRY_IDS.items()]
    known = {entry["name"] for entry in given}
    clauses = [part for m in measures for part in m.get("clauses", [m])]
    named = dict.fromkeys(a["ministry"] for part in clauses for a in part["assignments"])
    return [*given, *(ministry(MINISTRY_IDS[name], name) for name in named if name not in known)]
