"""Measures how many deadlines that moved by a year are marked as such, on a real plan.

    python scripts/measure_deadlines.py ../shared/texts/digital-priority-plan-2023.txt
    python scripts/measure_deadlines.py --show 40 --decided 2023-06-09 TEXT

The text, as ``pdftotext -layout`` gives it, is taken as paragraphs. In a copy, every deadline is a
year later; the two are compared by the program's own redline and classifier, each paragraph as the
body of a chapter. Printed are the share of the changed paragraphs that are marked as later, and the
marks of deadlines on the same text with edits that move nothing: a spelling, a width, another word.

What a deadline is, is decided here without the rules that are measured: a year later than the day
on which the plan was decided, unless it is that of a budget, a law or an exhibition.
"""

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kihonkeikaku.diff.comparison import compare
from kihonkeikaku.diff.significance.classifier import Assessment, Classifier
from kihonkeikaku.model.plan import Plan

_HEAD: Final = re.compile(
    r"[（(][0-9０-９]+[）)]|第?[0-9０-９]+[．.](?![0-9０-９])|[①-⑳]|[・○●※◆■]|[ァ-ヶ]\)|[0-9]+$|[ア-ン]$|"
    r"[ア-ン] "
)
_NO_SPACE: Final = re.compile(r"(?<![!-~]) +| +(?![!-~])")

_YEAR: Final = re.compile(
    r"(?<![0-9０-９])(?P<western>2[0-9]{3})年(?P<fiscal>度)?(?P<closing>末)?"
    r"(?:(?P<open>[（(](?:令和[0-9０-９]+年度～)?)令和(?P<era>[0-9０-９]+|元)年(?P<rest>度?末?[）)]度?))?"
    r"|令和(?P<alone>[0-9０-９]+)年(?P<alone_fiscal>度)?"
)
_BEHIND: Final = re.compile(
    r"(?P<month>[0-9０-９]{1,2})月|(?P<later>末|中|内|夏|秋|年央|下期|下半期)"
)
_NO_DEADLINE: Final = re.compile(
    r"(?:の|当初|第[1１]次)?(?:補正|情報システム関係)?予算|法律|改正|日本国際博覧会|の大阪|比|現在|時点|[^、。]{0,9}決定"
)
_EDITS: Final = (
    ("推進", "促進"), ("取組", "取り組み"), ("及び", "並びに"), ("サーバー", "サーバ"),
    ("図る", "進める"), ("について", "に関し"), ("積極的に", "重点的に"), ("国民", "市民"),
    ("整備", "構築"), ("デジタル", "電子"), ("（", "("), ("ため", "為"), ("また、", "さらに、"),
)  # fmt: skip
"""Edits that move nothing."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was found: how many paragraphs changed, and which of them bear marks."""

    paragraphs: int
    deadlines: int
    moved: tuple[tuple[str, str, Assessment], ...]
    edited: tuple[tuple[str, str, Assessment], ...]

    @property
    def unmarked(self) -> tuple[tuple[str, str, Assessment], ...]:
        """The paragraphs with a later deadline that are not marked so."""
        return tuple(row for row in self.moved if "deadline-later" not in _marks(row[2]))

    @property
    def false(self) -> tuple[tuple[str, str, Assessment], ...]:
        """The paragraphs in which nothing moved and yet a deadline is marked."""
        return tuple(row for row in self.edited if any("deadline" in m for m in _marks(row[2])))


def measure(text: str, decided: date) -> Measurement:
    """Returns how a text decided on that day is assessed, with its deadlines moved and unmoved."""
    paragraphs = tuple(dict.fromkeys(read_paragraphs(text)))
    moved = [move_deadlines(paragraph, decided) for paragraph in paragraphs]
    rng = random.Random(18)
    edited = [_edit(paragraph, rng) for paragraph in paragraphs]
    return Measurement(
        len(paragraphs),
        sum(count for _, count in moved),
        tuple(_assess(paragraphs, [paragraph for paragraph, _ in moved])),
        tuple(_assess(paragraphs, edited)),
    )


def read_paragraphs(text: str) -> Iterator[str]:
    """Yields the paragraphs of a text in lines, without the spaces beside Japanese characters."""
    paragraph = ""
    for line in (*map(str.strip, text.replace("\f", "\n\n").splitlines()), ""):
        if paragraph and (not line or _HEAD.match(line) or paragraph.endswith("。")):
            yield _NO_SPACE.sub("", paragraph)
            paragraph = ""
        if line and "....." not in line and not line.isdigit():
            paragraph += (" " if re.search("[!-~]$", paragraph) and line[0] <= "~" else "") + line


