"""What pydantic has to say of a file, in Japanese and with a path into the file.

pydantic's own sentences never reach the user: each of its error types is a rule of ours here.
"""

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kihonkeikaku.model.finding import PlanPath
from kihonkeikaku.model.values import TAG_MARK
from kihonkeikaku.text.suggestions import Guesses


@dataclass(frozen=True, slots=True)
class ModelProblem:
    """One thing that a model refused: the rule, the path within the file, two sentences."""

    rule: str
    path: PlanPath
    message: str
    hint: str
    at_key: bool = False
    key: str | None = None
    """For a missing key: which."""
    meant: str | None = None
    """For an unknown key: the key that was probably meant."""


_GUESSED: Final = 500
"""Of how many unknown keys in a file it is guessed what was meant: guessing is slow."""
_SPACE_HINT: Final = "字下げと区切りには半角の空白を使ってください。"
_EXPECTED: Final = {
    "string_type": ("文字", "一行の文字で書いてください。"),
    "tuple_type": ("一覧", "「- 」で始まる項目を並べて書いてください。"),
    "model_type": ("「キー: 値」の組", "「キー: 値」の形で書いてください。"),
    "dict_type": ("「キー: 値」の組", "「キー: 値」の形で書いてください。"),
    "literal_error": ("文字", "一行の文字で書いてください。"),
    "date_type": ("日付", "実在する日付を 2026-04-01 の形で書いてください。"),
}
_FOUND: Final[tuple[tuple[type, str], ...]] = (
    (str, "文字"),
    (tuple, "一覧"),
    (dict, "「キー: 値」の組"),
)


def translate_model_errors(
    model: type[BaseModel], error: ValidationError
) -> Iterator[ModelProblem]:
    """Translates everything that ``error`` holds about a file read as ``model``."""
    faults = [_fault(model, _path(details), details) for details in error.errors(include_url=False)]
    guesses = cache(lambda names: Guesses(_keys_at(model, names)))
    unknown = [number for number, fault in enumerate(faults) if fault.rule == "unknown-key"]
    for number in unknown[:_GUESSED]:
        faults[number] = _with_guess(faults[number], guesses)
    misspelt = {(fault.path[:-1], fault.meant) for fault in faults if fault.meant}
    refused = {fault.path[:end] for fault in faults for end in range(len(fault.path))}
    for fault in faults:
        if not _is_noise(fault, misspelt, refused):
            yield fault


def _path(details: ErrorDetails) -> PlanPath:
    return tuple(part for part in details["loc"] if not str(part).startswith(TAG_MARK))


def _is_noise(
    fault: ModelProblem, misspelt: Set[tuple[PlanPath, str]], refused: Set[PlanPath]
) -> bool:
    """Whether ``fault`` is there only because of another one.

    A key is missing because it was misspelt; a list is empty because its item was refused.

    Args:
        fault: what a model refused.
        misspelt: where there are unknown keys, and the keys that were probably meant.
        refused: what has something in it that was refused.
    """
    if fault.rule == "missing-key":
        return (fault.path, fault.key) in misspelt
    return fault.rule == "empty-value" and fault.path in refused


def _fault(model: type[BaseModel], path: PlanPath, details: ErrorDetails) -> ModelProblem:
    translate = _TRANSLATIONS.get(details["type"])
    if details["input"] == "" and translate is not _unknown_key:
        return _empty_value(model, path, details)
    if translate:
        return translate(model, path, details)
    if details["type"] in _EXPECTED:
        return _wrong_type(path, details)
    # Ours: the type is the rule's ID, and both sentences come along.
    return ModelProblem(details["type"], path, details["ctx"]["message"], details["ctx"]["hint"])


def _unknown_key(model: type[BaseModel], path: PlanPath, _: ErrorDetails) -> ModelProblem:
    key, known = str(path[-1]), _keys_at(model, _names(path[:-1]))
    return ModelProblem(
        "unknown-key",
        path,
        f"「{key}」というキーはここでは使えません。",
        f"使えるキーは {'、'.join(known)} です。" if key == key.strip() else _SPACE_HINT,
        at_key=True,
    )


def _with_guess(fault: ModelProblem, guesses: Callable[[tuple[str, ...]], Guesses]) -> ModelProblem:
    """Adds to an unknown key the one that was probably meant."""
    key = str(fault.path[-1])
    meant = guesses(_names(fault.path[:-1])).nearest(key)
    hint = f"「{meant}」ではありませんか。" if meant and key == key.strip() else fault.hint
    return replace(fault, hint=hint, meant=meant)


def _missing_key(_: type[BaseModel], path: PlanPath, __: ErrorDetails) -> ModelProblem:
    return ModelProblem(
        "missing-key",
        path[:-1],
        f"「{path[-1]}」がありません。",
        f"「{path[-1]}: …」の行を加えてください。",
        key=str(path[-1]),
    )


def _empty_value(_: type[BaseModel], path: PlanPath, details: ErrorDetails) -> ModelProblem:
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    what = "一覧に項目がありません" if details["type"] == "too_short" else "値がありません"
    return ModelProblem(
        "empty-value",
        path,
        f"「{name}」の{what}。",
        "値を書くか、要らなければキーごと除いてください。",
    )


def _wrong_value(_: type[BaseModel], path: PlanPath, details: ErrorDetails) -> ModelProblem:
    value = details["input"]
    if isinstance(value, (dict, tuple)):
        return _wrong_type(path, details)
    choices = _choices(details)
    expected = " か ".join(f"「{choice}」" for choice in choices)
    return ModelProblem(
        "wrong-value",
        path,
        f"「{value}」は「{path[-1]}」の値として使えません。",
        f"{expected}と書いてください。",
    )


def _choices(details: ErrorDetails) -> list[str]:
    """The values that a ``Literal`` allows, out of pydantic's 「'a', 'b' or 'c'」."""
    expected: str = details["ctx"]["expected"]
    return [part.strip().strip("'") for part in expected.replace(" or ", ",").split(",")]


def _wrong_type(path: PlanPath, details: ErrorDetails) -> ModelProblem:
    value = details["input"]
    expected, hint = _EXPECTED[details["type"]]
    found = next((name for kind, name in _FOUND if isinstance(value, kind)), "別の型の値")
    name = next((f"「{part}」は" for part in reversed(path) if isinstance(part, str)), "ここには")
    return ModelProblem(
        "wrong-type", path, f"{name}{expected}で書くところですが、{found}になっています。", hint
    )


_TRANSLATIONS: Final[
    dict[str, Callable[[type[BaseModel], PlanPath, ErrorDetails], ModelProblem]]
] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "string_too_short": _empty_value,
    "too_short": _empty_value,
    "literal_error": _wrong_value,
}


def _names(path: PlanPath) -> tuple[str, ...]:
    return tuple(part for part in path if isinstance(part, str))


@lru_cache(maxsize=64)  # a file may hold thousands of unknown keys
def _keys_at(model: type[BaseModel], names: tuple[str, ...]) -> tuple[str, ...]:
    """The keys that may stand under these ones in a file read as ``model``."""
    models = [model]
    for name in names:
        fields = [m.model_fields[name] for m in models if name in m.model_fields]
        models = [found for field in fields for found in _models_in(field.annotation)]
    known = {field.alias or name for m in models for name, field in m.model_fields.items()}
    return tuple(sorted(known))


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
