"""What scripts/prepare_machine.py says and does when the machine lacks something."""

import importlib.util
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "prepare_machine.py"
INSTALL = (
    "apt-get update && apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)


class Machine:
    """A machine that lacks a library until apt-get has run, if it may."""

    def __init__(self, *, user: int, programs: set[str], password: bool = False) -> None:
        self.user = user
        self.programs = programs
        self.password = password
        self.ran: list[list[str]] = []

    def which(self, name: str) -> str | None:
        return name if name in self.programs else None

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        self.ran.append(command)
        refused = command[0] == "sudo" and self.password
        return subprocess.CompletedProcess(command, 1 if refused else 0)

    def missing(self) -> list[str]:
        return [] if self.installed() else ["libharfbuzz-subset.so.0"]

    def missing_equipment(self, wanted: Mapping[str, object]) -> list[str]:
        lacking = ["chromium", "日本語の書体", "nginx"]
        return [] if self.installed() else [name for name in lacking if name in wanted]

    def installed(self) -> bool:
        return any("install" in command for command in self.ran)


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("prepare_machine", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _put(script: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "_missing_libraries", machine.missing)
    monkeypatch.setattr(script, "_missing_equipment", machine.missing_equipment)
    monkeypatch.setattr(script.shutil, "which", machine.which)
    monkeypatch.setattr(script.subprocess, "run", machine.run)
    monkeypatch.setattr(script.os, "geteuid", lambda: machine.user)


def test_a_library_that_cannot_be_opened_is_missing(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script, "LIBRARIES", ("libno-such-thing-1.0.so.0", "libc.so.6"))
    assert script._missing_libraries() == ["libno-such-thing-1.0.so.0"]


def test_root_installs(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = Machine(user=0, programs={"apt-get"})
    _put(script, machine, monkeypatch)
    assert script.main() == 0
    assert [command[:2] for command in machine.ran] == [
        ["env", "DEBIAN_FRONTEND=noninteractive"]
    ] * 2
    assert machine.ran[1][-3:] == INSTALL.split()[-3:]
    assert "libharfbuzz-subset.so.0" in capsys.readouterr().out


def test_who_may_become_root_without_a_password_installs(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(user=1000, programs={"apt-get", "sudo"})
    _put(script, machine, monkeypatch)
    assert script.main() == 0
    assert [command[:2] for command in machine.ran] == [["sudo", "-n"]] * 3


@pytest.mark.parametrize(
    ("programs", "said"),
    [
        ({"apt-get", "sudo"}, f'  sudo sh -c "{INSTALL}"'),
        ({"apt-get"}, f'  su -c "{INSTALL}"'),
        (set(), "PangoとHarfBuzz（harfbuzz-subsetを含む）を入れてから、もう一度お試しください。"),
    ],
)
def test_who_may_not_install_is_told_the_one_command(
    programs: set[str],
    said: str,
    script: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    machine = Machine(user=1000, programs=programs, password=True)
    _put(script, machine, monkeypatch)
    assert script.main() == 1
    assert capsys.readouterr().err.splitlines()[-1] == said
    assert not any("apt-get" in command for command in machine.ran)


def test_a_python_without_venv_is_told_the_package(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(script.os, "geteuid", lambda: 0)
    assert script.main() == 1
    assert capsys.readouterr().err.splitlines()[-1] == "  apt-get install -y python3-venv"


EQUIP = "apt-get update && apt-get install -y chromium fonts-noto-cjk fontconfig"


def test_what_tests_need_is_named_in_the_order_of_its_list(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = {"google-chrome", "node", "qpdf", "soffice", "strace"}
    monkeypatch.setattr(script.shutil, "which", there.__contains__)
    lacking = script._missing_equipment(script.FOR_TESTS)
    assert lacking == ["java", "npm", "pdftotext", "日本語の書体"]


@pytest.mark.parametrize(("listed", "missing"), [(b"Noto.ttc: Noto\n", []), (b"", ["書体"])])
def test_fonts_are_those_that_fontconfig_lists_for_japanese(
    listed: bytes, missing: list[str], script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fontconfig(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        assert command[1:] == [":lang=ja"]
        return subprocess.CompletedProcess(command, 0, stdout=listed)

    monkeypatch.setattr(script.shutil, "which", lambda name: name)
    monkeypatch.setattr(script.subprocess, "run", fontconfig)
    lacking = script._missing_equipment(script.FOR_TESTS)
    assert [name.removeprefix("日本語の") for name in lacking] == missing


def test_what_tests_need_is_installed_only_for_them(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(user=0, programs={"apt-get"})
    _put(script, machine, monkeypatch)
    assert script.main(("--tests",)) == 0
    assert machine.ran[1][-3:] == EQUIP.split()[-3:]


def test_a_server_is_installed_only_where_it_is_asked_for(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(user=0, programs={"apt-get"})
    _put(script, machine, monkeypatch)
    assert script.main(("--server",)) == 0
    assert machine.ran[1][-2:] == ["--no-install-recommends", "nginx"]


@pytest.mark.parametrize("ci", ["", "true"])
def test_tests_do_without_what_can_not_be_installed_but_not_in_ci(
    ci: str,
    script: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    machine = Machine(user=1000, programs={"apt-get", "sudo"}, password=True)
    _put(script, machine, monkeypatch)
    monkeypatch.setenv("CI", ci)
    assert script.main(("--tests",)) == (1 if ci else 0)
    printed = capsys.readouterr()
    assert printed.err.splitlines()[-1] == f'  sudo sh -c "{EQUIP}"'
    assert ("飛ばします" in printed.out) is not bool(ci)


def test_what_tests_need_is_told_by_name_where_there_is_no_apt_get(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _put(script, Machine(user=1000, programs=set()), monkeypatch)
    script.main(("--tests",))
    assert capsys.readouterr().err.splitlines()[-1] == (
        "chromium、java、node、npm、qpdf、soffice、pdftotext、strace、日本語の書体"
        "を入れてから、もう一度お試しください。"
    )
