"""The JSON Schemas under ``schema/``, generated from the models for editors to use."""

import json
from typing import Any, Final

from kihonkeikaku.model.plan import Assignment, Chapter, Disposition, Measure, Ministry, Register
from kihonkeikaku.model.plan_head import PlanHead, Site
from kihonkeikaku.model.values import Model

SCHEMAS: Final[dict[str, type[Model]]] = {
    "plan": PlanHead,
    "chapter": Chapter,
    "measure": Measure,
    "assignment": Assignment,
    "ministry": Ministry,
    "ministries": Register,
    "revision": Disposition,
    "site": Site,
}

_DIALECT: Final = "http://json-schema.org/draft-07/schema#"
"""The newest that YAML editors understand in full; the models use nothing newer."""


_SCALARS: Final = ("string", "number", "boolean")
"""What editors take a text for that is not in quotes: 2025, 010, no. It is read as written here.

Not null: editors can't tell ``null`` from a value that is missing.
"""


def schema_files() -> dict[str, str]:
    """Returns the text of each file under ``schema/`` by its name."""
    return {f"{name}.schema.json": _schema_text(model) for name, model in SCHEMAS.items()}


def _schema_text(model: type[Model]) -> str:
    schema = _for_editors(model.model_json_schema())
    schema = {"$schema": _DIALECT, **schema}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _for_editors(node: Any) -> Any:
    """Drops what editors would show in English, and what YAML has no way to write (null)."""
    if isinstance(node, list):
        return [_for_editors(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if not _is_noise(node, key, value)}
    if kept.get("type") == "string" and not kept.keys() & {"enum", "const", "format"}:
        kept["type"] = list(_SCALARS)
    choices = kept.get("anyOf", ())
    if {"type": "null"} in choices:
        rest = [choice for choice in choices if choice != {"type": "null"}]
        kept = {key: value for key, value in kept.items() if key != "anyOf"}
        kept = {**rest[0], **kept} if len(rest) == 1 else {**kept, "anyOf": rest}
    return {key: _named_by_field(key, value) for key, value in kept.items()}


def _named_by_field(key: str, value: Any) -> Any:
    if key in ("properties", "$defs"):  # here the keys are names, not keywords
        return {name: _for_editors(schema) for name, schema in value.items()}
    return _for_editors(value)


def _is_noise(node: dict[str, Any], key: str, value: Any) -> bool:
    is_default_nothing = key == "default" and value in (None, [], ())
    is_english = key in ("title", "description") and isinstance(value, str) and value.isascii()
    is_docstring = key == "description" and "properties" in node
    return is_default_nothing or is_english or is_docstring
