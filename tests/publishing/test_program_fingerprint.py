"""The program is known by all that what it makes hangs on, and by nothing else."""

import shutil
import sys
from pathlib import Path

import pytest

from kihonkeikaku.publishing import build_record
from kihonkeikaku.publishing.build_record import fingerprint_program, hash_program
from kihonkeikaku.rendering.assets import TEMPLATES


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program's own files, as which it is known from then on."""
    package = tmp_path / "package"
    shutil.copytree(build_record._PACKAGE, package)
    monkeypatch.setattr(build_record, "_PACKAGE", package)
    return package


def test_another_library_is_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    known = fingerprint_program()
    (tmp_path / "inkwell-1.0.dist-info").mkdir()
    with_a_library = fingerprint_program()
    (tmp_path / "inkwell-1.0.dist-info").rename(tmp_path / "inkwell-1.1.dist-info")
    assert len({known, with_a_library, fingerprint_program()}) == 3


def test_a_folder_that_libraries_are_looked_for_in_need_not_be_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = fingerprint_program()
    monkeypatch.setattr(sys, "path", [*sys.path, "/nowhere", "/nowhere/python311.zip"])
    assert fingerprint_program() == known


def test_another_line_is_another_program(package: Path) -> None:
    known = fingerprint_program()
    with (package / "validation" / "linter.py").open("a") as file:
        file.write("\n")
    assert fingerprint_program() != known


def test_a_file_that_moves_makes_it_another_one(package: Path) -> None:
    known = fingerprint_program()
    (package / "validation" / "rules" / "no_lead.py").rename(package / "no_lead.py")
    assert fingerprint_program() != known


def test_where_it_lies_and_what_python_compiled_make_no_difference(
    request: pytest.FixtureRequest,
) -> None:
    known = fingerprint_program()
    package: Path = request.getfixturevalue("package")
    (package / "__pycache__").mkdir(exist_ok=True)
    (package / "__pycache__" / "check.pyc").write_bytes(b"compiled")
    assert fingerprint_program() == known


def test_an_installed_program_has_the_same_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has its templates within the package; the manifest's hash must not tell the difference."""
    known = hash_program()
    package = tmp_path / "package"
    shutil.copytree(build_record._PACKAGE, package)
    shutil.copytree(TEMPLATES, package / "templates")
    monkeypatch.setattr(build_record, "_PACKAGE", package)
    monkeypatch.setattr(build_record, "TEMPLATES", package / "templates")
    assert hash_program() == known
    (package / "templates" / "print" / "style.css").write_text("")
    assert hash_program() != known


def test_the_hash_of_the_program_knows_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    known = hash_program()
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "version", "4.0")
    assert hash_program() == known
