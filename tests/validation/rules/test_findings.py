"""What each rule finds, to the letter: file, line, column and sentence beside the input."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.frozen import freeze
from kihonkeikaku.model.sheet import SheetRecord, SheetUnit
from kihonkeikaku.reports.findings import count_findings, count_unlisted
from kihonkeikaku.validation.linter import FINDINGS_PER_RULE, lint
from tests.sample import SAMPLE, frozen, plant

Files = Mapping[str, str | bytes | None]

ALPHA = SAMPLE["measures/alpha.yaml"]
HEAD = SAMPLE["plan.yaml"]
SHEET = (
    SheetRecord(
        *("0123456789ab", "docx", "second", "f" * 64, "経産省"),
        (SheetUnit("U00001", "measure", "alpha", "utilization", 0, "①", "取組【経産省】"),),
    )
    .file()
    .decode()
)

# rule → the files changed → all findings as "file:line:column message"
CASES: dict[str, tuple[Files, tuple[str, ...]]] = {
    "stray-file": (
        {"measures/alpha.yml": "id: alpha\n", "メモ.txt": "x"},
        (
            "measures/alpha.yml:1:1 計画のファイルではないものが置かれています。",
            "メモ.txt:1:1 計画のファイルではないものが置かれています。",
        ),
    ),
    "missing-file": (
        {"ministries.yaml": None},
        ("ministries.yaml:1:1 府省庁の一覧がありません。",),
    ),
    "too-large": (
        {"measures/alpha.yaml": ALPHA + "#" * (1 << 20)},
        ("measures/alpha.yaml:1:1 ファイルが大きすぎるため読みません（上限 1 MiB）。",),
    ),
    "bad-encoding": (
        {"measures/alpha.yaml": ALPHA.encode("cp932"), "measures/beta.yaml": b"\xff\xfei\0"},
        (
            "measures/alpha.yaml:2:7 文字コードが UTF-8 ではありません"
            "（Shift_JIS（CP932） のようです。17 バイト目）。",
            "measures/beta.yaml:1:1 文字コードが UTF-8 ではありません"
            "（UTF-16 のようです。1 バイト目）。",
        ),
    ),
    "forbidden-character": (
        {"measures/alpha.yaml": ALPHA.replace("取組", "取\u200b組")},
        ("measures/alpha.yaml:2:8 見えない文字や制御文字（U+200B）が入っています。",),
    ),
    "merge-conflict": (
        {"measures/alpha.yaml": "id: alpha\n<<<<<<< HEAD\ntext: あ\n=======\ntext: い\n"},
        (
            "measures/alpha.yaml:2:1 git の統合で残った目印があります。",
            "measures/alpha.yaml:4:1 git の統合で残った目印があります。",
        ),
    ),
    "yaml-syntax": (
        {"measures/alpha.yaml": ALPHA.replace("取組", "目標: 取組")},
        ("measures/alpha.yaml:2:9 YAML として読めません。",),
    ),
    "yaml-alias": (
        {
            "measures/alpha.yaml": "id: alpha\ntext: *x\n",
            "measures/beta.yaml": "id: beta\n<<: {text: 取組}\n",
        },
        (
            "measures/alpha.yaml:2:7 「&」と「*」（アンカーとエイリアス）は使えません。",
            "measures/beta.yaml:2:1 「<<」（取り込み）は使えません。",
        ),
    ),
    "yaml-tag": (
        {"measures/alpha.yaml": "id: alpha\ntext: !!python/name:os.system 取組\n"},
        ("measures/alpha.yaml:2:7 「!」で始まるタグは使えません。",),
    ),
    "too-deep": (
        {"measures/alpha.yaml": "text: " + "[" * 900},
        ("measures/alpha.yaml:1:38 入れ子が深すぎます（32 段まで）。",),
    ),
    "multiple-documents": (
        {"measures/alpha.yaml": ALPHA + "---\nid: gamma\n"},
        (
            "measures/alpha.yaml:5:1 "
            "一つのファイルに文書が二つ以上あります（「---」で区切られています）。",
        ),
    ),
    "empty-file": (
        {"measures/alpha.yaml": "# まだ\n"},
        ("measures/alpha.yaml:1:1 ファイルが空です。",),
    ),
    "multiline-scalar": (
        {"measures/alpha.yaml": ALPHA.replace("取組", "|-\n  取組")},
        ("measures/alpha.yaml:2:7 値が二行以上に分かれています。",),
    ),
    "duplicate-key": (
        {"measures/alpha.yaml": ALPHA + "text: 別の取組\n"},
        ("measures/alpha.yaml:5:1 キー「text」が二度書かれています（一度目は 2 行目）。",),
    ),
    "unknown-key": (
        {"measures/alpha.yaml": ALPHA + "    rol: lead\nnote: 注\n"},
        (
            "measures/alpha.yaml:5:5 「rol」というキーはここでは使えません。",
            "measures/alpha.yaml:6:1 「note」というキーはここでは使えません。",
        ),
    ),
    "missing-key": (
        {"measures/alpha.yaml": "id: alpha\ntext: 取組\nassignments:\n  - role: lead\n"},
        ("measures/alpha.yaml:4:5 「ministry」がありません。",),
    ),
    "wrong-type": (
        {"measures/alpha.yaml": "id: alpha\ntext: 取組\nassignments: 経産省\n"},
        (
            "measures/alpha.yaml:3:14 「assignments」は一覧で書くところですが、"
            "文字になっています。",
        ),
    ),
    "wrong-value": (
        {"plan.yaml": HEAD.replace("stage: 案", "stage: 原案")},
        ("plan.yaml:6:10 「原案」は「stage」の値として使えません。",),
    ),
    "empty-value": (
        {"measures/alpha.yaml": "id: alpha\ntext:\nassignments: []\n"},
        ("measures/alpha.yaml:2:1 「text」の値がありません。",),
    ),
    "bad-id": (
        {"chapters/vision.yaml": "id: Vision\ntitle: 基本構想\n"},
        ("chapters/vision.yaml:1:5 「Vision」は識別子として使えません。",),
    ),
    "bad-date": (
        {"plan.yaml": HEAD.replace("id: second", "id: second\n  dated: 2025-13-45")},
        ("plan.yaml:6:10 「2025-13-45」は日付として読めません。",),
    ),
    "bad-corporate-number": (
        {"ministries.yaml": SAMPLE["ministries.yaml"] + "    corporate_number: 4000-12\n"},
        ("ministries.yaml:10:23 「4000-12」は法人番号ではありません。",),
    ),
    "paragraph-form": (
        {"chapters/vision.yaml": "id: vision\ntitle: 構想\nbody:\n  - {note: あ, plain: い}\n"},
        ("chapters/vision.yaml:4:5 段落の種類が一つに決まりません。",),
    ),
    "measure-form": (
        {"measures/alpha.yaml": ALPHA + "clauses: [{text: 取組}]\n"},
        ("measures/alpha.yaml:1:1 取組の本文の書き方が一つに決まりません。",),
    ),
    "disposition-form": (
        {"revision.yaml": "from: first\ndispositions:\n  - {measures: [x], became: merged}\n"},
        ("revision.yaml:3:5 became が「merged」のときの into の有無が合っていません。",),
    ),
    "outline-form": (
        {
            "plan.yaml": HEAD + "outline:\n  - {kind: part, label: '第{n}'}\n"
            "  - {kind: topic, title: （見出し）}\n"
            "assignments: {form: 担当}\n",
            "chapters/vision.yaml": "id: vision\ntitle: 基本構想\nlabel: 別表\n",
        },
        (
            "chapters/vision.yaml:1:1 label は kind が annex の章にだけ書けます。",
            "plan.yaml:19:5 番号の形「第{n}」が読めません。",
            "plan.yaml:20:5 見出しの形「（見出し）」が読めません。",
            "plan.yaml:21:14 囲み方「担当」に、中身の入る {} がちょうど一つありません。",
        ),
    ),
    "link-form": (
        {
            "measures/alpha.yaml": "id: alpha\nassignments: [ministry: 経産省]\n"
            "text: [詳細は, {link: {text: 次, url: 'javascript:a()'}}, を参照]\n"
        },
        ("measures/alpha.yaml:3:20 「javascript:a()」はリンクの行き先にできません。",),
    ),
    "table-form": (
        {
            "measures/alpha.yaml": ALPHA + "body:\n  - table:\n      columns: [指標, 目標]\n"
            "      rows:\n        - [利用率]\n"
        },
        (
            "measures/alpha.yaml:7:7 表の1行目の欄が 1 あり、列の数 2 と合いません。",
        ),
    ),
    "figure-file": (
        {
            "figures/x.svg": "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            "figures/Ｙ.png": "",
            "measures/alpha.yaml": ALPHA + "body: [{figure: {file: figures/x.svg, alt: 図}}]\n",
        },
        (
            "figures/x.svg:1:1 図のファイルを使えません（使えない要素「script」があります）。",
            "figures/Ｙ.png:1:1 図のファイルを使えません（名前に、英小文字、数字、ハイフン、下線の"
            "ほかのものがあります）。",
        ),
    ),
    "missing-figure": (
        {"measures/alpha.yaml": ALPHA + "body: [{figure: {file: figures/x.svg, alt: 図}}]\n"},
        ("measures/alpha.yaml:5:24 図のファイル「figures/x.svg」がありません。",),
    ),
    "unused-figure": (
        {"figures/x.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"},
        ("figures/x.svg:1:1 図「figures/x.svg」は、どこにも示されていません。",),
    ),
    "figure-form": (
        {"measures/alpha.yaml": ALPHA + "body:\n  - figure: {file: a.gif, alt: 図}\n"},
        ("measures/alpha.yaml:6:13 「a.gif」は図のファイルの名前として使えません。",),
    ),
    "damaged-edition": (
        {"editions/first.json": '{"format": 1, "sha256": "0", "plan": {}}', "editions/x.json": "["},
        (
            "editions/first.json:1:1 決定された版の記録が、後から書き換えられています。",
            "editions/x.json:1:1 決定された版の記録として読めません。",
        ),
    ),
    "damaged-sheet": (
        {
            "sheets/0123456789ab.json": SHEET.replace("取組", "施策"),
            "sheets/another.json": SHEET,
            "sheets/x.json": "[",
        },
        (
            "sheets/0123456789ab.json:1:1 送った紙の控えが、後から書き換えられています。",
            "sheets/another.json:1:1 "
            "送った紙の控えの名前が「0123456789ab.json」ではありません。",
            "sheets/x.json:1:1 送った紙の控えとして読めません。",
        ),
    ),
    "id-mismatch": (
        {"chapters/vision.yaml": "id: visoin\ntitle: 基本構想\n"},
        ("chapters/vision.yaml:1:5 識別子「visoin」がファイル名「vision.yaml」と違います。",),
    ),
    "duplicate-id": (
        {"chapters/vision.yaml": "id: vision\ntitle: 構想\nbody:\n  - {id: alpha, bullet: あ}\n"},
        (
            "chapters/vision.yaml:4:10 "
            "識別子「alpha」は、すでに取組に使われています"
            "（一つめは measures/alpha.yaml の 1 行目）。",
        ),
    ),
    "unknown-chapter": (
        {"plan.yaml": HEAD + "  - glossary\n"},
        ("plan.yaml:18:5 章「glossary」のファイルがありません。",),
    ),
    "unlisted-chapter": (
        {"chapters/glossary.yaml": "id: glossary\nkind: appendix\ntitle: 用語\n"},
        (
            "chapters/glossary.yaml:1:1 "
            "章「glossary」が plan.yaml の chapters に挙げられていません。",
        ),
    ),
    "chapter-set": (
        {
            "plan.yaml": HEAD.replace("  - vision\n", "  - policy\n"),
            "chapters/measures.yaml": SAMPLE["chapters/measures.yaml"] + "kind: appendix\n",
            "chapters/vision.yaml": None,
        },
        (
            "chapters/measures.yaml:10:7 章「measures」の kind が「annex」になっています。",
            "plan.yaml:14:3 章「vision」が挙げられていません。",
            "plan.yaml:15:5 章「policy」が二度挙げられています（一つめは plan.yaml の 14 行目）。",
        ),
    ),
    "unlisted-measure": (
        {"measures/gamma.yaml": ALPHA.replace("alpha", "gamma")},
        ("measures/gamma.yaml:1:1 取組「gamma」が、どの章にも載っていません。",),
    ),
    "repeated-measure": (
        {"chapters/policy.yaml": "id: policy\ntitle: 方針\nmeasures: [alpha]\n"},
        ("chapters/measures.yaml:8:9 取組「alpha」は、すでに別の場所に載っています"
            "（一つめは chapters/policy.yaml の 3 行目）。",),
    ),
    "unknown-measure": (
        {"chapters/policy.yaml": "id: policy\ntitle: 方針\nmeasures:\n  - reprint: alfa\n"},
        ("chapters/policy.yaml:4:14 「alfa」という取組はありません。",),
    ),
    "unknown-reference": (
        {"measures/alpha.yaml": "id: alpha\ntext: [{ref: alfa}, の推進]\nassignments:\n"
         "  - ministry: 経産省\n"},
        ("measures/alpha.yaml:2:14 「alfa」という参照先はありません。",),
    ),
    "numbering-overflow": (
        {
            "chapters/promotion.yaml": "id: promotion\ntitle: 必要な事項\nmeasures:\n"
            + "".join(f"  - many-{n}\n" for n in range(51)),
            **{f"measures/many-{n}.yaml": ALPHA.replace("alpha", f"many-{n}") for n in range(51)},
        },
        ("chapters/promotion.yaml:54:5 「必要な事項」の下の取組が 51 あります。",),
    ),
    "unknown-ministry": (
        {"measures/alpha.yaml": ALPHA.replace("経産省", "経済産業省")},
        ("measures/alpha.yaml:4:15 府省庁「経済産業省」は ministries.yaml にありません。",),
    ),
    "repeated-ministry": (
        {"measures/alpha.yaml": ALPHA + "  - ministry: 経産省\n"},
        ("measures/alpha.yaml:5:15 府省庁「経産省」が一つの【】に二度書かれています"
            "（一つめは measures/alpha.yaml の 4 行目）。",),
    ),
    "duplicate-ministry": (
        {"ministries.yaml": SAMPLE["ministries.yaml"] + "  - {id: miti, name: 経産省}\n"},
        ("ministries.yaml:10:22 府省庁の名前「経産省」が二度使われています"
            "（一つめは ministries.yaml の 3 行目）。",),
    ),
    "unknown-ministry-id": (
        {"ministries.yaml": SAMPLE["ministries.yaml"] + "    parent: metl\n    succeeds: [moe]\n"},
        (
            "ministries.yaml:10:13 「metl」という識別子の府省庁はありません。",
            "ministries.yaml:11:16 「moe」という識別子の府省庁はありません。",
        ),
    ),
    "several-leads": (
        {
            "measures/alpha.yaml": ALPHA
            + "    role: lead\n  - {ministry: 文科省, role: lead}\n"
        },
        ("measures/alpha.yaml:6:27 一つの【】に◎が 2 個あります"
            "（一つめは measures/alpha.yaml の 5 行目）。",),
    ),
    "unassigned-measure": (
        {"measures/alpha.yaml": "id: alpha\ntext: 取組\n"},
        ("measures/alpha.yaml:1:1 取組「alpha」に担当の府省庁が書かれていません。",),
    ),
    "revision-mismatch": (
        {
            "editions/first.json": frozen("first"),
            "revision.yaml": "from: zeroth\ndispositions:\n"
            "  - {measures: [beta], became: merged, into: [alfa]}\n"
        },
        (
            "revision.yaml:1:7 前の版「zeroth」が plan.yaml の edition.supersedes と違います。",
            "revision.yaml:3:17 取組「beta」はこの版にもあります。",
            "revision.yaml:3:47 「alfa」という取組はありません。",
        ),
    ),
    "rule-setting": (
        {
            "plan.yaml": HEAD
            + "rules:\n  - {rule: severl-leads, severity: off, reason: 多いため}\n"
            + "  - {rule: duplicate-key, severity: off, reason: 多いため}\n"
        },
        (
            "plan.yaml:19:12 「severl-leads」という規則はありません。",
            "plan.yaml:20:12 「duplicate-key」の重さは変えられません。",
        ),
    ),
    "idle-waiver": (
        {
            "measures/alpha.yaml": "id: alpha # allow several-leads: 共同\n"
            + "text: '# allow no-waiver：引用符の中' # allow several-leads\n"
            + "assignments: # allow bad-id: 慣例\n  - ministry: 経産省\n"
        },
        (
            "measures/alpha.yaml:1:11 "
            "この場所で「several-leads」の指摘を認めていますが、認める指摘がありません。",
            "measures/alpha.yaml:2:33 「several-leads」の指摘を認める理由が書かれていません。",
            "measures/alpha.yaml:3:14 「bad-id」は、認めることのできる規則ではありません。",
        ),
    ),
}  # fmt: skip


def findings(folder: Path) -> list[tuple[str, str]]:
    """All findings as (rule, "file:line:column message"), files relative to the plan."""
    found = lint(load(str(folder))).findings
    places = [(finding, finding.position) for finding in found]
    return [
        (f.rule, f"{Path(p.file).relative_to(folder)}:{p.line}:{p.column} {f.message}")
        for f, p in places
    ]


@pytest.mark.parametrize("id", ["con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9"])
def test_what_windows_takes_for_a_device_is_no_identifier(id: str, tmp_path: Path) -> None:
    files = {"chapters/vision.yaml": f"id: {id}\ntitle: 基本構想\n"}
    [finding] = [f for f in lint(load(str(plant(tmp_path, files)))).findings if f.rule == "bad-id"]
    assert (finding.position.line, finding.position.column) == (1, 5)
    assert finding.message == f"「{id}」は識別子として使えません。"
    assert (
        finding.hint == "Windows がファイル名として受け付けない名前です。ほかの名前にしてください。"
    )


@pytest.mark.parametrize("id", ["com", "com0", "com10", "console", "nul-value", "lpt"])
def test_other_names_are_identifiers(id: str, tmp_path: Path) -> None:
    files: Files = {
        f"measures/{id}.yaml": ALPHA.replace("alpha", id),
        "measures/alpha.yaml": None,
        "chapters/measures.yaml": SAMPLE["chapters/measures.yaml"].replace("alpha", id),
    }
    assert findings(plant(tmp_path, files)) == []


def test_the_name_of_a_list_page_is_no_identifier(tmp_path: Path) -> None:
    files = {"chapters/vision.yaml": "id: index\ntitle: 基本構想\n"}
    message = "chapters/vision.yaml:1:5 「index」は識別子として使えません。"
    assert findings(plant(tmp_path, files)) == [("bad-id", message)]


def test_sample_is_sound(tmp_path: Path) -> None:
    assert findings(plant(tmp_path, {})) == []


def test_link_is_not_followed(tmp_path: Path) -> None:
    folder = plant(tmp_path / "plan", {"measures/alpha.yaml": None})
    outside = tmp_path / "alpha.yaml"
    outside.write_text(ALPHA)
    (folder / "measures" / "alpha.yaml").symlink_to(outside)
    assert findings(folder) == [
        (
            "not-a-file",
            "measures/alpha.yaml:1:1 "
            "通常のファイルではないため読みません（リンク、フォルダー、パイプなど）。",
        )
    ]


def frozen_first(tmp_path: Path, measure: str) -> bytes:
    """The sample as its own predecessor, with one measure's id changed."""
    files = {
        name: text.replace("beta", measure).replace("施策", "古い施策")
        for name, text in SAMPLE.items()
    }
    files["plan.yaml"] = files["plan.yaml"].replace("id: second", "id: first")
    renamed = {name.replace("beta", measure): text for name, text in files.items()}
    folder = plant(tmp_path / "first", {**dict.fromkeys(SAMPLE), **renamed})
    return freeze(lint(load(str(folder))).loaded.draft.plan())


