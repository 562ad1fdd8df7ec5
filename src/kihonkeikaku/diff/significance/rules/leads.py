"""Lead ministries: moved, removed, new; measures without ministries."""

from collections.abc import Iterator
from typing import Final

from kihonkeikaku.diff.significance.mark_rule import (
    ChangedContent,
    MarkExample,
    MarkRule,
    MatchedWords,
    PrintedAssignments,
)
from kihonkeikaku.model.inlines import LEAD_MARK


def _leads(bracket: PrintedAssignments) -> tuple[str, ...]:
    return tuple(name for name in bracket if name.startswith(LEAD_MARK))


def _printed(bracket: PrintedAssignments) -> str:
    return "、".join(bracket)


def _moved(content: ChangedContent) -> Iterator[MatchedWords]:
    for before, after in content.brackets:
        old, new = _leads(before), _leads(after)
        if old and new and set(old) != set(new):
            yield _printed(old), _printed(new)


def _removed(content: ChangedContent) -> Iterator[MatchedWords]:
    for before, after in content.brackets:
        if _leads(before) and after and not _leads(after):
            yield _printed(_leads(before)), ""


def _new(content: ChangedContent) -> Iterator[MatchedWords]:
    for before, after in content.brackets:
        if before and not _leads(before) and _leads(after):
            yield "", _printed(_leads(after))


def _unassigned(content: ChangedContent) -> Iterator[MatchedWords]:
    for before, after in content.brackets:
        if before and not after:
            yield f"【{_printed(before)}】", ""


LEAD_RULES: Final = (
    MarkRule(
        "lead-moved",
        "主な府省庁が移った",
        "◎の付く府省庁が、ほかの府省庁に替わりました。取組の責任を負うところが変わります。"
        "統合と分割では、前の取組の◎を合わせたものと、後の取組の◎を合わせたものとを比べます。",
        _moved,
        (
            MarkExample(
                "標準の改訂【内閣府（AI室）、◎経産省】",
                "標準の改訂【内閣府（AI室）、◎デジタル庁】",
                (("◎経産省", "◎デジタル庁"),),
            ),
        ),
        (MarkExample("標準の改訂【◎経産省、総務省】", "標準の改訂【総務省、◎経産省】"),),
    ),
    MarkRule(
        "lead-gone",
        "主な府省庁がなくなった",
        "◎の付く府省庁がなくなり、どこが主に担うのかが示されなくなりました。",
        _removed,
        (
            MarkExample(
                "標準の改訂【◎経産省、総務省】", "標準の改訂【経産省、総務省】", (("◎経産省", ""),)
            ),
        ),
        (MarkExample("標準の改訂【経産省、総務省】", "標準の改訂【経産省】"),),
    ),
    MarkRule(
        "lead-new",
        "主な府省庁が定まった",
        "◎の付く府省庁がなかった【】に、◎が付きました。",
        _new,
        (
            MarkExample(
                "標準の改訂【経産省、総務省】", "標準の改訂【経産省、◎総務省】", (("", "◎総務省"),)
            ),
        ),
        (MarkExample("標準の改訂【◎経産省】", "標準の改訂【◎経産省、総務省】"),),
    ),
    MarkRule(
        "unassigned",
        "担当がなくなった",
        "【】の府省庁が一つもなくなりました。誰も担わない取組は、進みません。",
        _unassigned,
        (MarkExample("標準の改訂【◎経産省】", "標準の改訂", (("【◎経産省】", ""),)),),
        (MarkExample("標準の改訂【経産省、総務省】", "標準の改訂【総務省】"),),
    ),
)
