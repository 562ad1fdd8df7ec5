"""Between editions: what an identifier stands for, and which edition supersedes which."""

from dataclasses import replace
from pathlib import Path

import pytest

from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.frozen import freeze
from kihonkeikaku.validation.fixer import fix_plan
from kihonkeikaku.validation.linter import lint
from tests.conftest import REPOSITORY
from tests.sample import SAMPLE, SUPERSEDING, frozen, plant
from tests.validation.rules.test_findings import Files, findings

HEAD = SAMPLE["plan.yaml"]

FIRST = frozen("first")
GOAL = "id: vision\ntitle: 構想\nsections: [{id: goal, kind: topic, title: 目標, body: [あ]}]\n"
POINT = "id: vision\ntitle: 構想\nbody: [{id: goal, bullet: あ}]\n"
CHIPS = """\
text: 半導体の研究
assignments: [{ministry: 経産省, role: lead}, {ministry: 関係省庁}]
"""

CASES: dict[str, tuple[Files, tuple[str, ...]]] = {
    "id-reused": (
        {
            "chapters/vision.yaml": POINT,
            "editions/first.json": frozen("first", chapters__vision=GOAL),
        },
        (
            "chapters/vision.yaml:3:13 "
            "識別子「goal」は、前の版「first」では見出しに使われていました。",
        ),
    ),
    "replaced-measure": (
        {
            "measures/alpha.yaml": "id: alpha\ntext: 農地の保全\nassignments:\n"
            "  - {ministry: 文科省, role: lead}\n  - {ministry: 関係省庁}\n",
            "editions/first.json": frozen("first", measures__alpha="id: alpha\n" + CHIPS),
        },
        (
            "measures/alpha.yaml:1:5 "
            "取組「alpha」は、前の版の同じ識別子の取組と、本文も担当もまったく違います。",
        ),
    ),
    "edition-name": (
        {"editions/first.json": frozen("first"), "editions/zeroth.json": frozen("nought")},
        ("editions/zeroth.json:1:1 「zeroth.json」に、版「nought」が入っています。",),
    ),
    "unprintable-character": (
        {
            "editions/first.json": frozen(
                "first", supersedes="zeroth", chapters__vision=GOAL.replace("目標", "目標🎌")
            ),
            "editions/zeroth.json": frozen("zeroth", measures__alpha="id: alpha\ntext: 前ไ\n"),
        },
        (
            "editions/first.json:1:1 前の版に、印刷する書体にない文字「🎌」（U+1F38C）があります。",
            "editions/zeroth.json:1:1 前の版に、印刷する書体にない文字「ไ」（U+0E44）があります。",
        ),
    ),
    "base-url-form": (
        {
            "plan.yaml": HEAD + "publication:\n  publisher: 内閣府\n  attribution: 出典\n"
            "  base_url: www.example.go.jp\n"
        },
        ("plan.yaml:21:13 「www.example.go.jp」は、公開先のフォルダーのアドレスではありません。",),
    ),
    "deadline-mismatch": (
        {
            "measures/alpha.yaml": SAMPLE["measures/alpha.yaml"]
            + "deadline: {text: 令和7年度中, by: 2025-12-31}\n"
        },
        (
            "measures/alpha.yaml:5:30 期限「令和7年度中」は令和8年3月31日に終わりますが、"
            "by は令和7年12月31日です。",
        ),
    ),
    "decision-date": (
        {"plan.yaml": HEAD.replace("stage: 案", "stage: 決定")},
        ("plan.yaml:6:10 段階が「決定」なのに、閣議決定の日がありません。",),
    ),
    "too-long": (
        {
            "plan.yaml": HEAD.replace("title: 計画", f"title: {'計' * 121}")
            + f"publication:\n  publisher: 内閣府\n  attribution: {'出' * 500}\n"
            f"  notice: {'例' * 101}\n  document_number: {'資' * 41}\n",
        },
        (
            "plan.yaml:3:8 「title」が121字あります（上限120字）。",
            "plan.yaml:21:11 「notice」が101字あります（上限100字）。",
            "plan.yaml:22:20 「document_number」が41字あります（上限40字）。",
        ),
    ),
    "supersedes-itself": (
        {"plan.yaml": HEAD.replace("# supersedes: (none)", "supersedes: second")},
        ("plan.yaml:7:15 edition.supersedes をたどると、この版「second」自身に戻ります。",),
    ),
    "unlinked-edition": (
        {"plan.yaml": SUPERSEDING.replace("first", "frist"), "editions/first.json": FIRST},
        ("plan.yaml:7:15 改められる版「frist」の記録が editions にありません。",),
    ),
}

