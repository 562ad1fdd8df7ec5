"""A YAML file's bytes → plain data with positions, whatever is wrong with the file.

What can't be read as it stands is read with its slips of the pen mended, so that one of them
neither hides the file's other faults nor leads to false ones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from kihonkeikaku.loading.mended_text import MendedText, Slip
from kihonkeikaku.loading.repairs import find_repair
from kihonkeikaku.loading.slips import find_slips
from kihonkeikaku.loading.source import FileProblem, decode_text, find_byte_order_mark
from kihonkeikaku.loading.yaml_composer import ParsedYaml, compose_yaml
from kihonkeikaku.loading.yaml_problems import (
    PROBLEM_LIMIT,
    count_text_problems,
    find_removals,
    find_text_problems,
)
from kihonkeikaku.model.finding import PlanPath

Fits = Callable[[object], bool]
"""Whether a file's data is what such a file may hold."""


def parse_yaml(
    content: bytes, fits: Fits = lambda _: True, *, mend_slips: bool = False
) -> ParsedYaml:
    """Parses one YAML file; whatever is wrong with it is listed in ``problems``.

    Args:
        content: the file's bytes.
        fits: by which of two repairs of a fault the one that was meant is known.
        mend_slips: whether slips of the pen are reported and mended even where it is sound YAML;
            else that is done only where they might be what is wrong with it.
    """
    text = decode_text(content)
    if isinstance(text, FileProblem):
        return ParsedYaml(problems=[text])
    problems = list(islice(find_text_problems(text), PROBLEM_LIMIT))
    if len(problems) == PROBLEM_LIMIT:
        more = count_text_problems(text) - PROBLEM_LIMIT
        return ParsedYaml(text=text, problems=problems, more_problems=more)
    mark = find_byte_order_mark(content)
    if mark:
        problems.insert(0, mark)
    if any(problem.rule not in _PARSED_NEVERTHELESS for problem in problems) or "\r" in text:
        return ParsedYaml(text=text, problems=problems)
    visible = MendedText(text, find_removals(text) if problems else ())
    parsed = compose_yaml(visible.text)
    if mend_slips or _find_fault(parsed):
        slips = list(islice(find_slips(visible.text), PROBLEM_LIMIT))
        parsed = _parse_mended(visible.text, parsed, fits, slips)
    _restore_places(parsed, visible)
    parsed.problems[:0] = problems
    parsed.text = text
    return parsed


_PARSED_NEVERTHELESS: Final = ("forbidden-character", "bad-encoding")
_FAULTS: Final = ("yaml-syntax", "multiline-scalar")
"""What slips of the pen may lead to."""
_REPAIRS: Final = 5
"""How many faults of one file are mended by trial."""


def _find_fault(parsed: ParsedYaml) -> FileProblem | None:
    return next((problem for problem in parsed.problems if problem.rule in _FAULTS), None)


def _parse_mended(
    text: str, parsed: ParsedYaml, fits: Fits, slips: Sequence[Slip], repairs: int = _REPAIRS
) -> ParsedYaml:
    """Parses a text with its slips mended, and then with what else can be mended by trial.

    Args:
        text: the file's text.
        parsed: what it is as it stands.
        fits: whether data is what the file may hold.
        slips: the slips that are known.
        repairs: how many more may be found by trial.
    """

    def try_reading(text: str) -> tuple[FileProblem | None, bool]:
        tried = compose_yaml(text)
        return _find_fault(tried), not tried.problems and fits(tried.data)

    fault = _find_fault(parsed)
    if not slips and fault and repairs:
        slip = find_repair(text, fault, try_reading)
        slips = [slip] if slip else []
    if not slips:
        return parsed
    mended = MendedText(text, ((slip.line, slip.repair) for slip in slips))
    rest = _parse_mended(mended.text, compose_yaml(mended.text), fits, (), repairs - 1)
    _restore_places(rest, mended)
    rest.problems[:0] = [slip.problem for slip in slips]
    return rest


def _restore_places(parsed: ParsedYaml, mended: MendedText) -> None:
    """Makes the places of a mended text those of the text before."""
    if not mended.has_repairs:
        return
    original = mended.original
    parsed.problems = [_restore_place(problem, mended) for problem in parsed.problems]
    parsed.values = {path: original(place) for path, place in parsed.values.items()}
    parsed.keys = {path: original(place) for path, place in parsed.keys.items()}
    ends = (original(place) for place in parsed.scalar_ends.items())
    parsed.scalar_ends = dict(ends)


def _restore_place(problem: FileProblem, mended: MendedText) -> FileProblem:
    line, column = mended.original(problem.place)
    fix = problem.fix
    if fix:
        start, end = (mended.original((line, at))[1] for at in (fix.start, fix.end))
        fix = replace(fix, start=start, end=end)
    return replace(problem, place=(line, column), fix=fix)


def replace_keys(parsed: ParsedYaml, keys: Mapping[PlanPath, str | None]) -> None:
    """Replaces keys of a file's data, by their paths, or removes them with what is below them.

    Args:
        parsed: the file; its positions go along.
        keys: what each key becomes; nothing where it goes. None becomes one that is there.
    """
    renamed: dict[PlanPath, PlanPath] = {}

    def rebuild(data: object, old: PlanPath, new: PlanPath) -> object:
        renamed[old] = new
        if isinstance(data, tuple):
            return tuple(rebuild(v, (*old, i), (*new, i)) for i, v in enumerate(data))
        if not isinstance(data, dict):
            return data
        rebuilt: dict[str, object] = {}
        for key, value in data.items():
            name = keys.get((*old, key), key)
            if name and (name == key or name not in data | rebuilt):
                rebuilt[name] = rebuild(value, (*old, key), (*new, name))
        return rebuilt

    parsed.data = rebuild(parsed.data, (), ())
    parsed.values = {renamed[p]: place for p, place in parsed.values.items() if p in renamed}
    parsed.keys = {renamed[p]: place for p, place in parsed.keys.items() if p in renamed}
