"""The public API does what docs/api.md says."""

import re

import pytest

import kihonkeikaku
from kihonkeikaku.errors import CommandError
from tests.conftest import REPOSITORY


def test_the_example_runs_as_it_stands(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = (REPOSITORY / "docs/api.md").read_text("utf-8")
    [example] = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    monkeypatch.chdir(REPOSITORY)
    exec(compile(example, "docs/api.md", "exec"), {})  # the guide's own example
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("plan/measures/ai-chips.yaml 5 no-lead 3 の府省庁が並んでいますが")
    assert lines[1].startswith("第3章第1節(1)① ①")
    assert "split industry-location" in lines


def test_all_that_is_public_is_in_the_guide() -> None:
    guide = (REPOSITORY / "docs/api.md").read_text("utf-8")
    named = set(re.findall(r"^\| `([a-z_]+)\(", guide, re.MULTILINE))
    assert named == set(kihonkeikaku.__all__) - {"__version__"}


def test_a_plan_with_errors_is_refused(tmp_path: object) -> None:
    with pytest.raises(CommandError):
        kihonkeikaku.read_plan(str(tmp_path))
