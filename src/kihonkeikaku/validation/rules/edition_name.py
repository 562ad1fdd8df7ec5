"""editions の中のファイル名が、その版の識別子と違います。

決定された版は「識別子.json」という名前で置きます。edition.supersedes が指す版も、名前で探します。
ファイルは kihonkeikaku adopt で作れば、正しい名前になります。
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Compares the name of each adopted edition's file with the id inside."""
    for name, plan in draft.adopted.items():
        id = plan.head.edition.id
        if id != name:
            yield Violation(
                ("editions", name),
                f"「{name}.json」に、版「{id}」が入っています。",
                f"ファイル名を「{id}.json」に戻してください。",
            )
