"""What a text's rewording says: its redline, and what a redline can't show."""

from kihonkeikaku.compare.change import Detail, Json
from kihonkeikaku.compare.content import is_plain, runs_json
from kihonkeikaku.compare.redline import footnote_redlines, redline, redline_json
from kihonkeikaku.model import Runs
from kihonkeikaku.numbering import Inline

Inlines = tuple[Inline, ...]


def wording(old: Inlines, new: Inlines) -> Detail:
    """Returns ``redline`` of two texts, and ``footnotes`` where their footnotes' texts differ."""
    detail: dict[str, Json] = {"redline": redline_json(redline(old, new))}
    footnotes = footnote_redlines(old, new)
    if footnotes:
        detail["footnotes"] = tuple(redline_json(marks) for marks in footnotes)
    return detail


def rewording(old: Inlines, new: Inlines, text: Runs) -> Detail:
    """Returns ``wording``, and ``runs`` with the new ``text`` where that isn't a plain string."""
    exact = {} if is_plain(text) else {"runs": runs_json(text)}
    return {**wording(old, new), **exact}
