"""A folder of format 1 becomes one of format 2 by ``validate --fix``, to the byte."""

from pathlib import Path

import pytest

from kihonkeikaku import cli
from kihonkeikaku.drafting.format_upgrade import upgrade_format
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.loader import load
from tests.sample import SAMPLE, SUPERSEDING, frozen, plant

OLD_PLAN = SUPERSEDING.replace(
    "chapters:",
    """\
publication:
  publisher: 内閣府
  # 公開の前に変える
  base_url: "https://www.example.go.jp/plan/" # 仮
  attribution: 出典：内閣府
chapters:""",
)
NEW_PLAN = OLD_PLAN.replace("format: 1", "format: 2").replace(
    '  # 公開の前に変える\n  base_url: "https://www.example.go.jp/plan/" # 仮\n', ""
)
OLD_REVISION = """\
# yaml-language-server: $schema=../schema/revision.schema.json
# 改定の記録
from: first
dispositions:
  # 二つを一つに
  - measures: [gamma, delta]  # 旧①②
    became: merged # 統合
    into:
      - alpha  # ①へ
    reason: "重なるため: 統合"
  - measures:
      - epsilon
    became: completed
reasons:
  # 見出しの変更
  - id: utilization
    reason: 分かりやすくするため
  - {id: epsilon, reason: 終わったため}
# 以上
"""
SCHEMA = "# yaml-language-server: $schema=../../schema/revision.schema.json\n"
OLD: dict[str, str | bytes | None] = {
    "plan.yaml": OLD_PLAN,
    "revision.yaml": OLD_REVISION,
    "chapters/vision.yaml": "id: vision\nkind: 'preface'  # 前文\ntitle: 基本構想\n",
    "chapters/promotion.yaml": "id: promotion\nkind: appendix\ntitle: 別に示す事項\n",
    "editions/first.json": frozen(
        "first",
        chapters__measures=SAMPLE["chapters/measures.yaml"] + "      - gamma\n      - delta\n"
        "      - epsilon\n",
        measures__gamma="id: gamma\ntext: 甲\n",
        measures__delta="id: delta  # 旧①②\ntext: 乙\n",
        measures__epsilon="id: epsilon\ntext: 丙\n",
    ),
}
NEW = {
    "plan.yaml": NEW_PLAN,
    "site.yaml": '# 公開の前に変える\nbase_url: "https://www.example.go.jp/plan/"  # 仮\n',
    "chapters/vision.yaml": "id: vision\nkind: 'unnumbered'  # 前文\ntitle: 基本構想\n",
    "chapters/promotion.yaml": "id: promotion\nkind: annex\ntitle: 別に示す事項\n",
    "revision/gamma.yaml": SCHEMA + "# 改定の記録\n# 以上\n"
    "# 二つを一つに\nid: gamma\nbecame: merged  # 統合\ninto: [alpha]  # ①へ\n"
    'reason: "重なるため: 統合"\n',
    "revision/delta.yaml": SCHEMA
    + "id: delta  # 旧①②\nbecame: merged  # 統合\ninto: [alpha]  # ①へ\n"
    + 'reason: "重なるため: 統合"\n',
    "revision/epsilon.yaml": SCHEMA + "id: epsilon\nbecame: completed\nreason: 終わったため\n",
    "revision/utilization.yaml": SCHEMA
    + "# 見出しの変更\nid: utilization\nreason: 分かりやすくするため\n",
}


def written(plan: Path) -> dict[str, str]:
    files = (path for path in plan.rglob("*") if path.suffix == ".yaml")
    return {path.relative_to(plan).as_posix(): path.read_text("utf-8") for path in files}


def test_every_file_is_rewritten_and_comments_stay(tmp_path: Path) -> None:
    plan = plant(tmp_path, OLD)
    before = load(str(plan)).draft
    names = upgrade_format(str(plan))
    assert f"{plan}/revision.yaml" in names
    now = written(plan)
    assert "revision.yaml" not in now
    assert {name: now[name] for name in NEW} == NEW
    after = load(str(plan)).draft
    assert after.revision == before.revision
    assert (after.chapters, after.measures) == (before.chapters, before.measures)
    assert upgrade_format(str(plan)) == ()
    assert written(plan) == now


def test_the_command_says_so_and_settles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = plant(tmp_path, {})
    assert cli.run(["validate", str(plan), "--fix"]) == 0
    assert f"{plan}/plan.yaml: 形式 2 に書き換えました。\n" in capsys.readouterr().out
    now = written(plan)
    assert now == {**SAMPLE, "plan.yaml": SAMPLE["plan.yaml"].replace("format: 1", "format: 2")}
    assert cli.run(["validate", str(plan), "--fix", "--quiet"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"revision.yaml": "from: other\n"}, "supersedes と違う"),
        ({"revision.yaml": OLD_REVISION + "  - {id: gamma, reason: 別}\n"}, "二度"),
        ({"site.yaml": "base_url: https://www.example.jp/\n"}, "base_url が"),
        ({"measures/alpha.yaml": "id: alpha\n"}, "読めないため"),
    ],
)
def test_nothing_is_written_where_something_would_be_lost(
    tmp_path: Path, changes: dict[str, str], message: str
) -> None:
    plan = plant(tmp_path, {**OLD, **changes})
    before = written(plan)
    with pytest.raises(CommandError, match=message):
        upgrade_format(str(plan))
    assert written(plan) == before


def test_comments_of_a_revision_without_records_stay(tmp_path: Path) -> None:
    plan = plant(tmp_path, {**OLD, "revision.yaml": "# まだない\nfrom: first # 前の版\n"})
    upgrade_format(str(plan))
    assert written(plan)["plan.yaml"].endswith("# まだない\n# 前の版\n")
