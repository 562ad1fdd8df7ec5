"""WeasyPrint is imported without detours, and works as it would with them."""

import ast
import os
import subprocess
import sys
from hashlib import sha256
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from pprint import pformat
from types import SimpleNamespace
from typing import Any, Final

import cffi
import pytest
from cffi.recompiler import Recompiler

from kihonkeikaku.errors import MachineError
from kihonkeikaku.rendering.pdf.weasyprint_patches import pango_declarations, stand_ins
from kihonkeikaku.rendering.pdf.worker_client import _SURROUNDINGS

HEAD: Final = '''"""Pango's declarations, as WeasyPrint makes them and cffi keeps them.

Made by ``pytest --renew``; a test fails when WeasyPrint declares other ones.
"""

# ruff: noqa: E501
# fmt: off
from typing import Any, Final

'''


def declared() -> str:
    """Returns what WeasyPrint declares to cffi: C, in its source."""
    spec = find_spec("weasyprint.text.ffi")
    assert spec and spec.origin
    [source] = [
        call.args[0].value
        for call in ast.walk(ast.parse(Path(spec.origin).read_text("utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "ffi.cdef"
        if isinstance(call.args[0], ast.Constant)
    ]
    assert isinstance(source, str)
    return source


def tables(source: str) -> dict[str, Any]:
    """Returns what cffi makes of declarations."""
    reader = cffi.FFI()
    reader.cdef(source)
    recompiler = Recompiler(reader, "weasyprint", target_is_python=True)
    recompiler.collect_type_table()
    recompiler.collect_step_tables()
    written = StringIO()
    recompiler.write_source_to_f(written, None)
    found: dict[str, Any] = {}
    script = written.getvalue().replace("import _cffi_backend", "")
    backend = SimpleNamespace(FFI=lambda _, **tables: found.update(tables))
    exec(script, {"_cffi_backend": backend})
    return found


def test_the_declarations_are_those_of_weasyprint(renew: bool) -> None:
    source = declared()
    text = (
        f'{HEAD}SOURCE_SHA256: Final = "{sha256(source.encode()).hexdigest()}"\n'
        '"""Of the declarations."""\n\n'
        f"TABLES: Final[dict[str, Any]] = {pformat(tables(source), width=100)}\n"
    )
    path = Path(pango_declarations.__file__)
    if renew:
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text


def test_other_declarations_are_refused() -> None:
    with pytest.raises(MachineError, match="入っている WeasyPrint の版が違います"):
        stand_ins._declared().cdef("int other(void);")


NOT_NEEDED: Final = {
    "cffi",
    "email",
    "fontTools",
    "http.client",
    "PIL",
    "pycparser",
    "pyphen",
    "socket",
    "ssl",
    "tinyhtml5",
}


def test_what_is_not_needed_is_not_imported() -> None:
    script = f"""
import sys
from kihonkeikaku.rendering.pdf.job import Book
from kihonkeikaku.rendering.pdf.options import PLAIN
from kihonkeikaku.rendering.pdf.renderer import set_book
[pdf] = set_book(Book(
    '<html lang="ja"><head><title>見本</title><link rel="stylesheet" href="asset:print/style.css"/>'
    '</head><body><p>本文</p></body></html>', {{}}), [PLAIN])
print(pdf[:5], sorted(name for name in {NOT_NEEDED} - {{"fontTools"}} if name in sys.modules))
print("fontTools.ttLib" in sys.modules)
import cffi, fontTools.subset, urllib.request
print(cffi.FFI.__module__, fontTools.subset.Subsetter.__module__, urllib.request.Request.__module__)
"""
    assert printed_by(script) == ("b'%PDF-' []\nFalse\ncffi.api fontTools.subset urllib.request\n")


def test_what_is_imported_later_works_as_ever() -> None:
    script = """
from kihonkeikaku.rendering.pdf.plan import set_pages
from kihonkeikaku.rendering.pdf.renderer import load_typesetter
load_typesetter()
from weasyprint.css import ImageCmsProfile
from weasyprint.images import Image, ImageFile
print(Image.new("L", (3, 4)).size, ImageFile.Parser.__module__)
import PIL.ImageCms, PIL.ImageFile
print(type(ImageCmsProfile(PIL.ImageCms.createProfile("sRGB"))).__module__)
print(PIL.ImageFile.LOAD_TRUNCATED_IMAGES)
pages = set_pages('<!DOCTYPE html><html lang="ja"><title>見本</title>'
                  '<link rel="stylesheet" href="asset:print/style.css"><p>閉じない', {})
print(pages[:5])
"""
    assert printed_by(script) == "(3, 4) PIL.ImageFile\nPIL.ImageCms\nTrue\nb'%PDF-'\n"


def printed_by(script: str) -> str:
    """Returns what a new process prints."""
    made = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=False,
        env=os.environ | _SURROUNDINGS,
    )
    assert made.returncode == 0, made.stderr.decode()
    return made.stdout.decode()


def test_what_elements_are_is_said_by_a_style_sheet_of_our_own() -> None:
    script = """
import importlib.resources
files = importlib.resources.files
from kihonkeikaku.rendering.pdf.renderer import load_typesetter
load_typesetter()
assert importlib.resources.files is files
import weasyprint
named = weasyprint.UA_STYLESHEET.matcher.lower_local_name_selectors
print("section" in named, "textarea" in named)
"""
    assert printed_by(script) == "True False\n"


def test_without_harfbuzz_the_user_is_told_what_to_install() -> None:
    script = """
from kihonkeikaku.errors import CommandError
from kihonkeikaku.rendering.pdf.plan import set_pages
from kihonkeikaku.rendering.pdf.renderer import load_typesetter
load_typesetter()
from weasyprint.pdf import fonts
fonts.harfbuzz_subset = None
try:
    set_pages('<!DOCTYPE html><html lang="ja"><title>x</title>'
              '<link rel="stylesheet" href="asset:print/style.css"><p>x', {})
except CommandError as trouble:
    print(trouble)
"""
    assert printed_by(script) == (
        "PDF に書体を埋め込むためのライブラリがありません。"
        "apt-get install libharfbuzz-subset0 で入れてください。\n"
    )
