"""What became of each line of an imported document, as text and as JSON."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kihonkeikaku.importing.importer import ImportResult
from kihonkeikaku.importing.source_lines import SourceLine
from kihonkeikaku.system.terminal import escape_unprintable

_LONGEST_TEXT: Final = 40
_MOST_IDS: Final = 20


def import_json(result: ImportResult) -> str:
    """Returns the report for programs."""
    return json.dumps(
        {
            "source": result.source.label,
            "lines": len(result.source.lines),
            "used": result.used,
            "dropped": [
                {**_line(each.line), "text": each.text, "reason": each.reason}
                for each in result.dropped
            ],
            "doubts": [
                {**_line(each.line), "reason": each.reason, **_place(result, each.line)}
                for each in result.doubts
            ],
            "units": unit_counts(result),
        },
        ensure_ascii=False,
        indent=1,
    )


def unit_counts(result: ImportResult) -> dict[str, int]:
    """Returns how many chapters, sections, measures, paragraphs and footnotes the plan has."""
    kinds = Counter(
        "chapters" if line.kind == "heading" and line.level == 1 else f"{line.kind}s"
        for line in result.document.lines()
        if line.variant != "reprint"
    )
    reprints = sum(line.variant == "reprint" for line in result.document.lines())
    return {
        "chapters": kinds["chapters"],
        "sections": kinds["headings"],
        "measures": kinds["measures"],
        "reprints": reprints,
        "paragraphs": kinds["paragraphs"],
        "footnotes": kinds["footnotes"],
    }


def import_text(result: ImportResult, folder: Path) -> str:
    """Returns the report for a reader.

    Args:
        result: the import.
        folder: where the plan was written.
    """
    return "\n".join(map(escape_unprintable, _report(result, folder)))


def _report(result: ImportResult, folder: Path) -> Iterator[str]:
    counts = unit_counts(result)
    yield f"{result.source.label} から {folder} に計画を作りました。"
    yield (
        f"  章 {counts['chapters']}、見出し {counts['sections']}、取組 {counts['measures']}"
        f"（再掲 {counts['reprints']}）、段落 {counts['paragraphs']}、注 {counts['footnotes']}"
    )
    yield f"  元の行 {len(result.source.lines)}：計画に入れた行 {result.used}"
    for reason, count in Counter(each.reason for each in result.dropped).most_common():
        yield f"    除いたもの：{reason} {count}"
    if result.widened:
        yield f"  日本語の中の半角の括弧を、全角にしました：{result.widened}"
    for title, wanted in (("元と違うか、足りないところ", True), ("確かめるところ（注意）", False)):
        doubts = [each for each in result.doubts if each.is_problem is wanted]
        if doubts:
            yield ""
            yield f"{title} {len(doubts)}"
        for doubt in doubts:
            yield f"  {_where(doubt.line)}「{_shorten(doubt.line.text)}」"
            yield f"    {doubt.reason}{_went_to(result, doubt.line, folder)}"
    if result.new_ids:
        more = len(result.new_ids) - _MOST_IDS
        yield ""
        yield (
            f"仮に付けた識別子 {len(result.new_ids)}"
            "（版を決定する前なら、kihonkeikaku rename で直せます）"
        )
        rest = f" ほか {more}" if more > 0 else ""
        yield f"  {'、'.join(result.new_ids[:_MOST_IDS])}{rest}"


def _line(line: SourceLine) -> dict[str, Any]:
    return {"line": line.number, "page": line.page, "text": line.text}


def _place(result: ImportResult, line: SourceLine) -> dict[str, str | None]:
    file, at = result.places.get(line.number, (None, None))
    return {"file": file, "at": at}


def _where(line: SourceLine) -> str:
    page = f"{line.page}ページ、" if line.page else ""
    return f"{page}{line.number}行目"


def _went_to(result: ImportResult, line: SourceLine, folder: Path) -> str:
    place = result.places.get(line.number)
    return f" → {folder / place[0]}（{place[1]}）" if place else ""


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
