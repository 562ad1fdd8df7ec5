"""What came back of sheets, for a person (text, Markdown) and for programs (JSON)."""

import json
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.consultation.bins import BIN_NAMES, CALM_BINS, BinnedUnit, Receipt
from kihonkeikaku.consultation.returned_sheet import ReturnedSheet
from kihonkeikaku.office.word_file import NOTE_MARK
from kihonkeikaku.reports.changes_markdown import escape_markdown
from kihonkeikaku.system.terminal import apply_style, escape_unprintable

_TYPE_NAMES: Final = {
    "heading": "見出し",
    "paragraph": "段落",
    "measure": "取組",
    "reprint": "再掲",
    "footnote": "注",
    "front": "表題",
    "measures-label": "取組の前の語",
}


def receipt_json(receipt: Receipt) -> str:
    """Returns what came back as JSON, by the contract in the design."""
    data = {
        "sheets": [
            {
                "file": sheet.label,
                "sheet": sheet.record.sheet,
                "ministry": sheet.record.ministry or None,
                "author": list(sheet.authors),
                "bookmarks": sheet.bookmarks,
                "notes": list(_sheet_notes(sheet)),
            }
            for sheet in receipt.sheets
        ],
        "units": [_unit_json(unit) for unit in receipt.units],
        "summary": receipt.summary,
        "proof": {"characters": receipt.characters, "in_bins": receipt.in_bins},
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _unit_json(binned: BinnedUnit) -> dict[str, object]:
    unit = binned.unit
    return {
        "id": unit.id if unit else None,
        "type": unit.type if unit else "paragraph",
        "bin": binned.bin,
        "ministry": "、".join(binned.ministries),
        "sent": _shown(binned.sent),
        "received": _shown(binned.received),
        "now": _shown(binned.now),
        "redline": [[op, _shown(text)] for op, text in binned.redline],
        "tracked": binned.tracked,
        "comments": list(binned.comments),
        "file": binned.file,
        "cell": None,
        "handle": binned.handle,
        "author": list(binned.authors),
        "date": list(binned.dates),
        "reason": binned.reason or None,
        "after": binned.place.printed.replace(NOTE_MARK, "") if binned.place else None,
    }


def receipt_text(receipt: Receipt, *, colour: bool = False) -> str:
    """Returns what came back for a terminal: what has to be decided first."""
    return "\n".join(_TextReport(receipt, colour=colour).lines()) + "\n"


def receipt_markdown(receipt: Receipt) -> str:
    """Returns what came back as Markdown, for an issue or a pull request."""
    return "\n".join(_MarkdownReport(receipt).lines()) + "\n"


class _Report:
    """The order of a report, whatever its form."""

    def __init__(self, receipt: Receipt) -> None:
        self._receipt = receipt

    def lines(self) -> Iterator[str]:
        """Yields the report line by line."""
        for sheet in self._receipt.sheets:
            yield from self._sheet(sheet)
        summary = self._receipt.summary
        yield self._line("、".join(f"{BIN_NAMES[bin]} {n} 件" for bin, n in summary.items()))
        for bin in summary:
            if bin == "same":
                continue
            yield ""
            yield self._heading(BIN_NAMES[bin])
            for unit in self._receipt.units:
                if unit.bin == bin:
                    yield from self._unit(unit)
        remarks = [u for u in self._receipt.units if u.bin == "same" and (u.comments or u.reason)]
        if remarks:
            yield ""
            yield self._heading("変更はないが、コメントや注意のあるもの")
            for unit in remarks:
                yield from self._unit(unit)
        yield ""
        whole = "すべて" if self._receipt.characters == self._receipt.in_bins else "一部だけが"
        yield self._line(
            f"返ってきた {self._receipt.characters:,} 字のうち {self._receipt.in_bins:,} 字が、"
            f"{whole}どれか一つの区分に入っています。"
        )
        if any(unit.bin not in CALM_BINS for unit in self._receipt.units):
            yield self._line("取り込める変更と反映済みのほかは、人が決めてください。")

    def _sheet(self, sheet: ReturnedSheet) -> Iterator[str]:
        whose = f"（{sheet.record.ministry}）" if sheet.record.ministry else ""
        by = f"　記入：{'、'.join(sheet.authors)}" if sheet.authors else ""
        yield self._line(f"{sheet.label}{whose}　控え {sheet.record.sheet}{by}")
        for note in _sheet_notes(sheet):
            yield self._item(note)

    def _unit(self, binned: BinnedUnit) -> Iterator[str]:
        unit = binned.unit
        kind = _TYPE_NAMES.get(unit.type, "行") if unit else "新しい段落"
        number = unit.head.strip("　") if unit else ""
        name = f"{kind} {number}".rstrip() + (f"（{binned.handle}）" if binned.handle else "")
        yield self._item(f"{'、'.join(binned.ministries)}：{name}")
        redline = list(binned.redline)
        if binned.bin in ("split", "joined"):
            yield self._detail(f"送った文：{_shown(binned.sent)}")
            received = (binned.received or "").replace("\n", "¶")
            yield self._detail(f"返った文：{_shown(received)}")
        elif any(op != "=" for op, _ in redline):
            marked = "".join(self._mark(op, str(_shown(text))) for op, text in redline)
            yield self._marked_detail(marked)
        else:
            yield self._detail(str(_shown(binned.sent)))
        if binned.bin in ("conflict", "between-ministries") and binned.now != binned.sent:
            yield self._detail(f"いまの計画：{_shown(binned.now) or 'なくなっています'}")
        if binned.place and binned.bin in ("added", "moved"):
            yield self._detail(f"場所：「{_shown(binned.place.printed)}」の次")
        if not binned.tracked and binned.bin in ("removed", "added", "split", "joined", "moved"):
            yield self._detail("変更履歴のない変更です。")
        if binned.reason:
            yield self._detail(binned.reason)
        for comment in binned.comments:
            yield self._detail(f"コメント　{comment}")

    def _line(self, text: str) -> str:
        raise NotImplementedError

    def _heading(self, text: str) -> str:
        raise NotImplementedError

    def _item(self, text: str) -> str:
        raise NotImplementedError

    def _detail(self, text: str) -> str:
        raise NotImplementedError

    def _marked_detail(self, marked: str) -> str:
        """Returns the line of what ``_mark`` returned."""
        raise NotImplementedError

    def _mark(self, op: str, text: str) -> str:
        raise NotImplementedError


class _TextReport(_Report):
    def __init__(self, receipt: Receipt, *, colour: bool) -> None:
        super().__init__(receipt)
        self._colour = colour

    def _line(self, text: str) -> str:
        return escape_unprintable(text)

    def _heading(self, text: str) -> str:
        return apply_style(f"■ {text}", "place", self._colour)

    def _item(self, text: str) -> str:
        return f"  {escape_unprintable(text)}"

    def _detail(self, text: str) -> str:
        return f"    {escape_unprintable(text)}"

    def _marked_detail(self, marked: str) -> str:
        return f"    {marked}"

    def _mark(self, op: str, text: str) -> str:
        text = escape_unprintable(text)
        if op == "-":
            return apply_style(text, "struck", True) if self._colour else f"[-{text}-]"
        if op == "+":
            return apply_style(text, "inserted", True) if self._colour else f"{{+{text}+}}"
        return text


class _MarkdownReport(_Report):
    def _line(self, text: str) -> str:
        return f"{escape_markdown(text)}\n"

    def _heading(self, text: str) -> str:
        return f"### {escape_markdown(text)}\n"

    def _item(self, text: str) -> str:
        return f"- {escape_markdown(text)}"

    def _detail(self, text: str) -> str:
        return f"  - {escape_markdown(text)}"

    def _marked_detail(self, marked: str) -> str:
        return f"  - {marked}"

    def _mark(self, op: str, text: str) -> str:
        tag = {"-": "del", "+": "ins"}.get(op)
        return f"<{tag}>{escape_markdown(text)}</{tag}>" if tag else escape_markdown(text)


def _sheet_notes(sheet: ReturnedSheet) -> Iterator[str]:
    """Yields what a person has to know about a file as a whole."""
    if not sheet.bookmarks:
        yield "しおり（ブックマーク）がないため、文から推し量りました。どれも取り込みません。"
    for ignored in sheet.file.ignored:
        yield f"読まなかったもの：{ignored}"
    if any(guide.received != (guide.unit and guide.unit.text) for guide in sheet.guides):
        yield "案内の囲みや「（以上）」が変わっています（読み飛ばしました）。"


def _shown(text: str | None) -> str | None:
    """Returns a text without the marks that stand for a note's number."""
    return None if text is None else text.replace(NOTE_MARK, "")
