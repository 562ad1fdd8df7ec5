"""The outline of a plan: the kinds of heading, measure and item, and how each is numbered.

A kind's label is a pattern: ``第{1}節`` counts in the style of the sign in braces
(``text/counters.py``); ``{parent}.{1}.`` continues the number above.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from kihonkeikaku.model.values import Id, Line, Model, invalid_value
from kihonkeikaku.text.counters import COUNTER_STYLES, counter_pattern, format_counter

MEASURE: Final = "measure"
"""The kind of what ministries are assigned to."""
ITEM: Final = "item"
"""The kind of what stands below a measure: a, b …."""
UNNUMBERED: Final = "unnumbered"
"""The kind of a chapter without a number: はじめに."""
ANNEX: Final = "annex"
"""The kind of a chapter after the others: 別紙, 別表."""

_BRACES: Final = re.compile(r"\{([^{}]*)\}")


def require_sound_label(label: str) -> None:
    """Checks that the pattern of a label counts in one style, or has no braces: 「別表」, 「○」.

    Raises:
        PydanticCustomError: it doesn't.
    """
    counters = [name for name in _BRACES.findall(label) if name != "parent"]
    if "{" in label and (len(counters) != 1 or counters[0] not in COUNTER_STYLES):
        raise invalid_value(
            "outline-form",
            f"番号の形「{label}」が読めません。",
            f"{'、'.join(f'{{{style}}}' for style in COUNTER_STYLES)} のうち、"
            "ちょうど一つを書いてください。",
        )


def _true_or_false(value: object) -> object:
    """Reads true and false as YAML writes them: all its values arrive as text."""
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    raise invalid_value(
        "outline-form",
        f"「{value}」は true でも false でもありません。",
        "どちらかを書いてください。",
    )


class OutlineKind(Model):
    """One kind of heading: how it is numbered and printed."""

    kind: Id = Field(description="種類の名前。chapters と sections の kind に書きます。")
    label: Line | None = Field(
        None,
        description="番号の形。{1} {１} {一} {Ⅰ} {ⅰ} {①} {⑴} {ア} {イ} {い} {a} {A} が数になり、"
        "{parent} は上の見出しの番号になります。「第{1}章」など。書かなければ番号はありません。",
    )
    title: Line | None = Field(
        None, description="見出しの形。{title} が見出しになります。「（{title}）」など。"
    )
    counts: Literal["parent", "chapter", "plan"] = Field(
        "parent", description="番号を、上の見出しごと、章ごと、計画を通して、のどれで数えるか。"
    )
    contents: Annotated[bool, BeforeValidator(_true_or_false)] = Field(
        True, description="目次に載せるか。true か false。"
    )

    @model_validator(mode="after")
    def _has_sound_patterns(self) -> Self:
        if self.label:
            require_sound_label(self.label)
        if self.title and _BRACES.findall(self.title) != ["title"]:
            raise invalid_value(
                "outline-form",
                f"見出しの形「{self.title}」が読めません。",
                "「（{title}）」のように、{title} をちょうど一つ書いてください。",
            )
        return self

    @cached_property
    def style(self) -> str | None:
        """The style of the counter; None where the kind has no label."""
        names = _BRACES.findall(self.label or "")
        return next((name for name in names if name != "parent"), None)

    @property
    def brackets(self) -> tuple[str, str]:
        """What the kind prints around a title."""
        opening, _, closing = (self.title or "{title}").partition("{title}")
        return opening, closing

    def format_label(self, number: int, parent: str) -> str:
        """Returns the label of the ``number``-th of this kind; ``parent`` is the number above."""
        return _fill(self.label or "", self.style, number, parent)

    def bare_number(self, number: int, parent: str) -> str:
        """Returns what ``{parent}`` is in the labels below: 「1.2」 of 「1.2.」."""
        bare = re.search(r"\{.*\}", self.label or "")
        return _fill(bare[0] if bare else "", self.style, number, parent)

    def label_pattern(self, above: str = r"[^\s　]{1,40}?") -> str:
        """Returns a regular expression for the labels of this kind.

        Args:
            above: the expression for the number above, without groups.

        Returns:
            An expression with one group, ``number``, where labels of this kind are counted.
        """
        label, pattern = self.label or "", ""
        if label.startswith("{parent}."):  # left out where nothing above has a number
            label, pattern = label.removeprefix("{parent}."), rf"(?:{above}\.)?"
        for at, part in enumerate(_BRACES.split(label)):
            if at % 2 == 0:
                pattern += re.escape(part)
            elif part == "parent":
                pattern += above
            else:
                pattern += f"(?P<number>{counter_pattern(part)})"
        return pattern


def _fill(pattern: str, style: str | None, number: int, parent: str) -> str:
    if style is None:
        return pattern
    counted = pattern.replace(f"{{{style}}}", format_counter(style, number))
    if not parent:  # nothing above has a number
        counted = counted.replace("{parent}.", "")
    return counted.replace("{parent}", parent)


class Outline:
    """The kinds of a plan in their order, from the top down."""

    def __init__(self, kinds: tuple[OutlineKind, ...]) -> None:
        self.kinds = kinds
        self._by_name: Mapping[str, OutlineKind] = {
            **{name: _IMPLIED[name] for name in (MEASURE, ITEM)},
            **{kind.kind: kind for kind in kinds},
        }
        self._ranks = {kind.kind: rank for rank, kind in enumerate(kinds)}

    @cached_property
    def headings(self) -> tuple[OutlineKind, ...]:
        """The kinds of heading, from the top down."""
        return tuple(kind for kind in self.kinds if kind.kind not in (MEASURE, ITEM))

    @property
    def chapter(self) -> OutlineKind:
        """The kind of a chapter that doesn't say another."""
        return self.headings[0]

    def __getitem__(self, kind: str) -> OutlineKind:
        """Returns a kind by its name; one that isn't declared has neither label nor brackets."""
        return self._by_name.get(kind) or OutlineKind.model_construct(kind=kind)

    def __contains__(self, kind: str) -> bool:
        """Whether a kind is declared."""
        return kind in self._ranks

    def below(self, kind: str) -> tuple[str, ...]:
        """Returns the kinds of heading that may stand below one of a kind, from the top down.

        Below a chapter that is unnumbered or an annex, that is any kind but the first.
        """
        rank = self._ranks.get(kind, len(self.kinds) if kind in (MEASURE, ITEM) else 0)
        below = self.kinds[rank + 1 :]
        return tuple(other.kind for other in below if other.kind not in (MEASURE, ITEM))


_IMPLIED: Final[Mapping[str, OutlineKind]] = {
    MEASURE: OutlineKind(kind=MEASURE, label="{①}"),
    ITEM: OutlineKind(kind=ITEM, label="{a}"),
}

DEFAULT_OUTLINE: Final = Outline(
    (
        OutlineKind(kind="chapter", label="第{1}章"),
        OutlineKind(kind="section", label="第{1}節"),
        OutlineKind(kind="topic", title="（{title}）", contents=False),
        OutlineKind(kind="policy", label="{1}."),
        OutlineKind(kind="group", label="({1})"),
        _IMPLIED[MEASURE],
    )
)
"""The outline of the AI plan, for plans that declare none."""
