"""キーだけがあって、値がありません。

値を書くか、要らなければキーごと除いてください。引用符のない null と ~ は、YAML では値がないという
意味です。注だけで文のないものも、値がないとみなします。

誤り:

    # measures/alpha.yaml
    id: alpha
    text:
    assignments:
      - ministry: 経産省

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
from kihonkeikaku.model.values import Footnote

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each text that has nothing but footnotes: lists and the index would be empty."""
    for path, runs in draft.texts():
        if runs and all(isinstance(run, Footnote) for run in runs):  # a cell may be empty
            yield Violation(path, "注だけで、文がありません。", "注を付ける文を書いてください。")