def test_removal_must_be_explained(tmp_path: Path) -> None:
    first = frozen_first(tmp_path, "omega")
    folder = plant(tmp_path / "plan", {"editions/first.json": first})
    assert findings(folder) == [
        ("unexplained-removal", "plan.yaml:7:15 前の版「first」の取組「omega」がありません。")
    ]
    revision = "from: first\ndispositions:\n  - {measures: [omega], became: completed}\n"
    plant(folder, {"editions/first.json": first, "revision.yaml": revision})
    assert findings(folder) == []


def test_reasons_are_given_for_what_there_is(tmp_path: Path) -> None:
    first = frozen_first(tmp_path, "omega")
    revision = """\
from: first
dispositions:
  - {measures: [omega], became: completed}
reasons:
  - {id: omega, reason: 前の版にあった}
  - {id: meti, reason: 府省庁にもある}
  - {id: alhpa, reason: どこにもない}
"""
    folder = plant(tmp_path / "plan", {"editions/first.json": first, "revision.yaml": revision})
    assert findings(folder) == [
        ("revision-mismatch", "revision.yaml:7:10 「alhpa」はどちらの版にもありません。")
    ]


def test_adopted_edition_does_not_change(tmp_path: Path) -> None:
    folder = plant(tmp_path / "plan", {})
    adopted = freeze(lint(load(str(folder))).loaded.draft.plan())
    assert findings(plant(folder, {"editions/second.json": adopted})) == []
    changed: Files = {
        "editions/second.json": adopted,
        "measures/alpha.yaml": ALPHA + "body: [続き]\n",
    }
    assert findings(plant(folder, changed)) == [
        ("edition-reused", "plan.yaml:5:7 内容が、決定された版「second」と違います。")
    ]