# the files changed → what unlinked-edition finds, and a word of the advice
BROKEN_CHAINS: dict[str, tuple[Files, str, str]] = {
    "misspelt": (
        CASES["unlinked-edition"][0],
        "plan.yaml:7:15 改められる版「frist」の記録が editions にありません。",
        "「first」ではありませんか",
    ),
    "the only record is gone": (
        {"plan.yaml": SUPERSEDING},
        "plan.yaml:7:15 改められる版「first」の記録が editions にありません。",
        "editions/first.json を git などから戻す",
    ),
    "supersedes is gone": (
        {"plan.yaml": HEAD, "editions/first.json": FIRST},
        "plan.yaml:4:1 決定された版「first」の記録がありますが、supersedes がありません。",
        "「supersedes: first」の行を加えて",
    ),
    "supersedes is gone, and there are two records": (
        {
            "plan.yaml": HEAD,
            "editions/first.json": frozen("first", supersedes="zeroth"),
            "editions/zeroth.json": frozen("zeroth"),
        },
        "plan.yaml:4:1 決定された版「first」の記録がありますが、supersedes がありません。",
        "「supersedes: first」の行を加えて",
    ),
    "an older record is gone": (
        {"editions/first.json": frozen("first", supersedes="zeroth")},
        "editions/first.json:1:1 改められる版「zeroth」の記録が editions にありません。",
        "editions/zeroth.json を git などから戻す",
    ),
    "nothing leads to a record": (
        {"editions/first.json": FIRST, "editions/other.json": frozen("other")},
        "editions/other.json:1:1 版「other」の記録は、この版につながっていません。",
        "計画の外へ移して",
    ),
    "a later record is skipped": (
        {
            "plan.yaml": SUPERSEDING.replace("second", "third"),
            "editions/first.json": FIRST,
            "editions/second.json": frozen("second", supersedes="first"),
        },
        "editions/second.json:1:1 版「second」の記録は、この版につながっていません。",
        "edition.supersedes を確かめ",
    ),
    "a circle": (
        {
            "editions/first.json": frozen("first", supersedes="zeroth"),
            "editions/zeroth.json": frozen("zeroth", supersedes="first"),
        },
        "editions/zeroth.json:1:1 editions の記録をたどると、版「first」に戻ります。",
        "元の記録を戻して",
    ),
}


@pytest.mark.parametrize("case", BROKEN_CHAINS)
def test_chain_of_editions_is_whole(case: str, tmp_path: Path) -> None:
    files, line, advice = BROKEN_CHAINS[case]
    folder = plant(tmp_path, files)
    assert findings(folder) == [("unlinked-edition", line)]
    assert advice in lint(load(str(folder))).findings[0].hint


def test_whole_chains_are_left_alone(tmp_path: Path) -> None:
    first = frozen("first", supersedes="zeroth")
    chain: Files = {"editions/first.json": first, "editions/zeroth.json": frozen("zeroth")}
    assert findings(plant(tmp_path / "chain", chain)) == []
    adopted = freeze(load(str(tmp_path / "chain")).draft.plan())
    assert findings(plant(tmp_path / "adopted", {**chain, "editions/second.json": adopted})) == []
    record = tmp_path / "second.json"
    record.write_bytes(adopted)
    assert lint(load(str(record))).findings == ()
    damaged: Files = {"editions/first.json": b"{}"}
    assert [rule for rule, _ in findings(plant(tmp_path / "damaged", damaged))] == [
        "damaged-edition"
    ]


@pytest.mark.parametrize("stage", ["骨子", "素案", "案"])
def test_only_a_decided_edition_has_the_date_of_its_decision(stage: str, tmp_path: Path) -> None:
    dated = f"stage: {stage}\n  decided_on: 2025-12-23"
    files = {"plan.yaml": HEAD.replace("stage: 案", dated)}
    message = f"plan.yaml:7:15 段階が「{stage}」なのに、閣議決定の日があります。"
    assert ("decision-date", message) in findings(plant(tmp_path, files))


def test_a_decided_edition_with_its_date_passes(tmp_path: Path) -> None:
    dated = HEAD.replace("stage: 案", "stage: 決定\n  decided_on: 2025-12-23")
    assert findings(plant(tmp_path, {"plan.yaml": dated})) == []


