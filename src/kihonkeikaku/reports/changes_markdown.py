"""Changes → Markdown for a pull request's comment: short, foldable, and safe to post.

What a plan says is shown as it stands. In GitHub's Markdown it could otherwise form a table or a
link, open a tag, call people (@), or point at issues (#1).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

from kihonkeikaku.diff.change import Change
from kihonkeikaku.diff.change_description import (
    KIND_NAMES,
    ChangeDescriber,
    change_reason,
    describe_marks,
    edition_name,
    excerpt,
    kind_name,
)
from kihonkeikaku.diff.comparison import ComparisonResult
from kihonkeikaku.diff.significance.classifier import WEIGHT_NAMES, WEIGHTS, Assessment
from kihonkeikaku.rendering.html import urls

LIMIT: Final = 65_536
"""So many characters GitHub takes for one comment."""

_RESERVE: Final = 1_000
"""What is kept free for the line that tells what was left out, and for the frame of a comment."""

_FIRST: Final = 10
"""So many changes a reader with ten minutes can read."""

_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]()#+.!|~=\-]")
_BREAK: Final = "&#8203;"
"""A space without width: keeps @, # and :// from being taken for mentions, issues and links."""


def changes_markdown(compared: ComparisonResult, *, noise: bool = False, limit: int = LIMIT) -> str:
    """Returns the comparison as Markdown, at most ``limit`` characters of it.

    Args:
        compared: what to tell.
        noise: shows changes of widths, spaces and spellings too, which are only counted else.
        limit: what does not fit is left out, and the text says how much.
    """
    writer = _Writer(compared, noise=noise)
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


def html_escaped(text: str) -> str:
    """Returns text that GitHub shows as it stands inside of a tag, where there is no Markdown."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"[@:]|(?<!&)#", rf"\g<0>{_BREAK}", safe)


def escaped(text: str) -> str:
    """Returns text that GitHub shows as it stands."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    safe = safe.replace("$", "<span>$</span>")
    # Entities first: their own "#" and ";" are no text.
    safe = re.sub(r"&(?:amp|lt|gt);|<span>\$</span>|.", _escape, safe, flags=re.DOTALL)
    return re.sub(r"(?i)\b(www|gh)(?=\\?[.\-])", rf"\1{_BREAK}", safe)


def _escape(match: re.Match[str]) -> str:
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


class _Writer:
    """Writes the parts of a comment."""

    def __init__(self, compared: ComparisonResult, *, noise: bool) -> None:
        self._compared = compared
        self._describer = ChangeDescriber(compared.old, compared.new)
        self._assessments = {id(c): compared.classifier.assess(c) for c in compared.shown.changes}
        self._noise = noise
        publication = compared.new.head.publication
        self._base = publication.base_url if publication else None

    def head(self) -> str:
        lines = [
            "## 計画の変更",
            "",
            f"{escaped(edition_name(self._compared.old))} → "
            f"{escaped(edition_name(self._compared.new))}",
            "",
        ]
        if self._compared.view:
            lines += [f"> {escaped(self._compared.view.statement)}", ""]
        if not self._compared.shown.changes:
            return "\n".join([*lines, "違いはありません。", ""])
        counts = self._compared.shown.summary
        kinds = "、".join(f"{KIND_NAMES[kind]} {count}" for kind, count in counts.items())
        return "\n".join(
            [*lines, f"**変更 {sum(counts.values())} 件**（{self._weights()}）", "", kinds, ""]
        )

    def parts(self) -> Iterator[tuple[str, int]]:
        """Yields the parts in order, each with the number of changes that it alone tells."""
        changes = self._compared.shown.changes
        shown = [c for c in changes if self._noise or not self._of(c).noise]
        marked = [c for c in shown if self._of(c).marks][:_FIRST]
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

    def _of(self, change: Change) -> Assessment:
        return self._assessments[id(change)]

    def _weights(self) -> str:
        weights = [assessment.weight for assessment in self._assessments.values()]
        return "、".join(f"{WEIGHT_NAMES[w]} {weights.count(w)}" for w in WEIGHTS if w in weights)

    def _folded(self, heading: str, changes: list[Change]) -> str:
        summary = f"<summary>{html_escaped(heading)}（{len(changes)}件）</summary>"
        return "\n".join(
            ["<details>", summary, "", *map(self._item, changes), "", "</details>", ""]
        )

    def _item(self, change: Change) -> str:
        assessment = self._of(change)
        weight = "表記のみ" if assessment.noise else WEIGHT_NAMES[assessment.weight]
        marks = (
            f"　⚠ {escaped(name)}（{escaped(words)}）" for name, words in describe_marks(assessment)
        )
        why = change_reason(change)
        because = f"<br>理由：{escaped(why)}" if why else ""
        told = self._told(change)
        return (
            f"- <b>{kind_name(change)}</b>［{weight}］{self._subject(change)}"
            f"{f'<br>{told}' if told else ''}{''.join(marks)}{because}"
        )

    def _subject(self, change: Change) -> str:
        place = change.new or change.old
        assert place, "a change stands somewhere"
        named = change.type in ("edition", "ministry")
        name = escaped(place.text if named else f"{place.citation}　{excerpt(place.text)}")
        if self._base and change.type == "measure" and change.new and change.id:
            path = urls.measure_page(change.id)
            return f"[{name}](<{urls.public_address(self._base, path)}>)"
        return name

    def _told(self, change: Change) -> str:
        redline: Any = change.detail.get("redline")
        told = self._describer.describe(change)
        return escaped(told) if told or not redline else "".join(_marked(redline))


def _marked(redline: Iterable[tuple[str, str]]) -> Iterator[str]:
    tags = {"-": "del", "+": "ins"}
    for operation, text in redline:
        tag = tags.get(operation)
        yield f"<{tag}>{escaped(text)}</{tag}>" if tag else escaped(text)
