"""Plans for hypothesis that say anything a plan may say, and as files that anyone may write.

Texts hold what YAML takes for its own, identifiers what it takes for numbers, dates and nothing.
"""

from typing import Any, Final, NamedTuple

import yaml
from hypothesis import strategies as st

from kihonkeikaku.model.plan import Plan, Register
from kihonkeikaku.model.values import Model
from kihonkeikaku.text.characters import FORBIDDEN

Data = dict[str, Any]

IDS: Final = ("ai-chips", "a", "0", "no", "true", "null", "010", "1e3", "2025-08-01", "x-2-y")
MARKERS: Final = ("bullet", "note", "legend", "plain")

_characters = st.characters(codec="utf-8").filter(lambda c: not FORBIDDEN.match(c) and c != "\n")
_words = (
    "取組",
    "の推進",
    "、",
    "「AI」",
    "𠮷",
    "か\u3099",
    "神\U000e0100",
    "null",
    "1.0",
    "---",
    "<<",
)
_signs = (": ", " #", "- ", "? ", "\\n", "　", *"'\"\\{}[],&*!|>%@`=~ \t")
_pieces = st.sampled_from(_words) | st.sampled_from(_signs)
_lines = st.lists(_pieces | _characters, min_size=1, max_size=5).map("".join)
_ids = st.sampled_from(IDS)
_dates = st.dates().map(str)


def _few(of: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[list[Any]]:
    return st.lists(of, min_size=least, max_size=2)


def _mapping(
    must: dict[str, st.SearchStrategy[Any]], **may: st.SearchStrategy[Any]
) -> st.SearchStrategy[Data]:
    return st.fixed_dictionaries(must, optional=may)


_runs = _lines | _mapping({"ref": _ids}) | _mapping({"footnote": _lines})
_texts = _lines | _few(_runs, 1)
_paragraphs = _lines | st.sampled_from(MARKERS).flatmap(
    lambda marker: _mapping({marker: _texts}, id=_ids)
)
_bodies = _few(_paragraphs)
_assignments = _few(_mapping({"ministry": _lines}, role=st.just("lead")))
_clauses = _few(_mapping({"text": _texts}, assignments=_assignments), 1)
_placements = _few(_ids | _mapping({"reprint": _ids}))
_kinds = st.sampled_from(("section", "topic", "policy", "group"))


def _headings(kinds: st.SearchStrategy[str], depth: int) -> st.SearchStrategy[Data]:
    below = _few(_headings(_kinds, depth - 1)) if depth else st.just([])
    return _mapping(
        {"id": _ids, "title": _lines, "kind": kinds},
        body=_bodies,
        measures_label=_lines,
        measures=_placements,
        sections=below,
    )


_chapters = _headings(st.sampled_from(("chapter", "preface", "appendix")), depth=2)
_measures = _mapping({"text": _texts}, assignments=_assignments, body=_bodies) | _mapping(
    {"clauses": _clauses}, body=_bodies
)
_ministries = _mapping(
    {"id": _ids, "name": _lines},
    full_name=_lines,
    parent=_ids,
    established=_dates,
    abolished=_dates,
    succeeds=_few(_ids),
    collective=st.sampled_from(("related", "all")),
    corporate_number=st.from_regex(r"[1-9][0-9]{12}", fullmatch=True),
)
_heads = _mapping(
    {
        "format": st.just(2),
        "series": _ids,
        "title": _lines,
        "edition": _mapping(
            {"id": _ids, "stage": st.sampled_from(("骨子", "素案", "案", "決定"))},
            label=_lines,
            dated=_dates,
            decided_on=_dates,
            supersedes=_ids,
        ),
        "basis": _mapping(dict.fromkeys(("law", "number", "law_id", "article"), _lines)),
    },
    subtitle=_lines,
    publication=_mapping({"publisher": _lines, "attribution": _lines}, contents_title=_lines),
)
_dispositions = (
    _mapping({"became": st.sampled_from(("completed", "abolished"))}, reason=_lines)
    | _mapping({"became": st.just("split"), "into": _few(_ids, 1)}, reason=_lines)
    | _mapping({"came_from": _few(_ids, 1)}, reason=_lines)
    | _mapping({"reason": _lines})
)


def _by_id(things: dict[str, Data]) -> list[Data]:
    return [{**thing, "id": id} for id, thing in things.items()]


def _plan(head: Data, chapters: dict[str, Data], measures: dict[str, Data], **rest: Any) -> Plan:
    return Plan.model_validate(
        {
            "head": {**head, "chapters": list(chapters)},
            "chapters": _by_id(chapters),
            "measures": _by_id(dict(sorted(measures.items()))),
            **rest,
        }
    )


plans = st.builds(
    _plan,
    head=_heads,
    chapters=st.dictionaries(_ids, _chapters, min_size=1, max_size=2),
    measures=st.dictionaries(_ids, _measures, max_size=2),
    ministries=_few(_ministries),
    revision=st.dictionaries(_ids, _dispositions, max_size=3).map(
        lambda d: _by_id(dict(sorted(d.items())))
    ),
)
"""Plans of any content, sound or not, in canonical order."""


class Style(NamedTuple):
    """How a file is written: which quotes, and whether in braces."""

    quote: str | None
    braces: bool | None


styles = st.builds(Style, st.sampled_from((None, "'", '"')), st.sampled_from((False, None, True)))


def files(plan: Plan, style: Style) -> dict[str, str]:
    """Returns the plan as the text of its files by their names, as PyYAML writes them."""
    models: dict[str, Model] = {
        "plan.yaml": plan.head,
        "ministries.yaml": Register(ministries=plan.ministries),
        **{f"chapters/{chapter.id}.yaml": chapter for chapter in plan.chapters},
        **{f"measures/{measure.id}.yaml": measure for measure in plan.measures},
    }
    models |= {f"revision/{one.id}.yaml": one for one in plan.revision}
    return {name: _yaml(model, style) for name, model in models.items()}


def _yaml(model: Model, style: Style) -> str:
    data = model.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude_defaults=True, warnings="error"
    )
    if "format" in data and style.quote:
        data["format"] = str(data["format"])  # PyYAML would tag a quoted number
    return str(
        yaml.safe_dump(
            data,
            allow_unicode=True,
            width=1 << 20,
            sort_keys=False,
            default_style=style.quote,
            default_flow_style=style.braces,
        )
    )
