"""Plans of any size for the benchmarks: the plan's own words, put together anew by a fixed seed.

The same number of measures, seed and ``plan/`` always give the same files. Each measure takes its
【】 from one of the plan's, and its text from the beginnings and ends of the plan's texts, so that
lengths, characters and ministries are those of a real plan; ``kihonkeikaku validate`` finds
nothing in it. On its own: ``python -m bench.plans 2000 build/bench/2000``.
"""

import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Final, TypeVar

from kihonkeikaku.loading.loader import Loaded, load
from kihonkeikaku.model.body_lines import BodyLine
from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.plan import Assignment, Clause
from kihonkeikaku.validation.linter import lint

MODEL_PLAN: Final = Path(__file__).parent.parent / "plan"
SEED: Final = 20250901
GROUP_SIZE: Final = 40
"""Most measures under a heading; the plan can number 50."""
GROUPS_IN_SECTION: Final = 20
SHARE_WITH_BODY: Final = 0.15
SHARE_WITH_REFERENCE: Final = 0.05
SHARE_WITH_FOOTNOTE: Final = 0.05

# Behind these a text may go on with the end of another one.
_JOINT: Final = re.compile(
    "(?:における|に向けた|のための|を通じた|を踏まえた|を活用した|に係る|に関する|に資する|を含む)"
)
_BRACKETS: Final = ("「」", "（）")


Item = TypeVar("Item")
Shape = tuple[tuple[Assignment, ...], ...]
"""The 【】 of a measure, clause by clause."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a plan is put together from, in the order of the plan that it was taken from."""

    heads: tuple[str, ...]
    tails: tuple[str, ...]
    bullets: tuple[str, ...]
    words: tuple[str, ...]
    shapes: tuple[Shape, ...]


def write_plan(folder: Path, measures: int, seed: int = SEED) -> None:
    """Writes a plan of so many measures to a folder, in place of what it held.

    Args:
        folder: the plan's folder.
        measures: how many measures there are, each in a file of its own.
        seed: what the texts are drawn by.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in plan_files(measures, seed):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def plan_files(measures: int, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """Yields the names and texts of a plan's files."""
    loaded = load(str(MODEL_PLAN))
    draft = loaded.draft
    vocabulary = _vocabulary(draft, _questioned_lines(loaded))
    draw = Random(seed)
    for name in ("plan.yaml", "ministries.yaml"):
        yield name, (MODEL_PLAN / name).read_text("utf-8")
    ids = [f"{draw.choice(vocabulary.words)}-{number:05}" for number in range(1, measures + 1)]
    for number, id in enumerate(ids):
        shape = vocabulary.shapes[number % len(vocabulary.shapes)]
        yield f"measures/{id}.yaml", _measure_text(id, shape, ids, vocabulary, draw)
    chapters = list(draft.chapters_in_order())
    for chapter, listed in zip(chapters, _shares(ids, len(chapters)), strict=True):
        text = _chapter_text(chapter.id, chapter.title, listed, vocabulary, draw)
        yield f"chapters/{chapter.id}.yaml", text


def _questioned_lines(loaded: Loaded) -> str:
    """The lines of a plan that rules find something in, waived or not."""
    loaded.waivers.clear()
    places = [finding.position for finding in lint(loaded).findings]
    return "\n".join(loaded.texts[p.file].split("\n")[p.line - 1] for p in places)


def _vocabulary(draft: Draft, questioned: str) -> Vocabulary:
    texts = [text for measure in draft.measures.values() for text in _texts(measure.parts)]
    cuts = [(text, joint.end()) for text in texts for joint in _JOINT.finditer(text)]
    heads = [text[:end] for text, end in cuts]
    tails = [text[end:] for text, end in cuts]
    bullets = [text for line in draft.body_lines for text in _bullets(line)]
    shapes = [tuple(part.assignments for part in m.parts) for m in draft.measures.values()]
    return Vocabulary(
        heads=_usable(heads, questioned),
        tails=_usable(tails, questioned),
        bullets=_usable(bullets, questioned),
        words=tuple(dict.fromkeys(word for id in draft.measures for word in id.split("-"))),
        shapes=tuple(shape for shape in shapes if _is_led(shape)),
    )


def _texts(clauses: Iterable[Clause]) -> Iterator[str]:
    yield from (run for clause in clauses for run in clause.text if isinstance(run, str))


def _bullets(line: BodyLine) -> Iterator[str]:
    if line.marker == "bullet":
        yield from (run for run in line.text if isinstance(run, str))


