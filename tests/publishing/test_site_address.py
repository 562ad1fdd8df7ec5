"""Where an edition is hosted (site.yaml) is in its pages and its manifest, and is no part of it."""

import json
from pathlib import Path

import pytest

from kihonkeikaku import cli
from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.frozen import FrozenPlan, freeze_plan, hash_content, thaw
from kihonkeikaku.validation.linter import lint
from tests.sample import SAMPLE, plant

FORMAT_2 = SAMPLE["plan.yaml"].replace("format: 1", "format: 2")
PUBLICATION = "publication:\n  publisher: 内閣府\n  attribution: 出典\n"
BASE = "https://www.example.go.jp/plan/"
OTHER = "https://www.example.jp/"


def plan_at(folder: Path, address: str | None, head: str = FORMAT_2) -> str:
    site = {"site.yaml": f"base_url: {address}\n"} if address else {}
    return str(plant(folder / "plan", {"plan.yaml": head, **site}))


def built(plan: str, out: Path) -> dict[str, bytes]:
    assert cli.run(["build", plan, "--only", "html", "--out", str(out), "--quiet"]) == 0
    files = (path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def test_pages_sitemap_and_manifest_know_the_address_and_verify_makes_them_again(
    tmp_path: Path,
) -> None:
    files = built(plan_at(tmp_path, BASE), tmp_path / "edition")
    page = files["html/measures/alpha.html"].decode()
    assert f'href="{BASE}measures/alpha.html"' in page
    assert f"<loc>{BASE}measures/alpha.html</loc>" in files["html/sitemap.xml"].decode()
    assert json.loads(files["manifest.json"])["base_url"] == BASE
    assert BASE not in files["plan.json"].decode()
    assert cli.run(["verify", str(tmp_path / "edition"), "--quiet"]) == 0


def test_another_address_in_the_manifest_is_found(tmp_path: Path) -> None:
    built(plan_at(tmp_path, BASE), tmp_path / "edition")
    manifest = tmp_path / "edition/manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace(BASE, OTHER), "utf-8")
    assert cli.run(["verify", str(tmp_path / "edition"), "--quiet"]) == 1


def test_the_address_of_format_1_is_read_from_its_plan(tmp_path: Path) -> None:
    head = SAMPLE["plan.yaml"] + PUBLICATION + f"  base_url: {BASE}\n"
    old = built(plan_at(tmp_path / "old", None, head), tmp_path / "old-edition")
    new = built(plan_at(tmp_path / "new", BASE, FORMAT_2 + PUBLICATION), tmp_path / "new-edition")
    assert old == new


def test_an_adopted_edition_may_move(tmp_path: Path) -> None:
    plan = plan_at(tmp_path, BASE)
    assert cli.run(["adopt", plan, "--quiet"]) == 0
    (Path(plan) / "site.yaml").write_text(f"base_url: {OTHER}\n", "utf-8")
    assert not lint(load(plan)).findings


def test_a_record_that_holds_the_address_is_the_same_edition(tmp_path: Path) -> None:
    plan = load(plan_at(tmp_path, None, FORMAT_2 + PUBLICATION)).draft.plan()
    content = dict(freeze_plan(plan).content)
    content["head"]["publication"]["base_url"] = BASE  # type: ignore[index] # JSON data
    assert thaw(FrozenPlan(content, hash_content(content)).file()) == plan


@pytest.mark.parametrize("address", ["www.example.go.jp/plan/index.html", BASE])
def test_rules_look_at_the_address(tmp_path: Path, address: str) -> None:
    found = lint(load(plan_at(tmp_path, address))).findings
    assert [finding.rule for finding in found] == ["base-url-form"] * (address != BASE)


def test_the_address_of_format_2_is_not_in_its_plan(tmp_path: Path) -> None:
    head = FORMAT_2 + PUBLICATION + f"  base_url: {BASE}\n"
    [found] = lint(load(plan_at(tmp_path, None, head))).findings
    assert (found.rule, found.position.line) == ("base-url-form", 21)
    assert found.hint.startswith(f"site.yaml に「base_url: {BASE}」と書き")
