"""Slips in the marks of YAML, as Japanese input methods make them, and the text that was meant.

"：", "－" and "　" look like ": ", "- " and " ", but YAML takes them for letters. A file that can't
be read as it stands is read with the slips mended, so that its other faults are found, too.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, get_args

from pydantic import BaseModel

from kihonkeikaku.loading.mended_text import Slip
from kihonkeikaku.loading.source import FileProblem
from kihonkeikaku.model.finding import Fix
from kihonkeikaku.model.migration import FormerRevision
from kihonkeikaku.model.plan import Chapter, Disposition, Measure, Register
from kihonkeikaku.model.plan_head import PlanHead, Site
from kihonkeikaku.text.suggestions import Suggestions

_SPACES: Final = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that are none to YAML."""
_COLONS: Final = ":：︰﹕∶;；"
_HYPHENS: Final = "－−–—‐‑‒―ー﹣"
_BULLETS: Final = "・･•●○◯*＊"

JAPANESE_KEYS: Final = {
    "識別子": "id",
    "本文": "text",
    "見出し": "title",
    "題名": "title",
    "担当": "assignments",
    "担当府省庁": "assignments",
    "府省庁": "ministry",
    "役割": "role",
    "段落": "body",
    "取組": "measures",
    "章": "chapters",
    "名前": "name",
    "理由": "reason",
    "注": "note",
    "注記": "note",
    "再掲": "reprint",
    "主": "role",
    "lead": "role",
    "種類": "kind",
    "段階": "stage",
}
"""What the keys are called in the guide."""

_INDENT: Final = re.compile(rf"[ {_SPACES}]*")
_DASH: Final = re.compile(
    rf"(?P<mark>--?(?!-)|[{_HYPHENS}{_BULLETS}])(?P<gap>[ {_SPACES}]*)(?=[^\s{_SPACES}])"
)
_KEY_PATTERN: Final = (
    rf"(?P<quote>[\"'“”‘’])?(?P<key>[A-Za-z_Ａ-Ｚａ-ｚ＿]{{2,20}})(?(quote)[\"'“”‘’])"
    rf"(?P<mark>[ {_SPACES}]*[{_COLONS}][ {_SPACES}]*)(?P<value>[^\s{_SPACES}]?)"
)
_KEY: Final = re.compile(_KEY_PATTERN)
_KEY_IN_BRACES: Final = re.compile(rf"[{{｛,，、][ {_SPACES}]*{_KEY_PATTERN}")
_COMMENT: Final = re.compile("＃|//")
_WITHOUT_COLON: Final = re.compile("(?P<key>[a-z_]{2,20})(?P<mark> *[= ＝] *|$)")
_WORDS_AND_COLON: Final = re.compile("(?P<words>[^]\\s'\"[{}｛［&*!|>%@`#?,:-][^#:]*):(?: +|$)")
_WIDE_MARK: Final = re.compile("[｛｝［］，：][ \u3000]*")
_WIDE_BRACES: Final = str.maketrans("｛｝［］，：\u3000", "{}[],: ")
_GOOD_MARK: Final = re.compile(" *:(?: .*)?")


def find_slips(text: str) -> Iterator[Slip]:
    """Yields the slips of a file in the order of its text."""
    keys = Suggestions(known_keys())
    for number, line in enumerate(text.split("\n"), start=1):
        indent = _end(_INDENT, line, 0)
        comment = _COMMENT.match(line, indent)
        if indent == len(line) and line.strip(" "):
            yield _blank_slip(line, number)
        elif comment:
            yield _comment_slip(number, indent + 1, comment[0])
        else:
            yield from _slips_of_line(line, indent, number, keys)


