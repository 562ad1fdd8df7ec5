"""``adopt`` freezes what can be published and linked to what came before, and nothing else."""

from pathlib import Path
from typing import Any

import pytest

from kihonkeikaku import cli
from kihonkeikaku.model import frozen
from tests.sample import SAMPLE, SUPERSEDING, plant
from tests.sample import frozen as adopted

HEAD = SAMPLE["plan.yaml"]
ALPHA = "measures/alpha.yaml"


def staged(stage: str) -> dict[str, str]:
    return {"plan.yaml": HEAD.replace("  stage: 案\n", f"  stage: {stage}\n")}


def measure(text: str) -> dict[str, str]:
    return {ALPHA: SAMPLE[ALPHA].replace("取組", text)}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        (staged("決定"), "decision-date"),
        (staged("案\n  decided_on: 2026-12-23"), "decision-date"),
        (staged("原案"), "wrong-value"),
        ({"plan.yaml": SUPERSEDING}, "unlinked-edition"),
        ({"plan.yaml": HEAD.replace("# supersedes: (none)", "supersedes: second")}, "itself"),
        ({"plan.yaml": SUPERSEDING, "editions/first.json": b"{}"}, "damaged-edition"),
        ({"plan.yaml": SUPERSEDING, "editions/first.json": adopted("other")}, "edition-name"),
        ({"editions/first.json": adopted("first"), "plan.yaml": HEAD}, "unlinked-edition"),
        (
            {"editions/second.json": adopted("second", measures__beta="id: beta\ntext: 別\n")},
            "reused",
        ),
        (measure("取組\U00013000"), "unprintable-character"),
        (measure("取組 # の推進"), "cut-text"),
        (measure("取組 <u>の</u>推進"), "markup-in-text"),
        (measure("&a 取組"), "yaml-alias"),
        ({"chapters/stray.yml": "id: a"}, "stray-file"),
        ({"plan.yaml": HEAD.replace("案", "案\n  dated: 2026-02-30")}, "bad-date"),
    ],
)
def test_a_plan_that_is_not_fit_is_refused_with_its_finding(
    changes: dict[str, Any], rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = plant(tmp_path / "plan", changes)
    before = sorted(tmp_path.rglob("*"))
    for into in ([], ["--into", str(tmp_path / "records")]):
        assert cli.run(["adopt", str(plan), *into]) == 2
        said = "".join(capsys.readouterr())
        assert rule in said
        assert "何も作りませんでした。" in said
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "changes", [{}, staged("決定\n  decided_on: 2026-12-23"), measure("取り組み")]
)
def test_a_fit_plan_is_adopted_twice_with_the_same_bytes(
    changes: dict[str, str], tmp_path: Path
) -> None:
    plan = plant(tmp_path / "plan", changes)
    record = plan / "editions" / "second.json"
    assert cli.run(["adopt", str(plan), "--quiet"]) == 0
    content = record.read_bytes()
    assert cli.run(["adopt", str(plan), "--quiet"]) == 0
    assert record.read_bytes() == content
    assert cli.run(["validate", str(plan), "--quiet"]) == 0


def test_another_plans_records_have_to_hold_what_is_superseded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second = plant(tmp_path / "second", {"editions/first.json": adopted("first")})
    third = plant(
        tmp_path / "third",
        {
            "plan.yaml": HEAD.replace("second", "third").replace(
                "# supersedes: (none)", "supersedes: second"
            )
        },
    )
    into = ["adopt", str(second), "--into", str(third / "editions")]
    assert cli.run(into) == 2
    assert "改められる版「first」の記録が" in capsys.readouterr().err
    assert not (third / "editions").exists()
    assert cli.run(["adopt", str(second), "--into", str(tmp_path / "elsewhere")]) == 0
    (third / "editions").mkdir()
    (third / "editions" / "first.json").write_bytes(adopted("first"))
    assert cli.run(into) == 0
    assert cli.run(["validate", str(third), "--quiet"]) == 0


def test_a_record_that_could_not_be_read_again_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plant(tmp_path / "plan", {})
    monkeypatch.setattr(frozen, "VALUE_LIMIT", 20)
    assert cli.run(["adopt", str(plan)]) == 2
    assert "値が多すぎます" in capsys.readouterr().err
    assert not (plan / "editions").exists()
