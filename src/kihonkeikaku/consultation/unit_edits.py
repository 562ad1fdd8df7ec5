"""What a ministry wrote of a unit → edits of the plan's files, every other byte as it was."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kihonkeikaku.consultation.assignment_parser import (
    ParsedClause,
    UnreadableAssignmentError,
    parse_clauses,
    printed_clauses,
)
from kihonkeikaku.consultation.present_units import PresentUnit
from kihonkeikaku.diff.redline import redline_text
from kihonkeikaku.drafting.editable_yaml import EditableYaml, ItemText, write_string
from kihonkeikaku.drafting.plan_edit import PlanEdit, measure_file
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.source import PLAN_FILE
from kihonkeikaku.model.body_lines import BodyLine, body_lines
from kihonkeikaku.model.document import DocumentLine
from kihonkeikaku.model.finding import PlanPath
from kihonkeikaku.model.inlines import FootnoteRun, NumberedClause, TextRun
from kihonkeikaku.model.plan import Heading, Measure
from kihonkeikaku.office.word_file import NOTE_MARK
from kihonkeikaku.rendering.word.line_paragraphs import NOTE_TEXT

_FRONT_FIELDS: Final[dict[str, PlanPath]] = {
    "title": ("title",),
    "subtitle": ("subtitle",),
    "edition-label": ("edition", "label"),
}


class UntakeableError(Exception):
    """What can't be taken in by this program; ``str()`` is the reason, a Japanese sentence."""


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where the files have the text of a unit: a file, and the path of the text in it."""

    file: str
    path: PlanPath


class TextPlaces:
    """Finds where the files have the texts of units.

    Raises:
        CommandError: a file has errors.
    """

    def __init__(self, edit: PlanEdit) -> None:
        self._edit = edit
        self._owners: dict[str, tuple[PlanPath, Heading | Measure]] = {
            heading.id: (path, heading) for path, heading in edit.draft.headings
        }
        for name, measure in edit.draft.measures.items():
            self._owners[measure.id] = ("measures", name), measure
        self._lines: dict[str, tuple[BodyLine, ...]] = {}

    def find(self, present: PresentUnit) -> TextPlace:
        """Returns where a unit's text is written; of a measure, where the measure is.

        Raises:
            UntakeableError: nobody knows.
        """
        line = present.line
        if line.kind == "measure" and line.id:
            if line.variant == "reprint":
                raise UntakeableError("再掲の行です。元の取組の欄で直してください。")
            return TextPlace(measure_file(line.id), ())
        if line.kind == "front" and line.variant in _FRONT_FIELDS:
            return TextPlace(PLAN_FILE, _FRONT_FIELDS[line.variant])
        if line.kind == "heading" and line.id in self._owners:
            path, _ = self._owners[line.id]
            return _place((*path, "title"))
        return self._find_below(line)

    def _find_below(self, line: DocumentLine) -> TextPlace:
        """Returns where a line is written that belongs to a heading or a measure."""
        if line.parent not in self._owners:
            raise _unknown_place()
        path, owner = self._owners[line.parent]
        if line.kind == "measures-label":
            return _place((*path, "measures_label"))
        if line.kind == "assignments":
            return _place(path)
        if line.parent not in self._lines:
            self._lines[line.parent] = tuple(body_lines(owner, path))
        lines = self._lines[line.parent]
        if line.kind != "paragraph" or line.index >= len(lines):
            raise _unknown_place()
        if lines[line.index].cell_paths:
            raise UntakeableError("表の行なので、手で直してください。")
        return self._as_written(_place(lines[line.index].text_path))

    def _as_written(self, place: TextPlace) -> TextPlace:
        """Returns the place of a bullet that is written as a plain string, without its key."""
        above = _value(self._edit.yaml(place.file).data, place.path[:-1])
        return TextPlace(place.file, place.path[:-1]) if isinstance(above, str) else place


def take(
    yaml: EditableYaml,
    path: PlanPath,
    present: PresentUnit,
    received: str,
    known: Collection[str],
) -> None:
    """Edits a file so that a unit says what a ministry wrote.

    Args:
        yaml: the file.
        path: where the unit's text is in it: see ``TextPlaces``.
        present: the unit as the plan has it now.
        received: what it is to say, as printed, without the marks around it.
        known: the names in the register of ministries.

    Raises:
        UntakeableError: that takes more than an edit of its words and its ministries.
    """
    if "\n" in received or "\t" in received:
        raise UntakeableError("改行やタブが入っているため、手で直してください。")
    if present.line.kind == "front" and present.line.variant == "title":
        raise UntakeableError("書名は plan.yaml の title と stage で直してください。")
    try:
        if present.note is not None:
            _take_note(yaml, path, present, received)
        else:
            _take_clauses(yaml, path, present.line, received, known)
    except CommandError as error:
        raise UntakeableError(f"{error}手で直してください。") from error


def _place(path: PlanPath) -> TextPlace:
    """Returns the place of what a path in the plan leads to."""
    return TextPlace(f"{path[0]}/{path[1]}.yaml", path[2:])


def _unknown_place() -> UntakeableError:
    return UntakeableError("計画のどのファイルの文か分からないため、手で直してください。")


def _take_note(yaml: EditableYaml, path: PlanPath, present: PresentUnit, received: str) -> None:
    """Replaces the text of a footnote, which stands among the runs of its line."""
    runs = [(p, r) for p in _text_paths(yaml.data, path) for r in _runs(yaml.data, p)]
    notes = [(*p, index) for p, (index, run) in runs if isinstance(run, dict) and "footnote" in run]
    assert present.note is not None, "it is a footnote"
    found = notes[present.note] if present.note < len(notes) else None
    if found is None or _value(yaml.data, found)["footnote"] != present.text:
        raise UntakeableError("どの注の文か分からないため、手で直してください。")
    yaml.replace_strings({(*found, "footnote"): received})


def _take_clauses(
    yaml: EditableYaml, path: PlanPath, line: DocumentLine, received: str, known: Collection[str]
) -> None:
    now = line.clauses
    parsed: tuple[ParsedClause, ...] = (ParsedClause(received),)
    if line.kind in ("measure", "assignments") or line.variant == "item":
        try:
            parsed = parse_clauses(received, known, now)
        except UnreadableAssignmentError as error:
            raise UntakeableError(f"{error}。一覧に加えるか、名前を確かめてください。") from error
    before = printed_clauses(now)
    paths = _text_paths(yaml.data, path)
    if line.kind == "assignments":  # of the measure's last clause
        paths = paths[-1:]
    if not len(parsed) == len(before) == len(paths):
        raise UntakeableError("【】で区切られた文の数が変わっているため、手で直してください。")
    for text_path, clause, old, new in zip(paths, now, before, parsed, strict=True):
        if old.text != new.text:
            yaml.replace_strings(_new_strings(yaml.data, text_path, clause, new.text))
        if old.ministries != new.ministries:
            _set_ministries(yaml, text_path[:-1], new.ministries)


def _text_paths(data: Any, path: PlanPath) -> list[PlanPath]:
    """Returns the paths of the texts of a unit: of a measure, one for each clause."""
    if path:
        return [path]
    if "clauses" in data:
        return [("clauses", index, "text") for index in range(len(data["clauses"]))]
    return [("text",)] if "text" in data else [("title",)]


def _value(data: Any, path: PlanPath) -> Any:
    for part in path:
        data = data[part]
    return data


def _runs(data: Any, path: PlanPath) -> list[tuple[int, Any]]:
    value = _value(data, path)
    return list(enumerate(value)) if isinstance(value, tuple) else [(-1, value)]


def _new_strings(
    data: Any, path: PlanPath, clause: NumberedClause, received: str
) -> dict[PlanPath, str]:
    """Returns the strings of a text that change; references and notes have to stay as they are.

    Raises:
        UntakeableError: a reference or a note is changed, or nothing is left of a string.
    """
    runs = _runs(data, path)
    if len(runs) != len(clause.inlines):
        raise UntakeableError("参照や注のある文なので、手で直してください。")
    printed = [NOTE_TEXT if isinstance(i, FootnoteRun) else i.text for i in clause.inlines]
    fixed = [not isinstance(inline, TextRun) for inline in clause.inlines]
    pieces = _edited_pieces(printed, fixed, received)
    strings = {}
    for (index, run), old, new in zip(runs, printed, pieces, strict=True):
        if isinstance(run, str) and run != old:  # another text than was looked for
            raise _unknown_place()
        if old == new:
            continue
        if not isinstance(run, str) or not new:
            raise UntakeableError("参照や注に触れる変更なので、手で直してください。")
        strings[(*path, index) if index >= 0 else path] = new
    return strings


def _edited_pieces(printed: Sequence[str], fixed: Sequence[bool], received: str) -> list[str]:
    """Returns the pieces of a text after the edits that make it into what was received.

    Raises:
        UntakeableError: an edit would change a fixed piece.
    """
    owners = [at for at, text in enumerate(printed) for _ in text]
    pieces = ["" for _ in printed]
    at = 0
    for op, text in redline_text("".join(printed), received):
        if op == "+":
            near = [owners[i] for i in (at - 1, at) if 0 <= i < len(owners)]
            inside = len(near) == 2 and near[0] == near[1]
            free = [piece for piece in near if not fixed[piece]] or ([] if near else [0])
            if not free or (inside and fixed[near[0]]) or NOTE_MARK in text:
                raise UntakeableError("参照や注に触れる変更なので、手で直してください。")
            pieces[free[0]] += text
            continue
        for character in text:
            piece = owners[at]
            at += 1
            if op == "=":
                pieces[piece] += character
            elif fixed[piece]:
                raise UntakeableError("参照や注に触れる変更なので、手で直してください。")
    return pieces


def _set_ministries(yaml: EditableYaml, path: PlanPath, wanted: Iterable[tuple[str, bool]]) -> None:
    """Makes a list of assignments into another one; what stays keeps its comments."""
    target, base = list(wanted), (*path, "assignments")
    for index, (name, lead) in enumerate(target):
        names = [entry["ministry"] for entry in _assignments(yaml.data, base)]
        if name not in names[index:]:
            yaml.insert_item(base, index, _assignment(name, lead=lead), before=("body",))
            continue
        found = names.index(name, index)
        if found != index:
            yaml.insert_item(base, index, yaml.remove_item((*base, found)))
        is_lead = _assignments(yaml.data, base)[index].get("role") == "lead"
        if lead and not is_lead:
            yaml.set_key((*base, index, "role"), "lead", after="ministry")
        elif is_lead and not lead:
            yaml.remove_key((*base, index, "role"))
    for index in reversed(range(len(target), len(_assignments(yaml.data, base)))):
        yaml.remove_item((*base, index))


def _assignments(data: Any, base: PlanPath) -> Sequence[Any]:
    parent = _value(data, base[:-1])
    return parent.get("assignments", ()) if isinstance(parent, dict) else ()


def _assignment(name: str, *, lead: bool) -> ItemText:
    role = ("  role: lead",) if lead else ()
    value = f"{{ministry: {write_string(name, in_brackets=True)}{', role: lead' if lead else ''}}}"
    return ItemText((f"- ministry: {write_string(name)}", *role), value)
