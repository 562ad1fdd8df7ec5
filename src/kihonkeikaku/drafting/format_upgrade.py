"""A folder of format 1 rewritten as format 2: the same plan, in the files of the present format.

Comments go with the value that they stand behind, or above. All files are written, or none.
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import Final

from kihonkeikaku.drafting.editable_yaml import EditableYaml
from kihonkeikaku.drafting.plan_edit import PlanEdit, open_for_editing
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.loader import load_folder
from kihonkeikaku.loading.source import (
    CHAPTERS,
    FORMER_REVISION_FILE,
    PLAN_FILE,
    REVISION,
    SITE_FILE,
)
from kihonkeikaku.loading.waivers import Comment
from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath
from kihonkeikaku.model.plan import FORMER_KINDS
from kihonkeikaku.model.plan_head import FORMAT

_SCHEMA_LINE: Final = re.compile(r"# *yaml-language-server: *\$schema=(?!/|\w+:)")
_HEAD: Final = ("", "")
"""The place of comments that belong to no disposition."""


def upgrade_format(argument: str) -> tuple[str, ...]:
    """Rewrites the plan in a folder if it is of format 1.

    Returns:
        The names of the files that were written or removed, as messages show them; none where the
        plan is of the present format or its plan.yaml can't be read.

    Raises:
        CommandError: a file has errors that keep it from being rewritten; nothing was.
        MachineError: something can't be written; everything is as it was.
    """
    plan_file = Path(argument) / PLAN_FILE
    if not plan_file.is_file() or plan_file.parent.is_symlink():
        return ()
    edit = open_for_editing(argument)
    if not edit.draft.head or edit.draft.head.format == FORMAT:
        return ()
    _rewrite_chapters(edit)
    if FORMER_REVISION_FILE in edit.names:
        _split_revision(edit)
    _move_base_url(edit)
    edit.yaml(PLAN_FILE).replace_strings({("format",): str(FORMAT)})
    if _content(load_folder(edit.edited_folder()).draft) != _content(edit.draft):
        raise CommandError(
            f"形式 {FORMAT} に書き換えると計画の内容が変わるため、形式は書き換えませんでした。"
            "kihonkeikaku validate で示される誤りを先に直してください。"
        )
    edit.write()
    return tuple(edit.display_name(change.name) for change in edit.changes())


def _content(draft: Draft) -> tuple[object, ...]:
    """Returns what a plan says, however its files are divided."""
    head = draft.head
    assert head is not None, "it could be read before"
    publication = head.publication
    base_url = (draft.site and draft.site.base_url) or (publication and publication.base_url)
    if publication:
        publication = publication.model_copy(update={"base_url": None})
    same_head = head.model_copy(update={"format": FORMAT, "publication": publication})
    texts = (draft.register, draft.chapters, draft.measures, draft.adopted, draft.unreadable)
    return same_head, base_url, dict(draft.revision), *texts


def _rewrite_chapters(edit: PlanEdit) -> None:
    for name in edit.names:
        if name.startswith(f"{CHAPTERS}/"):
            chapter = edit.yaml(name)
            kind = chapter.data.get("kind")
            if kind in FORMER_KINDS:
                chapter.replace_strings({("kind",): FORMER_KINDS[kind]})


def _move_base_url(edit: PlanEdit) -> None:
    """Moves the address from plan.yaml to site.yaml; one that is there already has to be it."""
    plan, path = edit.yaml(PLAN_FILE), ("publication", "base_url")
    publication = plan.data.get("publication", {})
    if "base_url" not in publication:
        return
    site = edit.draft.site
    if site and site.base_url not in (None, publication["base_url"]):
        raise CommandError(
            f"base_url が {PLAN_FILE} と {SITE_FILE} で違うため、形式は書き換えませんでした。"
            "どちらかを除いてください。"
        )
    if not site or site.base_url is None:
        comments = [comment for comment in plan.comments() if comment.path == path]
        line = _line("base_url", plan.written(path), comments)
        if SITE_FILE in edit.names:
            raise CommandError(
                f"{SITE_FILE} に base_url がないため、形式は書き換えませんでした。"
                f"{PLAN_FILE} の publication から base_url を移してください。"
            )
        edit.add_file(SITE_FILE, line.encode())
    plan.remove_key(path, with_comments=True)


def _split_revision(edit: PlanEdit) -> None:
    """Writes a file for each disposition and reason of revision.yaml."""
    former = edit.yaml(FORMER_REVISION_FILE)
    head = edit.draft.head
    if not head or former.data["from"] != head.edition.supersedes:
        raise CommandError(
            f"{FORMER_REVISION_FILE} の from が plan.yaml の supersedes と違うため、"
            "形式は書き換えませんでした。二つを同じにしてください。"
        )
    sources = _sources(former)
    comments = _sort_comments(former, sources)
    schema_lines = [c.text for c in comments.get(_HEAD, ()) if _SCHEMA_LINE.match(c.text)]
    others = [c for c in comments.pop(_HEAD, ()) if not _SCHEMA_LINE.match(c.text)]
    for id, keys in sources.items():
        text = "".join(_SCHEMA_LINE.sub(r"\g<0>../", line) + "\n" for line in schema_lines)
        text += "".join(f"{comment.text}\n" for comment in others)
        others = []
        for key, path in keys.items():
            text += _line(key, former.written(path), comments.get((id, key), []))
        edit.add_file(f"{REVISION}/{id}.yaml", text.encode())
    edit.remove_file(FORMER_REVISION_FILE)
    if others:  # it said nothing but ``from``
        plan = edit.yaml(PLAN_FILE)
        plan.append_comments([comment.text for comment in others])


def _sources(former: EditableYaml) -> dict[str, dict[str, PlanPath]]:
    """Returns the identifiers, with the path that each key of their new file comes from.

    Raises:
        CommandError: something is said twice of one of them.
    """
    data = former.data
    found: dict[str, dict[str, PlanPath]] = {}
    for at, disposition in enumerate(data.get("dispositions", ())):
        for place, id in enumerate(disposition["measures"]):
            if id in found:
                raise _said_twice(id)
            found[id] = {"id": ("dispositions", at, "measures", place)}
            for key in ("became", "into", "reason"):
                if key in disposition:
                    found[id][key] = ("dispositions", at, key)
    for at, reason in enumerate(data.get("reasons", ())):
        keys = found.setdefault(reason["id"], {"id": ("reasons", at, "id")})
        if "reason" in keys:
            raise _said_twice(reason["id"])
        keys["reason"] = ("reasons", at, "reason")
    return found


def _said_twice(id: str) -> CommandError:
    return CommandError(
        f"{FORMER_REVISION_FILE} に「{id}」のことが二度書かれているため、"
        "形式は書き換えませんでした。一つにまとめてください。"
    )


def _sort_comments(
    former: EditableYaml, sources: dict[str, dict[str, PlanPath]]
) -> dict[tuple[str, str], list[Comment]]:
    """Returns the comments by the identifier and the key with which they are written."""
    found = defaultdict[tuple[str, str], list[Comment]](list)
    for comment in former.comments():
        places = [
            (id, key)
            for id, keys in sources.items()
            for key, path in keys.items()
            if comment.path[: len(path)] == path
        ] or [
            (id, key)
            for id, keys in sources.items()
            for key, path in keys.items()
            if len(comment.path) > 1 and path[: len(comment.path)] == comment.path
        ][:1]
        for place in places or [_HEAD]:
            found[place].append(comment)
    return found


def _line(key: str, value: str, comments: list[Comment]) -> str:
    """Returns the line of a key, with its comments above it and one behind it."""
    behind = [comment for comment in comments if comment.is_behind]
    last = behind[-1:] if len(behind) == 1 else []
    above = "".join(f"{comment.text}\n" for comment in comments if comment not in last)
    return f"{above}{key}: {value}{''.join(f'  {comment.text}' for comment in last)}\n"
