"""``schema/`` is what the models say, and editors that use it agree with ``validate``."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from pydantic import ValidationError

from kihonkeikaku.loading.yaml_parser import parse_yaml
from kihonkeikaku.model.json_schema import SCHEMAS, schema_files
from kihonkeikaku.model.plan import Ministry
from tests.conftest import REPOSITORY

SCHEMA_OF_FOLDER = {"chapters": "chapter", "measures": "measure", "revision": "revision"}
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
        ("plan", {"format": "3"}),
    ],
)
def test_schemas_refuse_what_validate_refuses(name: str, data: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema(name)).validate(data)


# A value as it is written in a file → whether it is a text, an id and a corporate number.
SCALARS: dict[str, tuple[bool, bool, bool]] = {
    "4000012090001": (True, True, True),
    "'4000012090001'": (True, True, True),
    "0123456789012": (True, True, False),
    "400001209000": (True, True, False),
    "40000120900011": (True, True, False),
    "2025": (True, True, False),
    "010": (True, True, False),
    "1e3": (True, True, False),
    "no": (True, True, False),
    "true": (True, True, False),
    "'null'": (True, True, False),
    "'~'": (True, False, False),
    "null": (False, False, False),
    "Null": (False, False, False),
    "NULL": (False, False, False),
    "~": (False, False, False),
    "nul": (True, False, False),  # no file name on Windows
    "nulls": (True, True, False),
    "None": (True, False, False),
    "nil": (True, True, False),
    "off": (True, True, False),
    "0o17": (True, True, False),
    "1_000": (True, False, False),
    ".inf": (True, False, False),
    "12:30": (True, False, False),
    "-1": (True, False, False),
    "2025-08-01": (True, True, False),
    "1.5": (True, False, False),
    "取組": (True, False, False),
    "con": (True, False, False),
    "index": (True, False, False),
    "com1": (True, False, False),
    "com10": (True, True, False),
    "console": (True, True, False),
    "''": (False, False, False),
    "": (False, False, False),
    "[a]": (False, False, False),
}


SPELLINGS_OF_NUMBERS = ("+1", "1.0", "0x1F", "1.5e1", "1e+3", "+4000012090001")
"""What editors take for the same number as one that is an id: the schema can't tell, so allows."""


class CoreLoader(yaml.SafeLoader):
    """Reads YAML 1.2 with its core schema (10.3), as editors do."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, firsts in (
    ("null", "null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("bool", "true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+0123456789."),
    ),
):
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})\\Z"), firsts
    )
CoreLoader.add_constructor(
    "tag:yaml.org,2002:int", lambda _, node: int(node.value, 0 if node.value[1:2] in "ox" else 10)
)


def in_file(key: str, written: str) -> str:
    fields = {"id": "meti", "name": "経産省"} | {key: written}
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def is_accepted(text: str) -> bool:
    """Whether ``validate`` accepts a ministry that is written so."""
    parsed = parse_yaml(text.encode())
    try:
        Ministry.model_validate(parsed.data)
    except ValidationError:
        return False
    return not parsed.problems


def is_accepted_in_editor(text: str, loader: Any) -> bool:
    read = json.loads(json.dumps(yaml.load(text, loader), default=str))
    return jsonschema.Draft7Validator(schema("ministry")).is_valid(read)


@pytest.mark.parametrize("written", SCALARS)
@pytest.mark.parametrize("loader", [yaml.BaseLoader, CoreLoader])
def test_schema_and_models_agree_on_scalars(written: str, loader: Any) -> None:
    nothing = written in ("null", "Null", "NULL", "~") and loader is yaml.BaseLoader
    for key, allowed in zip(("name", "id", "corporate_number"), SCALARS[written], strict=True):
        assert is_accepted(in_file(key, written)) == allowed, key
        if not nothing:  # such a loader doesn't know of it
            assert is_accepted_in_editor(in_file(key, written), loader) == allowed, key


@pytest.mark.parametrize("written", SPELLINGS_OF_NUMBERS)
def test_the_schema_is_never_stricter_on_numbers(written: str) -> None:
    for key in ("name", "id", "corporate_number"):
        in_editor = is_accepted_in_editor(in_file(key, written), CoreLoader)
        assert in_editor >= is_accepted(in_file(key, written)), key


@pytest.mark.parametrize("written", ["null", "Null", "NULL", "~", ""])
@pytest.mark.parametrize("name", ["full_name", "parent", "succeeds", "abolished", "collective"])
def test_nothing_is_no_value_of_an_optional_key_either(name: str, written: str) -> None:
    text = in_file(name, written)
    assert not is_accepted(text)
    assert not is_accepted_in_editor(text, CoreLoader)


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
