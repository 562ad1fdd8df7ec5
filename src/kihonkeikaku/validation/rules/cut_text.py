"""「#」から後ろが注釈になり、文が途中で切れています。

YAML では、空白の後の「#」から行の終わりまでが注釈で、値には入りません。「ハッシュタグ #AIを使おう」
は「ハッシュタグ」だけが印字されます。文や名前と同じ行に注釈は書けません（# allow の注釈は書けま
す）。「#」が文の一部なら、前の空白を除くか、文の全体を引用符で囲んでください。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: ハッシュタグ #AIを使おう の普及
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    # 行を分ければ、注釈は自由に書けます
    text: ハッシュタグ「#AIを使おう」の普及
    assignments:
      - ministry: 経産省
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each comment behind a value that is a text or a name."""
    for comment in draft.trailing_comments:
        if comment.cuts_text:
            yield Violation(
                comment.path,
                f"「{comment.text}」は注釈とみなされ、印字されません。",
                "文の一部なら文の全体を引用符 ' ' で囲み、注釈なら前の行に移してください。",
                offset=comment.offset,
                length=len(comment.text),
            )
