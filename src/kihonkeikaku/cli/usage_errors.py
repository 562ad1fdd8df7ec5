"""Wrong command lines, described in Japanese from the fields of typer's exceptions."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, Final

import typer

_UNKNOWN_ERROR: Final = "引数かオプションが正しくありません。"


def describe_usage_error(error: typer.TyperException, arguments: Sequence[str]) -> str:
    """Returns what is wrong with a command line, in a sentence.

    Args:
        error: what typer raised. Of its classes only ``BadParameter`` is public; the others are
            told apart by their fields.
        arguments: the command line, without the program's name.
    """
    fields: dict[str, Any] = vars(error)
    option, context = fields.get("option_name"), fields.get("ctx")
    if "possibilities" in fields:
        suggestion = _suggest(sorted(fields["possibilities"] or ()))
        return f"「{option}」というオプションはありません。{suggestion}"
    if option:
        has_value = any(argument.startswith(f"{option}=") for argument in arguments)
        return f"{option} に値は書けません。" if has_value else f"{option} には値を書いてください。"
    if isinstance(error, typer.BadParameter):
        return _describe_parameter(error.param, context, arguments)
    if context and hasattr(context.command, "commands"):
        return _describe_command(context.command.commands, arguments)
    _, extra = _parse(context, arguments)
    return f"余分な引数があります（{' '.join(extra)}）。" if extra else _UNKNOWN_ERROR


def _describe_parameter(param: Any, context: Any, arguments: Sequence[str]) -> str:
    """Describes an argument that is missing, or a value that is none of those that can be."""
    is_option = param.param_type_name == "option"
    name = param.opts[0] if is_option else (param.metavar or param.name).strip("[]")
    value = _parse(context, arguments)[0].get(param.name)
    if value is None:
        return f"{name} を書いてください。"
    choices = "、".join(str(choice) for choice in param.type_descriptor.choices or ())
    advice = f"{choices} のどれかにしてください。" if choices else ""
    return f"「{value}」は {name} の値として使えません。{advice}"


def _describe_command(commands: Iterable[str], arguments: Sequence[str]) -> str:
    name = next((argument for argument in arguments if not argument.startswith("-")), None)
    if name is None:
        return _UNKNOWN_ERROR
    suggestion = _suggest(get_close_matches(name, commands, 1))
    return f"「{name}」というコマンドはありません。{suggestion}"


def _parse(context: Any, arguments: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """Returns the values that a command is given, as written, and the arguments left over."""
    rest = list(arguments)[list(arguments).index(context.info_name) + 1 :]
    values, extra, _ = context.command.make_parser(context).parse_args(rest)
    return values, extra


def _suggest(names: Sequence[str]) -> str:
    return f"「{'」か「'.join(names)}」ではありませんか。" if names else ""
