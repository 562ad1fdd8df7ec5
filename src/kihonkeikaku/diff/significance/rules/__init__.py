"""The table of mark rules, in the order of the manual, and the manual: ``docs/marks.md``.

A new mark is a row in one of these modules; rules of a new module are added to ``MARK_RULES``.
"""

from collections.abc import Iterator
from typing import Final

from kihonkeikaku.diff.significance.mark_rule import MarkExample, MarkRule
from kihonkeikaku.diff.significance.rules.deadlines import DEADLINE_RULES
from kihonkeikaku.diff.significance.rules.hedges import ET_CETERA_RULES, HEDGE_RULES, OPPOSITE_RULES
from kihonkeikaku.diff.significance.rules.leads import LEAD_RULES
from kihonkeikaku.diff.significance.rules.numbers import NUMBER_RULES
from kihonkeikaku.diff.significance.rules.strength import STRENGTH_RULES

MARK_RULES: Final[tuple[MarkRule, ...]] = (
    *STRENGTH_RULES,
    *DEADLINE_RULES,
    *NUMBER_RULES,
    *LEAD_RULES,
    *HEDGE_RULES,
    *ET_CETERA_RULES,
    *OPPOSITE_RULES,
)
"""All marks there are."""

_HEAD = """# 判断の目印

`kihonkeikaku diff` は、変更の一つ一つに重さと目印を付けます。目印は、公文書に決まって現れる
言い回しの変化です。この文書は、目印の表（`src/kihonkeikaku/diff/significance/rules/`）から
`make goldens` で作られます。例は、試験が確かめています。

見落としを減らすことよりも、誤った目印を付けないことを優先しています。目印のない変更が軽いとは限りません。
"""


def render_mark_manual() -> str:
    """Returns the manual of all marks."""
    contents = "\n".join(f"- [`{rule.id}`](#{rule.id}) {rule.name}" for rule in MARK_RULES)
    return "\n".join(
        [_HEAD, contents, "", *(line for rule in MARK_RULES for line in _chapter(rule))]
    )


def _chapter(rule: MarkRule) -> Iterator[str]:
    yield from (f"## {rule.id}", "", f"**{rule.name}**。{rule.manual}", "")
    yield from ("付く例：", "", *map(_marked, rule.fires), "")
    yield from ("付かない例：", "", *map(_revision, rule.silent), "")


def _marked(example: MarkExample) -> str:
    words = "、".join(f"{_quoted(old)}→{_quoted(new)}" for old, new in example.words)
    return f"{_revision(example)}（{words}）"


def _revision(example: MarkExample) -> str:
    return f"- {example.old} → {example.new}"


def _quoted(words: str) -> str:
    return f"「{words}」" if words else "なし"
