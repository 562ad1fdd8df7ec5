"""The register of ministries for the names that a document gives."""

from collections.abc import Iterable, Mapping
from typing import Final

from kihonkeikaku.importing.assignments import collective_kind
from kihonkeikaku.text.suggestions import Suggestions

KNOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "cas": ("内閣官房",),
    "clb": ("内閣法制局",),
    "jinji": ("人事院",),
    "cao": ("内閣府",),
    "iha": ("宮内庁",),
    "jftc": ("公取委", "公正取引委員会"),
    "npsc": ("国家公安委員会",),
    "npa": ("警察庁",),
    "ppc": ("個情委", "個人情報保護委員会"),
    "fsa": ("金融庁",),
    "caa": ("消費者庁",),
    "cfa": ("こども庁", "こども家庭庁"),
    "digital": ("デジタル庁",),
    "reconstruction": ("復興庁",),
    "mic": ("総務省",),
    "fdma": ("消防庁",),
    "moj": ("法務省",),
    "mofa": ("外務省",),
    "mof": ("財務省",),
    "nta": ("国税庁",),
    "mext": ("文科省", "文部科学省"),
    "sports": ("スポーツ庁",),
    "aca": ("文化庁",),
    "mhlw": ("厚労省", "厚生労働省"),
    "maff": ("農水省", "農林水産省"),
    "forestry": ("林野庁",),
    "fisheries": ("水産庁",),
    "meti": ("経産省", "経済産業省"),
    "enecho": ("エネ庁", "資源エネルギー庁"),
    "jpo": ("特許庁",),
    "sme": ("中小企業庁",),
    "mlit": ("国交省", "国土交通省"),
    "jta": ("観光庁",),
    "jma": ("気象庁",),
    "jcg": ("海保", "海上保安庁"),
    "env": ("環境省",),
    "nra": ("原子力規制庁", "原子力規制委員会"),
    "mod": ("防衛省",),
}
"""Short and full names of 府省庁 in 建制順, by identifiers that are their usual abbreviations."""

Entry = dict[str, object]


def make_register(names: Iterable[str], like: Iterable[Mapping[str, object]]) -> list[Entry]:
    """Returns the entries for some names, in 建制順, collectives last.

    Args:
        names: as they stand in 【】.
        like: the entries of another plan's register, which are taken over whole.
    """
    taken: dict[str, Entry] = {str(entry["name"]): dict(entry) for entry in like}
    added = [name for name in dict.fromkeys(names) if name not in taken]
    ids = {str(entry["id"]) for entry in taken.values()}
    for name in added:
        _add(name, taken, ids)
    if not like and added:
        return sorted(taken.values(), key=_order)
    return list(taken.values())


def is_known(name: str) -> bool:
    """Whether a name is that of a ministry, short or in full."""
    return any(name in names for names in KNOWN.values())


def unknown_name_hint(name: str, names: Iterable[str]) -> str | None:
    """Returns the known ministry that a name may be a slip for, if it isn't known itself."""
    known = {each for group in KNOWN.values() for each in group}
    base = name.partition("（")[0]
    if base in known or collective_kind(base) or name in set(names) - {name}:
        return None
    return Suggestions(known).find(base)


def _add(name: str, entries: dict[str, Entry], ids: set[str]) -> None:
    base, bracket, office = name.partition("（")
    collective = collective_kind(name)
    if collective:
        wanted: Entry = {"id": collective, "name": name, "collective": collective}
    elif bracket and not _is_collective(base):
        if base not in entries:
            _add(base, entries, ids)
        parent = str(entries[base]["id"])
        wanted = {"id": f"{parent}-{_gloss(office)}", "name": name, "parent": parent}
    else:
        wanted = _find_usual_entry(name)
    wanted["id"] = _unused(str(wanted["id"]), ids)
    ids.add(str(wanted["id"]))
    entries[name] = wanted


def _is_collective(name: str) -> bool:
    return collective_kind(name) is not None


def _find_usual_entry(name: str) -> Entry:
    for id, names in KNOWN.items():
        if name in names:
            full = names[-1]
            entry: Entry = {"id": id, "name": name}
            return {**entry, "full_name": full} if full != name else entry
    return {"id": "ministry", "name": name}


_OFFICES: Final = {
    "AI": "ai",
    "科技": "sti",
    "規制": "regulation",
    "知財": "ip",
    "防災": "disaster",
    "デジ行財": "digital-reform",
    "新資本": "capitalism",
    "地方創生": "regions",
    "男女": "gender",
    "宇宙": "space",
    "経済安保": "economic-security",
    "沖縄": "okinawa",
    "サイバー": "cyber",
    "健康": "health",
}
"""Words in the names of offices, and identifiers for them."""


def _gloss(office: str) -> str:
    return next((id for word, id in _OFFICES.items() if office.startswith(word)), "office")


def _unused(id: str, ids: set[str]) -> str:
    if id not in ids:
        return id
    return next(f"{id}-{n}" for n in range(2, len(ids) + 3) if f"{id}-{n}" not in ids)


def _order(entry: Entry) -> tuple[int, str]:
    ids = list(KNOWN)
    if "collective" in entry:
        return len(ids) + 1, str(entry["id"])
    top = str(entry.get("parent", entry["id"]))
    return (ids.index(top) if top in KNOWN else len(ids)), str(entry.get("parent", ""))
