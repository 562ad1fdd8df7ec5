"""Plans over random outlines: labels are read back, and what is valid is built and verified."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kihonkeikaku import cli
from kihonkeikaku.model.draft import draft_from_plan
from kihonkeikaku.model.figures import make_figure_file
from kihonkeikaku.model.frozen import freeze
from kihonkeikaku.model.outline import OutlineKind
from kihonkeikaku.text.counters import COUNTER_STYLES, counter_limit, parse_counter
from tests.properties.outlined_plans import outlined_pair

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
AROUND = st.sampled_from(["", "第", "章", "（", "）", "．", "政策", "{parent}.", "-"])


@given(
    style=st.sampled_from(COUNTER_STYLES),
    before=AROUND,
    after=AROUND.filter(lambda text: "{" not in text),
    number=st.integers(1, 200),
    parent=st.sampled_from(["1", "2.3", "Ⅳ", "（ア）"]),
)
def test_a_number_is_read_back_from_its_label(
    style: str, before: str, after: str, number: int, parent: str
) -> None:

    number = min(number, counter_limit(style) or number)
    kind = OutlineKind(kind="any", label=f"{before}{{{style}}}{after}")
    label = kind.format_label(number, parent)
    found = re.fullmatch(kind.label_pattern(), label)
    assert found, label
    assert parse_counter(style, found[1]) == number
    assert kind.format_label(parse_counter(style, found[1]) or 0, parent) == label


@pytest.mark.parametrize("seed", range(3))
def test_what_is_valid_is_built_and_verified(seed: int, tmp_path: Path) -> None:
    edition, out = tmp_path / "edition.json", tmp_path / "out"
    plan = outlined_pair(seed)[0]
    shown = sorted(draft_from_plan(plan).shown_figures())
    edition.write_bytes(
        freeze(plan.model_copy(update={"figures": tuple(make_figure_file(n, SVG) for n in shown)}))
    )
    assert cli.run(["validate", str(edition), "--quiet"]) == 0
    assert cli.run(["build", str(edition), "--only", "html", "--out", str(out), "--quiet"]) == 0
    assert cli.run(["verify", str(out), "--quiet"]) == 0
