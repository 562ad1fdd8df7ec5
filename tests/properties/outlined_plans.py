"""Pairs of plans with outlines of their own and all that a body can hold, each from its number."""

from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any, Final

from kihonkeikaku.model.plan import Plan
from tests.diff.sketches import SENTENCES

Data = dict[str, Any]

_LABELS: Final = (
    ("第{1}章", "第{1}節", "({1})"),
    ("第{１}", "{１}．", "（{１}）"),
    ("{1}.", "{parent}.{1}.", "{parent}.{1}."),
    ("{Ⅰ}", "{一}", None),
    ("第{一}編", None, "{ア}"),
    ("{A}.", "{1}", "{1}"),  # two kinds that look alike
    ("({1})", "({1})", "○"),
)
_MEASURE_LABELS: Final = ("{①}", "({1})", "{parent}-{1}", "{イ}", "・")
_ITEM_LABELS: Final = ("{a}", "{ⅰ}", "（{ア}）", "{parent}-{1}")
_MINISTRIES: Final = ("甲省", "乙省", "丙庁")


def outlined_pair(number: int) -> tuple[Plan, Plan]:
    """Returns two editions: the second is an edit of the first; one in ten has another outline."""
    random = Random(number)
    old = _plan(random)
    new = deepcopy(old)
    new["head"]["edition"] = {"id": "new", "stage": "案"}
    for _ in range(random.randint(1, 8)):
        _edit(random, new)
    if random.random() < 0.1:
        new["head"]["outline"] = _outline(random)
    placed = set(_placed(new["chapters"]))
    new["measures"] = [measure for measure in new["measures"] if measure["id"] in placed]
    return Plan.model_validate(old), Plan.model_validate(new)


def _outline(random: Random) -> list[Data]:
    labels = random.choice(_LABELS)
    kinds: list[Data] = [
        {"kind": name, "label": label, "title": None if label else "＜{title}＞"}
        for name, label in zip(("part", "paragraph", "topic"), labels, strict=True)
    ]
    kinds.append({"kind": "measure", "label": random.choice(_MEASURE_LABELS)})
    kinds.append({"kind": "point", "label": random.choice(("【{1}】", "{い}", None))})
    kinds.append({"kind": "item", "label": random.choice(_ITEM_LABELS)})
    return kinds


def _plan(random: Random) -> Data:
    measures: list[Data] = []
    chapters = [_heading(random, f"c{n}", ("paragraph", "topic"), measures) for n in range(3)]
    return {
        "head": {
            "format": 2,
            "series": "series",
            "title": "計画",
            "edition": {"id": "old", "stage": "案"},
            "outline": _outline(random),
            "chapters": [chapter["id"] for chapter in chapters],
            "assignments": random.choice(
                ({}, {"form": "（担当：{}）", "between": "・"}, {"stand": "after-body"})
            ),
        },
        "ministries": [{"id": f"m{at}", "name": name} for at, name in enumerate(_MINISTRIES)],
        "chapters": chapters,
        "measures": measures,
    }


def _section(random: Random, id: str, kinds: tuple[str, ...], measures: list[Data]) -> Data:
    at = random.randrange(len(kinds))
    return {**_heading(random, id, kinds[at + 1 :], measures), "kind": kinds[at]}


def _heading(random: Random, id: str, below: tuple[str, ...], measures: list[Data]) -> Data:
    names = [f"{id}-m{n}" for n in range(random.randint(0, 3))]
    measures += [_measure(random, name, measures) for name in names]
    return {
        "id": id,
        "title": random.choice(SENTENCES),
        "body": _body(random),
        "measures": names,
        "sections": [
            _section(random, f"{id}-{n}", below, measures)
            for n in range(random.randint(0, 2) if below else 0)
        ],
    }