FOLDERS = (
    "https://www8.cao.go.jp/cstp/ai/",
    "https://www8.cao.go.jp",
    "http://127.0.0.1:8080/plan/2025.12",
    "https://xn--wgv71a.example/%E8%A8%88%E7%94%BB/v1.0/~a,b(c)/",
)
NO_FOLDERS = {
    "www.example.go.jp/plan/": "https:// から書いてください。",
    "ftp://example.go.jp/plan/": "https:// から書いてください。",
    "file:///plan/": "https:// から書いてください。",
    "javascript:alert(1)": "https:// から書いてください。",
    "//example.go.jp/plan/": "https:// から書いてください。",
    "https://example.go.jp/a plan/": "空白を除いてください。",
    "https://example.go.jp/plan/?v=2": "「?」や「#」から後を除いてください。",
    "https://example.go.jp/plan/#top": "「?」や「#」から後を除いてください。",
    "https://example.go.jp/plan/index.html": "「https://example.go.jp/plan/」と書いてください。",
    "https://example.go.jp/plan/Default.ASPX": "「https://example.go.jp/plan/」と書いてください。",
    "https://example.go.jp/計画/": "日本語などは、%E3%81%82 のような符号で書いてください。",
    "https://例え.jp/": "日本語などは、%E3%81%82 のような符号で書いてください。",
    "https:///plan/": "https://www.example.go.jp/plan/ の形で書いてください。",
    "https://user@example.go.jp/": "https://www.example.go.jp/plan/ の形で書いてください。",
    "https://example.go.jp/a/../b/": "https://www.example.go.jp/plan/ の形で書いてください。",
    "https://example.go.jp/a//b/": "https://www.example.go.jp/plan/ の形で書いてください。",
    "https://example.go.jp/%zz/": "https://www.example.go.jp/plan/ の形で書いてください。",
    'https://example.go.jp/"><b>/': "https://www.example.go.jp/plan/ の形で書いてください。",
}


def with_address(address: str) -> Files:
    publication = (
        f"publication:\n  publisher: 内閣府\n  attribution: 出典\n  base_url: '{address}'\n"
    )
    return {"plan.yaml": HEAD + publication}


@pytest.mark.parametrize("address", FOLDERS)
def test_the_address_of_a_folder_passes(address: str, tmp_path: Path) -> None:
    assert findings(plant(tmp_path, with_address(address))) == []


@pytest.mark.parametrize("address", NO_FOLDERS)
def test_another_address_is_found_with_advice(address: str, tmp_path: Path) -> None:
    [finding] = lint(load(str(plant(tmp_path, with_address(address))))).findings
    assert finding.rule == "base-url-form"
    assert (finding.position.line, finding.position.column) == (21, 13)
    assert finding.message == f"「{address}」は、公開先のフォルダーのアドレスではありません。"
    assert finding.hint == NO_FOLDERS[address]


APPENDIX = "id: goal\nkind: appendix\ntitle: 別紙\nbody: [あ]\n"
WITH_APPENDIX = HEAD + "  - goal\n"
MEASURE = "id: goal\ntext: 取組\nassignments: [{ministry: 経産省}]\n"
LISTED = SAMPLE["chapters/measures.yaml"] + "      - goal\n"

AS: dict[str, dict[str, str]] = {
    "章": {"plan.yaml": WITH_APPENDIX, "chapters/goal.yaml": APPENDIX},
    "見出し": {"chapters/vision.yaml": GOAL},
    "取組": {"measures/goal.yaml": MEASURE, "chapters/measures.yaml": LISTED},
    "段落": {"measures/beta.yaml": SAMPLE["measures/beta.yaml"] + "body: [{id: goal, note: あ}]\n"},
}


def frozen_as(what: str, id: str) -> bytes:
    """The sample as an adopted edition in which 「goal」 is a chapter, a section …"""
    files = {name.removesuffix(".yaml").replace("/", "__"): text for name, text in AS[what].items()}
    if "plan" in files:
        files["plan"] = files["plan"].replace("id: second", f"id: {id}")
    return frozen(id, **files)


@pytest.mark.parametrize("now", AS)
@pytest.mark.parametrize("was", AS)
def test_identifier_keeps_its_kind(was: str, now: str, tmp_path: Path) -> None:
    first = frozen_as(was, "first")
    revision = "from: first\ndispositions: [{measures: [goal], became: completed}]\n"
    gone = {"revision.yaml": revision} if was == "取組" != now else {}
    files = {
        name: text.replace("# supersedes: (none)", "supersedes: first")
        for name, text in AS[now].items()
    }
    found = findings(plant(tmp_path, {**files, **gone, "editions/first.json": first}))
    message = f"識別子「goal」は、前の版「first」では{was}に使われていました。"
    assert [(rule, line.partition(" ")[2]) for rule, line in found] == (
        [("id-reused", message)] if was != now else []
    )


