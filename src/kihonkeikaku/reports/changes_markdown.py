"""Changes → Markdown for a pull request's comment: short, foldable, and safe to post.

What a plan says is shown as it stands. In GitHub's Markdown it could otherwise form a table or a
link, open a tag, call people (@), or point at issues (#1).
"""

import html
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final
from urllib.parse import quote

from kihonkeikaku.diff.change import KIND_NAMES, WEIGHT_NAMES, WEIGHTS, Change
from kihonkeikaku.diff.change_description import (
    ChangeDescriber,
    change_reason,
    describe_marks,
    edition_name,
    footnote_redlines,
    kind_name,
)
from kihonkeikaku.diff.comparison import ComparisonResult
from kihonkeikaku.diff.ministry_filter import MinistryNames
from kihonkeikaku.diff.significance.classifier import Assessment
from kihonkeikaku.reports.change_positions import ChangeLocator
from kihonkeikaku.reports.repository_paths import repository_path
from kihonkeikaku.validation.linter import LoadedPair

LIMIT: Final = 65_536
"""So many characters GitHub takes for one comment."""

_RESERVE: Final = 1_000
"""What is kept free for the line that says what was left out, and for the frame of a comment."""

_MOST_FIRST: Final = 10
"""So many changes a reader with ten minutes can read."""

_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]()#+.!|~=\-]")
_BREAK: Final = "&#8203;"
"""A space without width: keeps @, # and :// from being taken for mentions, issues and links."""


def changes_markdown(
    result: ComparisonResult,
    pair: LoadedPair | None = None,
    *,
    links: str | None = None,
    noise: bool = False,
    limit: int = LIMIT,
) -> str:
    """Returns the comparison as Markdown, at most ``limit`` characters of it.

    Args:
        result: the comparison.
        pair: both editions as they were read, for file and line of each change.
        links: the address below which the new edition's files are shown at their revision, such
            as 「https://github.com/owner/name/blob/<commit>」.
        noise: shows changes of widths, spaces and spellings too, which are only counted else.
        limit: what does not fit is left out, and the text says how much.
    """
    writer = _MarkdownWriter(result, pair, links, noise=noise)
    parts = [writer.head()]
    left_out = 0
    for part, count in writer.parts():
        if left_out or sum(map(len, parts)) + len(part) > limit - _RESERVE:
            left_out += count
        else:
            parts.append(part)
    if left_out:
        parts.append(
            f"**長さの上限（{limit:,}字）のため、変更{left_out}件をここに示していません。**"
            "全体は `kihonkeikaku diff` で見られます。\n"
        )
    return "\n".join(parts).removesuffix("\n")


def escape_html(text: str) -> str:
    """Returns text that GitHub shows as it stands inside of a tag, where there is no Markdown."""
    safe = html.escape(text, quote=False)
    return re.sub(r"[@:]|(?<!&)#", rf"\g<0>{_BREAK}", safe)


def escape_markdown(text: str) -> str:
    """Returns text that GitHub shows as it stands."""
    safe = html.escape(text, quote=False)
    safe = safe.replace("$", "<span>$</span>")
    # Entities first: their own "#" and ";" are no text.
    safe = re.sub(r"&(?:amp|lt|gt);|<span>\$</span>|.", _escape_character, safe, flags=re.DOTALL)
    return re.sub(r"(?i)\b(www|gh)(?=\\?[.\-])", rf"\1{_BREAK}", safe)


def _escape_character(match: re.Match[str]) -> str:
    part = match[0]
    if len(part) > 1:
        return part
    if part in "@#":
        return ("\\#" if part == "#" else part) + _BREAK
    if part == ":":
        return part + _BREAK  # 「https://」, and 「:name:」, which prints a picture
    if part in "\r\n":
        return " "
    return "\\" + part if _SPECIAL.match(part) else part


