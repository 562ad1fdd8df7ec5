"""A small sound plan, written as drafters write it, for tests to break."""

from collections.abc import Mapping
from pathlib import Path

from kihonkeikaku.loading.loader import load_folder
from kihonkeikaku.loading.source import SourceFile, SourceFolder
from kihonkeikaku.model.frozen import freeze

SAMPLE: dict[str, str] = {
    "plan.yaml": """\
format: 1
series: example
title: 計画
edition:
  id: second
  stage: 案
  # supersedes: (none)
basis:
  law: 人工知能関連技術の研究開発及び活用の推進に関する法律
  number: 令和7年法律第53号
  law_id: 507AC0000000053
  article: 第18条第1項
chapters:
  - vision
  - policy
  - measures
  - promotion
""",
    "ministries.yaml": """\
ministries:
  - id: meti
    name: 経産省
    full_name: 経済産業省
  - id: mext
    name: 文科省
  - id: related
    name: 関係省庁
    collective: related
""",
    "chapters/vision.yaml": "id: vision\ntitle: 基本構想\n",
    "chapters/policy.yaml": "id: policy\ntitle: 基本的な方針\n",
    "chapters/measures.yaml": """\
id: measures
title: 講ずべき施策
sections:
  - id: utilization
    kind: section
    title: 利活用
    measures:
      - alpha
      - beta
""",
    "chapters/promotion.yaml": "id: promotion\ntitle: 必要な事項\n",
    "measures/alpha.yaml": "id: alpha\ntext: 取組\nassignments:\n  - ministry: 経産省\n",
    "measures/beta.yaml": "id: beta\ntext: 施策\nassignments:\n"
    "  - {ministry: 経産省, role: lead}\n  - {ministry: 文科省}\n",
}

_OF_SECOND = "  id: second\n  stage: 案\n  # supersedes: (none)\n"

SUPERSEDING: str = SAMPLE["plan.yaml"].replace("# supersedes: (none)", "supersedes: first")
"""plan.yaml of a plan that supersedes the edition in editions/first.json."""


def frozen(id: str, supersedes: str | None = None, **changes: str) -> bytes:
    """The sample as an adopted edition; changes are named like ``chapters__vision``."""
    edition = f"  id: {id}\n  stage: 案\n"
    edition += f"  supersedes: {supersedes}\n" if supersedes else ""
    head = SAMPLE["plan.yaml"].replace(_OF_SECOND, edition)
    files = {**SAMPLE, "plan.yaml": head}
    files |= {name.replace("__", "/") + ".yaml": text for name, text in changes.items()}
    entries = tuple(SourceFile(name, text.encode()) for name, text in sorted(files.items()))
    return freeze(load_folder(SourceFolder(id, entries)).draft.plan())


def plant(folder: Path, changes: Mapping[str, str | bytes | None]) -> Path:
    """Writes the sample with some files changed, added, or (None) left out; returns the folder.

    A plan with editions/first.json supersedes it, unless its plan.yaml is among the changes.
    """
    head = SUPERSEDING if changes.get("editions/first.json") else SAMPLE["plan.yaml"]
    files: dict[str, str | bytes | None] = {**SAMPLE, "plan.yaml": head, **changes}
    for name, content in files.items():
        if content is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
