"""The next edition is started from what was adopted, and from nothing else."""

from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import cli
from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.plan_head import Edition
from tests.drafting.test_edits import held, refused, run
from tests.sample import SAMPLE, SUPERSEDING, frozen, plant

Output = pytest.CaptureFixture[str]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan that is adopted as it is, and has a revision."""
    revision = "from: first\nreasons: [{id: alpha, reason: 変更}]\n"
    changes: dict[str, str | bytes | None] = {
        "editions/first.json": frozen("first"),
        "revision.yaml": revision,
    }
    folder = plant(tmp_path / "plan", changes)
    assert cli.run(["adopt", "--quiet", str(folder)]) == 0
    return folder


def edition(folder: Path) -> Edition:
    head = load(str(folder)).draft.head
    assert head is not None
    return head.edition


def test_the_next_stage_follows_and_what_is_beside_it_stays(plan: Path, capsys: Output) -> None:
    before = held(plan)
    after = run(plan, "next", "third", "--stage", "素案")
    assert after == {
        **{name: text for name, text in before.items() if name != "revision.yaml"},
        "plan.yaml": SUPERSEDING.replace("id: second", "id: third")
        .replace("stage: 案", "stage: 素案")
        .replace("supersedes: first", "supersedes: second"),
    }
    out = capsys.readouterr().out
    assert "版「second」（案）を改める版「third」（素案）を始めました。\n" in out
    assert cli.run(["validate", str(plan)]) == 0
    assert cli.run(["diff", "--exit-code", str(plan)]) == 1  # the stage


STAGES: Final = {
    "骨子": ("next x", "素案"),
    "素案": ("next x", "案"),
    "案": ("next x --decided-on 2025-12-23", "決定"),
    "決定": ("next x", "骨子"),
}


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_has_one_that_follows(tmp_path: Path, stage: str) -> None:
    dates = "\n  dated: 2025-12-01" + "\n  decided_on: 2025-12-23" * (stage == "決定")
    head = SAMPLE["plan.yaml"].replace("stage: 案", f"stage: {stage}{dates}")
    plan = plant(tmp_path / "plan", {"plan.yaml": head})
    assert cli.run(["adopt", "--quiet", str(plan)]) == 0
    command, following = STAGES[stage]
    run(plan, *command.split())
    started = edition(plan)
    assert (started.id, started.stage, started.supersedes) == ("x", following, "second")
    assert (str(started.decided_on), started.dated) == (
        "2025-12-23" if following == "決定" else "None",
        None,
    )
    assert cli.run(["validate", "--quiet", str(plan)]) == 0


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("next first", "版「first」の記録がすでにあります。"),
        ("next second", "版「second」の記録がすでにあります。"),
        ("next third", "閣議決定の日（--decided-on 2025-12-23 の形）は、段階が「決定」の版にだけ"),
        ("next third --stage 案 --decided-on 2025-12-23", "（この版の段階は「案」です。"),
        ("next third --decided-on 12月", "［bad-date］"),
        ("next Third --stage 案", "［bad-id］"),
        ("next third --stage 原案", "「原案」という段階はありません。骨子、素案、案、決定 の"),
    ],
)
def test_what_cannot_follow_changes_nothing(
    plan: Path, command: str, message: str, capsys: Output
) -> None:
    assert message in refused(plan, capsys, *command.split())


def test_the_last_one_must_be_adopted(plan: Path, capsys: Output) -> None:
    (plan / "editions/second.json").unlink()
    message = "版「second」は、まだ凍結されていません。kihonkeikaku adopt で凍結してから、"
    assert message in refused(plan, capsys, "next", "third", "--stage", "案")


def test_who_began_to_write_before_can_still_start_it(plan: Path) -> None:
    file = plan / "measures/alpha.yaml"
    file.write_text(file.read_text("utf-8").replace("text: 取組", "text: 別の取組"), "utf-8")
    assert cli.run(["validate", "--quiet", str(plan)]) == 1
    run(plan, "next", "third", "--stage", "案")
    assert cli.run(["validate", "--quiet", str(plan)]) == 0


def test_a_revision_that_was_begun_is_not_thrown_away(plan: Path, capsys: Output) -> None:
    file = plan / "revision.yaml"
    file.write_text("from: second\nreasons: [{id: beta, reason: 今度の変更}]\n", "utf-8")
    assert run(plan, "next", "third", "--stage", "案")["revision.yaml"] == file.read_text("utf-8")
    assert cli.run(["validate", "--quiet", str(plan)]) == 0
