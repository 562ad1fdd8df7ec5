"""Sheets as files: written for the ministries, with their records in the plan; read again."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from kihonkeikaku.consultation.returned_sheet import ReturnedSheet
from kihonkeikaku.consultation.sending import SHEET_PROPERTY, Sheet, make_sheet
from kihonkeikaku.consultation.unit_matching import read_returned_sheet
from kihonkeikaku.drafting.plan_edit import PlanEdit, open_for_editing
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.folder import leads_to_folder, read_regular_file
from kihonkeikaku.loading.loader import load
from kihonkeikaku.loading.source import SHEETS, FileProblem
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.frozen import hash_plan
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.sheet import SheetRecord
from kihonkeikaku.office.archive import FILE_LIMIT, OfficeFileError
from kihonkeikaku.office.word_file import VIEWS, WordFile
from kihonkeikaku.office.word_reader import read_word_file
from kihonkeikaku.publishing.output_folder import require_writable_file, write_output_file
from kihonkeikaku.system.atomic_files import write_file
from kihonkeikaku.validation.linter import InvalidPlanError, is_valid, lint

MOST_PARAGRAPHS: Final = 50_000
"""Most paragraphs of a file that came back."""
LONGEST: Final = 20_000
"""Most characters of one of them; the longest of real plans has about 1,000."""

_LEAST_SHARE: Final = 0.1
"""Least part of a sheet's units that a file without its name has word for word."""


def write_sheets(
    plan: str, out: Path, ministry: str | None, *, each: bool
) -> Iterator[tuple[Path, Path]]:
    """Writes a sheet, or one for each ministry, and the records of them into the plan.

    Args:
        plan: the plan's folder.
        out: the file; or, with ``each``, the folder of the files.
        ministry: for whom; None for a sheet of the whole plan.
        each: whether to make a sheet for each ministry that the plan names.

    Yields:
        Each file, and its record.

    Raises:
        CommandError: there is no such plan or ministry, or the plan has errors.
    """
    if not leads_to_folder(plan):
        raise CommandError(
            f"{plan} は計画のフォルダーではありません。送ったものの控えを中の {SHEETS} に置くため、"
            "フォルダーを指定してください。"
        )
    loaded = load(plan)
    if not is_valid(loaded):
        raise InvalidPlanError(plan, lint(loaded))
    whole = loaded.draft.plan()
    document, sha256 = number(whole), hash_plan(whole)
    names = _named_ministries(document) if each else [ministry or ""]
    for name in names:
        path = out / f"{_file_name(name)}.docx" if each else out
        require_writable_file(path, [plan])
        sheet = make_sheet(document, sha256, name)
        yield path, _write(Path(plan), path, sheet)


def _write(plan: Path, path: Path, sheet: Sheet) -> Path:
    """Writes the record first: a sheet without one could not be read again."""
    record = plan / SHEETS / f"{sheet.record.sheet}.json"
    write_file(record, sheet.record.file())
    write_output_file(path, sheet.content)
    return record


def _named_ministries(document: Document) -> list[str]:
    """Returns the ministries that the plan names, but for collectives, in the register's order."""
    named = {
        assignment.ministry.id
        for line in document.lines()
        for clause in line.clauses
        for assignment in clause.assignments
    }
    return [m.name for m in document.ministries if m.id in named and not m.collective]


def _file_name(name: str) -> str:
    """Returns a ministry's name as the name of a file."""
    return "".join("_" if character in '/\\:*?"<>|' else character for character in name)


def open_consulted_plan(plan: str) -> PlanEdit:
    """Opens the plan that sheets came back for.

    Raises:
        CommandError: there is none, or it has errors.
    """
    edit = open_for_editing(plan)
    if not is_valid(edit.before):
        raise InvalidPlanError(plan, lint(edit.before))
    return edit


def read_sheets(files: Iterable[str], edit: PlanEdit) -> list[ReturnedSheet]:
    """Reads what came back.

    Raises:
        CommandError: a file is no sound Word file, or none of a sheet that this plan sent.
    """
    records = edit.before.sheets
    sheets = []
    for label in dict.fromkeys(files):
        content = read_regular_file(label, FILE_LIMIT)
        if isinstance(content, FileProblem):
            raise CommandError(f"{label} を読めません。{content.message}")
        file = read_word_file(content, label)
        _require_readable(file, label)
        sheets.append(read_returned_sheet(file, _find_record(file, records.values(), label), label))
    return sheets


def _require_readable(file: WordFile, label: str) -> None:
    """Refuses what nobody could read in the time that a command may take."""
    paragraphs = (*file.paragraphs, *(p for note in file.footnotes.values() for p in note))
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise OfficeFileError(label, f"段落が多すぎます（{MOST_PARAGRAPHS:,} まで）")
    if any(len(p.text(view)) > LONGEST for p in paragraphs for view in VIEWS):
        raise OfficeFileError(label, f"長すぎる段落があります（一つの段落は {LONGEST:,} 字まで）")


def _find_record(file: WordFile, records: Iterable[SheetRecord], label: str) -> SheetRecord:
    """Returns the record of what was sent: that which the file names, else the likest.

    Raises:
        CommandError: there is none.
    """
    listed = tuple(records)
    named = file.properties.get(SHEET_PROPERTY)
    for record in listed:
        if record.sheet == named:
            return record
    if named:
        raise CommandError(
            f"{label} の控え（{SHEETS}/{named}.json）が計画にありません。"
            "送ったときの控えを git などから戻すか、--plan で別の計画を指定してください。"
        )
    found = _likest_record(file, listed)
    if found is None:
        raise OfficeFileError(
            label, "この計画から送った紙ではありません", "send で作ったファイルを指定してください。"
        )
    return found


def _likest_record(file: WordFile, records: Sequence[SheetRecord]) -> SheetRecord | None:
    texts = {p.text(view) for p in file.paragraphs for view in VIEWS}

    def share(record: SheetRecord) -> float:
        units = [unit for unit in record.units if unit.type != "guide"]
        return sum(unit.printed in texts for unit in units) / max(len(units), 1)

    best = max(records, key=share, default=None)
    return best if best and share(best) > _LEAST_SHARE else None
