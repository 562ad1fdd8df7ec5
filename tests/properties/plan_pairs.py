"""Pairs of plans without errors, each made from its number alone.

The sketches of the comparison's tests are drawn at random and edited at random; what the rules
would refuse in the plans of these sketches is mended here.
"""

from collections.abc import Iterator
from random import Random
from typing import Any, Final

from kihonkeikaku.model.plan import Disposition, Plan
from kihonkeikaku.validation.rules.chapter_set import REQUIRED
from tests.diff.sketched_plans import plan_from_sketch
from tests.diff.sketches import Sketch, edited, random_item, random_node, random_register

Data = dict[str, Any]

_BELOW: Final = {
    "chapter": ("section", "topic", "policy", "group"),
    "section": ("topic", "policy", "group"),
    "topic": ("policy",),
    "policy": ("group",),
    "group": (),
}

_TEXTS: Final = frozenset({"text", "bullet", "note", "legend", "plain"})
_NAMES: Final = _TEXTS | {"title"}
"""What a heading or paragraph is known by, beside its identifier."""


def plan_pair(number: int) -> tuple[Plan, Plan]:
    """Returns two editions: the second is an edit of the first or, one in five, another plan."""
    random = Random(number)
    before = _sketch(random)
    after = edited(before, (random for _ in range(random.randint(0, 12))))
    if random.random() < 0.2:
        after = _sketch(random)
    old, new = (_sound(plan_from_sketch(s, id)) for s, id in ((before, "old"), (after, "new")))
    new = _with_names_of_its_own(new, old)
    kept = {measure.id for measure in new.measures}
    gone = [measure.id for measure in old.measures if measure.id not in kept]
    edition = new.head.edition.model_copy(update={"supersedes": "old"})
    head = new.head.model_copy(update={"edition": edition})
    return old, new.model_copy(update={"head": head, "revision": _revision(gone)})


def _revision(gone: list[str]) -> tuple[Disposition, ...]:
    """Says of every measure that is gone that it is completed."""
    return tuple(Disposition(id=id, became="completed") for id in sorted(gone))


def _with_names_of_its_own(new: Plan, old: Plan) -> Plan:
    """Returns the new edition; no section or paragraph that is new is called like one that is gone.

    That would be the old one under another identifier, which the rule `renamed-id` refuses.
    Measures that are gone are all disposed of, and a ministry's name says which one it is.
    """
    datas = [_data(plan) for plan in (old, new)]
    had, has = ({each["id"]: each for each in _named(data["chapters"])} for data in datas)
    gone = [_name(had[id]) for id in had.keys() - has.keys()]
    for id in has.keys() - had.keys():
        while _name(has[id]) in gone:
            key, text = _name(has[id])
            has[id][key] = f"新たな{text}" if isinstance(text, str) else ["新たな", *text]
    return Plan.model_validate(_with_sound_texts(datas[1]))


def _named(value: Any) -> Iterator[Data]:
    """Yields the headings and paragraphs that have an identifier."""
    if isinstance(value, dict) and "id" in value:
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from _named(part)


def _name(named: Data) -> tuple[str, Any]:
    return next((key, text) for key, text in named.items() if key in _NAMES)


def _data(plan: Plan) -> Data:
    return plan.model_dump(mode="json", by_alias=True, exclude_none=True)


def _sketch(random: Random) -> Sketch:
    return Sketch(
        title="計画",
        stage=random.choice(("素案", "案")),
        publication=random.random() < 0.5,
        nodes=tuple(random_node(random) for _ in range(random.randint(1, 9))),
        items=tuple(random_item(random) for _ in range(random.randint(1, 12))),
        ministries=random_register(random),
    )


def _sound(plan: Plan) -> Plan:
    data = _with_chapters(_data(plan))
    before: set[str] = set()
    for ministry in data["ministries"]:
        ministry["succeeds"] = [id for id in ministry["succeeds"] if id in before]
        before.add(ministry["id"])
    for chapter in data["chapters"]:
        chapter["sections"] = list(_allowed(chapter["sections"], _BELOW["chapter"]))
    _drop_early_reprints(data)
    data = _with_sound_texts(data)
    return Plan.model_validate(data)


def _with_chapters(data: Data) -> Data:
    """Returns a plan in which the first four chapters are those that every plan has."""
    chapters = {chapter["id"]: chapter for chapter in data["chapters"]}
    listed = [chapters[id] for id in data["head"]["chapters"]]
    numbered = [chapter["id"] for chapter in listed if chapter["kind"] == "chapter"]
    # A heading that is a chapter here and a section there has two ids.
    names = {id: f"chapter-{id}" for id in chapters} | dict(zip(numbered, REQUIRED, strict=False))
    for chapter in listed:
        if chapter["kind"] == "chapter" and names[chapter["id"]] not in REQUIRED:
            chapter["kind"] = "appendix"
    listed += [
        {"id": id, "title": "章", "kind": "chapter", "measures": [], "sections": []}
        for id in REQUIRED[len(numbered) :]
    ]
    data["chapters"] = listed
    data = _renamed(data, names)
    data["head"]["chapters"] = [chapter["id"] for chapter in data["chapters"]]
    return data


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [_renamed(part, names) for part in value]
    return names.get(value, value) if isinstance(value, str) else value


def _with_sound_texts(value: Any) -> Any:
    """Returns data in which one text is written as one, and none begins with a bullet's mark."""
    if isinstance(value, dict):
        return {
            key: _joined(part) if key in _TEXTS and isinstance(part, list) else part
            for key, part in ((key, _with_sound_texts(part)) for key, part in value.items())
        }
    if isinstance(value, list):
        return [_with_sound_texts(part) for part in value]
    return value.lstrip("・") if isinstance(value, str) else value


def _joined(runs: list[Any]) -> list[Any]:
    joined: list[Any] = []
    for run in runs:
        if isinstance(run, str) and joined and isinstance(joined[-1], str):
            joined[-1] += run
        else:
            joined.append(run)
    has_words = any(isinstance(run, str) or "ref" in run for run in joined)
    return joined if has_words else ["文", *joined]


def _allowed(sections: list[Data], kinds: tuple[str, ...]) -> Iterator[Data]:
    """Yields sections of the kinds that are allowed; those below a group follow it instead."""
    for section in sections:
        if section["kind"] not in kinds:
            section["kind"] = kinds[-1]
        below = section["sections"]
        if section["kind"] == "group":
            section["sections"] = []
            yield section
            yield from _allowed(below, kinds)
        else:
            section["sections"] = list(_allowed(below, _BELOW[section["kind"]]))
            yield section


def _drop_early_reprints(data: Data) -> None:
    printed: set[str] = set()
    for heading in _headings(data["chapters"]):
        here: set[str] = set()
        placements = heading.get("measures", [])
        heading["measures"] = []
        for placement in placements:
            is_reprint = isinstance(placement, dict)
            id = placement["reprint"] if is_reprint else placement
            if not is_reprint or (id in printed and id not in here):
                heading["measures"].append(placement)
                printed.add(id)
                here.add(id)
    listed = {p for h in _headings(data["chapters"]) for p in h["measures"] if isinstance(p, str)}
    assert listed == {measure["id"] for measure in data["measures"]}


def _headings(headings: list[Data]) -> Iterator[Data]:
    for heading in headings:
        yield heading
        yield from _headings(heading.get("sections", []))
