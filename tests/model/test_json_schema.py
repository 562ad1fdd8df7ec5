"""``schema/`` is what the models say, and editors that use it agree with ``validate``."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from kihonkeikaku.model.json_schema import SCHEMAS, schema_files
from tests.conftest import REPOSITORY

SCHEMA_OF_FOLDER = {"chapters": "chapter", "measures": "measure", ".": None}
PLANS = ("plan", "examples/next-edition")


def schema(name: str) -> Any:
    return json.loads((REPOSITORY / "schema" / f"{name}.schema.json").read_text("utf-8"))


def yaml_files(plan: str) -> list[Path]:
    files = sorted((REPOSITORY / plan).rglob("*.yaml"))
    assert len(files) > 60
    return files


def plain(path: Path) -> Any:
    """A file as an editor's YAML 1.2 reads it: dates are strings."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def test_schema_folder_is_not_stale() -> None:
    on_disk = {p.name: p.read_text("utf-8") for p in (REPOSITORY / "schema").iterdir()}
    assert on_disk == schema_files()  # renew with: kihonkeikaku schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(schema(name))


@pytest.mark.parametrize("plan", PLANS)
def test_schemas_accept_what_validate_accepts(plan: str) -> None:
    for file in yaml_files(plan):
        name = SCHEMA_OF_FOLDER.get(file.parent.name) or file.stem
        jsonschema.Draft7Validator(schema(name)).validate(plain(file))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("measure", {"id": "alpha", "text": "取組", "asignments": []}),
        ("measure", {"id": "alpha"}),
        ("measure", {"id": "Alpha", "text": "取組"}),
        ("measure", {"id": "alpha", "text": "取組", "clauses": [{"text": "取組"}]}),
        ("assignment", {"ministry": "経産省", "role": "leader"}),
        ("chapter", {"id": "vision", "title": "構想", "body": [{"note": "あ", "plain": "い"}]}),
        ("plan", {"format": "2"}),
    ],
)
def test_schemas_refuse_what_validate_refuses(name: str, data: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema(name)).validate(data)


@pytest.mark.parametrize("name", SCHEMAS)
def test_descriptions_are_japanese(name: str) -> None:
    for text in descriptions(schema(name)):
        assert not text.isascii(), text


def descriptions(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for item in node for text in descriptions(item)]
    if not isinstance(node, dict):
        return []
    own = [node["description"]] if isinstance(node.get("description"), str) else []
    return own + [text for value in node.values() for text in descriptions(value)]


@pytest.mark.parametrize("plan", PLANS)
def test_modelines_lead_to_the_schemas(plan: str) -> None:
    for file in yaml_files(plan):
        first = file.read_text("utf-8").split("\n")[0]
        assert first.startswith("# yaml-language-server: $schema="), file
        assert (file.parent / first.partition("=")[2]).resolve().is_file(), file
