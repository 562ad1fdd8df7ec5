"""What the rules about text find, to the letter, and what they must leave alone."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.model.plan import Chapter, Measure
from kihonkeikaku.text.spelling_variants import SPELLINGS
from kihonkeikaku.validation.linter import lint
from kihonkeikaku.validation.rules import (
    RULES,
    compatibility_character,
    full_width_latin,
    half_width_bracket,
    sentence_end,
    stray_space,
)
from tests.conftest import REPOSITORY
from tests.sample import SAMPLE, plant
from tests.validation.rules.test_findings import Files, findings

REPAIRING = (half_width_bracket, full_width_latin, stray_space, compatibility_character)
LAW = "「人工知能関連技術の研究開発及び活用の推進に関する法律」"


def measure(text: str) -> Files:
    return {"measures/alpha.yaml": SAMPLE["measures/alpha.yaml"].replace("取組", text)}


def chapter(*bullets: str) -> Files:
    lines = "".join(f"  - {bullet}\n" for bullet in bullets)
    return {"chapters/vision.yaml": f"id: vision\ntitle: 基本構想\nbody:\n{lines}"}


# rule → the files changed → all that this rule finds, as "file:line:column message"
CASES: dict[str, tuple[Files, tuple[str, ...]]] = {
    "half-width-bracket": (
        measure("人工知能(AI) [骨子]、Trusted AI (TAI)、GPT-4(V)の活用、(1)の活用)"),
        (
            "measures/alpha.yaml:2:11 半角の「(」が日本語の文に使われています。",
            "measures/alpha.yaml:2:14 半角の「)」が日本語の文に使われています。",
            "measures/alpha.yaml:2:16 半角の「[」が日本語の文に使われています。",
            "measures/alpha.yaml:2:19 半角の「]」が日本語の文に使われています。",
            "measures/alpha.yaml:2:32 半角の「(」が日本語の文に使われています。",
            "measures/alpha.yaml:2:36 半角の「)」が日本語の文に使われています。",
            "measures/alpha.yaml:2:43 半角の「(」が日本語の文に使われています。",
            "measures/alpha.yaml:2:45 半角の「)」が日本語の文に使われています。",
            "measures/alpha.yaml:2:56 半角の「)」が日本語の文に使われています。",
        ),
    ),
    "unprintable-character": (
        {
            "plan.yaml": SAMPLE["plan.yaml"]
            .replace("title: 計画", "title: 計画🎌\nsubtitle: 副題ก")
            .replace("stage: 案", "stage: 案\n  label: 第1期한")
            .replace("law: 人", "law: ☺\ufe0f人")
            + "publication:\n  publisher: 内阁府\n  attribution: א\n  notice: 例示😀\n",
            "ministries.yaml": SAMPLE["ministries.yaml"].replace("経済産業省", "経済産業省🏢"),
            "chapters/vision.yaml": "id: vision\ntitle: 基本構想\nbody:\n"
            "  - \u3099濁点\n  - bullet: [本文, {footnote: 注の🎌}]\n",
            "measures/alpha.yaml": "id: alpha\ntext: CO₂、\"𠮷\"、葛\U000e01ef城、😀\n"
            'body: ["\\u4E00𪚥の整備"]\nassignments:\n  - ministry: 経産省\n',
            "revision.yaml": "from: first\nreasons:\n  - id: alpha\n    reason: ไの制定\n",
        },
        (
            "chapters/vision.yaml:4:5 「\u3099」（U+3099）は、印刷する書体にない文字です。",
            "chapters/vision.yaml:5:31 「🎌」（U+1F38C）は、印刷する書体にない文字です。",
            "measures/alpha.yaml:2:15 「葛\U000e01ef」（U+845B U+E01EF）は、"
            "印刷する書体にない文字です。",
            "measures/alpha.yaml:2:19 「😀」（U+1F600）は、印刷する書体にない文字です。",
            "measures/alpha.yaml:3:15 「𪚥」（U+2A6A5）は、印刷する書体にない文字です。",
            "ministries.yaml:4:21 「🏢」（U+1F3E2）は、印刷する書体にない文字です。",
            "plan.yaml:3:10 「🎌」（U+1F38C）は、印刷する書体にない文字です。",
            "plan.yaml:4:13 「ก」（U+0E01）は、印刷する書体にない文字です。",
            "plan.yaml:8:13 「한」（U+D55C）は、印刷する書体にない文字です。",
            "plan.yaml:11:8 「☺\ufe0f」（U+263A U+FE0F）は、印刷する書体にない文字です。",
            "plan.yaml:21:15 「阁」（U+9601）は、印刷する書体にない文字です。",
            "plan.yaml:22:16 「א」（U+05D0）は、印刷する書体にない文字です。",
            "plan.yaml:23:13 「😀」（U+1F600）は、印刷する書体にない文字です。",
            "revision.yaml:4:13 「ไ」（U+0E44）は、印刷する書体にない文字です。",
        ),
    ),
    "full-width-latin": (
        measure("ＩＳＯ／ＩＥＣの参照、2０％減、ISO／IEC、賛成／反対、第Ⅱ期"),
        (
            "measures/alpha.yaml:2:7 「ＩＳＯ／ＩＥＣ」が全角で書かれています。",
            "measures/alpha.yaml:2:19 「０％」が全角で書かれています。",
            "measures/alpha.yaml:2:26 「／」が全角で書かれています。",
        ),
    ),
    "stray-space": (
        {
            "plan.yaml": SAMPLE["plan.yaml"].replace("title: 計画", "title: 基本　計画"),
            "chapters/vision.yaml": "id: vision\ntitle: 基本構想　～ AIの国～\n",
            "measures/alpha.yaml": "id: alpha\ntext: '　AI の 利活用\u00a0や AI  for Science'\n"
            'body: [{note: どうか？　次に ISO 42001 も　改定\u3000\u3000中, id: note}, "取組\\n"]\n'
            "assignments:\n  - ministry: 経産省\n",
        },
        (
            "chapters/vision.yaml:2:14 「～」と「A」の間に空白があります。",
            "measures/alpha.yaml:2:8 「A」の前に全角の空白があります。",
            "measures/alpha.yaml:2:11 「I」と「の」の間に空白があります。",
            "measures/alpha.yaml:2:13 「の」と「利」の間に空白があります。",
            "measures/alpha.yaml:2:17 「用」と「や」の間に空白（U+00A0）があります。",
            "measures/alpha.yaml:2:19 「や」と「A」の間に空白があります。",
            "measures/alpha.yaml:2:22 「I」と「f」の間に2字分の空白があります。",
            "measures/alpha.yaml:3:22 「に」と「I」の間に空白があります。",
            "measures/alpha.yaml:3:32 「1」と「も」の間に空白があります。",
            "measures/alpha.yaml:3:34 「も」と「改」の間に全角の空白があります。",
            "measures/alpha.yaml:3:37 「定」と「中」の間に2字分の空白があります。",
            "measures/alpha.yaml:3:56 「組」の後に空白（U+000A）があります。",
        ),
    ),
    "compatibility-character": (
        measure("⻑期の⼈⼯知能のﾃﾞｰﾀ、か\u3099、㍿、ﬁ、⻌、神\ufa19、か\u309a、㉑、5℃、3㎡、カﾞ、字ﾟ"),
        (
            "measures/alpha.yaml:2:7 「⻑」は部首用の文字です（U+2ED1）。",
            "measures/alpha.yaml:2:10 「⼈⼯」は部首用の文字です（U+2F08・U+2F2F）。",
            "measures/alpha.yaml:2:15 「ﾃﾞｰﾀ」は半角の片仮名や記号です"
            "（U+FF83・U+FF9E・U+FF70…）。",
            "measures/alpha.yaml:2:20 "
            "「か\u3099」は濁点などが分かれた文字です（U+304B・U+3099）。",
            "measures/alpha.yaml:2:23 「㍿」は1字に組んだ語です（U+337F）。",
            "measures/alpha.yaml:2:25 「ﬁ」は合字や互換用の英字です（U+FB01）。",
            "measures/alpha.yaml:2:27 「⻌」は部首用の文字です（U+2ECC）。",
            "measures/alpha.yaml:2:43 「カﾞ」は半角の片仮名や記号です（U+30AB・U+FF9E）。",
            "measures/alpha.yaml:2:47 「ﾟ」は半角の片仮名や記号です（U+FF9F）。",
        ),
    ),
    "spelling-variant": (
        {
            **measure("取組の推進、国の取り組みの検討、サーバ、ユーザー、ユーザ、データー"),
            "measures/beta.yaml": SAMPLE["measures/beta.yaml"].replace(
                "施策", "施策に取り組み、取組を進め、サーバーとサーバーを整備、取り組みやすい施策"
            ),
        },
        (
            "measures/alpha.yaml:2:15 「取り組み」は、この計画に2か所ある「取組」"
            "（初めは measures/alpha.yaml）と表記が違います。",
            "measures/alpha.yaml:2:23 「サーバ」は、この計画に2か所ある「サーバー」"
            "（初めは measures/beta.yaml）と表記が違います。",
            "measures/alpha.yaml:2:32 「ユーザ」は、この計画に1か所ある「ユーザー」"
            "（初めは measures/alpha.yaml）と表記が違います。",
        ),
    ),
    "unbalanced-bracket": (
        {
            **measure("「A（B」、）、『C"),
            "measures/beta.yaml": "id: beta\nclauses:\n"
            "  - text: [国産（, {footnote: 注）, }, {ref: alpha}, 等]\n"
            "    assignments: [{ministry: 経産省, role: lead}]\n"
            "  - text: を含む）の開発〉\n"
            "    assignments: [{ministry: 経産省}]\n",
        },
        (
            "measures/alpha.yaml:2:9 「（」に対応する「）」がありません。",
            "measures/alpha.yaml:2:13 「）」に対応する「（」がありません。",
            "measures/alpha.yaml:2:15 「『」に対応する「』」がありません。",
            "measures/beta.yaml:3:29 「）」に対応する「（」がありません。",
            "measures/beta.yaml:5:18 「〉」に対応する「〈」がありません。",
        ),
    ),
    "mixed-comma": (
        measure("研究，開発、導入、普及,1,000件。終わりに．v1.0"),
        (
            "measures/alpha.yaml:2:9 "
            "読点に「，」が使われていますが、この計画では「、」が多く使われています。",
            "measures/alpha.yaml:2:18 "
            "読点に「,」が使われていますが、この計画では「、」が多く使われています。",
            "measures/alpha.yaml:2:30 "
            "句点に「．」が使われていますが、この計画では「。」が多く使われています。",
        ),
    ),
    "conjunction": (
        {
            "measures/alpha.yaml": "id: alpha\nclauses:\n"
            "  - text: 研究並びに開発\n    assignments: [{ministry: 経産省, role: lead}]\n"
            "  - text: 若しくは普及。開発及び普及並びに評価\n"
            "    assignments: [{ministry: 経産省}]\n"
        },
        (
            "measures/alpha.yaml:3:13 「並びに」が「及び」のない文に使われています。",
            "measures/alpha.yaml:5:11 「若しくは」が「又は」のない文に使われています。",
        ),
    ),
    "kana-conjunction": (
        measure(
            "研究および開発、又、普及又は評価、規則に従って、従って、但し書、但し、且つ"
            "、及び、また、したがって、ただし、かつ"
        ),
        (
            "measures/alpha.yaml:2:9 接続詞が「および」と書かれています。",
            "measures/alpha.yaml:2:15 接続詞が「又」と書かれています。",
            "measures/alpha.yaml:2:31 接続詞が「従って」と書かれています。",
            "measures/alpha.yaml:2:39 接続詞が「但し」と書かれています。",
            "measures/alpha.yaml:2:42 接続詞が「且つ」と書かれています。",
        ),
    ),
    "typed-number": (
        {
            "chapters/vision.yaml": "id: vision\ntitle: 第1章 基本構想\nbody:\n"
            "  - ・反転攻勢\n  - (1)好機\n  - 1）と2）を推進\n  - 5.0の社会\n  - note: ※詳細\n"
            "  - 4つの方針\n  - {plain: ・別の形}\n  - bullet: [前, {footnote: ①注}, ②後]\n"
            "  - ○○計画\n",
            "measures/alpha.yaml": "id: alpha\nclauses:\n"
            "  - text: ①研究\n    assignments: [{ministry: 経産省, role: lead}]\n"
            "  - text: ・開発\n    assignments: [{ministry: 経産省}]\n"
            "  - text: ②普及\n    assignments: [{ministry: 経産省}]\n"
            "body: [①目的と②方法, ●印, 第3の道]\n",
        },
        (
            "chapters/vision.yaml:2:8 文の初めに「第1章」が書き込まれています。",
            "chapters/vision.yaml:4:5 文の初めに「・」が書き込まれています。",
            "chapters/vision.yaml:5:5 文の初めに「(1)」が書き込まれています。",
            "chapters/vision.yaml:8:11 文の初めに「※」が書き込まれています。",
            "chapters/vision.yaml:10:13 文の初めに「・」が書き込まれています。",
            "measures/alpha.yaml:3:11 文の初めに「①」が書き込まれています。",
            "measures/alpha.yaml:9:17 文の初めに「●」が書き込まれています。",
        ),
    ),
    "split-text": (
        {
            "measures/alpha.yaml": "id: alpha\nclauses:\n"
            "  - text: [令和8,9年度に、, {ref: beta}, を推進]\n"
            "    assignments: [{ministry: 経産省, role: lead}]\n"
            "  - text: [1,000件の普及, {footnote: 注}]\n    assignments: [{ministry: 経産省}]\n"
            "body:\n  - bullet: [前, {ref: beta}, 後]\n  - note: [研究, 開発, 普及]\n",
        },
        (
            "measures/alpha.yaml:3:16 文が「令和8」と「9年度に、」の間で分かれています。",
            "measures/alpha.yaml:5:14 文が「1」と「000件の普及」の間で分かれています。",
            "measures/alpha.yaml:9:16 文が「研究」と「開発」の間で分かれています。",
            "measures/alpha.yaml:9:20 文が「開発」と「普及」の間で分かれています。",
        ),
    ),
    "key-in-text": (
        {
            "chapters/vision.yaml": "id: vision\ntitle: 基本構想\nbody:\n"
            "  - note：具体的な施策は別に示す\n  - legend:目標\n  - 'Plain : 本文'\n"
            "  - bullet: [前, {ref: beta}, 'footnote：注']\n  - noteは注記\n  - 注note：注\n",
            "measures/alpha.yaml": "id: alpha\ntext: 取組{ref:beta}と｛footnote：注｝の推進\n"
            "assignments: [{ministry: 経産省}]\n",
        },
        (
            "chapters/vision.yaml:4:5 「note：」が、キーではなく文として印字されます。",
            "chapters/vision.yaml:5:5 「legend:」が、キーではなく文として印字されます。",
            "chapters/vision.yaml:6:6 「Plain :」が、キーではなく文として印字されます。",
            "chapters/vision.yaml:7:31 「footnote：」が、キーではなく文として印字されます。",
            "measures/alpha.yaml:2:9 「{ref:」が、キーではなく文として印字されます。",
            "measures/alpha.yaml:2:20 「｛footnote：」が、キーではなく文として印字されます。",
        ),
    ),
    "markup-in-text": (
        measure("'**太字**と<u>下線</u>、<br/>改行&nbsp;5~10、x<y、A&B、C#の~~例~~、`x`、2*3、a__b'"),
        (
            "measures/alpha.yaml:2:8 「**」という書式の記号が文に書き込まれています。",
            "measures/alpha.yaml:2:12 「**」という書式の記号が文に書き込まれています。",
            "measures/alpha.yaml:2:15 「<u>」という書式の記号が文に書き込まれています。",
            "measures/alpha.yaml:2:20 「</u>」という書式の記号が文に書き込まれています。",
            "measures/alpha.yaml:2:25 「<br/>」という書式の記号が文に書き込まれています。",
            "measures/alpha.yaml:2:32 「&nbsp;」という書式の記号が文に書き込まれています。",
            "measures/alpha.yaml:2:54 「~~」という書式の記号が文に書き込まれています。",
            "measures/alpha.yaml:2:57 「~~」という書式の記号が文に書き込まれています。",
            "measures/alpha.yaml:2:60 「`」という書式の記号が文に書き込まれています。",
            "measures/alpha.yaml:2:62 「`」という書式の記号が文に書き込まれています。",
            "measures/alpha.yaml:2:69 「__」という書式の記号が文に書き込まれています。",
        ),
    ),
    "stray-quote": (
        {
            "chapters/vision.yaml": "id: vision\ntitle: “基本構想”\nbody:\n"
            "  - 計画の推進'\n  - plain: ＂目標＂\n  - bullet: [“前, {ref: beta}, 後”]\n"
            "  - “DX with Cybersecurity”とJapan's plan, users' needs\n"
            "  - bullet: [“前, {ref: beta}, を“後”, {footnote: 注”}]\n"
            "  - note: ‘24年の’目標‘\n  - 5\"ディスク\n  - 計画の推進”\n",
            "ministries.yaml": SAMPLE["ministries.yaml"].replace("経済産業省", "経済産業省'"),
        },
        (
            "chapters/vision.yaml:2:8 引用符「“」が、文として印字されます。",
            "chapters/vision.yaml:4:10 引用符「'」が、文として印字されます。",
            "chapters/vision.yaml:5:12 引用符「＂」が、文として印字されます。",
            "chapters/vision.yaml:8:34 引用符「”」が、文として印字されます。",
            "chapters/vision.yaml:8:49 引用符「”」が、文として印字されます。",
            "chapters/vision.yaml:9:19 引用符「‘」が、文として印字されます。",
            "chapters/vision.yaml:11:10 引用符「”」が、文として印字されます。",
            "ministries.yaml:4:21 引用符「'」が、文として印字されます。",
        ),
    ),
    "typed-reference": (
        measure("第3章第2節(1)②、本計画第4章、第２節、同法第2章、エネルギー基本計画第3章、第1項"),
        (
            "measures/alpha.yaml:2:7 「第3章第2節(1)②」という番号が書き込まれています。",
            "measures/alpha.yaml:2:21 「第4章」という番号が書き込まれています。",
            "measures/alpha.yaml:2:25 「第２節」という番号が書き込まれています。",
        ),
    ),
    "typed-assignment": (
        {
            "measures/alpha.yaml": "id: alpha\ntext: 利活用【◎経産省】と再掲【再掲】、◎文科省\n"
            "assignments:\n  - ministry: 経産省\nbody: [【参考】, {note: [◎は主, {footnote: ◎}]}]\n"
        },
        (
            "measures/alpha.yaml:2:10 本文に「【◎経産省】」が書き込まれています。",
            "measures/alpha.yaml:2:19 本文に「【再掲】」が書き込まれています。",
            "measures/alpha.yaml:2:24 本文に「◎」が書き込まれています。",
        ),
    ),
    "unknown-article": (
        {
            **chapter(f"{LAW}（以下「AI法」）第17条第1項に基づく、「計画」"),
            **measure(f"AI法第29条、AI法第0条、AI法第18条第6項、{LAW}第30条、AI法第18条第5項、民法第99条"),
        },
        (
            "chapters/vision.yaml:4:42 "
            "計画の根拠が、plan.yaml の basis では「第18条第1項」です。",
            "measures/alpha.yaml:2:10 人工知能関連技術の研究開発及び活用の推進に関する法律に"
            "第29条はありません（第28条まで）。",
            "measures/alpha.yaml:2:18 人工知能関連技術の研究開発及び活用の推進に関する法律に"
            "第0条はありません（第28条まで）。",
            "measures/alpha.yaml:2:25 第18条に第6項はありません（第5項まで）。",
            "measures/alpha.yaml:2:61 人工知能関連技術の研究開発及び活用の推進に関する法律に"
            "第30条はありません（第28条まで）。",
        ),
    ),
    "sentence-end": (
        {
            **chapter(
                "促進。",
                "推進（両立。）",
                "『主導』",
                "bullet: [策定。, {footnote: 注}]",
                "bullet: [策定, {ref: alpha}]",
            ),
            **measure("取組。"),
            "measures/gamma.yaml": "id: gamma\nclauses:\n  - {text: 研究。}\n"
            "  - {text: 開発, assignments: [{ministry: 経産省}]}\n",
            "chapters/measures.yaml": SAMPLE["chapters/measures.yaml"] + "      - gamma\n",
        },
        (
            "chapters/vision.yaml:6:8 文末に「。」がありません。",
            "chapters/vision.yaml:8:18 文末に「。」がありません。",
            "measures/alpha.yaml:2:9 文末に「。」があります。",
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", CASES)
def test_finding(rule: str, tmp_path: Path) -> None:
    files, expected = CASES[rule]
    found = findings(plant(tmp_path, files))
    assert [line for found_rule, line in found if found_rule == rule] == list(expected)


@pytest.mark.parametrize("folder", ["plan", "examples/next-edition"])
def test_the_plan_itself_has_nothing_but_what_is_waived(folder: str) -> None:
    loaded = load(str(REPOSITORY / folder))
    assert [f.message for f in lint(loaded).findings if f.rule in CASES] == []
    loaded.waivers.clear()
    found = {f.message[:8] for f in lint(loaded).findings if f.rule in CASES}
    assert found == {"「リスキング」は", "「留まら」は、こ", "「在り方」は、こ"}


@pytest.mark.parametrize("mark", ["・", "※", "•", "◆", "- "])
def test_marks_are_typed_at_the_head_of_no_text(mark: str, tmp_path: Path) -> None:
    files = {
        "chapters/vision.yaml": f"id: vision\ntitle: '{mark}基本構想'\nbody:\n"
        f"  - plain: '{mark}本文'\n  - '{mark}項目'\n  - legend: '{mark}凡例'\n",
        **measure(f"'{mark}取組'"),
    }
    message = f"文の初めに「{mark}」が書き込まれています。"
    places = ["vision.yaml:2:9", "vision.yaml:4:13", "vision.yaml:5:6", "vision.yaml:6:14"]
    found = findings(plant(tmp_path, files))
    assert [finding for finding in found if finding[0] != "stray-space"] == [
        *(("typed-number", f"chapters/{place} {message}") for place in places),
        ("typed-number", f"measures/alpha.yaml:2:8 {message}"),
    ]


def test_private_use_characters_have_no_place_in_print(tmp_path: Path) -> None:
    files = {
        **measure("外字\ue000と\U000f0000"),
        "ministries.yaml": SAMPLE["ministries.yaml"].replace("経済産業", "経済\uf8ff業"),
        "plan.yaml": SAMPLE["plan.yaml"].replace("stage: 案", "stage: 案\n  label: \ue001期"),
    }
    found = lint(load(str(plant(tmp_path, files)))).findings
    assert {(f.rule, f.hint) for f in found} == {
        (
            "unprintable-character",
            "登録した機械だけで見える外字です。どの機械にもある文字で書いてください。",
        )
    }
    assert [(f.position.line, f.position.column) for f in found] == [
        (2, 9),
        (2, 11),
        (4, 18),
        (7, 10),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "情報基盤の強化等によるAI for Scienceの推進",
        "AI関連の国際規格策定（ISO/IEC JTC1におけるAI分野の国際標準化活動への参画等）",
        "「信頼できるAI」（『広島AIプロセス』等）、AI法第13条に基づく指針",
        "AI in Science (AI4S) and [X]",
        "神\ufa19社の葛\U000e0100城、人とAIが補い合う社会であり方針を示す",
        "国民一人ひとりの取組。内外一体で取り組み、積極的に取り組む",
        "①研究開発、②利活用の両面",
        "意見及び提案並びに要望又は苦情若しくは相談",
    ],
)
def test_right_text_is_left_alone(text: str, tmp_path: Path) -> None:
    assert findings(plant(tmp_path, measure(text))) == []


def test_the_other_comma_may_be_the_usual_one(tmp_path: Path) -> None:
    [(rule, line)] = findings(plant(tmp_path, measure("研究，開発，普及、評価")))
    assert rule == "mixed-comma"
    assert line.startswith("measures/alpha.yaml:2:15 読点に「、」が使われています")


def test_of_spellings_in_balance_the_official_one_is_wanted(tmp_path: Path) -> None:
    head = SAMPLE["plan.yaml"].replace("title: 計画", "title: 在り方計画")
    files = {**measure("あり方の検討"), "plan.yaml": head}
    assert findings(plant(tmp_path, files)) == [
        (
            "spelling-variant",
            "measures/alpha.yaml:2:7 「あり方」は、この計画に1か所ある「在り方」"
            "（初めは plan.yaml）と表記が違います。",
        )
    ]


def test_bullets_in_balance_follow_the_rest_of_the_plan(tmp_path: Path) -> None:
    files = {
        **chapter("促進", "推進。"),
        "chapters/policy.yaml": "id: policy\ntitle: 方針\nbody: [促進, 推進, 主導]\n",
    }
    assert findings(plant(tmp_path, files)) == [
        ("sentence-end", "chapters/vision.yaml:5:7 文末に「。」があります。")
    ]


def test_articles_of_another_law_are_not_known(tmp_path: Path) -> None:
    head = SAMPLE["plan.yaml"].replace("507AC", "999AC")
    files = {**measure(f"{LAW}第99条第9項による調査"), "plan.yaml": head}
    assert findings(plant(tmp_path, files)) == []


def test_a_plan_without_its_head_is_not_held_to_a_law() -> None:
    text = Measure.model_validate({"id": "x", "text": f"{LAW}第99条"})
    for rule in RULES:
        if rule.id in CASES and rule.check:
            assert list(rule.check(Draft(measures={"x": text}))) == []


@pytest.mark.parametrize(
    "text",
    [
        "人工知能関連技術の研究開発及び活用の推進に関する法律（令和7年法律第53号）第3章",
        "デジタル社会形成基本法（令和三年法律第三十五号）の第二章及び第三章",
        "令和7年版情報通信白書第1章第2節",
        "「統合イノベーション戦略2025」（令和7年6月6日閣議決定）第2章",
        "欧州評議会AI枠組条約第3章、生物多様性条約（平成5年条約第9号）第1章",
        "第6期科学技術・イノベーション基本計画（令和3年3月26日閣議決定）第2章、第3章",
        "AI事業者ガイドライン第5節、国連憲章第7章、ISO/IEC 22989:2022第5章",
    ],
)
def test_chapters_of_other_documents_are_left_alone(text: str, tmp_path: Path) -> None:
    found = findings(plant(tmp_path, measure(f"{text}に基づく取組")))
    assert [line for rule, line in found if rule == "typed-reference"] == []


@pytest.mark.parametrize("text", ["本計画", "この計画の", "「計画」の", "本基本計画", "前記"])
def test_chapters_of_this_plan_are_found(text: str, tmp_path: Path) -> None:
    found = findings(plant(tmp_path, measure(f"{text}第3章に基づく取組")))
    assert [rule for rule, _ in found] == ["typed-reference"]


@pytest.mark.parametrize(
    ("citation", "message"),
    [
        ("第六十一条", "AI推進法に第61条はありません（第28条まで）。"),
        ("第６１条", "AI推進法に第61条はありません（第28条まで）。"),
        ("の第百条第二項", "AI推進法に第100条はありません（第28条まで）。"),
        ("第16条の2", "AI推進法に第16条の2はありません（第28条まで）。"),
        ("第十八条の三第一項", "AI推進法に第18条の3はありません（第28条まで）。"),
        ("第十八条第九項", "第18条に第9項はありません（第5項まで）。"),
        ("（令和6年法律第53号）", "AI推進法は「令和7年法律第53号」です。"),
        ("（令和七年法律第五十二号。以下「法」という。）", "AI推進法は「令和7年法律第53号」です。"),
        (
            "第十七条第一項に基づく基本計画",
            "計画の根拠が、plan.yaml の basis では「第18条第1項」です。",
        ),
        ("第十八条第一項に基づく基本計画", None),
        ("（令和七年法律第五十三号）第二十八条", None),
        ("第１８条第５項", None),
    ],
)
def test_citations_in_any_script(citation: str, message: str | None, tmp_path: Path) -> None:
    law = "人工知能関連技術の研究開発及び活用の推進に関する法律"
    files = {
        **measure(f"AI推進法{citation}による取組"),
        "plan.yaml": SAMPLE["plan.yaml"].replace(law, "AI推進法"),
    }
    found = findings(plant(tmp_path, files))
    lines = [line.partition(" ")[2] for rule, line in found if rule == "unknown-article"]
    assert lines == ([message] if message else [])


@pytest.mark.parametrize(
    "text",
    [
        "研究および開発、普及および評価、策定及び公表",
        "研究または開発",
        "２０２７年度に５か所、４割の増",
        "５か所と４割、2027年度に50件",
        "第２期に３％、１．５倍、５０００件",
    ],
)
def test_the_plans_own_style_is_right(text: str, tmp_path: Path) -> None:
    found = findings(plant(tmp_path, measure(text)))
    assert [line for rule, line in found if rule in ("kana-conjunction", "full-width-latin")] == []


def test_digits_of_the_rarer_width_are_found(tmp_path: Path) -> None:
    found = findings(plant(tmp_path, measure("2027年に5か所、4割、３件、ＡＩの２０件")))
    assert [line.partition(" ")[2] for _, line in found] == [
        f"「{digits}」が全角で書かれています。" for digits in ("３", "ＡＩ", "２０")
    ]


# Texts of a plan in a style of its own, then what departs from it.
OWN_STYLES = {
    "half-width-bracket": (
        (
            "人工知能(AI)の推進",
            "通信(5G)の整備",
            "水素(燃料)の供給",
            "人材(育成)の確保",
            "予算[補正]",
        ),
        "情報（秘密）の保護",
        ["全角の「（」が使われていますが、この計画の多くは半角です。"] * 1
        + ["全角の「）」が使われていますが、この計画の多くは半角です。"],
    ),
    "full-width-latin": (
        ("ＡＩとＩｏＴ、ＤＸとＧＸの推進", "Ｒ＆ＤとＳＤＧｓ", "ＩＳＯ、ＯＥＣＤ、ＷＴＯとの連携"),
        "APIの整備、GPT-4とOpen AI",
        ["「API」が半角で書かれています。"],
    ),
    "stray-space": (
        ("生成 AI と IoT の活用", "国の DX と GX の推進", "新しい API と SDK を公開", "高度な HPC"),
        "地方のGIS の整備",
        ["「の」と「G」の間に空白がありません。"],
    ),
}


@pytest.mark.parametrize("rule", OWN_STYLES)
def test_a_style_that_the_plan_mostly_has_is_right_and_what_departs_is_found(
    rule: str, tmp_path: Path
) -> None:
    texts, departing, expected = OWN_STYLES[rule]
    said = [line for r, line in findings(plant(tmp_path / "a", chapter(*texts))) if r == rule]
    assert said == []
    found = findings(plant(tmp_path / "b", chapter(*texts, departing)))
    assert [line.partition(" ")[2] for r, line in found if r == rule] == expected
    alone = findings(plant(tmp_path / "c", chapter(texts[0])))
    assert rule in {r for r, _ in alone}  # one text is no style


def test_nothing_but_spaces_is_not_repaired() -> None:
    [violation] = violations("　 ")
    assert (violation.message, violation.replacement) == ("文に2字分の空白があります。", None)


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("人工知能(AI)の活用", "人工知能（AI）の活用"),
        ("(AI)の活用", "（AI）の活用"),
        ("Trusted AI (人工知能) の活用", "Trusted AI（人工知能）の活用"),
        ("GPT-4(V)の活用", "GPT-4(V)の活用"),
        ("ＡＩ　ｆｏｒ　Ｓｃｉｅｎｃｅ", "AI for Science"),
        ("2０２６ 年に 5 0％", "2026年に5 0%"),
        ("⻄日本の⽣成AIと⻲", "西日本の生成AIと亀"),
        ("⻌の⻑い形", "⻌の長い形"),
        ("｢ﾃﾞｰﾀ｣ｶﾞﾊﾟﾅ", "「データ」ガパナ"),
        ("が\u3099、か\u3099、e\u0301", "が\u3099、が、é"),
        ("ﾞ字、㍿、㌔、ﬀ、\u212b", "ﾞ字、㍿、㌔、ff、Å"),
    ],
)
def test_fixes(text: str, repaired: str) -> None:
    assert repair(text) == repaired


def test_squared_words_are_told_but_not_replaced() -> None:
    assert [violation.hint for violation in violations("㍿と㈱と㋿")] == [
        "「株式会社」と書いてください。",
        "「（株）」と書いてください。",
        "「令和」と書いてください。",
    ]


MIXED = st.text(
    st.sampled_from(
        "AIz19 　\u00a0。、「」（）()[]あが漢長⻑⼈⻌ＡＢ２／％ｶﾞﾊﾟ｢ﬁか\u3099\u309ae\u0301㍿㌔神？～"
    ),
    min_size=1,
)


@given(MIXED)
def test_fix_leaves_nothing_to_fix(text: str) -> None:
    """Twice, since a letter made half-width may join with an accent behind it."""
    assert [f for f in violations(repair(repair(text))) if f.replacement is not None] == []


@given(MIXED)
def test_fix_changes_widths_spaces_and_forms_alone(text: str) -> None:
    assert bare(repair(text)) == bare(text)


@given(st.text(st.sampled_from("あAB「」『』（）()[]【】"), min_size=1))
def test_lonely_brackets_are_all_that_keeps_others_from_pairing(text: str) -> None:
    """Without the brackets that the rule names, what is left pairs."""
    rule = next(rule for rule in RULES if rule.id == "unbalanced-bracket")
    assert rule.check
    lonely = {violation.offset for violation in rule.check(draft(text))}
    rest = "".join(c for at, c in enumerate(text) if at not in lonely)
    rest = re.sub("[あAB]", "", rest).translate(str.maketrans("()[]", "（）［］"))
    while (shorter := re.sub("「」|『』|（）|［］|【】", "", rest)) != rest:
        rest = shorter
    assert rest == ""


def test_every_spelling_finds_itself() -> None:
    """Alone, at the end of a line or before a particle, and no other of its group does."""
    for group in SPELLINGS:
        for spelling in group:
            text = spelling.word + "の\n"
            assert [s.word for s in group if re.search(s.pattern, text)] == [spelling.word]
            found = re.search(spelling.pattern, text)
            assert found and spelling.stem in found[0]


def test_bullet_without_any_word_ends_without_a_stop() -> None:
    body = ["促進。", "推進。", {"bullet": [{"footnote": "注。"}]}]
    vision = Chapter.model_validate({"id": "vision", "title": "構想", "body": body})
    [violation] = sentence_end.check(Draft(chapters={"vision": vision}))
    assert violation.path == ("chapters", "vision", "body", 2, "bullet", 0)


def draft(text: str) -> Draft:
    return Draft(measures={"x": Measure.model_validate({"id": "x", "text": text})})


def violations(text: str) -> list[Violation]:
    return [violation for rule in REPAIRING for violation in rule.check(draft(text))]


def repair(text: str) -> str:
    """Writes every repair into a text, as ``--fix`` does: last first."""
    for violation in sorted(violations(text), key=lambda violation: -violation.offset):
        if violation.replacement is not None:
            after = text[violation.offset + violation.length :]
            text = text[: violation.offset] + violation.replacement + after
    return text


def bare(text: str) -> str:
    """A text without what repairs may change."""
    solid = "".join(text.split()).translate(str.maketrans("⻑", "長"))
    return unicodedata.normalize("NFKC", solid)
