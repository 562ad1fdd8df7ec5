"""Findings of reading: the rule, the file, the message and the hint."""

from pathlib import Path

import pytest

from kihonkeikaku.loading.loader import load
from kihonkeikaku.loading.source import YAML_LIMIT
from tests.sample import plant

HIDDEN = "revision.yaml 見えない文字や制御文字（{}）が入っています。"

# (file, its content, rule and sentence, advice)
CASES: list[tuple[str, str | bytes | None, str, str]] = [
    (
        *("ministries.yaml", None),
        "missing-file ministries.yaml 府省庁の一覧がありません。",
        "このファイルを作ってください。",
    ),
    (
        *("measures/alpha.yml", "id: alpha\n"),
        "stray-file measures/alpha.yml 計画のファイルではないものが置かれています。",
        "ファイル名の終わりを「.yaml」にしてください。",
    ),
    (
        *("measures/sub/alpha.yaml", "id: alpha\n"),
        "stray-file measures/sub/ 計画のファイルではないものが置かれています。",
        "計画に要るものなら置き場所と名前を確かめ、要らないものなら計画の外へ移してください。",
    ),
    (
        *("measures/sub.yaml/alpha.yaml", "id: alpha\n"),
        "not-a-file measures/sub.yaml 通常のファイルではないため読みません"
        "（リンク、フォルダー、パイプなど）。",
        "中身を通常のファイルとして置いてください。",
    ),
    (
        *("revision.yaml", b"#" * (YAML_LIMIT + 1)),
        "too-large revision.yaml ファイルが大きすぎるため読みません（上限 1 MiB）。",
        "内容を分けるか、誤って入った大きなデータを除いてください。",
    ),
    (
        *("editions/first.json", "{}"),
        "damaged-edition editions/first.json 決定された版の記録として読めません。",
        "決定された版の記録は書き換えず、git などから元のファイルを戻してください。",
    ),
    (
        *("revision.yaml", "from: first\nfrom: first\n"),
        "duplicate-key revision.yaml キー「from」が二度書かれています（一度目は 1 行目）。",
        "どちらか一方を除いてください。",
    ),
    (
        *("revision.yaml", "from: x\ry\n"),
        f"forbidden-character {HIDDEN.format('U+000D')}",
        "改行は LF か CRLF にしてください。",
    ),
    (
        *("revision.yaml", "from: x\0y\n"),
        f"forbidden-character {HIDDEN.format('U+0000')}",
        "この文字を除いてください。他の文書からの貼り付けで入ることがあります。",
    ),
    (
        *("revision.yaml", "from: []\n"),
        "wrong-type revision.yaml 「from」は文字で書くところですが、一覧になっています。",
        "一行の文字で書いてください。",
    ),
]


@pytest.mark.parametrize(("file", "content", "sentence", "advice"), CASES)
def test_finding_of_reading_has_a_hint(
    file: str, content: str | bytes | None, sentence: str, advice: str, tmp_path: Path
) -> None:
    found = load(str(plant(tmp_path, {file: content}))).findings[0]
    named = found.position.file.removeprefix(f"{tmp_path}/")
    told = (found.severity, f"{found.rule} {named} {found.message}", found.hint)
    assert told == ("error", sentence, advice)
