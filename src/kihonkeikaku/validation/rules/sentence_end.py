"""文末の「。」の有無が、並んだ項目で揃っていません。

「。」を付けるかどうかは文書によりますが、並んだ項目では揃えます。一つの見出しや取組の下の項目（・）
どうしと、計画の取組の本文どうしを比べ、少ない方を知らせます（項目が同数のときは、計画全体で少ない
方）。

出典: 「公用文作成の考え方」（令和4年1月11日 内閣官房長官通知）

誤り:

    # chapters/vision.yaml
    id: vision
    title: 基本構想
    body:
      - AIの利活用を促進。
      - AIの開発を推進。
      - 国際協調を主導

正しい:

    # chapters/vision.yaml
    id: vision
    title: 基本構想
    body:
      - AIの利活用を促進。
      - AIの開発を推進。
      - 国際協調を主導。
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation
from kihonkeikaku.model.values import Footnote, Runs

SEVERITY = "warning"

_CLOSING: Final = "」』）】"


@dataclass(frozen=True, slots=True)
class _End:
    """Whether a text ends with 「。」; its last run, and how long that is (a reference: 0)."""

    path: PlanPath
    length: int
    stopped: bool


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each bullet and each measure that ends differently from most beside it."""
    bullets: dict[PlanPath, list[_End]] = {}
    for line in draft.body_lines:
        if line.marker == "bullet":
            end = _end(line.text_path, line.text)
            bullets.setdefault(line.path[:-1], []).append(end)
    usual = _mostly_stopped([end for siblings in bullets.values() for end in siblings], True)
    for siblings in bullets.values():
        yield from _find_departing(siblings, _mostly_stopped(siblings, usual))
    measures = list(_measure_ends(draft))
    yield from _find_departing(measures, _mostly_stopped(measures, False))


def _measure_ends(draft: Draft) -> Iterator[_End]:
    for name, measure in draft.measures.items():
        if measure.text is not None:
            yield _end(("measures", name, "text"), measure.text)
        elif measure.clauses:
            last = len(measure.clauses) - 1
            yield _end(("measures", name, "clauses", last, "text"), measure.clauses[last].text)


def _end(path: PlanPath, runs: Runs) -> _End:
    """Returns how runs end; a footnote's mark behind the last word is no end."""
    index = len(runs) - 1
    while index and isinstance(runs[index], Footnote):
        index -= 1
    last = runs[index]
    text = last if isinstance(last, str) else ""  # a reference prints a number
    return _End((*path, index), len(text), text.rstrip(_CLOSING).endswith("。"))


def _mostly_stopped(ends: list[_End], otherwise: bool) -> bool:
    """Whether most of some texts end with 「。」, and if as many do as don't, ``otherwise``."""
    stopped = sum(end.stopped for end in ends)
    return otherwise if 2 * stopped == len(ends) else 2 * stopped > len(ends)


def _find_departing(ends: list[_End], usual: bool) -> Iterator[Violation]:
    for end in ends:
        if end.stopped != usual:
            yield Violation(
                end.path,
                "文末に「。」がありません。" if usual else "文末に「。」があります。",
                f"並んだ項目の多くは「。」を{'付けています' if usual else '付けていません'}。"
                "揃えてください。",
                offset=max(end.length - 1, 0),
                length=min(end.length, 1),
            )
