"""JSON with a value a line, as people and diffs read it.

The bytes are those of ``json.dumps(…, ensure_ascii=False, indent=1)``, which takes three times as
long: with an indent, Python's encoder is not the one written in C.
"""

import json
from collections.abc import Iterable
from typing import Any, Final

_text: Final = json.encoder.encode_basestring


def laid_out(value: object, *, sort_keys: bool = False) -> str:
    """Returns a value as JSON, indented by a space a level.

    Args:
        value: what ``json.dumps`` takes; keys are strings.
        sort_keys: whether objects are laid out by their keys, or as they come.
    """
    return _laid_out(value, sorted if sort_keys else iter, "\n")


def _laid_out(value: Any, ordered: Any, margin: str) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict) and value:
        inner = f"{margin} "
        return _bracketed(
            "{}",
            (f"{_text(key)}: {_laid_out(value[key], ordered, inner)}" for key in ordered(value)),
            margin,
        )
    if isinstance(value, list | tuple) and value:
        inner = f"{margin} "
        return _bracketed("[]", (_laid_out(item, ordered, inner) for item in value), margin)
    if type(value) is int:
        return str(value)
    return json.dumps(value)


def _bracketed(brackets: str, parts: Iterable[str], margin: str) -> str:
    inside = f",{margin} ".join(parts)
    return f"{brackets[0]}{margin} {inside}{margin}{brackets[1]}"
