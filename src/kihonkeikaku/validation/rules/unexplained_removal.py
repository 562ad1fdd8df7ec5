"""前の版にあった取組が、何も言われずになくなっています。

なくなった取組がどうなったか（完了、統合、分割、移管、廃止）を、revision フォルダーの、その
取組の識別子を名前にしたファイルに書きます。誤って消したものであれば、ファイルを戻してください。
前の版は --against で示すか、editions に edition.supersedes の版があれば自動で読みます。
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Looks for every measure of the edition before, here or in ``revision/``."""
    if draft.predecessor is None or draft.head is None:
        return
    if ("former-revision",) in draft.unreadable:
        return
    explained = {id for id, disposition in draft.revision.items() if disposition.became}
    explained |= {str(path[1]) for path in draft.unreadable if path[0] == "revision"}
    texts = {measure.parts for measure in draft.measures.values()}
    for measure in draft.predecessor.measures:
        if measure.parts in texts and not draft.unreadable:
            continue  # there under another identifier: renamed-id
        if not draft.has_file("measures", measure.id) and measure.id not in explained:
            yield Violation(
                ("plan", "edition", "supersedes"),
                f"前の版「{draft.predecessor.head.edition.id}」の取組「{measure.id}」がありません。",
                f"revision/{measure.id}.yaml にどうなったかを書くか、取組を戻してください。",
            )
