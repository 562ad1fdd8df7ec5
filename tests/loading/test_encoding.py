"""Bytes as they come from editors: UTF-8, or another encoding that is named in the message."""

import pytest

from kihonkeikaku.loading.source import FileProblem, decode_text, find_byte_order_mark

TEXT = "id: alpha\ntext: 人工知能の利活用\n"


def test_utf8_is_read_and_its_line_ends_are_one() -> None:
    assert decode_text(TEXT.replace("\n", "\r\n").encode()) == TEXT


@pytest.mark.parametrize(
    ("content", "name", "byte"),
    [
        (TEXT.encode("utf-16"), "UTF-16", 1),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16", 1),
        (TEXT.encode("cp932"), "Shift_JIS（CP932）", 17),
        ("取組〜推進".encode("euc_jp"), "EUC-JP", 1),
        (TEXT.encode("iso2022_jp"), "ISO-2022-JP（JIS）", 17),
        ("text: 取組".encode() + b"\xe4\xba", "壊れた UTF-8", 13),
    ],
)
def test_other_encodings_are_named(content: bytes, name: str, byte: int) -> None:
    refusal = decode_text(content)
    assert isinstance(refusal, FileProblem)
    assert (refusal.rule, refusal.message) == (
        "bad-encoding",
        f"文字コードが UTF-8 ではありません（{name} のようです。{byte} バイト目）。",
    )


def test_byte_order_mark_is_reported_and_goes() -> None:
    marked = TEXT.encode("utf-8-sig")
    assert (decode_text(marked), find_byte_order_mark(TEXT.encode())) == (TEXT, None)
    problem = find_byte_order_mark(marked)
    assert problem and problem.fix
    assert (problem.rule, problem.place) == ("bad-encoding", (1, 1))
    assert "BOM 付きの UTF-8" in problem.message
