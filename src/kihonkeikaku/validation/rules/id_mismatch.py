"""識別子がファイル名と違います。

取組と章は、ファイル名でも識別子でも探せるように、二つを同じにします。

誤り:

    # measures/alpha.yaml
    id: alfa
    text: 取組
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

from collections.abc import Iterator, Mapping

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.model.plan import Chapter, Disposition, Measure

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Compares the id of each chapter, measure and disposition with its file's name."""
    folders: tuple[tuple[str, Mapping[str, Chapter | Measure | Disposition]], ...] = (
        ("chapters", draft.chapters),
        ("measures", draft.measures),
        ("revision", draft.revision),
    )
    for folder, models in folders:
        for name, model in models.items():
            if model.id != name:
                rename = (
                    f"識別子を「{name}」にするか、ファイル名を「{model.id}.yaml」にしてください。"
                )
                copy = f"「{model.id}.yaml」の写しの残りなら、このファイルを除いてください。"
                yield Violation(
                    (folder, name, "id"),
                    f"識別子「{model.id}」がファイル名「{name}.yaml」と違います。",
                    copy if model.id in models else rename,
                )
