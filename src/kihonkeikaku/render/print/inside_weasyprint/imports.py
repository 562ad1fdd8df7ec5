"""Importing WeasyPrint without what a plan's pages can do without.

- fontTools' subsetter and instancer are for other fonts than ours: HarfBuzz cuts ours down to
  size, and they don't vary. They take a tenth of a second to import.
- cffi reads the declarations of Pango's functions, which are C, with a parser written in Python:
  a third of a second in each process. Here they come already read, as ``pango_declarations``.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from types import ModuleType
from typing import Any, Final

from _cffi_backend import FFI

from kihonkeikaku.finding import MachineTrouble
from kihonkeikaku.render.print.inside_weasyprint import pango_declarations

_FONT_TOOLS: Final = {
    "fontTools.subset": "",
    "fontTools.varLib.instancer": "instantiateVariableFont",
}
"""What WeasyPrint imports for other fonts, by the name that it takes from there."""


@contextmanager
def without_detours() -> Iterator[None]:
    """While this lasts, importing WeasyPrint takes less."""
    wanted = {name: _refusing(name, taken) for name, taken in _FONT_TOOLS.items()}
    wanted["cffi"] = _module("cffi", FFI=_declared)
    stand_ins = {name: module for name, module in wanted.items() if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


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
