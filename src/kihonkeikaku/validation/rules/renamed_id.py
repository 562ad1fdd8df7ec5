"""名前は前の版と同じなのに、識別子が変わっています。

版をまたいで同じものだと分かるのは、識別子によってだけです。府省庁、見出し、取組の識別子を書き換えると、
新旧対照表では、なくなって新しくできたことになります。前の版と同じものなら、識別子を前の版のものに
戻してください。名前が同じでも別のものなら、理由を添えて認めてください。

前の版は --against で示すか、editions に edition.supersedes の版があれば自動で読みます。
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft, draft_from_plan
from kihonkeikaku.model.finding import PlanPath, Violation
from kihonkeikaku.model.plan import Section
from kihonkeikaku.model.values import Id

SEVERITY = "error"
ADJUSTABLE: Final = True

Named = tuple[str, object]
"""What something is called in messages, and what it is known by beside its identifier."""


def check(draft: Draft) -> Iterator[Violation]:
    """Yields whatever is new, and has the name of something that is gone."""
    if draft.predecessor is None or not draft.all_chapters_read or draft.unreadable:
        return
    old = {id: named for _, id, named in _find_named(draft_from_plan(draft.predecessor))}
    new = {id: named for _, id, named in _find_named(draft)}
    explained = {id for id, disposition in draft.revision.items() if disposition.became}
    gone: dict[Named, list[tuple[str, Id]]] = defaultdict(list)
    for id, named in old.items():
        if id not in new and id[1] not in explained:
            gone[named].append(id)
    for path, id, named in _find_named(draft):
        if id not in old and gone[named]:
            before = gone[named].pop(0)
            yield Violation(
                (*path, "id"),
                f"{named[0]}の識別子が、前の版の「{before[1]}」から「{id[1]}」に変わっています。",
                f"同じものなら「{before[1]}」に戻してください。変えるのは名前だけです。",
            )


def _find_named(draft: Draft) -> Iterator[tuple[PlanPath, tuple[str, Id], Named]]:
    """Yields the ministries, sections, measures and paragraphs: path, identifier, and name.

    Identifiers of ministries are apart from all others.
    """
    for index, ministry in enumerate(draft.ministries):
        yield (
            ("ministries", index),
            ("府省庁", ministry.id),
            (f"府省庁「{ministry.name}」", ministry.collective),
        )
    for path, heading in draft.headings:
        if isinstance(heading, Section):
            yield path, ("", heading.id), (f"見出し「{heading.title}」", heading.kind)
    for name, measure in draft.measures.items():
        yield ("measures", name), ("", measure.id), ("取組", measure.parts)
    for line in draft.body_lines:
        if line.id:
            yield line.path, ("", line.id), ("段落", (line.marker, line.text))
