"""Detours of WeasyPrint that a plan's pages can do without.

Touches WeasyPrint's private side, as ``justification`` does, and that of its library pydyf.
"""

import gc
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


@contextmanager
def page_references_kept() -> Iterator[None]:
    """While this lasts, a PDF lists its pages once, not again for each tag that names one.

    Without this, a book of twice the pages takes four times as long to tag.

    Raises:
        MachineTrouble: another version of WeasyPrint is installed.
    """
    # Late, so that what stands above can be had before WeasyPrint is imported.
    import pydyf  # noqa: PLC0415

    from kihonkeikaku.render.print.justification import refuse_other_weasyprint  # noqa: PLC0415

    refuse_other_weasyprint()
    listed = pydyf.PDF.page_references
    pydyf.PDF.page_references = property(lambda pdf: _kept(pdf, listed))
    try:
        yield
    finally:
        pydyf.PDF.page_references = listed


def _kept(pdf: Any, listed: Any) -> tuple[bytes, ...]:
    """Returns the references to a PDF's pages, listed anew if there are more than there were."""
    kept: tuple[bytes, ...] = getattr(pdf, "kept_page_references", ())
    if len(kept) != pdf.pages["Count"]:
        kept = pdf.kept_page_references = listed.fget(pdf)
    return kept


@contextmanager
def collector_off() -> Iterator[None]:
    """While this lasts, nothing is looked for that nobody holds any more.

    Modules and boxes make many cycles that live to the end: looking for garbage among
    them is in vain.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