def test_all_findings_come_in_one_run(tmp_path: Path) -> None:
    files: Files = {
        "measures/alpha.yaml": "id: alpha\ntext: あ\nasignments: []\nassignments:\n"
        "  - ministry: 経産\n",
        "measures/beta.yaml": "id: beta\ntext: 'あ\n",
        "chapters/policy.yaml": "id: policy\ntitle: 方針\nmeasures: [gamma]\n",
    }
    assert [line.partition(" ")[0] for _, line in findings(plant(tmp_path, files))] == [
        "chapters/policy.yaml:3:12",
        "measures/alpha.yaml:3:1",
        "measures/alpha.yaml:5:15",
        "measures/beta.yaml:2:7",
    ]


def test_misspelt_key_is_said_once(tmp_path: Path) -> None:
    files: Files = {
        "measures/alpha.yaml": ALPHA.replace("text", "txet"),
        "measures/beta.yaml": "id: beta\ntext: い\nassignments:\n  - ministy: 文科省\n",
    }
    assert findings(plant(tmp_path, files)) == [
        ("unknown-key", "measures/alpha.yaml:2:1 「txet」というキーはここでは使えません。"),
        ("unknown-key", "measures/beta.yaml:4:5 「ministy」というキーはここでは使えません。"),
    ]


