"""Who answers for a measure."""

from collections.abc import Iterator
from typing import Final

from kihonkeikaku.diff.significance.mark_rule import Bracket, Example, Matter, Turn, Words
from kihonkeikaku.model.document import LEAD_MARK


def _leads(bracket: Bracket) -> tuple[str, ...]:
    return tuple(name for name in bracket if name.startswith(LEAD_MARK))


def _printed(bracket: Bracket) -> str:
    return "、".join(bracket)


def _moved(matter: Matter) -> Iterator[Words]:
    for before, after in matter.brackets:
        old, new = _leads(before), _leads(after)
        if old and new and set(old) != set(new):
            yield _printed(old), _printed(new)


def _gone(matter: Matter) -> Iterator[Words]:
    for before, after in matter.brackets:
        if _leads(before) and after and not _leads(after):
            yield _printed(_leads(before)), ""


def _new(matter: Matter) -> Iterator[Words]:
    for before, after in matter.brackets:
        if before and not _leads(before) and _leads(after):
            yield "", _printed(_leads(after))


def _unassigned(matter: Matter) -> Iterator[Words]:
    for before, after in matter.brackets:
        if before and not after:
            yield f"【{_printed(before)}】", ""


LEADS_RULES: Final = (
    Turn(
        "lead-moved",
        "主な府省庁が移った",
        "◎の付く府省庁が、ほかの府省庁に替わりました。取組の責任を負うところが変わります。"
        "統合と分割では、前の取組の◎を合わせたものと、後の取組の◎を合わせたものとを比べます。",
        _moved,
        (
            Example(
                "標準の改訂【内閣府（AI室）、◎経産省】",
                "標準の改訂【内閣府（AI室）、◎デジタル庁】",
                (("◎経産省", "◎デジタル庁"),),
            ),
        ),
        (Example("標準の改訂【◎経産省、総務省】", "標準の改訂【総務省、◎経産省】"),),
    ),
    Turn(
        "lead-gone",
        "主な府省庁がなくなった",
        "◎の付く府省庁がなくなり、どこが主に担うのかが示されなくなりました。",
        _gone,
        (
            Example(
                "標準の改訂【◎経産省、総務省】", "標準の改訂【経産省、総務省】", (("◎経産省", ""),)
            ),
        ),
        (Example("標準の改訂【経産省、総務省】", "標準の改訂【経産省】"),),
    ),
    Turn(
        "lead-new",
        "主な府省庁が定まった",
        "◎の付く府省庁がなかった【】に、◎が付きました。",
        _new,
        (
            Example(
                "標準の改訂【経産省、総務省】", "標準の改訂【経産省、◎総務省】", (("", "◎総務省"),)
            ),
        ),
        (Example("標準の改訂【◎経産省】", "標準の改訂【◎経産省、総務省】"),),
    ),
    Turn(
        "unassigned",
        "担当がなくなった",
        "【】の府省庁が一つもなくなりました。誰も担わない取組は、進みません。",
        _unassigned,
        (Example("標準の改訂【◎経産省】", "標準の改訂", (("【◎経産省】", ""),)),),
        (Example("標準の改訂【経産省、総務省】", "標準の改訂【総務省】"),),
    ),
)
