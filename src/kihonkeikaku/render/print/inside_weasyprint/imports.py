"""Importing WeasyPrint without what a plan's pages can do without.

- fontTools' subsetter and instancer are for other fonts than ours: HarfBuzz cuts ours down to
  size, and they don't vary. They take a tenth of a second to import.
- cffi reads the declarations of Pango's functions, which are C, with a parser written in Python:
  a third of a second in each process. Here they come already read, as ``pango_declarations``.
- Style sheets that say what all elements of HTML are give way to one for those that are printed:
  they take a tenth of the time of a short book to read and to apply.
"""

import importlib.resources
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from _cffi_backend import FFI

from kihonkeikaku.finding import MachineTrouble
from kihonkeikaku.render.packaged import TEMPLATES
from kihonkeikaku.render.print.inside_weasyprint import pango_declarations

_FONT_TOOLS: Final = {
    "fontTools.subset": "",
    "fontTools.varLib.instancer": "instantiateVariableFont",
}
"""What WeasyPrint imports for other fonts, by the name that it takes from there."""

_ELEMENTS: Final = TEMPLATES / "print" / "elements.css"


@contextmanager
def without_detours() -> Iterator[None]:
    """While this lasts, importing WeasyPrint takes less."""
    wanted = {name: _refusing(name, taken) for name, taken in _FONT_TOOLS.items()}
    wanted["cffi"] = _module("cffi", FFI=_declared)
    stand_ins = {name: module for name, module in wanted.items() if name not in sys.modules}
    sys.modules.update(stand_ins)
    files: Any = importlib.resources.files
    importlib.resources.files = partial(_files, files)
    try:
        yield
    finally:
        importlib.resources.files = files
        for name in stand_ins:
            del sys.modules[name]


def _files(files: Callable[[Any], Any], package: Any) -> Any:
    """Takes the place of ``importlib.resources.files``."""
    return _Sheets() if getattr(package, "__name__", "") == "weasyprint.css" else files(package)


class _Sheets:
    """Takes the place of the folder that WeasyPrint's style sheets are read from."""

    def __truediv__(self, name: str) -> Path:
        return _ELEMENTS if name == "html5_ua.css" else Path(os.devnull)


def _module(name: str, **contents: object) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(contents)
    return module


def _refusing(name: str, taken: str) -> ModuleType:
    return _module(name, **{taken or "__getattr__": _refuse})


def _refuse(*_: object, **__: object) -> Any:
    raise MachineTrouble(
        "PDF に書体を埋め込むためのライブラリがありません。"
        "apt-get install libharfbuzz-subset0 で入れてください。"
    )


class _Declared(FFI):  # type: ignore[misc] # no type information is published
    """Knows the declarations from the start."""

    def cdef(self, source: str) -> None:
        """Takes the place of what reads declarations.

        Raises:
            MachineTrouble: these are not those that were read beforehand.
        """
        if sha256(source.encode()).hexdigest() != pango_declarations.SOURCE_SHA256:
            raise MachineTrouble(
                "入っている WeasyPrint の版が違います。kihonkeikaku を入れ直してください。"
            )


def _declared() -> _Declared:
    return _Declared("weasyprint", **pango_declarations.TABLES)