def test_identifier_that_was_gone_does_not_come_back(tmp_path: Path) -> None:
    files: Files = {
        "chapters/vision.yaml": GOAL,
        "editions/zeroth.json": frozen_as("見出し", "zeroth"),
        "editions/first.json": frozen("first", supersedes="zeroth"),
    }
    assert findings(plant(tmp_path, files)) == [
        (
            "id-reused",
            "chapters/vision.yaml:3:17 識別子「goal」は、前の版になく、"
            "その前の版「zeroth」で見出しに使われていました。",
        )
    ]


def test_identifier_may_come_back_with_a_reason(tmp_path: Path) -> None:
    files: Files = {
        "chapters/vision.yaml": GOAL.rstrip() + " # allow id-reused: 目標を元に戻すため\n",
        "editions/zeroth.json": frozen_as("見出し", "zeroth"),
        "editions/first.json": frozen("first", supersedes="zeroth"),
    }
    assert findings(plant(tmp_path, files)) == []


def test_only_editions_that_this_one_follows_count(tmp_path: Path) -> None:
    """An edition of another line, or one that supersedes this one, is no predecessor."""
    line = "editions/third.json:1:1 版「third」の記録は、この版につながっていません。"
    files: Files = {
        "chapters/vision.yaml": POINT,
        "editions/first.json": frozen("first", chapters__vision=POINT),
        "editions/third.json": frozen_as("見出し", "third"),
    }
    assert findings(plant(tmp_path, files)) == [("unlinked-edition", line)]


def test_editions_that_supersede_each_other_are_followed_once(tmp_path: Path) -> None:
    files: Files = {
        "editions/first.json": frozen("first", supersedes="zeroth"),
        "editions/zeroth.json": frozen("zeroth", supersedes="first"),
    }
    draft = lint(load(str(plant(tmp_path, files)))).loaded.draft
    first = draft.adopted["first"]
    before = [plan.head.edition.id for plan in replace(draft, predecessor=first).editions_before()]
    assert before == ["first", "zeroth"]


def test_edition_comes_back_to_itself_by_way_of_another(tmp_path: Path) -> None:
    files: Files = {"editions/first.json": frozen("first", supersedes="second")}
    assert findings(plant(tmp_path, files)) == [
        (
            "supersedes-itself",
            "plan.yaml:7:15 edition.supersedes をたどると、この版「second」自身に戻ります。",
        )
    ]


@pytest.mark.parametrize(
    "measure",
    [
        "text: 半導体の製造\nassignments: [{ministry: 文科省}]\n",  # 半導体 is about the same
        "text: スーパーコンピューターの整備\nassignments: [{ministry: 経産省}]\n",  # by the same
        "text: 農地の保全\nassignments: [{ministry: 資源エネルギー庁}]\n",  # below 経産省
        "text: 検討\nassignments: [{ministry: 文科省}]\n",  # says too little
        "text: 農地の保全\n",  # by whom is still open
        "text: 農地の保全\nassignments: [{ministry: 関係省庁}]\n",  # by whom is still open
        "text: 農地の保全\nassignments: [{ministry: 知らない省}]\n",  # reported already
        "text: [{ref: beta}, に同じ]\nassignments: [{ministry: 文科省}]\n",  # says too little
    ],
)
def test_reworded_measure_is_the_same(measure: str, tmp_path: Path) -> None:
    office = "  - {id: energy, name: 資源エネルギー庁, parent: meti}\n"
    files: Files = {
        "ministries.yaml": SAMPLE["ministries.yaml"] + office,
        "measures/alpha.yaml": "id: alpha\n" + measure,
        "editions/first.json": frozen("first", measures__alpha="id: alpha\n" + CHIPS),
    }
    assert "replaced-measure" not in {rule for rule, _ in findings(plant(tmp_path, files))}


def test_next_edition_replaces_no_measure() -> None:
    """58 measures, a third of them changed: none is taken for another."""
    found = lint(load(str(REPOSITORY / "examples" / "next-edition"))).findings
    assert {"replaced-measure", "id-reused"} & {finding.rule for finding in found} == set()


def test_what_is_gone_was_there_before(tmp_path: Path) -> None:
    files: Files = {
        "editions/first.json": frozen("first"),
        "revision.yaml": "from: first\ndispositions: [{measures: [gamma], became: completed}]\n",
    }
    assert findings(plant(tmp_path, files)) == [
        ("revision-mismatch", "revision.yaml:2:28 前の版に「gamma」という取組はありません。")
    ]


