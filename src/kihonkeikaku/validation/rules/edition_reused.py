"""決定された版と同じ識別子なのに、内容が違います。

決定された版は変わりません。次の版を書き始めるときは、edition.id を新しくし、edition.supersedes に
前の版の識別子を書いてください。
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Compares the draft with the adopted edition of its id, once all of it could be read."""
    if draft.head is None or draft.register is None or draft.unreadable:
        return
    adopted = draft.adopted.get(draft.head.edition.id)
    if adopted and draft.all_chapters_read and draft.plan() != adopted:
        yield Violation(
            ("plan", "edition", "id"),
            f"内容が、決定された版「{draft.head.edition.id}」と違います。",
            "次の版なら、edition.id を新しくしてください。",
        )
