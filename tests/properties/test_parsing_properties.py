"""What holds of every plan that is written down and read: nothing changes, nothing is misplaced.

``EXAMPLES=3000 pytest tests/properties`` tries more of them.
"""

import os
from collections.abc import Iterator
from typing import Any, Final

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from kihonkeikaku.loading.loader import Loaded, load_folder
from kihonkeikaku.loading.positions import PositionMap
from kihonkeikaku.loading.source import SourceFile, SourceFolder
from kihonkeikaku.model.finding import PlanPath, Position
from kihonkeikaku.model.plan import Plan
from tests.properties.plans import Style, files, plans, styles

pytestmark = pytest.mark.slow

EXAMPLES: Final = int(os.environ.get("EXAMPLES", "100"))

many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ROOTS: Final[dict[str, PlanPath]] = {
    "plan.yaml": ("plan",),
    "ministries.yaml": (),
}


def read(texts: dict[str, str]) -> Loaded:
    entries = tuple(SourceFile(name, text.encode()) for name, text in sorted(texts.items()))
    return load_folder(SourceFolder("plan", entries))


def nodes(data: Any, path: PlanPath) -> Iterator[tuple[PlanPath, Any]]:
    """All values of a file with their paths."""
    yield path, data
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in () if isinstance(data, str) else items:
        yield from nodes(value, (*path, key))


def stands(text: str, position: Position, value: str) -> bool:
    """Whether a scalar is written at that place, plainly or between quotes."""
    line = text.split("\n")[position.line - 1]
    written = line[position.column - 1 :]
    if written[0] not in "'\"":
        return written.startswith(value)
    token = next(token for token in yaml.scan(written) if isinstance(token, yaml.ScalarToken))
    return bool(token.value == value)


def begins(
    text: str, position: Position, value: Any, positions: PositionMap, path: PlanPath
) -> bool:
    """Whether a value begins at that place: text, or a collection's bracket or first part."""
    if isinstance(value, str):
        return stands(text, position, value)
    opening = text.split("\n")[position.line - 1][position.column - 1]
    if isinstance(value, list):
        return opening in "[-"
    first = (*path, next(iter(value)))
    return opening == "{" or position == positions.find(first, at_key=True)


@many
@given(plans, styles)
def test_written_plan_is_read_back(plan: Plan, style: Style) -> None:
    loaded = read(files(plan, style))
    assert loaded.findings == []
    assert loaded.draft.plan() == plan


@many
@given(plans, styles)
def test_every_position_is_that_of_its_value(plan: Plan, style: Style) -> None:
    texts = files(plan, style)
    positions = read(texts).positions
    for name, text in texts.items():
        folder, _, file = name.partition("/")
        root = ROOTS.get(name, (folder, file.removesuffix(".yaml")))
        _, *below = nodes(yaml.load(text, yaml.CBaseLoader), root)
        for path, value in below:
            place = positions.find(path)
            assert place.file == f"plan/{name}"
            assert begins(text, place, value, positions, path)
            if isinstance(path[-1], str):
                assert stands(text, positions.find(path, at_key=True), path[-1])
        if root:  # what is said of the file as a whole is said at its beginning
            assert positions.find(root) == Position(f"plan/{name}")
