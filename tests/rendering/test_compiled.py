"""Compiled templates are used as long as they are right, and never missed."""

import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader

from kihonkeikaku.rendering.compiled import CompiledTemplates

NAME: Final = "page.html.j2"


@pytest.fixture(autouse=True)
def _python_may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.fixture
def compiler(tmp_path: Path) -> Path:
    """What says how templates are compiled."""
    file = tmp_path / "compiler.py"
    file.write_text("one way", "utf-8")
    return file


@pytest.fixture
def templates(tmp_path: Path) -> Iterator[Path]:
    """A folder with a template."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / NAME).write_text("{{ word }}!", "utf-8")
    yield folder
    folder.chmod(0o755)


def filled(templates: Path, compiler: Path) -> str:
    environment = Environment(  # no HTML
        loader=FileSystemLoader(templates), bytecode_cache=CompiledTemplates(compiler)
    )
    return environment.get_template(NAME).render(word="語")


def kept(templates: Path) -> Path:
    [file] = templates.glob("__pycache__/*")
    return file


def test_it_is_kept_where_python_keeps_compiled_modules(templates: Path, compiler: Path) -> None:
    assert filled(templates, compiler) == "語!"
    assert kept(templates).name == f"page.html.{sys.implementation.cache_tag}.j2c"
    assert stat.S_IMODE(kept(templates).stat().st_mode) == 0o644


def test_it_is_not_compiled_again(
    templates: Path, compiler: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(templates, compiler)
    monkeypatch.setattr(Environment, "compile", lambda *_: pytest.fail("compiled again"))
    assert filled(templates, compiler) == "語!"


def test_another_text_is_compiled(templates: Path, compiler: Path) -> None:
    filled(templates, compiler)
    (templates / NAME).write_text("{{ word }}?", "utf-8")
    assert filled(templates, compiler) == "語?"


def test_another_way_of_compiling_is_told_apart(templates: Path, compiler: Path) -> None:
    filled(templates, compiler)
    before = kept(templates).read_bytes()
    compiler.write_text("another way", "utf-8")
    assert filled(templates, compiler) == "語!"
    assert kept(templates).read_bytes() != before


@pytest.mark.parametrize("left", [0, 1, 31, 32, 33, 100, -1])
def test_what_was_cut_off_is_compiled_again(left: int, templates: Path, compiler: Path) -> None:
    filled(templates, compiler)
    whole = kept(templates).read_bytes()
    kept(templates).write_bytes(whole[:left])
    assert filled(templates, compiler) == "語!"
    assert kept(templates).read_bytes() == whole


def test_nothing_is_written_where_python_is_told_not_to(
    templates: Path, compiler: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert filled(templates, compiler) == "語!"
    assert [path.name for path in templates.iterdir()] == [NAME]


@pytest.mark.parametrize("refused", ["mkdir", "replace"])
def test_where_nothing_can_be_written_it_is_compiled_each_time(
    refused: str, templates: Path, compiler: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, refused, refuse)
    for _ in range(2):
        assert filled(templates, compiler) == "語!"
    assert [path for path in templates.glob("__pycache__/*") if path.suffix != ".j2c"] == []


def test_a_template_that_is_no_file_is_kept_nowhere(
    compiler: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    environment = Environment(  # no HTML
        loader=DictLoader({NAME: "{{ word }}"}), bytecode_cache=CompiledTemplates(compiler)
    )
    assert environment.get_template(NAME).render(word="語") == "語"
    assert list(tmp_path.iterdir()) == [compiler]
