"""Sketch → plan; whatever is inconsistent is repaired, so that a sketch may be edited at random."""

from dataclasses import asdict, replace
from typing import Any

from kihonkeikaku.model.plan import Plan
from tests.diff.sketches import (
    CHAPTER_KINDS,
    SECTION_KINDS,
    Item,
    Node,
    Paragraph,
    Run,
    Sketch,
    Text,
)

SOIL = Node("node-0", None, 0, "章", None, ())
"""The chapter of a sketch without chapters."""


def plan_from_sketch(sketch: Sketch, edition: str) -> Plan:
    """Returns the plan of a sketch, with inconsistencies repaired."""
    return _PlanBuilder(sketch).plan(edition)


class _PlanBuilder:
    """Builds a plan: the elements of each kind, and the ids in use."""

    def __init__(self, sketch: Sketch) -> None:
        self._sketch = sketch
        self._nodes = tuple({n.id: n for n in sketch.nodes}.values()) or (SOIL,)
        self._ministries = {ministry.id: ministry for ministry in sketch.ministries}
        self._items = self._sound_items()
        self._measures = {item.measure: item for item in self._items if item.clauses}
        self._bodies = self._sound_bodies()
        named = (p.id for body in self._bodies.values() for p in body if p.id)
        self._known = {*(node.id for node in self._nodes), *self._measures, *named}

    def plan(self, edition: str) -> Plan:
        sketch = self._sketch
        publication = {"publisher": "内閣府", "attribution": "出典"} if sketch.publication else None
        return Plan.model_validate(
            {
                "head": {
                    "format": 1,
                    "series": "series",
                    "title": sketch.title,
                    "edition": {"id": edition, "stage": sketch.stage},
                    "basis": {"law": "法", "number": "号", "law_id": "1", "article": "条"},
                    "publication": publication,
                    "chapters": [node.id for node in self._under(None)],
                },
                "ministries": [asdict(ministry) for ministry in self._ministries.values()],
                "chapters": [self._heading(node, CHAPTER_KINDS) for node in self._under(None)],
                "measures": [self._measure(item) for item in self._measures.values()],
            }
        )

    def _sound_items(self) -> list[Item]:
        """Returns each measure once, and reprints of these only, in existing nodes."""
        known, soil = {node.id for node in self._nodes}, self._nodes[0].id
        places = {item.measure: at for at, item in enumerate(self._sketch.items) if item.clauses}
        return [
            item if item.node in known else replace(item, node=soil)
            for at, item in enumerate(self._sketch.items)
            if item.measure in places and (not item.clauses or at == places[item.measure])
        ]

    def _sound_bodies(self) -> dict[str, tuple[Paragraph, ...]]:
        """Returns the bodies by what they belong to, each paragraph's id once."""
        taken: set[str | None] = {None}
        bodies: dict[str, tuple[Paragraph, ...]] = {}
        owners = [(n.id, n.body) for n in self._nodes]
        owners += [(i.measure, i.body) for i in self._measures.values()]
        for owner, body in owners:
            for paragraph in body:
                sound = replace(paragraph, id=None) if paragraph.id in taken else paragraph
                taken.add(sound.id)
                bodies[owner] = (*bodies.get(owner, ()), sound)
        return bodies

    def _under(self, parent: str | None) -> list[Node]:
        earlier: set[str] = set()
        found = []
        for node in self._nodes:
            if (node.parent if node.parent in earlier else None) == parent:
                found.append(node)
            earlier.add(node.id)
        return found

    def _heading(self, node: Node, kinds: tuple[str, ...]) -> dict[str, Any]:
        return {
            "id": node.id,
            "kind": kinds[node.kind % len(kinds)],
            "title": node.title,
            "measures_label": node.label,
            "body": self._body(node.id),
            "measures": [
                item.measure if item.clauses else {"reprint": item.measure}
                for item in self._items
                if item.node == node.id
            ],
            "sections": [self._heading(child, SECTION_KINDS) for child in self._under(node.id)],
        }

    def _measure(self, item: Item) -> dict[str, Any]:
        clauses = [
            {
                "text": self._text(clause.text),
                "assignments": [
                    {"ministry": self._ministries[id].name, "role": "lead" if lead else None}
                    for id, lead in clause.assignments
                    if id in self._ministries
                ],
            }
            for clause in item.clauses or ()
        ]
        return {"id": item.measure, "clauses": clauses, "body": self._body(item.measure)}

    def _body(self, owner: str) -> list[dict[str, Any]]:
        body = self._bodies.get(owner, ())
        return [{"id": p.id, p.marker: self._text(p.text)} for p in body]

    def _text(self, text: Text) -> list[Run]:
        return [run if self._leads_somewhere(run) else "参照" for run in text]

    def _leads_somewhere(self, run: Run) -> bool:
        return isinstance(run, str) or "ref" not in run or run["ref"] in self._known
