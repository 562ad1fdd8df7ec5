"""The cover of a document → the head of plan.yaml: title, stage, dates."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from kihonkeikaku.importing.account import Account
from kihonkeikaku.importing.ministry_register import is_known
from kihonkeikaku.importing.source_lines import SourceLine
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.model.plan_head import FORMAT, Stage

_COVER: Final = "表紙"
_STAGES: Final[tuple[tuple[str, Stage], ...]] = (
    (r"[（(]素案[）)]$|素案$", "素案"),
    (r"[（(]案[）)]$", "案"),
    (r"骨子(?:[（(]案[）)])?$", "骨子"),
)
_TAKEN_OVER: Final = ("basis", "assignments", "terms", "style", "publication", "rules")
"""What another edition of the plan has in common with this one, though no cover says it."""

_STAGE_IDS: Final[dict[Stage, str]] = {
    "骨子": "outline", "素案": "first-draft", "案": "draft", "決定": "decision",
}  # fmt: skip
_TITLE: Final = re.compile(r"計画|戦略|方針|大綱|ビジョン|プラン|工程表|骨子|答申")
_LARGE: Final = 1.3
"""From what share of the body's size on a title may go over several lines."""
_DATE: Final = re.compile(
    r"(?:(?P<western>[0-9]{4})年(?:\(令和(?:元|[0-9]{1,2})年\))?|令和(?P<reiwa>元|[0-9]{1,2})(?:\([0-9]{4}\))?年)"
    r"(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日"
)
_DOCUMENT_NUMBER: Final = re.compile(r"(?:参考)?資料\s*[0-9０-９]+(?:[-－‐][0-9０-９]+)?")


def read_cover(cover: Sequence[SourceLine], like: Plan | None, account: Account) -> dict[str, Any]:
    """Returns plan.yaml without its chapters, of what stands before the contents.

    Args:
        cover: the lines before the contents or the first chapter.
        like: the plan from which is taken what a cover doesn't say.
        account: where the lines go: they are dropped, since plan.yaml says them in other words.
    """
    titles = _title_lines(cover)
    title, stage = _split_stage("".join(_plain(line.text) for line in titles))
    date = decided = None
    for line in cover:
        plain = _plain(line.text)
        found = _DATE.search(plain)
        if line in titles:
            account.drop(line, f"{_COVER}（plan.yaml の title）")
        elif found:
            date, decided = _iso(found), "閣議決定" in plain or decided
            account.drop(line, f"{_COVER}（日付）")
        elif "閣議決定" in plain and len(plain) < 10:
            decided = True
            account.drop(line, f"{_COVER}（日付）")
        elif _DOCUMENT_NUMBER.fullmatch(plain):
            account.drop(line, f"{_COVER}（資料番号）")
        elif is_known(plain):
            account.drop(line, f"{_COVER}（公表する機関）")
        else:
            account.drop(line, _COVER)
            account.doubt(line, "表紙の文です。計画には、置く場所がないため入れていません")
    first = next(iter((*titles, *cover)), None)
    return _head(title, stage, date, bool(decided), first, like, account)


def _head(  # noqa: PLR0913, PLR0917 # what a cover says
    title: str,
    stage: Stage | None,
    date: str | None,
    decided: bool,
    line: SourceLine | None,
    like: Plan | None,
    account: Account,
) -> dict[str, Any]:
    base = like.head.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude_defaults=True
    ) if like else {}  # fmt: skip
    base.pop("chapters", None)
    base.get("edition", {}).pop("supersedes", None)  # its record is not among these files
    if not title:
        title = base.get("title", "（書名未記入）")
        if line:
            account.doubt(line, f"書名が分かりません。plan.yaml の title を「{title}」としました")
    if stage is None and decided and date:
        stage = "決定"
    if stage is None:
        stage = "案" if not like or like.head.title != title else like.head.edition.stage
        if line:
            account.doubt(line, f"段階が分かりません。plan.yaml の stage を「{stage}」としました")
    if like and like.head.title == title and like.head.edition.stage == stage:
        return base | {"format": FORMAT}
    edition: dict[str, Any] = {"id": _edition_id(stage, date, like), "stage": stage}
    if date:
        edition["decided_on" if stage == "決定" else "dated"] = date
    head = {"format": FORMAT, "series": base.get("series", "plan"), "title": title,
            "edition": edition}  # fmt: skip
    return head | {key: base[key] for key in _TAKEN_OVER if key in base}


def _edition_id(stage: Stage, date: str | None, like: Plan | None) -> str:
    wanted = _STAGE_IDS[stage]
    return f"{wanted}-{date or 'new'}" if like and like.head.edition.id == wanted else wanted


def _title_lines(cover: Sequence[SourceLine]) -> list[SourceLine]:
    """The largest line of the cover that reads as a title, with those before it that it ends."""
    found = [at for at, line in enumerate(cover) if _TITLE.search(_plain(line.text))]
    found = [at for at in found if not cover[at].text.endswith("。")]
    if not found:
        return []
    last = first = max(found, key=lambda at: cover[at].size)
    size, page = cover[last].size, cover[last].page
    while (
        first and size > _LARGE and cover[first - 1].size == size and cover[first - 1].page == page
    ):
        first -= 1
    return list(cover[first : last + 1])


def _split_stage(title: str) -> tuple[str, Stage | None]:
    for expression, stage in _STAGES:
        if match := re.search(expression, title):
            return title[: match.start()], stage
    return title, None


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _iso(match: re.Match[str]) -> str:
    if match["western"]:
        year = int(match["western"])
    else:
        year = 2018 + (1 if match["reiwa"] == "元" else int(match["reiwa"]))
    return f"{year:04}-{int(match['month']):02}-{int(match['day']):02}"
