"""Prints figures of the code as a Markdown table: its size, its names, and how many modules run.

    python scripts/measure_code.py                                    # this checkout
    python scripts/measure_code.py --repo ../before --repo .          # two, side by side

The figures are read from the files, but for the walks: each command is run in a process of its own
on a plan of two measures, with the code of the checkout that is measured and the Python of its
``.venv``. A module counts where a function of it runs; loading it is not enough. A call between
modules is each call of a function of the package by one of another module, directly or through a
library. Rules are counted by themselves, since each is a file of its own.
"""

import argparse
import ast
import inspect
import io
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = "kihonkeikaku"
PATCHES: Final = {"weasyprint_patches", "inside_weasyprint"}
"""The folder of patches of WeasyPrint's private side, by its name now and its name before."""
RULES: Final = f"{os.sep}rules{os.sep}"
CHECKED: Final = ("src", "tests", "scripts", "bench")
"""Where reasons are wanted of comments that silence a checker."""

PLAN: Final[Mapping[str, str]] = {
    "plan.yaml": (
        "format: 1\nseries: example\ntitle: 計画\nedition: {id: first, stage: 案}\n"
        "basis: {law: 人工知能関連技術の研究開発及び活用の推進に関する法律, "
        "number: 令和7年法律第53号, law_id: 507AC0000000053, article: 第18条第1項}\n"
        "chapters: [vision, policy, measures, promotion]\n"
    ),
    "ministries.yaml": (
        "ministries:\n- {id: meti, name: 経産省, full_name: 経済産業省}\n"
        "- {id: mext, name: 文科省, full_name: 文部科学省}\n"
    ),
    "chapters/vision.yaml": "id: vision\ntitle: 基本構想\nbody:\n- 社会で広く使う。\n",
    "chapters/policy.yaml": "id: policy\ntitle: 基本的な方針\n",
    "chapters/measures.yaml": (
        "id: measures\ntitle: 講ずべき施策\nsections:\n"
        "- id: use\n  kind: section\n  title: 利活用\n  measures: [alpha, beta]\n"
    ),
    "chapters/promotion.yaml": "id: promotion\ntitle: 必要な事項\n",
    "measures/alpha.yaml": (
        "id: alpha\ntext: 人材の育成を検討\nassignments:\n- ministry: 経産省\n"
    ),
    "measures/beta.yaml": (
        "id: beta\ntext: 研究の推進\nassignments:\n"
        "- {ministry: 経産省, role: lead}\n- {ministry: 文科省}\n"
    ),
}
LATER_PLAN: Final = {
    **PLAN,
    "plan.yaml": PLAN["plan.yaml"].replace("id: first", "id: second"),
    "measures/alpha.yaml": PLAN["measures/alpha.yaml"].replace("検討", "推進"),
}

WALKS: Final[Mapping[str, Sequence[str]]] = {
    "validate": ("validate", "plan"),
    "build --only html": ("build", "plan", "--only", "html", "--out", "edition"),
    "build --only pdf": ("build", "plan", "--only", "pdf", "--out", "edition"),
    "diff --format html": ("diff", "plan", "later", "--format", "html", "--out", "diff.html"),
}

TRACE_FILE: Final = "MEASURE_CODE_TRACE"
TRACED_PACKAGE: Final = "MEASURE_CODE_PACKAGE"
START_UP: Final = """\
import sys
sys.path.insert(0, {folder!r})
import measure_code
sys.path.remove({folder!r})
measure_code.start_tracing()
"""
"""What every Python process of a walk runs first, children included: its ``sitecustomize``."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description="Figures of the code, as a Markdown table.")
    parser.add_argument(
        "--repo", type=Path, action="append", help="a checkout; may be given several times"
    )
    repositories = [path.resolve() for path in parser.parse_args(arguments).repo or [ROOT]]
    columns = [measure(repository) for repository in repositories]
    print("|", *(f"| {_revision(repository)}" for repository in repositories), "|")
    print("|---" + "|---:" * len(columns) + "|")
    for name in columns[0]:
        print(f"| {name} |", " | ".join(column[name] for column in columns), "|")
    return 0


def measure(repository: Path) -> dict[str, str]:
    """Returns the figures of a checkout, each by its name, as they are printed."""
    modules = [Module.read(path) for path in _python_files(repository / "src")]
    lines = [module.lines for module in modules]
    largest = max(modules, key=lambda module: module.lines)
    type_names = repeated(name for module in modules for name in module.type_names)
    file_names = repeated(
        module.path.name for module in modules if module.path.name != "__init__.py"
    )
    patches = sum(module.lines for module in modules if module.path.parent.name in PATCHES)
    silenced = [
        reason
        for folder in CHECKED
        for path in _python_files(repository / folder)
        for reason in silencing_comments(path.read_text("utf-8"))
    ]
    figures = {
        "modules of `src`": f"{len(modules):,}",
        "lines of `src`": f"{sum(lines):,}",
        "lines of a module, median": f"{statistics.median(lines):.0f}",
        "lines of the largest module": f"{largest.lines:,} (`{largest.path.name}`)",
        "functions": f"{sum(module.functions for module in modules):,}",
        "lines of WeasyPrint patches": f"{patches:,}",
        "`noqa`, `type: ignore` with a reason": f"{silenced.count(True):,}",
        "`noqa`, `type: ignore` without a reason": f"{silenced.count(False):,}",
        "type names defined more than once": f"{len(type_names)}",
        "module file names used more than once": f"{len(file_names)}",
    }
    for name, command in WALKS.items():
        walk = trace(repository, command)
        figures[f"`{name}`: modules that run, rules aside"] = f"{walk.modules()}"
        figures[f"`{name}`: rules that run"] = f"{walk.rules()}"
        figures[f"`{name}`: calls between modules"] = f"{walk.calls_between_modules():,}"
    return figures


# What is read from the files


@dataclass(frozen=True)
class Module:
    """A source file, and what is counted of it."""

    path: Path
    lines: int
    functions: int
    type_names: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> "Module":
        """Reads a source file."""
        text = path.read_text("utf-8")
        tree = ast.parse(text)
        functions = sum(
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(tree)
        )
        return cls(path, len(text.splitlines()), functions, tuple(type_names(tree)))


def type_names(tree: ast.Module) -> Iterator[str]:
    """Yields the classes and type aliases that a module defines at its top, without their ``_``."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name.lstrip("_")
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            if ast.unparse(node.annotation).endswith("TypeAlias"):
                yield node.target.id.lstrip("_")
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id.lstrip("_")
            if re.fullmatch(r"[A-Z]\w*[a-z]\w*", name) and _is_type(node.value):
                yield name


