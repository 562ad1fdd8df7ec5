"""The data of a plan → its files, as YAML in the layout of plans."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

_WIDTH: Final = 1 << 20
"""No text is folded: a plan's texts stand on one line."""


class _Dumper(yaml.SafeDumper):
    """Indents the entries of lists, as plans do, and writes no aliases."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


def plan_files(
    head: Mapping[str, Any],
    ministries: list[dict[str, Any]],
    chapters: list[dict[str, Any]],
    measures: list[dict[str, Any]],
) -> Iterator[tuple[str, str]]:
    """Yields the name and the text of each file of a plan."""
    yield "plan.yaml", _dump(head)
    yield "ministries.yaml", _dump({"ministries": ministries})
    for chapter in chapters:
        yield f"chapters/{chapter['id']}.yaml", _dump(chapter)
    for measure in measures:
        yield f"measures/{measure['id']}.yaml", _dump(measure)


def _dump(data: Mapping[str, Any]) -> str:
    return yaml.dump(
        dict(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH,
        default_flow_style=False,
    )  # fmt: skip
