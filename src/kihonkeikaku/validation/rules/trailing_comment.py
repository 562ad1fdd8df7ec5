"""値の後ろに注釈があります。

識別子や日付の後ろの注釈で、値が切れることはありません。ただ、文の後ろの注釈は誤り（cut-text）なので、
注釈はどこでも、値の前の行に書くのが確かです。

誤り:

    # measures/alpha.yaml
    id: alpha # 一つめの取組
    text: 取組
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    # 一つめの取組
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "note"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each comment behind an identifier, a date or another value that is no text."""
    for comment in draft.trailing_comments:
        if not comment.cuts_text:
            yield Violation(
                comment.path,
                f"値の後ろに注釈「{comment.text}」があります。",
                "注釈は、値の前の行に移してください。",
                offset=comment.offset,
                length=len(comment.text),
            )