UNASSIGNED = "id: alpha\ntext: 取組\n"
JOINT = "assignments:\n  - {ministry: 経産省, role: lead}\n"
WAIVER = "# allow several-leads: 共同の主担当"


@pytest.mark.parametrize(
    "measure",
    [
        UNASSIGNED + JOINT + f"  - {{ministry: 文科省, role: lead}} {WAIVER}\n",
        UNASSIGNED + JOINT + f"  {WAIVER}\n  # （内閣府と調整済み）\n"
        "  - {ministry: 文科省, role: lead}\n",
        "# yaml-language-server: $schema=x\n# allow unassigned-measure: 調整中\n" + UNASSIGNED,
        "# allow unassigned-measure： 調整中\n" + UNASSIGNED,
    ],
)
def test_waiver_accepts_a_finding_in_place(measure: str, tmp_path: Path) -> None:
    assert findings(plant(tmp_path, {"measures/alpha.yaml": measure})) == []


def test_waiver_speaks_of_its_place_only(tmp_path: Path) -> None:
    measure = UNASSIGNED + JOINT + f"    {WAIVER}\n" + "  - {ministry: 文科省}\n"
    measure += "  - {ministry: 総務省, role: lead}\n"
    register = SAMPLE["ministries.yaml"] + "  - {id: mic, name: 総務省}\n"
    files: Files = {"measures/alpha.yaml": measure, "ministries.yaml": register}
    rules = [rule for rule, _ in findings(plant(tmp_path, files))]
    assert sorted(rules) == ["idle-waiver", "several-leads"]