def _measure(random: Random, id: str, measures: list[Data]) -> Data:
    titled = random.random() < 0.3
    return {
        "id": id,
        **({"title": random.choice(SENTENCES)} if titled else {"text": _text(random)}),
        "assignments": _assignments(random),
        "deadline": _deadline(random),
        "body": _body(random, least=titled),
        "items": [_item(random, 2) for _ in range(random.choice((0, 0, 2, 3)))],
        "sections": [
            {"id": f"{id}-p{n}", "kind": "point", "title": random.choice(SENTENCES)}
            for n in range(random.choice((0, 0, 1, 2)))
        ],
    }


def _item(random: Random, depth: int) -> Data:
    return {
        "text": _text(random),
        "assignments": _assignments(random),
        "deadline": _deadline(random),
        "items": [_item(random, depth - 1) for _ in range(random.choice((0, 0, 1, 2)))]
        if depth
        else [],
    }


def _assignments(random: Random) -> list[Data]:
    chosen = random.sample(_MINISTRIES, random.randint(0, 2))
    return [
        {"ministry": name, "role": "lead" if random.random() < 0.3 else None} for name in chosen
    ]


def _deadline(random: Random) -> Data | None:
    return random.choice((None, None, {"text": "令和7年度中", "by": "2026-03-31"}))


def _text(random: Random) -> list[Any]:
    runs: list[Any] = [random.choice(SENTENCES)]
    if random.random() < 0.3:
        runs += [
            random.choice(
                (
                    {"em": "強調"},
                    {"ruby": ["漢字", "かんじ"]},
                    {"link": {"text": "頁", "url": "https://example.jp/"}},
                    {"footnote": random.choice(SENTENCES)},
                    {"ref": "c0"},
                )
            )
        ]
    return runs


def _body(random: Random, *, least: int = 0) -> list[Data]:
    return [_block(random) for _ in range(max(least, random.randint(0, 3)))]


def _block(random: Random) -> Data:
    some = [_text(random) for _ in range(random.randint(1, 3))]
    match random.randrange(7):
        case 0:
            return {"list": some, "label": random.choice(("{①}", "ア", "・"))}
        case 1:
            rows = [[_text(random), str(n), random.choice(SENTENCES)] for n in range(3)]
            table = {"title": "表", "unit": "億円", "columns": ["甲", "乙", "丙"], "rows": rows}
            return {"table": {**table, "notes": some[:1]}}
        case 2:
            return {"figure": {"file": "figures/x.svg", "alt": random.choice(SENTENCES)}}
        case 3:
            return {"box": {"title": "囲み", "body": [{"plain": text} for text in some]}}
        case _:
            return {random.choice(("bullet", "note", "plain", "legend")): some[0]}


def _lists(value: Any) -> Iterator[list[Any]]:
    """Yields the lists whose entries may be removed, doubled or put elsewhere."""
    for key, inner in value.items() if isinstance(value, dict) else ():
        if key in ("body", "items", "rows", "list", "sections") and isinstance(inner, list):
            yield inner
        yield from _lists(inner)
    for inner in value if isinstance(value, list) else ():
        yield from _lists(inner)


def _texts(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yields where texts of some length stand: the list or mapping, and the index or key."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, str) and inner in SENTENCES:
            yield value, key
        elif isinstance(inner, dict | list):
            yield from _texts(inner)


def _placed(headings: list[Data]) -> Iterator[str]:
    for heading in headings:
        yield from heading["measures"]
        yield from _placed(heading["sections"])


def _edit(random: Random, plan: Data) -> None:
    parts = [plan["chapters"], plan["measures"]]
    texts = list(_texts(parts))
    lists = [one for one in _lists(parts) if len(one) > 1]
    match random.randrange(5):
        case 0 | 1:
            holder, key = random.choice(texts)
            holder[key] = random.choice(SENTENCES) + random.choice(("", "等"))
        case 2 if lists:
            random.choice(lists).pop(random.randrange(2))
        case 3 if lists:
            random.shuffle(random.choice(lists))
        case 4 if plan["measures"]:
            measure = random.choice(plan["measures"])
            measure["assignments"], measure["deadline"] = _assignments(random), _deadline(random)
            measure["items"].append(_item(random, 1))
