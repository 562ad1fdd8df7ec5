"""Importing WeasyPrint without what a plan's pages can do without.

- fontTools is for other fonts than ours: HarfBuzz cuts ours down to size, and they don't vary. It
  takes a tenth of a second to import.
- Readers of pictures, and of HTML that is not XML, wait until they are asked for, which no page of
  ours does. Nothing is hyphenated.
- What opens connections is not there: all that a page may ask for is packaged.
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
from pathlib import Path
from typing import Any, Final

from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.rendering.pdf.weasyprint_patches.stand_ins import stand_ins

_ELEMENTS: Final = TEMPLATES / "print" / "elements.css"


@contextmanager
def without_detours() -> Iterator[None]:
    """While this lasts, importing WeasyPrint takes less."""
    wanted = {name: module for name, module in stand_ins().items() if name not in sys.modules}
    sys.modules.update(wanted)
    files: Any = importlib.resources.files
    importlib.resources.files = partial(_files, files)
    try:
        yield
    finally:
        importlib.resources.files = files
        for name in wanted:
            del sys.modules[name]


def _files(files: Callable[[Any], Any], package: Any) -> Any:
    """Takes the place of ``importlib.resources.files``."""
    return _Sheets() if getattr(package, "__name__", "") == "weasyprint.css" else files(package)


class _Sheets:
    """Takes the place of the folder that WeasyPrint's style sheets are read from."""

    def __truediv__(self, name: str) -> Path:
        return _ELEMENTS if name == "html5_ua.css" else Path(os.devnull)
