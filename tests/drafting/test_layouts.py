"""Items moved in files of any layout: the data is what was meant, and no other line is touched."""

import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kihonkeikaku.drafting.editable_yaml import EditableYaml
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.yaml_parser import parse_yaml
from kihonkeikaku.model.finding import PlanPath


class Writer:
    """Writes a chapter of random headings and measures, in one of the ways that people write."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._count = 0
        self._step = random.choice((0, 2, 4))

    def chapter(self) -> str:
        lines = ["# 章"] if self._often() else []
        lines += ["id: m", f"title: 題{self._comment()}", *self._lists(0)]
        ending = self._random.choice(("\n", "\r\n"))
        return ending.join(lines) + (ending if self._often() else "")

    def _lists(self, depth: int) -> Iterator[str]:
        if self._often():
            yield from self._measures()
        if depth < 2 and self._often():
            yield f"sections:{self._comment()}"
            for _ in range(self._random.randint(1, 3)):
                yield from self._between(self._step)
                first, *rest = ["id: " + self._name("s"), "kind: group", *self._lists(depth + 1)]
                yield f"{' ' * self._step}- {first}{self._comment()}"
                yield from (f"{' ' * (self._step + 2)}{line}" if line else "" for line in rest)

    def _measures(self) -> Iterator[str]:
        items = [self._item() for _ in range(self._random.randint(1, 4))]
        if self._random.random() < 0.3:
            yield f"measures: [{', '.join(items)}]{self._comment()}"
            return
        yield f"measures:{self._comment()}"
        for item in items:
            yield from self._between(self._step)
            yield f"{' ' * self._step}- {item}{self._comment()}"

    def _item(self) -> str:
        name = self._name("a")
        return self._random.choice((name, name, f"'{name}'", f'"{name}"', f"{{reprint: {name}}}"))

    def _name(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"

    def _comment(self) -> str:
        return "  # 注釈" if self._random.random() < 0.2 else ""

    def _between(self, column: int) -> Iterator[str]:
        if self._random.random() < 0.15:
            yield ""
        if self._random.random() < 0.15:
            yield f"{' ' * self._random.choice((column, column + 2, 0))}# 上の注釈"

    def _often(self) -> bool:
        return self._random.random() < 0.7


def headings(data: Any, path: PlanPath = ()) -> Iterator[PlanPath]:
    yield path
    for index, section in enumerate(data.get("sections", ())):
        yield from headings(section, (*path, "sections", index))


def at(data: Any, path: PlanPath) -> Any:
    for part in path:
        data = data[part] if isinstance(part, int) else data.get(part, ())
    return data


def id_of(item: Any) -> str:
    return str(next(iter(item.values()))) if isinstance(item, dict) else str(item)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**9))
def test_one_item_is_elsewhere_and_nothing_else(seed: int) -> None:
    random = Random(seed)
    text = Writer(random).chapter()
    file = EditableYaml("chapters/m.yaml", text.encode())
    places = [(*path, "measures") for path in headings(file.data)]
    sources = [(*path, i) for path in places for i in range(len(at(file.data, path)))]
    if not sources:
        return
    source = random.choice(sources)
    moved = id_of(at(file.data, source))
    try:
        item = file.remove_item(source)
        to = random.choice(places)
        index = random.randint(0, len(at(file.data, to)))
        file.insert_item(to, index, item, before=("sections",))
    except CommandError as error:  # a comment would have to go into brackets
        assert "エディターで直してください" in str(error)
        return
    assert parse_yaml(file.content).data == file.data
    assert id_of(at(file.data, to)[index]) == moved
    edited = file.content.decode()
    assert other_lines(edited, moved) == other_lines(text, moved)
    assert comments(edited) == comments(text)
    assert ("\r\n" in edited) == ("\r\n" in text)


def other_lines(text: str, id: str) -> list[str]:
    """A file's lines but comments, where a measure stands, and the keys of lists of measures."""
    lines = (line.strip() for line in text.splitlines())
    return [
        line
        for line in lines
        if line and "#" not in line and not line.startswith("measures:") and id not in words(line)
    ]


def words(line: str) -> set[str]:
    return set(re.findall(r"\w+", line))


def comments(text: str) -> list[str]:
    return sorted(line[line.index("#") :].strip() for line in text.splitlines() if "#" in line)


def test_most_moves_are_made() -> None:
    """Else the property above would hold of nothing."""
    made = 0
    for seed in range(100):
        random = Random(seed)
        file = EditableYaml("chapters/m.yaml", Writer(random).chapter().encode())
        places = [path for path in headings(file.data) if at(file.data, (*path, "measures"))]
        try:
            for path in places:
                file.insert_item((*path, "measures"), 0, file.remove_item((*path, "measures", 0)))
            made += bool(places)
        except CommandError:
            continue
    assert made > 50
