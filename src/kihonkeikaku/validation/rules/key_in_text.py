"""キーのつもりで書いた語が、文として印字されます。

「note：」「note:」のように、全角のコロンを使ったり、コロンの後に空白を入れなかったりすると、YAML の
キーにならず、「・note：…」とそのまま印字されます。書きかけの参照（{ref:識別子}）と注も同じです。

誤り:

    # chapters/vision.yaml
    id: vision
    title: 基本構想
    body:
      - note：具体的な施策は別に示す

正しい:

    # chapters/vision.yaml
    id: vision
    title: 基本構想
    body:
      - note: 具体的な施策は別に示す
"""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"

_ADVICE: Final = {
    "note": "注記なら「note: …」",
    "legend": "【】で囲む行なら「legend: …」",
    "plain": "本文だけの段落なら「plain: …」",
    "bullet": "「・」の項目なら「bullet: …」",
    "ref": "参照なら「[ここまでの文, {ref: 識別子}, ここからの文]」",
    "footnote": "注なら「[ここまでの文, {footnote: 注の文}, ここからの文]」",
    "reprint": "再掲なら「reprint: 識別子」",
    "text": "本文なら「text: …」",
    "title": "見出しなら「title: …」",
    "id": "識別子なら「id: …」",
}
_KEY: Final = re.compile(
    rf"(?:^|[{{｛])[ \u3000]*(?P<key>{'|'.join(_ADVICE)})[ \u3000]*[:：]", re.IGNORECASE
)


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each key at the head of a text, or behind a brace in it, that is printed."""
    for path, text in draft.prose:
        for match in _KEY.finditer(text):
            yield Violation(
                path,
                f"「{match[0]}」が、キーではなく文として印字されます。",
                f"{_ADVICE[match['key'].lower()]}のように、半角の「:」と空白で書いてください。",
                offset=match.start(),
                length=len(match[0]),
            )