@cache
def known_keys() -> frozenset[str]:
    """Returns every key that a file of a plan may hold."""
    keys: set[str] = set()
    pending: list[Any] = [Chapter, Measure, PlanHead, Register, Disposition, FormerRevision, Site]
    seen: set[type[BaseModel]] = set()
    while pending:
        found = pending.pop()
        if isinstance(found, type) and issubclass(found, BaseModel):
            if found not in seen:
                seen.add(found)
                fields = found.model_fields
                keys |= {field.alias or name for name, field in fields.items()}
                pending += [field.annotation for field in fields.values()]
        else:
            pending += get_args(found)
    return frozenset(keys)


def _slips_of_line(line: str, indent: int, number: int, keys: Suggestions) -> Iterator[Slip]:
    dash = _DASH.match(line, indent)
    start = dash.end() if dash else indent
    key = _KEY.match(line, start)
    if key and not _is_key(key, keys):
        key = None
    if key or dash:
        yield from _indent_slip(line[:indent], number)
    if dash and not dash[0].startswith("- "):
        yield _dash_slip(dash, number)
    if key:
        yield from _key_slip(key, number)
        start = key.start("value")
    elif dash:
        yield from _colon_slip(line, start, number)
    else:
        bare = _WITHOUT_COLON.match(line, start)
        if bare and bare["key"] in known_keys():
            yield _bare_key_slip(bare, line, number)
    wide = start if line.startswith(("｛", "［"), start) else _find_wide_brace(line, keys)
    if wide >= 0:
        yield _wide_brace_slip(line, wide, number)
    elif line.startswith(("{", "["), start):
        for inner in _KEY_IN_BRACES.finditer(line, start):
            if _is_key(inner, keys):
                yield from _key_slip(inner, number)


def _end(pattern: re.Pattern[str], line: str, at: int) -> int:
    match = pattern.match(line, at)
    return match.end() if match else at


def _is_key(match: re.Match[str], keys: Suggestions) -> bool:
    """Whether a word before a colon is a key, or one that is misspelt."""
    word = narrow(match["key"]).lower()
    return word in known_keys() or ("：" in match["mark"] and keys.find(word) is not None)


def narrow(text: str) -> str:
    """Returns a text with its full-width letters as half-width ones."""
    return unicodedata.normalize("NFKC", text)


def _comment_slip(line: int, column: int, mark: str) -> Slip:
    repair = Fix(column, column + len(mark), "#", in_value=False)
    problem = FileProblem(
        "yaml-syntax",
        f"注釈が「{mark}」で始まっています。",
        "注釈は半角の「# 」で始めてください。",
        (line, column),
        repair if mark == "＃" else None,
    )
    return Slip(problem, repair)


def _blank_slip(line: str, number: int) -> Slip:
    repair = Fix(1, len(line) + 1, "", in_value=False)
    problem = FileProblem(
        "yaml-syntax",
        "半角でない空白だけの行があります。",
        "空白を除いて、空の行にしてください。",
        (number, 1),
        repair,
    )
    return Slip(problem, repair)


def _indent_slip(indent: str, line: int) -> Iterator[Slip]:
    found = indent.strip(" ")
    if not found:
        return
    at = indent.index(found[0])
    repair = Fix(1, len(indent) + 1, _spaces(indent), in_value=False)
    problem = FileProblem(
        "yaml-syntax",
        f"字下げに、半角でない空白（U+{ord(found[0]):04X}）があります。",
        "字下げには半角の空白を使ってください。全角の空白一つは、半角の空白二つにします。",
        (line, at + 1),
        repair,
    )
    yield Slip(problem, repair)


def _spaces(text: str) -> str:
    return text.replace("\u3000", "  ").translate({ord(c): " " for c in set(text) - {" "}})


def _dash_slip(dash: re.Match[str], line: int) -> Slip:
    mark, column = dash["mark"], dash.start() + 1
    repair = Fix(column, dash.end() + 1, "- ", in_value=False)
    hint = f"「{mark}」を半角の「- 」（ハイフンと空白）に直してください。"
    if mark == "-":
        hint = "「-」の後に半角の空白を一つ入れて、「- 」としてください。"
    problem = FileProblem(
        "yaml-syntax",
        "一覧の項目の印が「- 」ではありません。",
        hint,
        (line, column),
        None if mark in _BULLETS else repair,
    )
    return Slip(problem, repair)


