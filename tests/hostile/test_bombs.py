"""Small files that cost much, and files that are too long to keep: each described by its bytes.

Every one is answered by a process of its own, within the promise's time and memory.
"""

from pathlib import Path

import pytest

from kihonkeikaku.loading.source import FROZEN_LIMIT, YAML_LIMIT
from kihonkeikaku.loading.yaml_problems import TEXT_LIMIT
from kihonkeikaku.model.frozen import freeze, thaw
from tests.hostile.limited_process import Answer, validate
from tests.sample import SAMPLE, frozen, plant

pytestmark = pytest.mark.slow

ALPHA = SAMPLE["measures/alpha.yaml"].encode()
HEAD = SAMPLE["plan.yaml"].encode()
MEASURE = "measures/alpha.yaml"
CHAPTER = "chapters/policy.yaml"
TITLED = b"id: policy\ntitle: x\n"


def filled(before: bytes, part: str, after: bytes = b"", limit: int = YAML_LIMIT) -> bytes:
    """``part`` as often as fits between the two, in the largest file that is read."""
    each = part.encode()
    return before + each * ((limit - len(before) - len(after)) // len(each)) + after


def numbered(before: bytes, part: str, count: int) -> bytes:
    return before + "".join(part.format(n) for n in range(count)).encode()


def worded(part: str) -> bytes:
    """The sample's measure with ``part`` for its text, as long as a file's text can be."""
    most = part * min((TEXT_LIMIT - 60) // len(part), (YAML_LIMIT - 60) // len(part.encode()))
    return ALPHA.replace("取組".encode(), f"'取{most}'".encode())


NOT_YAML = "YAML として読めません。"
TOO_DEEP = "入れ子が深すぎます（32 段まで）。"
ALIAS = "「&」と「*」（アンカーとエイリアス）は使えません。"
TAG = "「!」で始まるタグは使えません。"
PERCENT = "「%」で始まる行は使えません。"
TOO_MANY = "値が多すぎるため読みません（一つのファイルに 50,000 まで）。"
TOO_LONG = "文字が多すぎるため読みません（一つのファイルの値は計 400,000 字まで）。"
HIDDEN = "見えない文字や制御文字（{}）が入っています。"
MERGES = b"a: &a {x: 1}\n" + b"".join(
    b"%s: &%s\n  <<: [%s]\n" % (n, n, b", ".join([b"*" + m] * 9))
    for m, n in zip((b"a", b"b", b"c", b"d"), (b"b", b"c", b"d", b"e"), strict=True)
)

SELF_SUCCEEDING = "- {{id: m{0}, name: x{0}, succeeds: [m{0}]}}\n"

# name → file, its content, how many findings, the first of them without the file's name
BOMBS: dict[str, tuple[str, bytes, int, str]] = {
    "flow-100000-deep": (MEASURE, b"[" * 100_000, 1, f"too-deep 1:33 {TOO_DEEP}"),
    "flow-1-mib-deep": (MEASURE, b"[" * YAML_LIMIT, 1, f"too-deep 1:33 {TOO_DEEP}"),
    "braces-deep": (MEASURE, filled(b"", "{a: "), 1, f"too-deep 1:129 {TOO_DEEP}"),
    "dashes-deep": (MEASURE, filled(b"", "- "), 1, f"too-deep 1:65 {TOO_DEEP}"),
    "questions-deep": (
        MEASURE,
        filled(b"", "? "),
        1,
        "yaml-syntax 1:3 キーが一行の文字ではありません。",
    ),
    "merge-keys": (MEASURE, MERGES, 1, f"yaml-alias 1:4 {ALIAS}"),
    "anchors": (MEASURE, filled(b"", "- &a x\n"), 1, f"yaml-alias 1:3 {ALIAS}"),
    "tags": (MEASURE, filled(b"", "- !!a x\n"), 1, f"yaml-tag 1:3 {TAG}"),
    "directives": (MEASURE, filled(b"", "%\n"), YAML_LIMIT // 2, f"yaml-syntax 1:1 {PERCENT}"),
    "open-quote": (MEASURE, filled(b"a: '", "x\n"), 1, f"yaml-syntax 1:4 {NOT_YAML}"),
    "line-without-end": (MEASURE, filled(b"", "x"), 1, f"too-large 1:1 {TOO_LONG}"),
    "keys": (MEASURE, numbered(b"", "k{}: v\n", 25_000), 1, f"too-large 24999:9 {TOO_MANY}"),
    "unknown-keys": (
        *(MEASURE, numbered(ALPHA, "assignmen{}: v\n", 20_000), 20_000),
        "unknown-key 5:1 「assignmen0」というキーはここでは使えません。",
    ),
    "same-keys": (
        *(MEASURE, numbered(ALPHA, "id: v\n", 20_000), 20_000),
        "duplicate-key 5:1 キー「id」が二度書かれています（一度目は 1 行目）。",
    ),
    "nul": (
        MEASURE,
        b"\0" * YAML_LIMIT,
        YAML_LIMIT,
        f"forbidden-character 1:1 {HIDDEN.format('U+0000')}",
    ),
    "bidi": (
        *(MEASURE, filled(b"", "\u202e"), YAML_LIMIT // 3),
        f"forbidden-character 1:1 {HIDDEN.format('U+202E')}",
    ),
    "escapes": (
        *(MEASURE, filled(ALPHA[:-1] + b'\nbody: ["', "\\0", b'"]\n', 700_000), 349_964),
        f"forbidden-character 5:9 {HIDDEN.format('U+0000')}",
    ),
    "conflict": (
        *(MEASURE, filled(b"", "=======\n"), YAML_LIMIT // 8),
        "merge-conflict 1:1 git の統合で残った目印があります。",
    ),
    "waivers": (
        *(MEASURE, numbered(ALPHA, "# allow no-lead: {}\n", 40_000), 40_000),
        "idle-waiver 5:1 この場所で「no-lead」の指摘を認めていますが、認める指摘がありません。",
    ),
    "brackets": (
        *(MEASURE, worded("【"), 699_010),
        "typed-assignment 2:9 本文に「【」が書き込まれています。",
    ),
    "half-brackets": (
        *(MEASURE, worded("漢（い）漢（い）漢(a)"), 66_656),
        "half-width-bracket 2:18 半角の「(」が日本語の文に使われています。",
    ),
    "squared-words": (
        *(MEASURE, worded("㌔"), 349_505),
        "compatibility-character 2:9 「㌔」は1字に組んだ語です（U+3314）。",
    ),
    "spaces": (
        MEASURE,
        worded("漢 "),
        199_970,
        "stray-space 2:10 「漢」と「漢」の間に空白があります。",
    ),
    "marks": (
        *(MEASURE, worded("a" + "\u0300" * 300), 2_656),
        "compatibility-character 2:9 「a" + "\u0300" * 30 + "」は濁点などが分かれた文字です"
        "（U+0061・U+0300・U+0300…）。",
    ),
    "chapters-listed": (
        *("plan.yaml", numbered(HEAD, "  - c{}\n", 45_000), 45_000),
        "unknown-chapter 18:5 章「c0」のファイルがありません。",
    ),
    "measures-listed": (
        *(CHAPTER, numbered(TITLED + b"measures:\n", "- alpha{}\n", 35_000), 35_001),
        "unknown-measure 4:3 「alpha0」という取組はありません。",
    ),
    "ministries-that-succeed-themselves": (
        *("ministries.yaml", numbered(b"ministries:\n", SELF_SUCCEEDING, 4_000), 8_003),
        "unused-ministry 2:18 府省庁「x0」の担当する取組がありません。",
    ),
    "edition-deep": (
        *("editions/first.json", b"[" * FROZEN_LIMIT, 1),
        "damaged-edition 1:1 決定された版の記録として読めません。",
    ),
    "edition-keys": (
        *("editions/first.json", numbered(b"{", '"{}": 1, ', 1_000_000), 1),
        "damaged-edition 1:1 決定された版の記録に、値が多すぎます（300,000 まで）。",
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bomb(name: str, tmp_path: Path) -> None:
    file, content, count, first = BOMBS[name]
    plant(tmp_path / "plan", {file: content})
    answer = validate(tmp_path)
    rule, _, rest = first.partition(" ")
    told = next((found for found in answer.findings if f"{file}:" in found), "nothing")
    assert (told, answer.count) == (f"{rule} plan/{file}:{rest}", count)


LONG_TEXTS = {
    "kana": ("取組を進める。", 1),
    "rare characters": ("\U00020bb7", 1),
    "many paragraphs": ("取組を進める。", 15_000),
}


@pytest.mark.parametrize("name", LONG_TEXTS)
def test_the_largest_frozen_edition_is_read(name: str, tmp_path: Path) -> None:
    """So much of a sound edition as is read, within the same limits."""
    part, count = LONG_TEXTS[name]
    plan = thaw(frozen("first"))
    room = FROZEN_LIMIT - 4_096 - 16 * count
    text = part * (room // count // len(part.encode()))
    alpha = type(plan.measures[0]).model_validate(
        {"id": "alpha", "text": "取組", "body": [text] * count}
    )
    content = freeze(plan.model_copy(update={"measures": (alpha, *plan.measures[1:])}))
    assert FROZEN_LIMIT * 0.9 < len(content) <= FROZEN_LIMIT
    plant(tmp_path / "plan", {"editions/first.json": content})
    assert validate(tmp_path) == Answer(0, 0, (), "")
