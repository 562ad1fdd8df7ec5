"""Everything that has a name can be renamed: nothing of the old name is left, and back is back."""

import re
from typing import Final

import pytest

from kihonkeikaku.drafting.plan_edit import PlanEdit
from kihonkeikaku.drafting.renaming import rename
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.loader import load_folder
from kihonkeikaku.loading.plan_resolver import open_source_folder
from kihonkeikaku.loading.source import SourceFile, SourceFolder
from kihonkeikaku.validation.linter import is_valid
from tests.conftest import REPOSITORY

OTHER_ID: Final = "renamed-as-a-test"
CHAPTERS: Final = ("vision", "policy", "measures", "promotion")


def without_editions(plan: str) -> SourceFolder:
    """A plan as it was before anything was adopted: then identifiers may change."""
    folder = open_source_folder(str(REPOSITORY / plan))
    kept = tuple(file for file in folder.files if not file.name.startswith("editions/"))
    return SourceFolder(folder.label, kept)


def renamed(folder: SourceFolder, old: str, new: str) -> SourceFolder:
    edit = PlanEdit(folder)
    rename(edit, old, new)
    return edit.edited_folder()


def words(files: tuple[SourceFile, ...]) -> set[str]:
    """The identifiers in the files, and their names; those of prose in Latin letters, too."""
    found: set[str] = set()
    for file in files:
        assert isinstance(file.content, bytes)
        found |= set(re.findall(r"(?<![\w.$/-])[a-z0-9]+(?:-[a-z0-9]+)*(?![\w-])", file.name))
        text = re.sub(r"#.*|\b(?:id|law_id|series):", "", file.content.decode())
        found |= set(re.findall(r"(?<![\w-])[a-z0-9]+(?:-[a-z0-9]+)*(?![\w-])", text))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("plan", ["plan", "examples/next-edition"])
def test_each_identifier_can_be_renamed_and_back(plan: str) -> None:
    folder = without_editions(plan)
    draft = load_folder(folder).draft
    ids = {*draft.ids(), *(ministry.id for ministry in draft.ministries)} - {*CHAPTERS}
    assert len(ids) > 90
    for id in sorted(ids):
        there = renamed(folder, id, OTHER_ID)
        assert there != folder
        if "-" in id:  # others may be words of the format, such as measures
            assert id not in words(there.files), id
        assert renamed(there, OTHER_ID, id).files == folder.files, id


@pytest.mark.slow
def test_a_plan_is_valid_whatever_is_renamed() -> None:
    folder = without_editions("plan")
    draft = load_folder(folder).draft
    ids = sorted({*draft.ids(), *(ministry.id for ministry in draft.ministries)} - {*CHAPTERS})
    for number, id in enumerate(ids):
        folder = renamed(folder, id, f"x{number}")
    assert is_valid(load_folder(folder))
    assert words(folder.files) & {id for id in ids if "-" in id} == set()


@pytest.mark.slow
def test_each_ministry_can_have_another_name() -> None:
    folder = open_source_folder(str(REPOSITORY / "plan"))
    names = [ministry.name for ministry in load_folder(folder).draft.ministries]
    for name in names:
        there = renamed(folder, name, "改称省")
        assert is_valid(load_folder(there)), name
        assert renamed(there, "改称省", name).files == folder.files, name


def test_nothing_takes_a_name_that_is_taken() -> None:
    folder = without_editions("plan")
    for old, new in (("ai-chips", "utilization"), ("meti", "mext"), ("経産省", "文科省")):
        with pytest.raises(CommandError, match=f"「{new}」はすでに使われています。"):
            renamed(folder, old, new)