def _bare_key_slip(match: re.Match[str], line: str, number: int) -> Slip:
    key = match["key"]
    space = " " if line[match.end() :] else ""
    problem = FileProblem(
        "yaml-syntax",
        f"キー「{key}」の後に「: 」（半角のコロンと空白）がありません。",
        f"「{key}」の後にコロンを付けて、「{key}: …」と書いてください。",
        (number, match.start() + 1),
    )
    repair = Fix(match.start() + 1, match.end() + 1, f"{key}:{space}", in_value=False)
    return Slip(problem, repair)


def _colon_slip(line: str, start: int, number: int) -> Iterator[Slip]:
    """Yields the slip of a Japanese text with 「: 」 in it, which YAML takes for a key."""
    match = _WORDS_AND_COLON.match(line, start)
    if match and not match["words"].isascii() and match["words"].strip() not in JAPANESE_KEYS:
        at = match.end("words") + 1
        problem = FileProblem(
            "yaml-syntax",
            f"「{match['words']}」が、後の「: 」のために、文ではなくキーになっています。",
            "文の中の「: 」は、「：」と書くか、文の全体を引用符 ' ' で囲んでください。",
            (number, at),
        )
        yield Slip(problem, Fix(at, match.end() + 1, "：", in_value=False))


def _find_wide_brace(line: str, keys: Suggestions) -> int:
    """Returns where a full-width brace stands before a key; -1 where none does."""
    if not line.isascii() and "｛" in line:
        for match in _KEY_IN_BRACES.finditer(line):
            if match[0].startswith("｛") and _is_key(match, keys):
                return match.start()
    return -1


def _wide_brace_slip(line: str, start: int, number: int) -> Slip:
    brace = line[start]
    narrow_braces = narrow(brace) + {"｛": "}", "［": "]"}[brace]
    problem = FileProblem(
        "yaml-syntax",
        f"全角の「{brace}」では、値の組や一覧になりません。",
        f"半角の {narrow_braces} で囲み、区切りも半角の「: 」「, 」にしてください。",
        (number, start + 1),
    )
    rest = _WIDE_MARK.sub(lambda m: m[0].translate(_WIDE_BRACES) + " ", line[start:])
    return Slip(problem, Fix(start + 1, len(line) + 1, rest, in_value=False))


def _key_slip(match: re.Match[str], line: int) -> Iterator[Slip]:
    key, mark = narrow(match["key"]), match["mark"]
    is_plain = key == match["key"] and match["quote"] in (None, "'", '"')
    if is_plain and _GOOD_MARK.fullmatch(mark + match["value"]):
        return
    colon = mark.strip()
    start = match.start("quote" if match["quote"] else "key") + 1
    column = match.start("mark") + mark.index(colon) + 1
    space = " " if match["value"] else ""
    repair = Fix(start, match.end("mark") + 1, f"{key}:{space}", in_value=False)
    example = f"「{key}: …」と書いてください。"
    message = f"キー「{key}」の後に「: 」（半角のコロンと空白）がありません。"
    if not is_plain:
        message = f"キー「{match['key']}」に、半角でない文字が使われています。"
        hint, column = f"キーは半角の文字で、{example}", start
    elif colon in ";；":
        hint = f"「{colon}」を「: 」に直し、{example}"
    elif colon != ":":
        hint = f"全角の「{colon}」を半角の「: 」に直し、{example}"
    elif mark == ":":
        hint = f"「:」の後に半角の空白を一つ入れて、{example}"
    else:
        hint = f"「:」の前後の空白を半角にして、{example}"
    problem = FileProblem(
        "yaml-syntax",
        message,
        hint,
        (line, column),
        None if colon in ";；" else repair,
    )
    yield Slip(problem, repair)
