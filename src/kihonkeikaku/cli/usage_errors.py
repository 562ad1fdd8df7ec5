"""What typer has to say of a wrong command line, in Japanese: its own English reaches no user."""

import re
from collections.abc import Callable
from typing import Final

_OTHERWISE: Final = "引数かオプションが正しくありません。"


def usage_fault(message: str) -> str:
    """Returns typer's sentence in Japanese; a general one where it says what is not known here."""
    for pattern, japanese in _SENTENCES:
        match = pattern.fullmatch(message)
        if match:
            return japanese(match)
    return _OTHERWISE


def _unknown_option(match: re.Match[str]) -> str:
    meant = match["meant"]
    guess = f"「{meant.replace(', ', '」か「')}」ではありませんか。" if meant else ""
    return f"「{match['option']}」というオプションはありません。{guess}"


def _unknown_command(match: re.Match[str]) -> str:
    guess = f"「{match['meant']}」ではありませんか。" if match["meant"] else ""
    return f"「{match['command']}」というコマンドはありません。{guess}"


def _wrong_value(match: re.Match[str]) -> str:
    choices = re.findall("'([^']*)'", match["choices"])
    return (
        f"「{match['value']}」は {match['option']} の値として使えません。"
        f"{'、'.join(choices)} のどれかにしてください。"
    )


_SENTENCES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (
        re.compile(r"No such option: (?P<option>\S+)(?: \(Possible options: (?P<meant>.*)\))?"),
        _unknown_option,
    ),
    (
        re.compile(
            "No such command '(?P<command>.*?)'\\.(?: Did you mean '?(?P<meant>[^']*)'?.*\\?)?"
        ),
        _unknown_command,
    ),
    (
        re.compile(
            "Invalid value for '(?P<option>[^']*)': (?:Value error, )?"
            "'(?P<value>.*)' is not one of (?P<choices>.*)\\.",
            re.DOTALL,
        ),
        _wrong_value,
    ),
    (
        re.compile(r"Got unexpected extra argument(?:\(s\)|s)? \((?P<arguments>.*)\)", re.DOTALL),
        lambda match: f"余分な引数があります（{match['arguments']}）。",
    ),
    (
        re.compile(r"Missing (?:argument|option) '(?P<name>.*?)'\."),
        lambda match: f"{match['name'].strip('[]')} を書いてください。",
    ),
    (
        re.compile("Option '(?P<option>.*?)' requires an argument\\."),
        lambda match: f"{match['option']} には値を書いてください。",
    ),
    (
        re.compile("Option '(?P<option>.*?)' does not take a value\\."),
        lambda match: f"{match['option']} に値は書けません。",
    ),
)
