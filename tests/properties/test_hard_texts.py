"""What passes ``validate`` can be published, whatever it holds and whatever its texts are made of.

Pairs of plans in which every field is used and any text may hold any character, and runs without a
place to break: where both editions pass, ``build`` (HTML, PDF and comparison), ``verify``, ``diff``
in every format and the amendment do. The rules about wording are off, as a plan may have them. Of
200 plans in ``make test``, those of one pair in ten go to PDF as well; of the thousands in ``make
torture``, all.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from kihonkeikaku import cli
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.text.characters import FORBIDDEN
from kihonkeikaku.validation.overrides import ADJUSTABLE
from tests.properties.one_process import run
from tests.properties.plan_pairs import plan_pair
from tests.properties.test_plan_pairs import PROCESSES_EVERY, commands, write

Data = dict[str, Any]

PIECES: Final = (
    *("CO₂", "10⁻⁶", "𠮷", "Việt", "☑", "₩", "葛\U000e0100", "葛", "神\U000e0100", "神", "神"),
    *("e\u0301", "é", "か\u3099", "が", "か\u309a", "A\u0323\u0302", "Å", "Ω", "ﬁ", "ｶﾞ", "㍿"),
    *(
        "ヶ'",
        '(1)"',
        "「」",
        "（",
        "）",
        "〔",
        "【",
        "】",
        "［注］",
        "①",
        "⑳",
        "（注1）",
        "第1章",
        "・",
    ),
    *("。", "、", "ー", "々", "…", "‥", "---", "///", "===", "\u00a0", "　", " ", "1,000", "％"),
    *("A", "ω", "ж", "https://example.jp/a?b=c#d", "<b>", "&amp;", "{{ x }}", "\\", "%", "$", "`"),
)
"""What has once been lost, or printed in another way than it was written."""

RUNS: Final = tuple(piece for piece in PIECES if len(piece) < 4)

LINES: Final = frozenset(
    {"title", "text", "bullet", "note", "legend", "plain", "footnote", "measures_label", "label"}
    | {"subtitle", "reason", "publisher", "attribution", "notice", "document_number", "full_name"}
)
"""The keys of what is printed."""


def hard_text(random: Random) -> str:
    """Returns some text that is neither empty nor white space alone."""
    kind = random.random()
    if kind < 0.15:
        return "取組" + random.choice(RUNS) * random.randint(30, 160)
    if kind < 0.3:  # any characters of one part of Unicode; most parts can't be printed
        block = random.choice((0x80, 0x250, 0x370, 0x1E00, 0x2000, 0x2200, 0x3000, 0x4E00, 0x20B00))
        letters = (chr(block + random.randrange(256)) for _ in range(5))
        return "取組" + "".join(c for c in letters if not FORBIDDEN.match(c))
    return "".join(random.choices(PIECES, k=random.randint(1, 8))) + "取組"


def harden(value: Any, random: Random, share: float, key: str = "") -> Any:
    """Returns data in which some of the texts are hard."""
    if isinstance(value, dict):
        return {name: harden(part, random, share, name) for name, part in value.items()}
    if isinstance(value, list):
        return [harden(part, random, share, key) for part in value]
    if key in LINES and isinstance(value, str) and random.random() < share:
        return hard_text(random)[: 30 if key in ("label", "document_number") else 100]
    return value


def with_every_field(data: Data, random: Random) -> Data:
    """Fills in what the pairs leave out."""
    head = data["head"]
    head["subtitle"] = "副題"
    head["edition"] |= {"label": "第2期", "dated": "2026-04-01"}
    if random.random() < 0.3:
        head["edition"] |= {"stage": "決定", "decided_on": "2026-12-23"}
    elif random.random() < 0.2:
        head["edition"]["stage"] = "骨子"
    head["publication"] = {
        "publisher": "内閣府",
        "attribution": "出典：内閣府",
        "contents_title": "全体構成",
        "base_url": "https://www.example.go.jp/plan/",
        "document_number": "資料1",
        "notice": "例示",
    }
    off = {"severity": "off", "reason": "どの文字も試すため"}
    head["rules"] = [{"rule": rule} | off for rule in sorted(ADJUSTABLE)]
    for ministry in data["ministries"]:
        ministry |= {"full_name": "正式名称" + ministry["name"], "established": "2001-01-06"}
    data["ministries"] += [
        {"id": "cabinet", "name": "府", "corporate_number": "2000012010019"},
        {"id": "office", "name": "府（室）", "parent": "cabinet"},
        {"id": "gone", "name": "旧庁", "abolished": "2025-03-31"},
        {"id": "every", "name": "関係する省庁", "collective": "related"},
    ]
    if head["edition"].get("supersedes"):
        data["revision"] = _revision(data, random)
    return data


def _revision(data: Data, random: Random) -> list[Data]:
    """Returns what became of each measure that is gone, in any way, and a reason for another."""
    measures = [measure["id"] for measure in data["measures"]]
    ways = ["completed", "transferred", "abolished"]
    ways += ["merged"] * bool(measures) + ["split"] * (len(measures) > 1)
    dispositions = []
    for disposition in data.get("revision") or ():
        became = random.choice(ways)
        into = random.sample(measures, {"merged": 1, "split": 2}.get(became, 0))
        gone = {"id": disposition["id"], "became": became, "into": into, "reason": "完了したため"}
        dispositions.append(gone)
    reasons = [{"id": id, "reason": "改めたため"} for id in measures[:1]]
    return sorted((*dispositions, *reasons), key=lambda each: each["id"])


def hard_pair(number: int) -> Iterator[Plan]:
    """Yields two editions; the same number gives the same."""
    random = Random(number)
    share = random.choice((0.02, 0.1, 0.3))
    for plan in plan_pair(number):
        data = plan.model_dump(mode="json", by_alias=True, exclude_none=True)
        yield Plan.model_validate(harden(with_every_field(data, random), random, share))


def is_valid_and_answered(number: int, work: Path, *, pdf: bool) -> bool:
    """Whether both editions pass ``validate``; every other command has to end well then."""
    for plan, name in zip(hard_pair(number), ("old", "new"), strict=True):
        write(plan, work / name)
    for arguments in commands(work, pdf=pdf):
        code = (cli.run if number % PROCESSES_EVERY == 0 else run)(arguments)
        if arguments[0] == "validate" and code == 1:
            return False
        assert code == 0, (number, arguments)
    return True


def answer(
    numbers: range, work: Path, capfd: pytest.CaptureFixture[str], *, pdf_every: int = 1
) -> int:
    """Returns how many of the pairs were valid; of one in so many, PDFs are made."""
    valid = 0
    for number in numbers:
        folder = work / str(number)
        valid += is_valid_and_answered(number, folder, pdf=number % pdf_every == 0)
        shutil.rmtree(folder)
        capfd.readouterr()
    return valid


@pytest.mark.slow
def test_what_passes_validate_can_be_published(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert answer(range(100), tmp_path, capfd, pdf_every=10) >= 50


@pytest.mark.torture
def test_much_of_what_passes_validate_can_be_published(
    tmp_path: Path, pairs: int, capfd: pytest.CaptureFixture[str]
) -> None:
    valid = answer(range(pairs), tmp_path, capfd)
    with capfd.disabled():
        print(f"{pairs} pairs of plans, {valid} of them valid and published")
    assert valid >= pairs // 3


FIELDS: Final = frozenset(
    {"format", "series", "title", "subtitle", "edition", "basis", "publication", "chapters"}
    | {"rules", "stage", "label", "dated", "decided_on", "supersedes", "law", "number", "law_id"}
    | {"article", "publisher", "attribution", "contents_title", "base_url", "document_number"}
    | {"notice", "rule", "severity", "reason", "name", "full_name", "parent", "established"}
    | {"abolished", "succeeds", "collective", "corporate_number", "kind", "body", "sections"}
    | {"measures", "measures_label", "reprint", "text", "clauses", "assignments", "ministry"}
    | {"role", "bullet", "note", "legend", "plain", "ref", "footnote", "became"}
    | {"into", "id"}
)
"""The keys that format 1 has, as they are in format 2."""
VALUES: Final = {
    "stage": {"骨子", "素案", "案", "決定"},
    "kind": {"unnumbered", "annex", "section", "topic", "policy", "group"},
    "became": {"completed", "merged", "split", "transferred", "abolished"},
}


def test_the_plans_use_every_key_and_kind_of_format_1() -> None:
    keys: set[str] = set()
    values: dict[str, set[str]] = {key: set() for key in VALUES}

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            keys.update(value)
            for key in values.keys() & value.keys():
                values[key].add(value[key])
        for part in value.values() if isinstance(value, dict) else value:
            if isinstance(part, dict | list):
                walk(part)

    for number in range(150):
        for plan in hard_pair(number):
            head, *files = plan.model_dump(
                mode="json", by_alias=True, exclude_defaults=True
            ).values()
            walk([head, *(file for file in files if file)])
    assert keys >= FIELDS
    assert all(values[key] >= VALUES[key] for key in VALUES)
