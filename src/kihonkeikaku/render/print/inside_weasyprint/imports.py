"""Importing WeasyPrint without what it needs for other fonts only."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Final

from kihonkeikaku.finding import MachineTrouble

_UNNEEDED: Final = {"fontTools.subset": "", "fontTools.varLib.instancer": "instantiateVariableFont"}
"""What WeasyPrint imports for other fonts than ours, by the name that it takes from there.

It takes a tenth of a second: HarfBuzz cuts our fonts down to size, and they don't vary.
"""


@contextmanager
def without_font_tools() -> Iterator[None]:
    """While this lasts, importing WeasyPrint doesn't import what it needs for other fonts only."""
    stand_ins = {name: _stand_in(name) for name in _UNNEEDED if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _stand_in(name: str) -> ModuleType:
    module = ModuleType(name)
    if _UNNEEDED[name]:
        setattr(module, _UNNEEDED[name], _refuse)
    else:
        module.__getattr__ = _refuse  # type: ignore[method-assign]
    return module


def _refuse(*_: object, **__: object) -> Any:
    raise MachineTrouble(
        "PDF に書体を埋め込むためのライブラリがありません。"
        "apt-get install libharfbuzz-subset0 で入れてください。"
    )