def move_deadlines(paragraph: str, decided: date) -> tuple[str, int]:
    """Returns a paragraph with every deadline a year later, and how many there are."""
    count = 0

    def move(found: re.Match[str]) -> str:
        nonlocal count
        if not _is_deadline(found, decided):
            return found[0]
        count += 1
        if found["alone"]:
            return f"令和{_next(found['alone'])}年{found['alone_fiscal'] or ''}"
        year = f"{_next(found['western'])}年{found['fiscal'] or ''}{found['closing'] or ''}"
        if found["era"]:
            year += f"{found['open']}令和{_next(found['era'])}年{found['rest']}"
        return year

    return _YEAR.sub(move, paragraph), count


def _is_deadline(found: re.Match[str], decided: date) -> bool:
    behind = found.string[found.end() :]
    if _NO_DEADLINE.match(behind):
        return False
    year = int(found["western"] or 2018 + int(found["alone"]))
    fiscal = found["fiscal"] or found["alone_fiscal"] or (found["rest"] or "").endswith("度")
    if year != decided.year or fiscal:
        return year >= decided.year
    part = _BEHIND.match(behind)
    month = int(part["month"]) if part and part["month"] else 0
    return bool(found["closing"] or (part and part["later"]) or month > decided.month)


def _next(figures: str) -> str:
    """Returns the year after, in the same width."""
    after = str(int(figures) + 1)
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    # the plan writes one figure full width and two half width
    return after if figures.isascii() or len(after) > 1 else after.translate(wide)


def _edit(paragraph: str, rng: random.Random) -> str:
    fitting = [(old, new) for old, new in _EDITS if old in paragraph]
    for old, new in rng.sample(fitting, min(2, len(fitting))):
        paragraph = paragraph.replace(old, new, 1)
    return paragraph


def _assess(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, Assessment]]:
    """Yields the paragraphs that differ, before and after, as the classifier assesses them."""
    plans = _plan(old), _plan(new)
    texts = [{f"p{at}": text for at, text in enumerate(side)} for side in (old, new)]
    classifier = Classifier(*plans)
    for change in compare(*plans).changes:
        assert change.kind == "reworded", change
        id = change.id or ""
        yield texts[0][id], texts[1][id], classifier.assess(change)


def _plan(paragraphs: Sequence[str]) -> Plan:
    """Returns a plan whose only chapter is these paragraphs, each with an id."""
    body = [{"plain": text, "id": f"p{at}"} for at, text in enumerate(paragraphs)]
    basis = {"law": "法", "number": "令和3年法律第35号", "law_id": "1", "article": "条"}
    head = {
        "format": 1,
        "series": "measured",
        "title": "計画",
        "edition": {"id": "edition", "stage": "案"},
        "basis": basis,
        "chapters": ["vision"],
    }
    chapter = {"id": "vision", "kind": "chapter", "title": "本文", "body": body}
    return Plan.model_validate(
        {"head": head, "ministries": [], "chapters": [chapter], "measures": []}
    )


def _marks(assessment: Assessment) -> list[str]:
    return [mark.rule.id for mark in assessment.marks]


def _print_rows(title: str, rows: Sequence[tuple[str, str, Assessment]]) -> None:
    if rows:
        print(f"\n{title}")
    for old, new, assessment in rows:
        marks = "; ".join(f"{m.rule.id} {m.old} -> {m.new}" for m in assessment.marks)
        print(f"- {old}\n+ {new}\n  {marks or 'no mark'}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the measurement of a text; 1 where less than 99 % are marked, or a mark is false."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("text", type=Path, help="the plan as pdftotext -layout gives it")
    parser.add_argument("--decided", type=date.fromisoformat, default=date(2023, 6, 9))
    parser.add_argument("--show", type=int, default=0, help="print so many marked paragraphs too")
    options = parser.parse_args(arguments)
    found = measure(options.text.read_text("utf-8"), options.decided)
    marked = len(found.moved) - len(found.unmarked)
    share = marked / max(len(found.moved), 1)
    print(f"paragraphs: {found.paragraphs}; deadlines moved by a year: {found.deadlines}")
    print(f"marked as later: {marked} of {len(found.moved)} paragraphs, {share:.1%}")
    print(f"false marks: {len(found.false)} of {len(found.edited)} paragraphs edited otherwise")
    _print_rows("Not marked:", found.unmarked)
    _print_rows("Marked, though nothing moved:", found.false)
    sample = random.Random(40).sample(found.moved, min(options.show, len(found.moved)))
    _print_rows("Some of the marked:", sample)
    return 0 if share >= 0.99 and not found.false else 1


if __name__ == "__main__":
    sys.exit(main())