ENERGY = "  - {id: energy, name: 資源エネルギー庁, parent: meti}\n"
RENAMED: dict[str, tuple[dict[str, str], Files, str]] = {
    "a ministry": (
        {},
        {
            "ministries.yaml": SAMPLE["ministries.yaml"].replace("id: meti", "id: keizai"),
        },
        "ministries.yaml:2:9 府省庁「経産省」の識別子が、"
        "前の版の「meti」から「keizai」に変わっています。",
    ),
    "a section": (
        {},
        {"chapters/measures.yaml": SAMPLE["chapters/measures.yaml"].replace("utiliz", "activ")},
        "chapters/measures.yaml:4:9 見出し「利活用」の識別子が、"
        "前の版の「utilization」から「activation」に変わっています。",
    ),
    "a topic of another chapter": (
        {"chapters__vision": GOAL},
        {"chapters/vision.yaml": GOAL.replace("id: goal", "id: aim")},
        "chapters/vision.yaml:3:17 見出し「目標」の識別子が、"
        "前の版の「goal」から「aim」に変わっています。",
    ),
    "a paragraph": (
        {"chapters__vision": POINT},
        {"chapters/vision.yaml": POINT.replace("id: goal", "id: aim")},
        "chapters/vision.yaml:3:13 段落の識別子が、前の版の「goal」から「aim」に変わっています。",
    ),
    "a measure": (
        {},
        {
            "measures/alpha.yaml": None,
            "measures/omega.yaml": SAMPLE["measures/alpha.yaml"].replace("alpha", "omega"),
            "chapters/measures.yaml": SAMPLE["chapters/measures.yaml"].replace("alpha", "omega"),
        },
        "measures/omega.yaml:1:5 取組の識別子が、前の版の「alpha」から「omega」に変わっています。",
    ),
}


@pytest.mark.parametrize("what", RENAMED)
def test_a_new_identifier_with_an_old_name_is_one_error(what: str, tmp_path: Path) -> None:
    before, now, line = RENAMED[what]
    folder = plant(tmp_path, {**now, "editions/first.json": frozen("first", **before)})
    assert findings(folder) == [("renamed-id", line)]
    assert "に戻してください" in lint(load(str(folder))).findings[0].hint


def test_a_new_name_for_the_same_identifier_is_no_error(tmp_path: Path) -> None:
    renamed: Files = {
        "chapters/measures.yaml": SAMPLE["chapters/measures.yaml"].replace("利活用", "活用"),
        "editions/first.json": FIRST,
    }
    assert findings(plant(tmp_path, renamed)) == []


CARRIED_ON: dict[str, tuple[str, str, str]] = {
    "a bracket": ("measures/alpha.yaml", "取組", "人工知能(AI)の活用"),
    "digits": ("measures/alpha.yaml", "取組", "令和７年度に20件、30件、40件の5割"),
    "half-width kana": ("chapters/policy.yaml", "基本的な方針", "基本的なﾋﾞｼﾞｮﾝ"),
    "a space": ("chapters/measures.yaml", "利活用", "AI の利活用"),
    "a full-width word": ("chapters/vision.yaml", "基本構想", "ＡＩの基本構想"),
}


@pytest.mark.parametrize("what", CARRIED_ON)
def test_words_of_an_adopted_edition_are_not_fixed(what: str, tmp_path: Path) -> None:
    file, word, carried = CARRIED_ON[what]
    new = {"measures/beta.yaml": SAMPLE["measures/beta.yaml"].replace("施策", "通信(5G)の活用")}
    text = SAMPLE[file].replace(word, carried)
    adopted = frozen("first", **{file.removesuffix(".yaml").replace("/", "__"): text})
    folder = plant(tmp_path / "plan", {file: text, **new, "editions/first.json": adopted})
    found = lint(load(str(folder))).findings
    carried_on = [f for f in found if f.position.file.endswith(file)]
    others = [f for f in found if f not in carried_on]
    assert carried_on
    assert all(f.fix is None for f in carried_on)
    assert [f.fix is None for f in others] == [False, False]
    fix_plan(str(folder), lint)
    assert (folder / file).read_text("utf-8") == text
    assert "（5G）" in (folder / "measures/beta.yaml").read_text("utf-8")
    first = plant(tmp_path / "first", {file: text})  # not carried on: it is fixed
    fix_plan(str(first), lint)
    assert carried not in (first / file).read_text("utf-8")
