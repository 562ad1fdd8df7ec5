"""Schemas of one plan: they offer its ministries and identifiers, and refuse all others."""

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from kihonkeikaku import cli
from kihonkeikaku.drafting.plan_schemas import plan_schema_files
from kihonkeikaku.loading.loader import load
from tests.browser.browser_tools import NODE_MODULES, require_npm_file, require_program
from tests.conftest import REPOSITORY
from tests.drafting.language_client import LanguageClient
from tests.sample import SAMPLE, SUPERSEDING, frozen, plant

Output = pytest.CaptureFixture[str]
NAMES = {"chapters": "chapter", "measures": "measure", "revision": "revision"}


def schemas(plan: Path) -> dict[str, Any]:
    files = plan_schema_files(load(str(plan)).draft)
    return {name.partition(".")[0]: json.loads(text) for name, text in files.items()}


@pytest.mark.parametrize("plan", ["plan", "examples/next-edition"])
def test_what_validates_is_accepted(plan: str) -> None:
    found = schemas(REPOSITORY / plan)
    for file in sorted((REPOSITORY / plan).rglob("*.yaml")):
        schema = found[NAMES.get(file.parent.name) or file.stem]
        jsonschema.Draft7Validator.check_schema(schema)
        data = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
        jsonschema.Draft7Validator(schema).validate(data)


def measure(**fields: Any) -> dict[str, Any]:
    return {"id": "x", "text": "取組", **fields}


def chapter(*measures: Any) -> dict[str, Any]:
    return {"id": "x", "title": "章", "measures": list(measures)}


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (
            "measure",
            measure(assignments=[{"ministry": "経産省"}]),
            measure(assignments=[{"ministry": "経済産業省"}]),
        ),
        ("measure", measure(text=["前", {"ref": "policy"}]), measure(text=["前", {"ref": "no"}])),
        ("chapter", chapter("alpha"), chapter("alfa")),
        ("chapter", chapter({"reprint": "alpha"}), chapter({"reprint": "vision"})),
        (
            "ministries",
            {"ministries": [{"id": "x", "name": "新省", "parent": "meti", "succeeds": ["mext"]}]},
            {"ministries": [{"id": "x", "name": "新省", "succeeds": ["経産省"]}]},
        ),
        (
            "revision",
            {"id": "gone", "became": "merged", "into": ["alpha"]},
            {"id": "gone", "became": "merged", "into": ["gone"]},
        ),
        (
            "revision",
            {"id": "alpha", "came_from": ["gone"]},
            {"id": "alpha", "came_from": ["nowhere"]},
        ),
    ],
)
def test_only_what_the_plan_has_is_accepted(tmp_path: Path, name: str, good: Any, bad: Any) -> None:
    gone = {
        "measures__gone": SAMPLE["measures/alpha.yaml"].replace("alpha", "gone"),
        "chapters__measures": SAMPLE["chapters/measures.yaml"] + "      - gone\n",
    }
    record = frozen("first", **gone)
    plan = plant(tmp_path, {"plan.yaml": SUPERSEDING, "editions/first.json": record})
    validator = jsonschema.Draft7Validator(schemas(plan)[name])
    validator.validate(good)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(bad)


def test_an_identifier_that_editors_read_as_a_number_is_offered_as_both(tmp_path: Path) -> None:
    plan = plant(
        tmp_path,
        {
            "chapters/measures.yaml": SAMPLE["chapters/measures.yaml"].replace("alpha", "'010'"),
            "measures/alpha.yaml": None,
            "measures/010.yaml": SAMPLE["measures/alpha.yaml"].replace("alpha", "'010'"),
        },
    )
    ids = schemas(plan)["chapter"]["$defs"]["measure-ids"]
    assert ids["enum"] == ["010", 10, "beta"]
    assert ids["markdownEnumDescriptions"] == ["取組", "取組", "施策"]


def test_check_finds_stale_ones(tmp_path: Path, capsys: Output) -> None:
    plan, into = plant(tmp_path / "plan", {}), tmp_path / "schema"
    command = ["schema", "--plan", str(plan), "--into", str(into)]
    assert cli.run(command) == 0
    assert cli.run([*command, "--check"]) == 0
    assert cli.run(["rename", "alpha", "one", "--plan", str(plan), "--quiet"]) == 0
    assert cli.run([*command, "--check"]) == 1
    assert capsys.readouterr().out == (
        f"{into}/chapter.schema.json が古くなっています。"
        f"kihonkeikaku schema --plan {plan} --into {into} で作り直してください。\n"
    )
    assert cli.run(command) == 0
    assert cli.run([*command, "--check"]) == 0
    assert cli.run(["schema", "--check", "--into", str(into)]) == 1  # those of any plan


@pytest.mark.slow
def test_an_editors_language_server_offers_them(tmp_path: Path) -> None:
    node = require_program("node", "nodejs")
    server = require_npm_file(NODE_MODULES / "yaml-language-server/bin/yaml-language-server")
    shutil.copytree(REPOSITORY / "plan", tmp_path / "plan")
    plan, into = str(tmp_path / "plan"), str(tmp_path / "schema")
    assert cli.run(["schema", "--plan", plan, "--into", into]) == 0
    settings = {"yaml": {"completion": True, "validate": True, "schemaStore": {"enable": False}}}
    comment = "# yaml-language-server: $schema=../../schema/{}.schema.json\nid: x\n"
    with LanguageClient([node, str(server), "--stdio"], tmp_path, settings) as client:
        text = comment.format("measure") + "text: 取組\nassignments:\n  - ministry: 経済省\n"
        (diagnostic,) = client.open("plan/measures/x.yaml", text)
        assert diagnostic["message"] == "ministries.yaml の府省庁名を書いてください。"
        assert diagnostic["range"]["start"] == {"line": 4, "character": 14}
        offered = client.complete("plan/measures/x.yaml", 4, 15)
        assert offered["経産省"] == "経済産業省"
        assert offered.keys() == {m.name for m in load(plan).draft.ministries}
        text = comment.format("chapter") + "title: 章\nmeasures:\n  - ai-chips\n  - ai-chip\n"
        (diagnostic,) = client.open("plan/chapters/x.yaml", text)
        assert diagnostic["message"] == "この計画の取組の識別子を書いてください。"
        assert diagnostic["range"]["start"] == {"line": 5, "character": 4}
        offered = client.complete("plan/chapters/x.yaml", 5, 4)
        assert offered["ai-startups"].startswith("AI")
        assert len(offered.keys() - {"reprint", "Reprint"}) == 58