def _is_led(shape: Shape) -> bool:
    """Whether it is said who leads, so that the rule ``no-lead`` has nothing to note."""
    last = shape[-1]
    return any(a.role == "lead" for a in last) or all(len(part) == 1 for part in shape)


def _usable(texts: Iterable[str], questioned: str) -> tuple[str, ...]:
    """Each text once, without those cut in two within brackets, and those found fault with."""
    return tuple(
        text
        for text in dict.fromkeys(texts)
        if len(text) > 3
        and text not in questioned
        and all(text.count(opening) == text.count(closing) for opening, closing in _BRACKETS)
    )


def _shares(items: Sequence[Item], parts: int) -> Iterator[Sequence[Item]]:
    """Deals items out in order, as evenly as may be."""
    ends = [len(items) * part // parts for part in range(parts + 1)]
    yield from (items[start:end] for start, end in pairwise(ends))


def _measure_text(
    id: str,
    shape: Shape,
    ids: Sequence[str],
    vocabulary: Vocabulary,
    draw: Random,
) -> str:
    lines = [_schema_line("measure"), f"id: {id}"]
    if len(shape) == 1:
        lines += _text_lines(_sentence(vocabulary, draw), ids, vocabulary, draw)
        lines += _assignment_lines(shape[0])
    else:
        lines.append("clauses:")
        for index, assignments in enumerate(shape):
            comma = "、" if index else ""
            lines.append(f"  - text: {comma}{draw.choice(vocabulary.tails)}")
            lines += [f"    {line}" for line in _assignment_lines(assignments)]
    if draw.random() < SHARE_WITH_BODY:
        lines += _body_lines(vocabulary, draw)
    return _file(lines)


def _sentence(vocabulary: Vocabulary, draw: Random) -> str:
    heads = draw.sample(vocabulary.heads, k=draw.choice((1, 1, 2)))
    return "".join(heads) + draw.choice(vocabulary.tails)


def _text_lines(
    text: str, ids: Sequence[str], vocabulary: Vocabulary, draw: Random
) -> Iterator[str]:
    """A text as one string or, now and then, with a reference or a footnote in it."""
    chance = draw.random()
    if chance > SHARE_WITH_REFERENCE + SHARE_WITH_FOOTNOTE:
        yield f"text: {text}"
    elif chance > SHARE_WITH_REFERENCE:
        yield from ("text:", f"  - {text}", f"  - footnote: {draw.choice(vocabulary.bullets)}")
    else:
        yield from ("text:", f"  - ref: {draw.choice(ids)}", f"  - と連携した{text}")


def _assignment_lines(assignments: Iterable[Assignment]) -> Iterator[str]:
    yield "assignments:"
    for assignment in assignments:
        yield f"  - ministry: {assignment.ministry}"
        if assignment.role:
            yield f"    role: {assignment.role}"


def _body_lines(vocabulary: Vocabulary, draw: Random) -> Iterator[str]:
    yield "body:"
    for bullet in draw.sample(vocabulary.bullets, k=draw.randint(1, 3)):
        yield f"  - {bullet}"


def _chapter_text(
    name: str, title: str, ids: Sequence[str], vocabulary: Vocabulary, draw: Random
) -> str:
    lines = [_schema_line("chapter"), f"id: {name}", f"title: {title}", "sections:"]
    groups = list(_shares(ids, -(-len(ids) // GROUP_SIZE)))
    sections = list(_shares(range(len(groups)), -(-len(groups) // GROUPS_IN_SECTION)))
    for number, section in enumerate(sections, start=1):
        lines += _heading_lines(f"{name}-{number}", "section", vocabulary, draw, indent="  ")
        lines += [f"    {line}" for line in _body_lines(vocabulary, draw)]
        lines.append("    sections:")
        for index in section:
            lines += _heading_lines(f"{name}-group-{index + 1}", "group", vocabulary, draw, " " * 6)
            lines.append("        measures:")
            lines += [f"          - {id}" for id in groups[index]]
    return _file(lines)


def _heading_lines(
    id: str, kind: str, vocabulary: Vocabulary, draw: Random, indent: str
) -> Iterator[str]:
    yield f"{indent}- id: {id}"
    yield f"{indent}  kind: {kind}"
    yield f"{indent}  title: {draw.choice(vocabulary.tails)}"


def _schema_line(name: str) -> str:
    return f"# yaml-language-server: $schema=../../schema/{name}.schema.json"


def _file(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    write_plan(Path(sys.argv[2]), int(sys.argv[1]))
