"""pydantic's errors → problems of a file, in Japanese and with a path into the file.

Each error type of pydantic is a rule of ours, with our own sentences.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kihonkeikaku.loading.slips import JAPANESE_KEYS
from kihonkeikaku.model.finding import PlanPath
from kihonkeikaku.model.plan import OUTCOME_NAMES
from kihonkeikaku.model.values import PARAGRAPH_MARKERS, TAG_MARK
from kihonkeikaku.text.suggestions import Suggestions


@dataclass(frozen=True, slots=True)
class ModelProblem:
    """One error of a model: the rule, the path within the file, the message and the hint."""

    rule: str
    path: PlanPath
    message: str
    hint: str
    at_key: bool = False
    key: str | None = None
    """For a missing key: which."""
    suggestion: str | None = None
    """For an unknown key: the key that was probably meant."""


_JAPANESE_VALUES: Final = {name: value for value, name in OUTCOME_NAMES.items()} | {
    **{"節": "section", "章": "chapter", "別紙": "appendix", "前文": "preface"},
    **{stage: stage for stage in ("骨子", "素案", "案", "決定")},
}
"""What the values of keys are called in the guide and in print."""
_SUGGESTIONS_PER_FILE: Final = 500
"""Of how many unknown keys in a file a suggestion is looked for: that is slow."""
_MEASURE_HINT: Final = "取組は、「- 識別子」とだけ書いてください。"
_SPACE_HINT: Final = "字下げと区切りには半角の空白を使ってください。"
_TEXT_KEYS: Final = ("text", *PARAGRAPH_MARKERS)
_EXPECTED: Final = {
    "text": (
        "文",
        "一行の文で書いてください。「: 」や「{」のある文は、全体を引用符 ' ' で囲みます。",
    ),
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
    model: type[BaseModel], error: ValidationError, data: object
) -> Iterator[ModelProblem]:
    """Translates every error of a file that was read as ``model``; ``data`` is what it holds."""
    problems = [
        _translate(model, _path(details, data), details)
        for details in error.errors(include_url=False)
    ]
    suggestions = cache(lambda names: Suggestions(_allowed_keys(model, names)))
    unknown = [number for number, problem in enumerate(problems) if problem.rule == "unknown-key"]
    for number in unknown[:_SUGGESTIONS_PER_FILE]:
        problems[number] = _with_suggestion(problems[number], suggestions)
    missing = {problem.key: problem.path for problem in problems if problem.key}
    for number in unknown:
        problems[number] = _with_place(problems[number], missing)
    misspelt = {
        (problem.path[:-1], problem.suggestion) for problem in problems if problem.suggestion
    }
    misspelt |= {
        (problem.path[:-1], "reprint") for problem in problems if problem.hint == _MEASURE_HINT
    }
    refused = {problem.path[:end] for problem in problems for end in range(len(problem.path))}
    unknown_keys = [problem.path for problem in problems if problem.rule == "unknown-key"]
    for problem in problems:
        is_consequence = _is_consequence(problem, misspelt, refused)
        if not is_consequence and not follows_from_unknown_key(problem, unknown_keys):
            yield problem


def follows_from_unknown_key(problem: ModelProblem, unknown_keys: Collection[PlanPath]) -> bool:
    """Whether a problem is there only because keys are unknown: at the wrong place, or no keys.

    Args:
        problem: what a model refused.
        unknown_keys: the paths of the keys.
    """
    if problem.rule == "missing-key":
        return any(path[-1] == problem.key for path in unknown_keys)
    return problem.rule == "paragraph-form" and any(
        path[:-1] == problem.path for path in unknown_keys
    )


def _path(details: ErrorDetails, data: object) -> PlanPath:
    """Returns the path in the file: without what a model adds where a short form is written."""
    path: list[str | int] = []
    for part in details["loc"]:
        is_added = (
            str(part).startswith(TAG_MARK)
            or (isinstance(data, dict) and isinstance(part, int))  # one law, not a list of them
            or (isinstance(data, tuple) and isinstance(part, str))  # cells, not a row with an id
        )
        if is_added:
            continue
        path.append(part)
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, tuple) and isinstance(part, int):
            data = data[part] if part < len(data) else None
    return tuple(path)


def _is_consequence(
    problem: ModelProblem, misspelt: Set[tuple[PlanPath, str]], refused: Set[PlanPath]
) -> bool:
    """Whether ``problem`` is there only because of another one.

    A key is missing because it was misspelt; a list is empty because its item was refused.

    Args:
        problem: what a model refused.
        misspelt: where there are unknown keys, and the keys that were probably meant.
        refused: what has something in it that was refused.
    """
    if problem.rule == "missing-key":
        return (problem.path, problem.key) in misspelt
    return problem.rule == "empty-value" and problem.path in refused


def _translate(model: type[BaseModel], path: PlanPath, details: ErrorDetails) -> ModelProblem:
    translate = _TRANSLATIONS.get(details["type"])
    if details["input"] == "" and translate is not _unknown_key:
        return _empty_value(model, path, details)
    if translate:
        return translate(model, path, details)
    if details["type"] in _EXPECTED:
        return _wrong_type(model, path, details)
    # Ours: the type is the rule's ID, and both sentences come along.
    return ModelProblem(details["type"], path, details["ctx"]["message"], details["ctx"]["hint"])


def _unknown_key(model: type[BaseModel], path: PlanPath, _: ErrorDetails) -> ModelProblem:
    key, known = str(path[-1]), _allowed_keys(model, _key_names(path[:-1]))
    return ModelProblem(
        "unknown-key",
        path,
        f"「{key}」というキーはここでは使えません。",
        _hint_of_key(key, f"使えるキーは {'、'.join(known)} です。"),
        at_key=True,
    )


def _hint_of_key(key: str, hint: str) -> str:
    if key != key.strip():
        return _SPACE_HINT
    if key in JAPANESE_KEYS or key.isascii():
        return hint
    return f"文の続きなら、「,」や「: 」のある文の全体を引用符 ' ' で囲んでください。{hint}"


def _with_suggestion(
    problem: ModelProblem, suggestions: Callable[[tuple[str, ...]], Suggestions]
) -> ModelProblem:
    """Suggests the key that was probably meant."""
    key = str(problem.path[-1])
    names = _key_names(problem.path[:-1])
    if key == "id" and names[-1:] == ("measures",):
        return replace(
            problem,
            rule="wrong-type",
            message="「measures」の項目は、識別子だけを書くところです。",
            hint=_MEASURE_HINT,
        )
    meant = suggestions(names)
    suggestion = meant.find(JAPANESE_KEYS.get(key, key))
    if key in JAPANESE_KEYS and not suggestion:  # 担当 of one ministry
        suggestion = meant.find("ministry")
    if suggestion == key:  # right in itself, but not beside another
        return problem
    hint = (
        f"「{suggestion}」ではありませんか。" if suggestion and key == key.strip() else problem.hint
    )
    return replace(problem, hint=hint, suggestion=suggestion)


def _with_place(problem: ModelProblem, missing: Mapping[str, PlanPath]) -> ModelProblem:
    """Says where an unknown key belongs, if it is missing somewhere else."""
    key = str(problem.path[-1])
    place = missing.get(key, problem.path[:-1])
    if not place or place == problem.path[:-1]:
        return problem
    where = next(f"「{part}」" for part in reversed(place) if isinstance(part, str))
    hint = f"{where}の中の「{key}」なら、その位置まで字下げしてください。"
    return replace(problem, hint=hint, suggestion=None)


def _missing_key(_: type[BaseModel], path: PlanPath, __: ErrorDetails) -> ModelProblem:
    is_later_item = isinstance(path[-2] if path[1:] else 0, int) and path[-2:-1] not in ((), (0,))
    again = "前の項目の続きなら、「- 」を空白二つに替えてください。" if is_later_item else ""
    return ModelProblem(
        "missing-key",
        path[:-1],
        f"「{path[-1]}」がありません。",
        f"「{path[-1]}: …」の行を加えてください。{again}",
        key=str(path[-1]),
    )


def _empty_value(_: type[BaseModel], path: PlanPath, details: ErrorDetails) -> ModelProblem:
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    is_run = path[-2:-1] and path[-2] in _TEXT_KEYS
    is_item = bool(path) and isinstance(path[-1], int) and not is_run
    out = "その行を" if is_run else "「-」の行を" if is_item else "キーごと"
    what = "一覧に項目がありません" if details["type"] == "too_short" else "値がありません"
    return ModelProblem(
        "empty-value",
        path,
        f"「{name}」の{what}。",
        f"値を書くか、要らなければ{out}除いてください。",
    )


def _wrong_value(model: type[BaseModel], path: PlanPath, details: ErrorDetails) -> ModelProblem:
    value = details["input"]
    if isinstance(value, (dict, tuple)):
        return _wrong_type(model, path, details)
    meant = _JAPANESE_VALUES.get(str(value).strip("　 （）()「」"))
    choices = [meant] if meant in (found := _choices(details)) else found
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


def _wrong_type(model: type[BaseModel], path: PlanPath, details: ErrorDetails) -> ModelProblem:
    value = details["input"]
    key = path[-1] if path else None
    is_text = key in _TEXT_KEYS and isinstance(value, dict)
    expected, hint = _EXPECTED["text" if is_text else details["type"]]
    found = next((name for kind, name in _FOUND if isinstance(value, kind)), "別の型の値")
    name = next((f"「{part}」は" for part in reversed(path) if isinstance(part, str)), "ここは")
    first_key = _first_key(model, path) if isinstance(value, str) else None
    if first_key and isinstance(key, int):
        name = f"「{path[-2]}」の項目は"
        hint = f"「- {first_key}: {value}」のように、{first_key}: を付けてください。"
    elif isinstance(value, str) and details["type"] == "tuple_type":
        first = re.split("[、,，・/／]", value.strip("【】[]［］（）"))[0]
        item = f"{first_key}: {first}" if first_key else first
        hint = f"次の行から「- {item}」のように、「- 」で始まる項目を並べてください。"
    elif isinstance(value, tuple) and not path and (first_key := _first_key(model, path)):
        hint = f"初めに「{first_key}:」の行を書いてください。"
    elif isinstance(value, tuple) and isinstance(key, int):
        hint = "「- 」が二つ重なっていれば、一つにしてください。"
    return ModelProblem(
        "wrong-type", path, f"{name}{expected}で書くところですが、{found}になっています。", hint
    )


def _first_key(model: type[BaseModel], path: PlanPath) -> str | None:
    """Returns the key that a mapping at this path has to begin with, if there is one."""
    if path[-1:] == ("measures",):
        return None  # most are identifiers alone
    models = _models_at(model, _key_names(path))
    required = [
        field.alias or name
        for m in models
        for name, field in m.model_fields.items()
        if field.is_required()
    ]
    return required[0] if required else None


_TRANSLATIONS: Final[
    dict[str, Callable[[type[BaseModel], PlanPath, ErrorDetails], ModelProblem]]
] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "string_too_short": _empty_value,
    "too_short": _empty_value,
    "literal_error": _wrong_value,
}


def _key_names(path: PlanPath) -> tuple[str, ...]:
    return tuple(part for part in path if isinstance(part, str))


@lru_cache(maxsize=64)  # a file may hold thousands of unknown keys
def _allowed_keys(model: type[BaseModel], names: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the keys that are allowed below these keys in a file of ``model``."""
    models = _models_at(model, names)
    known = {field.alias or name for m in models for name, field in m.model_fields.items()}
    return tuple(sorted(known))


def _models_at(model: type[BaseModel], names: tuple[str, ...]) -> list[type[BaseModel]]:
    """Returns the models of what is below these keys in a file of ``model``."""
    models = [model]
    for name in names:
        fields = [m.model_fields[name] for m in models if name in m.model_fields]
        models = [found for field in fields for found in _models_in(field.annotation)]
    return models


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
