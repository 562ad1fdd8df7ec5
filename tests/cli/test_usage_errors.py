"""Wrong command lines: the error message is Japanese and suggests what was meant."""

import pytest

from kihonkeikaku import cli


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("validte", "「validte」というコマンドはありません。「validate」ではありませんか。"),
        ("xyzzy", "「xyzzy」というコマンドはありません。"),
        (
            "validate --formt json",
            "「--formt」というオプションはありません。「--format」ではありませんか。",
        ),
        ("--nope", "「--nope」というオプションはありません。"),
        ("validate --qiet=\x1b[31m", "「--qiet」というオプションはありません。"),
        (
            "validate --format xml",
            "「xml」は --format の値として使えません。"
            "text、json、github、sarif、junit のどれかにしてください。",
        ),
        (
            "verify --format a'b",
            "「a'b」は --format の値として使えません。text、json のどれかにしてください。",
        ),
        ("validate -z", "「-z」というオプションはありません。"),
        (
            "validate --out=x",
            "「--out」というオプションはありません。「--format」か「--quiet」ではありませんか。",
        ),
        ("--", "引数かオプションが正しくありません。"),
        (
            "verify --format a'b",
            "「a'b」は --format の値として使えません。text、json のどれかにしてください。",
        ),
        ("validate -z", "「-z」というオプションはありません。"),
        (
            "validate --out=x",
            "「--out」というオプションはありません。「--format」か「--quiet」ではありませんか。",
        ),
        ("--", "引数かオプションが正しくありません。"),
        ("validate a b", "余分な引数があります（b）。"),
        ("validate a b c", "余分な引数があります（b c）。"),
        ("diff", "OLD を書いてください。"),
        ("build --out", "--out には値を書いてください。"),
        ("validate --fix=1", "--fix に値は書けません。"),
    ],
)
def test_wrong_command_lines_are_described_in_japanese(
    line: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(line.split()) == 2
    lines = capsys.readouterr().err.split("\n")
    assert lines[0].startswith(f"使い方が違います：{sentence}")
    assert lines[1:] == ["kihonkeikaku --help で使い方を確かめてください。", ""]
    assert "such" not in lines[0] and "\x1b" not in lines[0]
