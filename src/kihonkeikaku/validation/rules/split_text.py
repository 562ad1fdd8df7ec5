"""一つの文が、コンマのところで二つの文字列に分かれています。

[ ] の中では、半角の「,」が値の区切りです。「令和8,9年度」と書くと、コンマが消えて「令和89年度」と
印字されます。文字列どうしを続けて並べる理由はないため、誤りとします。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: [令和8,9年度に、, {ref: beta}, を推進]
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: ['令和8、9年度に、', {ref: beta}, を推進]
    assignments:
      - ministry: 経産省
"""

from collections.abc import Iterator
from itertools import pairwise

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each string in a list of runs that directly follows another string."""
    for path, runs in draft.texts():
        for index, (before, run) in enumerate(pairwise(runs), start=1):
            if isinstance(before, str) and isinstance(run, str):
                yield Violation(
                    (*path, index),
                    f"文が「{before}」と「{run}」の間で分かれています。",
                    "一つの文なら、コンマを「、」にするか、文を引用符 ' ' で囲んでください。",
                )
