"""Plans that are consulted on, their sheets, and what came back of them, for tests."""

from collections.abc import Sequence
from pathlib import Path
from shutil import copytree

from kihonkeikaku.consultation.bins import Receipt, UnitBin, sort_into_bins
from kihonkeikaku.consultation.sheet_files import open_consulted_plan, read_sheets, write_sheets
from tests.conftest import REPOSITORY

EXAMPLE = REPOSITORY / "examples" / "next-edition"
"""A plan with a footnote, references and a reprint."""


def copy_plan(folder: Path, source: Path = EXAMPLE) -> Path:
    """Copies a plan, to be written to."""
    return copytree(source, folder / "plan")


def send(plan: Path, ministry: str | None = None, name: str = "sheet") -> Path:
    """Sends a sheet; returns the file beside the plan."""
    path = plan.parent / f"{name}.docx"
    list(write_sheets(str(plan), path, ministry, each=False))
    return path


def receive(plan: Path, *files: Path) -> Receipt:
    """Receives files for a plan."""
    edit = open_consulted_plan(str(plan))
    return sort_into_bins(read_sheets([str(file) for file in files], edit), edit)


def bins(receipt: Receipt) -> dict[str | None, UnitBin]:
    """The bins of all units that are not as they were sent, by their handles."""
    return {unit.handle: unit.bin for unit in receipt.units if unit.bin != "same"}


def require_conserved(receipt: Receipt, files: Sequence[Path] = ()) -> None:
    """Every character that came back is in exactly one bin."""
    assert receipt.characters == receipt.in_bins > 0