class _MarkdownWriter:
    """Writes the parts of a comment."""

    def __init__(
        self, result: ComparisonResult, pair: LoadedPair | None, links: str | None, *, noise: bool
    ) -> None:
        self._result = result
        self._locator = ChangeLocator(pair) if pair else None
        self._links = links.rstrip("/") if links else None
        self._ministries = MinistryNames(result.old, result.new)
        self._describer = ChangeDescriber(result.old, result.new)
        self._assessments = {id(c): result.classifier.assess(c) for c in result.shown.changes}
        self._noise = noise

    def head(self) -> str:
        lines = [
            "## 計画の変更",
            "",
            f"{escape_markdown(edition_name(self._result.old))} → "
            f"{escape_markdown(edition_name(self._result.new))}",
            "",
        ]
        if self._result.refs:
            lines += [escape_markdown(self._result.refs_line), ""]
        if self._result.view:
            lines += [f"> {escape_markdown(self._result.view.statement)}", ""]
        if not self._result.shown.changes:
            return "\n".join([*lines, "違いはありません。", ""])
        counts = self._result.shown.summary
        kinds = "、".join(f"{KIND_NAMES[kind]} {count}" for kind, count in counts.items())
        return "\n".join(
            [*lines, f"**変更 {sum(counts.values())} 件**（{self._weights()}）", "", kinds, ""]
        )

    def parts(self) -> Iterator[tuple[str, int]]:
        """Yields the parts in order, each with the number of changes that only this part shows."""
        changes = self._result.shown.changes
        shown = [c for c in changes if self._noise or not self._assess(c).noise]
        marked = [c for c in shown if self._assess(c).marks][:_MOST_FIRST]
        if marked:
            yield "\n".join(["### 注意して読むところ", "", *map(self._item, marked), ""]), 0
        own = (c for c in shown if c.kind != "renumbered")
        for heading, of_heading in groupby(own, key=self._describer.group_name):
            group = list(of_heading)
            yield self._folded(heading, group), len(group)
        numbers = [c for c in shown if c.kind == "renumbered"]
        if numbers:
            yield self._folded("番号のみの変更", numbers), len(numbers)
        hidden = len(changes) - len(shown)
        if hidden:
            yield f"表記だけの変更 {hidden} 件は示していません（`--noise` で示します）。\n", 0

    def _assess(self, change: Change) -> Assessment:
        return self._assessments[id(change)]

    def _weights(self) -> str:
        weights = [assessment.weight for assessment in self._assessments.values()]
        return "、".join(f"{WEIGHT_NAMES[w]} {weights.count(w)}" for w in WEIGHTS if w in weights)

    def _folded(self, heading: str, changes: list[Change]) -> str:
        summary = f"<summary>{escape_html(heading)}（{len(changes)}件）</summary>"
        return "\n".join(
            ["<details>", summary, "", *map(self._item, changes), "", "</details>", ""]
        )

    def _item(self, change: Change) -> str:
        assessment = self._assess(change)
        weight = "表記のみ" if assessment.noise else WEIGHT_NAMES[assessment.weight]
        marks = (
            f"　⚠ {escape_markdown(name)}（{escape_markdown(words)}）"
            for name, words in describe_marks(assessment)
        )
        why = change_reason(change)
        because = f"<br>理由：{escape_markdown(why)}" if why else ""
        details = self._details(change)
        return (
            f"- <b>{kind_name(change)}</b>［{weight}］{self._subject(change)}"
            f"{f'<br>{details}' if details else ''}{''.join(marks)}{because}"
            f"{''.join(f'<br>{line}' for line in self._whereabouts(change))}"
        )

    def _subject(self, change: Change) -> str:
        place = change.new or change.old
        assert place, "a change stands somewhere"
        named = change.type in ("edition", "ministry")
        return escape_markdown(place.text if named else f"{place.citation}　{place.text}")

    def _whereabouts(self, change: Change) -> Iterator[str]:
        """Yields the ministries that a change concerns, and the file and line where it stands."""
        ministries = self._ministries.of_change(change)
        if ministries:
            yield f"府省庁：{escape_markdown('、'.join(ministries))}"
        if self._locator is None:
            return
        position, is_new = self._locator.find(change)
        path = repository_path(position.file)
        shown = f"`{path.replace('`', '')}:{position.line}`"
        if not is_new:
            yield f"前の版の {shown}"
        elif self._links and ":" not in path:
            yield f"[{shown}](<{self._links}/{quote(path)}#L{position.line}>)"
        else:
            yield shown

    def _details(self, change: Change) -> str:
        redline: Any = change.detail.get("redline")
        details = self._describer.describe(change)
        shown = escape_markdown(details) if details or not redline else "".join(_mark(redline))
        notes = (f"注：{''.join(_mark(marks))}" for marks in footnote_redlines(change))
        return "<br>".join(filter(None, (shown, *notes)))


def _mark(redline: Iterable[tuple[str, str]]) -> Iterator[str]:
    tags = {"-": "del", "+": "ins"}
    for operation, text in redline:
        tag = tags.get(operation)
        yield f"<{tag}>{escape_markdown(text)}</{tag}>" if tag else escape_markdown(text)
