"""A comparison as a PDF tells its two editions' texts, whatever characters they are made of."""

from pathlib import Path

import pytest

from kihonkeikaku import cli
from tests.sample import SAMPLE, plant

PAIRS = {
    "a variant, and the character of a ministry that is gone": ("神社", "神\U000e0100社"),
    "a letter in two pieces, and in one": ("がぎ", "か\u3099ぎ"),
    "marks in another order": ("e\u0323\u0302", "e\u0302\u0323"),
    "a fallback font": ("吉野、CO2", "𠮷野、CO₂"),
    "a run without a place to break": ("取組" + "・" * 100, "取組" + "ー" * 100),
}


OFF = "rules:\n" + "".join(
    f"  - {{rule: {rule}, severity: 'off', reason: 試験}}\n"
    for rule in ("compatibility-character", "ministry-order", "sentence-end", "unused-ministry")
)


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new"), PAIRS.values(), ids=PAIRS.keys())
def test_the_tables_say_both_texts(old: str, new: str, tmp_path: Path) -> None:
    for name, text in (("old", old), ("new", new)):
        alpha = f"id: alpha\ntext: {text}の取組\nassignments:\n  - ministry: {text[:60]}省\n"
        head = SAMPLE["plan.yaml"].replace("id: second", f"id: {name}")
        register = SAMPLE["ministries.yaml"] + f"  - id: own\n    name: {text[:60]}省\n"
        files = {
            "plan.yaml": head.replace("  supersedes: first\n", "") + OFF,
            "ministries.yaml": register,
            "measures/alpha.yaml": alpha,
        }
        plant(tmp_path / name, files)
    arguments = [str(tmp_path / "old"), str(tmp_path / "new"), "--format", "pdf"]
    assert cli.run(["diff", *arguments, "--out", str(tmp_path / "changes.pdf")]) == 0
