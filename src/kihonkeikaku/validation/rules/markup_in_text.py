"""ほかの書式の記号が、文にそのまま書き込まれています。

計画の文に書式はなく、書いた文字がそのまま印字されます。Markdown の「**太字**」や HTML の
「<u>下線</u>」「&nbsp;」を写すと、記号まで印字されます。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: AIの**利活用**
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: AIの利活用
    assignments:
      - ministry: 経産省
"""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"
ADJUSTABLE: Final = True

_TAGS: Final = "a|b|br|code|del|div|em|font|hr|i|img|ins|li|mark|ol|p|rp|rt|ruby|s|small|span"
_MARKUP: Final = re.compile(
    r"\*{2,3}|~~|`{1,3}|__(?=\S)|(?<=\S)__"
    rf"|</?(?:{_TAGS}|strong|sub|sup|table|td|tr|u|ul)(?=[\s/>])[^<>]{{0,200}}>|<!--"
    r"|&(?:nbsp|amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-f]{1,6});"
    r"|\]\((?=https?:)|^#{2,6}\s",
    re.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each mark of Markdown or HTML."""
    for path, text in draft.prose:
        for match in _MARKUP.finditer(text):
            yield Violation(
                path,
                f"「{match[0]}」という書式の記号が文に書き込まれています。",
                "計画の文に書式はありません。記号を除いてください。",
                offset=match.start(),
                length=len(match[0]),
            )
