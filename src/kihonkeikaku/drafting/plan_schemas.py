"""JSON Schemas that know one plan: its ministries and its identifiers, for editors to offer.

``markdownEnumDescriptions`` and ``errorMessage`` are no part of JSON Schema: they are what editors
built on VS Code's language services show (``enum`` alone is checked by all others).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kihonkeikaku.model.draft import Draft, draft_from_plan
from kihonkeikaku.model.json_schema import schema_files
from kihonkeikaku.model.plan import Clause
from kihonkeikaku.model.values import Runs

_LONGEST: Final = 80
"""How much of a text is shown beside a choice, in characters."""

Choices = Mapping[str, str]
"""What can be written, and what it is, in the order in which it is offered."""

_READ_OTHERWISE: Final = {"true": True, "false": False}
"""Words that editors read as something else than the word."""


def plan_schema_files(draft: Draft) -> dict[str, str]:
    """Returns the text of each file of ``schema/`` by its name, for one plan.

    Args:
        draft: the plan, as far as it could be read.
    """
    files = {}
    for name, text in schema_files().items():
        fields = _fields(draft, name.partition(".")[0])
        schema = _with_choices(json.loads(text), fields)
        files[name] = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    return files


def ministry_choices(draft: Draft) -> Choices:
    """Returns the names of ministries as they print, with their full names."""
    return {ministry.name: ministry.full_name or ministry.name for ministry in draft.ministries}


def id_choices(draft: Draft) -> Choices:
    """Returns the identifiers of chapters, sections, measures and paragraphs, with their texts."""
    return {**heading_choices(draft), **measure_choices(draft), **_paragraph_choices(draft)}


def heading_choices(draft: Draft) -> Choices:
    """Returns the identifiers of chapters and sections, with their titles."""
    return {heading.id: heading.title for _, heading in draft.headings}


def measure_choices(draft: Draft) -> Choices:
    """Returns the identifiers of measures, with their texts."""
    return {id: _shown_text(measure.parts) for id, measure in sorted(draft.measures.items())}


def _paragraph_choices(draft: Draft) -> Choices:
    return {line.id: _plain(line.text) for line in draft.body_lines if line.id}


@dataclass(frozen=True, slots=True)
class _Field:
    """What a field may hold: the choices, by their name in ``$defs``, and what else is told."""

    name: str
    choices: Choices
    message: str

    def definition(self) -> dict[str, Any]:
        """Returns the schema of one of the choices."""
        values = [(value, text) for choice, text in self.choices.items() for value in _read(choice)]
        return {
            "enum": [value for value, _ in values],
            "markdownEnumDescriptions": [_escape_markdown(text) for _, text in values],
            "errorMessage": self.message,
        }


def _fields(draft: Draft, schema: str) -> dict[str, _Field]:
    """Returns what the fields of a schema may hold, by their names."""
    measures = _Field(
        "measure-ids", measure_choices(draft), "この計画の取組の識別子を書いてください。"
    )
    ministries = _Field(
        "ministry-ids",
        {ministry.id: ministry.name for ministry in draft.ministries},
        "ministries.yaml の府省庁の識別子を書いてください。",
    )
    names = ministry_choices(draft)
    fields = {
        "ministry": _Field("ministries", names, "ministries.yaml の府省庁名を書いてください。"),
        "parent": ministries,
        "succeeds": ministries,
        "ref": _Field("ids", id_choices(draft), "この計画の識別子を書いてください。"),
        "reprint": measures,
        "into": measures,
    }
    if schema == "plan":
        titles = {chapter.id: chapter.title for chapter in draft.chapters.values()}
        message = "chapters にある章の識別子を書いてください。"
        fields["chapters"] = _Field("chapter-ids", titles, message)
    if schema == "chapter":
        fields["measures"] = measures
    if schema == "revision" and draft.superseded:
        before = measure_choices(draft_from_plan(draft.superseded))
        message = f"前の版「{draft.superseded.head.edition.id}」の取組を書いてください。"
        fields["came_from"] = _Field("earlier-ids", before, message)
    return {name: field for name, field in fields.items() if field.choices}


def _with_choices(schema: dict[str, Any], fields: Mapping[str, _Field]) -> dict[str, Any]:
    """Returns a schema in which the fields of these names know what they may hold."""
    used: dict[str, Any] = {}

    def walk(node: Any) -> Any:
        if isinstance(node, list):
            return [walk(item) for item in node]
        if not isinstance(node, dict):
            return node
        changed = {key: walk(value) for key, value in node.items()}
        for name in changed.get("properties", {}).keys() & fields.keys():
            used[fields[name].name] = fields[name].definition()
            changed["properties"][name] = _choose(changed["properties"][name], fields[name].name)
        return changed

    changed = walk(schema)
    if used:
        changed["$defs"] = {**changed.get("$defs", {}), **dict(sorted(used.items()))}
    return dict(changed)


def _choose(schema: dict[str, Any], name: str) -> dict[str, Any]:
    """Returns the schema of a string, or of a list of strings, with its choices."""
    if "items" in schema:
        return {**schema, "items": _choose(schema["items"], name)}
    for kinds in schema.keys() & {"anyOf", "oneOf"}:
        return {**schema, kinds: [_choose(kind, name) for kind in schema[kinds]]}
    if "type" not in schema or schema["type"] == "object":
        return schema
    told = {key: value for key, value in schema.items() if key == "description"}
    return {**told, "allOf": [{"$ref": f"#/$defs/{name}"}]}  # beside a $ref, nothing counts


def _read(text: str) -> Iterable[str | int | bool]:
    """Yields a string, and what editors read instead where it is not in quotes."""
    yield text
    if text.isascii() and text.isdigit():
        yield int(text)
    elif text in _READ_OTHERWISE:
        yield _READ_OTHERWISE[text]


def _shown_text(clauses: Iterable[Clause]) -> str:
    return _shorten("".join(_joined(clause.text) for clause in clauses))


def _plain(runs: Runs) -> str:
    return _shorten(_joined(runs))


def _joined(runs: Runs) -> str:
    return "".join(run if isinstance(run, str) else "…" for run in runs)


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _escape_markdown(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!<>|~" else c for c in text)