@pytest.mark.parametrize(("severity", "found"), [("off", []), ("error", ["error"])])
def test_plan_sets_severity(severity: str, found: list[str], tmp_path: Path) -> None:
    setting = f"rules:\n  - {{rule: unassigned-measure, severity: {severity}, reason: 試行}}\n"
    files = {"plan.yaml": HEAD + setting, "measures/alpha.yaml": UNASSIGNED}
    checked = lint(load(str(plant(tmp_path, files))))
    assert [finding.severity for finding in checked.findings] == found


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("id: alpha\ntext: '取組\nx: y\n", "2:7", "開いた引用符や括弧を閉じてください。"),
        ("id: alpha\ntext: [取組, \n", "2:12", "開いた引用符や括弧を閉じてください。"),
        ("id: alpha\ntext: [", "2:8", "開いた引用符や括弧を閉じてください。"),
        (
            "id: alpha\n\ttext: 取組\n",
            "2:1",
            "タブではなく半角の空白を使い、「text」を、1 行目の「id」と同じ位置（行の頭）に"
            "揃えてください。",
        ),
        (
            "id: alpha\ntext: @取組\n",
            "2:7",
            "「@」で始まる値は、全体を引用符 ' ' で囲んでください。",
        ),
        (
            'id: alpha\ntext: "\\取組"\n',
            "2:8",
            "「\\」を文字として書くなら、引用符を ' ' にしてください。",
        ),
        (
            "id: alpha\ntext: 取組\nassignments:\n  - ministry: 経産省\n - ministry: 文科省\n",
            "5:2",
            "「-」を、4 行目の「-」と同じ位置（行の頭から半角の空白 2 個）に揃えてください。",
        ),
    ],
)
def test_hint_for_a_syntax_error(text: str, place: str, hint: str, tmp_path: Path) -> None:
    folder = plant(tmp_path, {"measures/alpha.yaml": text})
    [finding] = [f for f in lint(load(str(folder))).findings if f.severity == "error"]
    position = finding.position
    assert (finding.rule, f"{position.line}:{position.column}", finding.hint) == (
        "yaml-syntax", place, hint,
    )  # fmt: skip


