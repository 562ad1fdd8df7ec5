"""Reading an amendment is strict: what is unclear, or not so, is refused with its line."""

import pytest

from kihonkeikaku.amendment.amendment import draft_amendment, prove_amendment
from kihonkeikaku.amendment.reading.address_parser import UnreadableAmendmentError
from kihonkeikaku.amendment.reading.reader import apply_amendment
from kihonkeikaku.diff.comparison_proof import ProofError
from kihonkeikaku.model.numbering import number
from kihonkeikaku.validation.linter import load_valid_plan
from tests.conftest import REPOSITORY
from tests.diff.plans import chapter, group, measure, plan

OLD = plan(
    chapter("x", group("g", measure("a", "標準の改訂、標準の普及"), measure("b")), body=["現状。"])
)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("第1章(1)③を削る。", "どうするのか読めません"),
        ("第2章を削る。", "どこのことか分かりません"),
        ("第1章(1)①中「標準」を「規格」に改める。", "ちょうど一つではありません"),
        ("第1章(1)①中「改訂」を「策定」に改め、「改訂」を削る。", "決まりません"),
        (
            "第1章(1)①中「改訂、標準」を「策定、標準」に、「標準の普及」を「普及」に改める。",
            "重なっています",
        ),
        ("第1章(1)中「改訂」を削る。", "見出しの下のどこを改めるのか読めません"),
        ("第1章(1)中②を①とする。", "②を①とすることはできません"),
        ("第1章(1)②を③とした。", "言い切りでも、続ける形でもありません"),
        ("第1章(1)中②を③とし、", "どこのことか分かりません"),
        ("第1章(1)②の次に次のように加える。", "加える字句が示されていません"),
        ("第1章(1)①中「改訂を削る。", "「」が閉じていません"),
        ("第1章(1)に次の取組を加える。", "どこに加えるのか決まりません"),
        ("第1章(1)②を削る。以上。", "文が終わるはず"),
    ],
)
def test_sentence_that_cannot_be_read_is_refused(sentence: str, message: str) -> None:
    text = f"計画（案）の一部を次のように改める。\n　{sentence}\n"
    with pytest.raises(UnreadableAmendmentError, match=message) as refusal:
        apply_amendment(text, number(OLD))
    assert str(refusal.value).startswith("2行目：")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1行目"),
        (
            "別の計画の一部を次のように改める。\n",
            "1行目：「計画（案）」を改める旨の書き出しではありません",
        ),
        ("計画（案）の一部を次のように改める。", "改行で終わっていません"),
        ("計画（案）の一部を次のように改める。\n第1章を削る。\n", "2行目：一字下げ"),
        (
            "計画（案）の一部を次のように改める。\n　第1章を削る。\n　　①\n",
            "2行目：加える字句が示されていますが",
        ),
    ],
)
def test_other_text_is_refused(text: str, message: str) -> None:
    with pytest.raises(UnreadableAmendmentError, match=message):
        apply_amendment(text, number(OLD))


EXAMPLE = REPOSITORY / "examples" / "next-edition"


def test_an_amendment_with_one_character_changed_is_not_proved() -> None:
    """Wherever it is: in the words quoted, in the places, in the forms, in what is put in."""
    old, new = (
        load_valid_plan(str(EXAMPLE / "editions" / "outline.json")),
        load_valid_plan(str(EXAMPLE)),
    )
    text = draft_amendment(old, new)
    documents = number(old), number(new)
    prove_amendment(text, *documents)
    start = text.index("\n", text.index("一部を")) + 1  # after the notice and the opening
    for at in range(start, len(text), 17):
        tampered = text[:at] + "〓" + text[at + 1 :]
        with pytest.raises(ProofError) as failure:
            prove_amendment(tampered, *documents)
        assert failure.value.exit_code == 3


def test_the_amendment_of_the_example(renew: bool) -> None:
    golden = REPOSITORY / "tests" / "golden" / "next-edition.amendment.txt"
    old, new = (
        load_valid_plan(str(EXAMPLE / "editions" / "outline.json")),
        load_valid_plan(str(EXAMPLE)),
    )
    text = draft_amendment(old, new)
    if renew:
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def test_reading_does_not_import_drafting() -> None:
    """Or the proof would share the mistakes of what it proves."""
    folder = REPOSITORY / "src" / "kihonkeikaku" / "amendment" / "reading"
    sources = [path.read_text("utf-8") for path in folder.glob("*.py")]
    assert len(sources) > 1
    assert not any("amendment.drafting" in source for source in sources)
