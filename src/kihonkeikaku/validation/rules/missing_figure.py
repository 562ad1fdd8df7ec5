"""図のファイルがありません。

本文の figure に書いた図は、計画の figures フォルダーに置きます。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments: [{ministry: 経産省}]
    body:
      - figure: {file: figures/x.svg, alt: 体制の図}

正しい:

    # measures/alpha.yaml
    id: alpha
    text: 取組
    assignments: [{ministry: 経産省}]
    body:
      - figure: {file: figures/x.svg, alt: 体制の図}
    # figures/x.svg
    <svg xmlns="http://www.w3.org/2000/svg"/>
"""

from collections.abc import Iterator

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.text.suggestions import Suggestions

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Looks for the file of each figure; one that is refused is reported already."""
    names = Suggestions(set(draft.figures))
    for file, path in draft.shown_figures().items():
        if file not in draft.figures and ("figures", file) not in draft.unreadable:
            yield Violation(
                path,
                f"図のファイル「{file}」がありません。",
                names.hint(file, "計画の figures フォルダーに、この名前で置いてください。"),
            )
