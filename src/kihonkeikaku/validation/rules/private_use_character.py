"""外字（私用領域の文字）が使われています。

外字（U+E000–F8FF など）は、登録した機械だけで見える文字です。ほかの機械と印字用の書体にはなく、別の
文字に見えることもあります。どの機械にもある文字に置き換えてください。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: "\\ue000の活用"
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: データの活用
    assignments:
      - ministry: 経産省
"""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Severity, Violation
from kihonkeikaku.text.characters import name_character

ID: Final = "private-use-character"
SEVERITY: Final[Severity] = "error"

_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each private-use character of what is printed, ministries and imprint included."""
    for path, text in (*draft.prose, *_names(draft)):
        for match in _PRIVATE.finditer(text):
            yield Violation(
                path,
                f"外字（{name_character(match[0])}）が使われています。",
                "どの機械にもある文字に置き換えてください。",
                offset=match.start(),
                length=1,
            )


def _names(draft: Draft) -> Iterator[tuple[PlanPath, str]]:
    """Yields the names of ministries, and what plan.yaml and revision.yaml have printed."""
    for index, ministry in enumerate(draft.ministries):
        yield ("ministries", index, "name"), ministry.name
        yield ("ministries", index, "full_name"), ministry.full_name or ""
    if draft.head:
        for part in ("edition", "basis", "publication"):
            for key, value in getattr(draft.head, part) or ():
                if isinstance(value, str):
                    yield ("plan", part, key), value
    if draft.revision:
        for index, disposition in enumerate(draft.revision.dispositions):
            yield ("revision", "dispositions", index, "reason"), disposition.reason or ""
        for index, reason in enumerate(draft.revision.reasons):
            yield ("revision", "reasons", index, "reason"), reason.reason
