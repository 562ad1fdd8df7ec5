"""決められた値のどれでもありません。

見出しの種類（kind）は、plan.yaml の outline に並べたものです。章には unnumbered（番号なし）と annex
（別紙）もあります。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
        role: leader

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments:
      - ministry: 経産省
        role: lead
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.model.outline import ANNEX, UNNUMBERED
from kihonkeikaku.model.plan import Chapter
from kihonkeikaku.text.suggestions import Suggestions

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each kind of heading that the outline doesn't have."""
    if draft.head is None:  # nobody knows the outline
        return
    outline = draft.head.kinds
    kinds = [kind.kind for kind in outline.headings]
    for path, heading in draft.headings:
        kind = getattr(heading, "kind", None)
        known = [*kinds, UNNUMBERED, ANNEX] if isinstance(heading, Chapter) else kinds[1:] or kinds
        if kind is not None and kind not in (*kinds, *known):
            choice = " か ".join(f"「{one}」" for one in known)
            yield Violation(
                (*path, "kind"),
                f"「{kind}」は「kind」の値として使えません。",
                Suggestions(known).hint(kind, f"{choice}と書いてください。"),
            )
