"""A published folder whose plan.json contradicts itself: one message, and about that file."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from kihonkeikaku import cli
from kihonkeikaku.model.frozen import hash_content
from tests.sample import plant
from tests.verification.published import build_edition, renew_manifest

pytestmark = pytest.mark.slow

Output = pytest.CaptureFixture[str]


def list_ghost(plan: dict[str, Any]) -> None:
    next(c for c in plan["chapters"] if c["id"] == "measures")["sections"][0]["measures"] = [
        *("alpha", "beta", "ghost")
    ]


def repeat_measure(plan: dict[str, Any]) -> None:
    plan["measures"].append(plan["measures"][0])


def supersede_itself(plan: dict[str, Any]) -> None:
    plan["head"]["edition"]["supersedes"] = plan["head"]["edition"]["id"]


def circle_ministries(plan: dict[str, Any]) -> None:
    plan["ministries"][0]["parent"], plan["ministries"][1]["parent"] = "mext", "meti"


def take_ministry_away(plan: dict[str, Any]) -> None:
    del plan["ministries"][0]


CASES: Final[dict[Callable[[dict[str, Any]], None], str]] = {
    list_ghost: "決定された版の記録の「ghost」は、ないものを指す識別子です。",
    repeat_measure: "決定された版の記録の「alpha」は、二度使われている識別子です。",
    supersede_itself: "決定された版の記録の「second」は、自分自身を改める版になっています。",
    circle_ministries: (
        "決定された版の記録の「mext」は、parent をたどると自分自身に戻る府省庁です。"
    ),
    take_ministry_away: "決定された版の記録の「経産省」は、ないものを指す識別子です。",
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    return build_edition(folder, "--only", "html", plan=plant(folder / "plan", {}))


@pytest.fixture(params=CASES, ids=lambda change: change.__name__)
def case(request: pytest.FixtureRequest, sound: Path, tmp_path: Path) -> tuple[Path, str]:
    """A published folder, made to fit by whoever made its plan contradict itself; and the fault."""
    edition = shutil.copytree(sound, tmp_path / "edition")
    frozen = json.loads((edition / "plan.json").read_bytes())
    request.param(frozen["plan"])
    frozen["sha256"] = hash_content(frozen["plan"])
    text = json.dumps(frozen, ensure_ascii=False, indent=1, sort_keys=True)
    (edition / "plan.json").write_text(text, "utf-8")
    renew_manifest(edition)
    return edition, CASES[request.param]


def test_verify_names_the_plan_and_nothing_else(case: tuple[Path, str], capsys: Output) -> None:
    edition, fault = case
    assert cli.run(["verify", str(edition), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [(one["path"], one["kind"]) for one in report["problems"]] == [("plan.json", "plan")]
    assert report["problems"][0]["message"] == fault
    assert [one["path"] for one in report["limitations"]] == [""]


def test_a_build_in_its_place_makes_a_sound_edition(
    case: tuple[Path, str], sound: Path, tmp_path: Path
) -> None:
    edition, _ = case
    plan = plant(tmp_path / "plan", {})
    assert cli.run(["build", str(plan), "--only", "html", "--quiet", "--out", str(edition)]) == 0
    names = [path.relative_to(sound) for path in sound.rglob("*") if path.is_file()]
    assert all((edition / name).read_bytes() == (sound / name).read_bytes() for name in names)


@pytest.mark.parametrize("command", ["build", "build --against", "diff", "validate"])
def test_what_reads_it_names_it_with_the_place(
    command: str, case: tuple[Path, str], tmp_path: Path, capsys: Output
) -> None:
    edition, fault = case
    record, plan = str(edition / "plan.json"), str(plant(tmp_path / "plan", {}))
    before = {path: path.read_bytes() for path in edition.rglob("*") if path.is_file()}
    made = ["--only", "html", "--out", str(tmp_path / "made")]
    code = cli.run(
        {
            "build": ["build", record, *made],
            "build --against": ["build", plan, "--against", record, *made],
            "diff": ["diff", record, plan],
            "validate": ["validate", record],
        }[command]
    )
    said = "".join(capsys.readouterr())
    assert code == (1 if command == "validate" else 2)
    assert said.count("誤り［") == said.count("誤り［damaged-edition］") == 1
    [line] = [line for line in said.splitlines() if "damaged-edition" in line]
    assert line.startswith(f"{record}:") and line.endswith(fault)
    assert not (tmp_path / "made").exists()
    assert before == {path: path.read_bytes() for path in edition.rglob("*") if path.is_file()}