def test_findings_beyond_those_told_of_are_counted(tmp_path: Path) -> None:
    measure = "id: alpha\ntext: 取組\nassignments:\n  - ministry: 経産省\nbody:\n"
    many = "  - '" + "(漢)" * FINDINGS_PER_RULE + "'\n"  # two findings each
    waived = "  - '" + "(漢)" * 3 * FINDINGS_PER_RULE + "' # allow half-width-bracket: 原文のまま\n"
    usual = "  - " + "（漢）" * 5 * FINDINGS_PER_RULE + "\n"
    folder = plant(tmp_path, {"measures/alpha.yaml": measure + waived + many + usual})
    checked = lint(load(str(folder)))
    assert [f.rule for f in checked.findings] == ["half-width-bracket"] * FINDINGS_PER_RULE
    assert {f.position.line for f in checked.findings} == {7}
    assert count_findings(checked) == {
        "files": 8,
        "errors": 2 * FINDINGS_PER_RULE,
        "warnings": 0,
        "notes": 0,
    }
    assert list(count_unlisted(checked)) == [
        (f"{folder}/measures/alpha.yaml", 2 * FINDINGS_PER_RULE - 100)
    ]


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        ("measures/alpha.yaml", "id: alpha\ntext: [{footnote: 注}]\n", "2:7"),
        ("measures/alpha.yaml", "id: alpha\nclauses:\n  - text: [{footnote: 注}]\n", "3:11"),
        (
            "chapters/vision.yaml",
            "id: vision\ntitle: 章\nbody:\n  - note: [{footnote: 注}]\n",
            "4:11",
        ),
    ],
)
def test_a_text_is_more_than_footnotes(file: str, text: str, place: str, tmp_path: Path) -> None:
    found = lint(load(str(plant(tmp_path, {file: text})))).findings
    [finding] = [finding for finding in found if finding.rule == "empty-value"]
    assert f"{finding.position.line}:{finding.position.column}" == place
    assert finding.message == "注だけで、文がありません。"