def _is_type(value: ast.expr) -> bool:
    """Whether a value is a type: ``A[B]`` or ``A | B``, or a call of ``NewType``."""
    if isinstance(value, ast.BinOp):
        return isinstance(value.op, ast.BitOr)
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).endswith("NewType")
    return isinstance(value, ast.Subscript)


def repeated(names: Iterator[str]) -> list[str]:
    """Returns the names that occur more than once, sorted."""
    return sorted(name for name, count in Counter(names).items() if count > 1)


SILENCING: Final = re.compile(
    r"#\s*(?:ruff:\s*)?(?:noqa|type:\s*ignore)\b(?::\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*|\[[^]]*\])?"
)


def silencing_comments(source: str) -> Iterator[bool]:
    """Yields for each comment that silences a checker whether it says why."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and SILENCING.match(token.string):
            yield bool(SILENCING.sub("", token.string).strip(" #-"))


def _python_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "node_modules" not in path.parts)


def _revision(repository: Path) -> str:
    command = ["git", "-C", str(repository), "rev-parse", "--short=7", "HEAD"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.stdout.strip() or repository.name


# What runs


@dataclass(frozen=True)
class Walk:
    """The calls from one module to another that a command makes, as paths of their files."""

    calls: tuple[tuple[str, str], ...]

    def modules(self) -> int:
        """Returns how many modules run, rules aside."""
        return len({callee for _, callee in self.calls if RULES not in callee})

    def rules(self) -> int:
        """Returns how many rules run."""
        return len({callee for _, callee in self.calls if RULES in callee})

    def calls_between_modules(self) -> int:
        """Returns how many calls go from one module to another, rules aside."""
        return sum(
            bool(caller) and RULES not in caller and RULES not in callee
            for caller, callee in self.calls
        )


def trace(repository: Path, command: Sequence[str]) -> Walk:
    """Runs a command on the plan of two measures, with the code of a checkout."""
    python = repository / ".venv" / "bin" / "python"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_plan(folder / "plan", PLAN)
        _write_plan(folder / "later", LATER_PLAN)
        start_up = folder / "start-up" / "sitecustomize.py"
        start_up.parent.mkdir()
        start_up.write_text(START_UP.format(folder=str(Path(__file__).resolve().parent)), "utf-8")
        trace_file = folder / "trace"
        done = subprocess.run(
            [python if python.exists() else sys.executable, "-m", PACKAGE, *command],
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": f"{start_up.parent}{os.pathsep}{repository / 'src'}",
                "XDG_CACHE_HOME": str(folder / "cache"),
                TRACE_FILE: str(trace_file),
                TRACED_PACKAGE: str(repository / "src" / PACKAGE),
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
        lines = trace_file.read_text("utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines)
    return Walk(tuple((caller, callee) for caller, _, callee in pairs))


def _write_plan(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def start_tracing() -> None:
    """Writes down each call from one module of the package to another, in all threads.

    At once, not at the end: a process that is forked, killed or left early has its part too.
    """
    package = os.environ[TRACED_PACKAGE]
    file = os.open(os.environ[TRACE_FILE], os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def is_function(code: CodeType) -> bool:
        """Whether this is a function of the package: no module's or class's body, and no loop."""
        is_body = not code.co_flags & inspect.CO_OPTIMIZED or code.co_name.endswith("comp>")
        return code.co_filename.startswith(package) and not is_body

    def profile(frame: FrameType, event: str, _: Any) -> None:
        if event != "call" or not is_function(frame.f_code):
            return
        caller = frame.f_back
        while caller and not is_function(caller.f_code):
            caller = caller.f_back
        callee = frame.f_code.co_filename
        if not caller or caller.f_code.co_filename != callee:
            name = caller.f_code.co_filename if caller else ""
            os.write(file, f"{name}\t{callee}\n".encode())

    threading.setprofile(profile)
    sys.setprofile(profile)


if __name__ == "__main__":
    sys.exit(main())
