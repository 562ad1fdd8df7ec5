"""What stands in for modules that WeasyPrint imports, and pages like ours can do without."""

from collections.abc import Mapping
from hashlib import sha256
from types import ModuleType
from typing import Any, Final

from _cffi_backend import FFI

from kihonkeikaku.errors import MachineError
from kihonkeikaku.rendering.pdf.weasyprint_patches import pango_declarations

_REFUSED: Final = {
    "fontTools.subset": ("__getattr__",),
    "fontTools.ttLib": ("TTFont", "TTLibError", "ttFont", "woff2"),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
"""What is for other fonts than ours, and what WeasyPrint takes from there."""

_LATER: Final = {
    "PIL": ("EpsImagePlugin", "Image", "ImageFile", "ImageOps"),
    "PIL.ImageCms": ("ImageCmsProfile",),
    "tinyhtml5": ("parse",),
}
"""What works as ever, but is imported when it is used."""


def stand_ins() -> dict[str, ModuleType]:
    """Returns the modules that stand in, by the names of those that they stand in for."""
    contents: dict[str, Mapping[str, object]] = {
        "cffi": {"FFI": _declared},
        "email.message": {"EmailMessage": _Headers},
        "pyphen": {"language_fallback": _no_language},
        "urllib.request": {"__getattr__": _unconnected},
    }
    for name, taken in _REFUSED.items():
        contents[name] = dict.fromkeys(taken, _refuse)
    for name, taken in _LATER.items():
        contents[name] = {each: _Later(f"{name}.{each}") for each in taken}
    return {name: _module(name, holds) for name, holds in contents.items()}


def _module(name: str, contents: Mapping[str, object]) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(contents)
    return module


class _Later:
    """Stands in for something until it is used; what was set by then is set of it, too."""

    def __init__(self, name: str) -> None:
        vars(self)["_name"] = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self._real(), attribute)

    def __call__(self, *arguments: object, **options: object) -> Any:
        return self._real()(*arguments, **options)

    def _real(self) -> Any:
        from pkgutil import resolve_name  # noqa: PLC0415 # seldom if ever

        settings = dict(vars(self))
        real = resolve_name(settings.pop("_name"))
        for name, value in settings.items():
            setattr(real, name, value)
        return real


def _refuse(*_: object, **__: object) -> Any:
    raise MachineError(
        "PDF に書体を埋め込むためのライブラリがありません。"
        "apt-get install libharfbuzz-subset0 で入れてください。"
    )


def _no_language(_: str) -> None:
    """Takes the place of what finds a language's dictionary: printed words are not hyphenated."""


class _Headers(dict[str, str]):
    """Takes the place of the headers of an answer, which is always a packaged file."""

    def get_content_type(self) -> str:
        """Returns the kind of file."""
        return self["Content-Type"]

    def get_param(self, _: str) -> None:
        """Returns nothing: packaged files say nothing else of themselves."""


class _Unconnected:
    """Takes the place of all that opens connections: it opens nothing."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def add_handler(self, handler: object) -> None:
        """Takes what would open something."""


def _unconnected(_: str) -> type[_Unconnected]:
    return _Unconnected


class _Declared(FFI):  # type: ignore[misc] # no type information is published
    """Knows the declarations from the start."""

    def cdef(self, source: str) -> None:
        """Takes the place of what reads declarations.

        Raises:
            MachineError: these are not those that were read beforehand.
        """
        if sha256(source.encode()).hexdigest() != pango_declarations.SOURCE_SHA256:
            raise MachineError(
                "入っている WeasyPrint の版が違います。kihonkeikaku を入れ直してください。"
            )


def _declared() -> _Declared:
    return _Declared("weasyprint", **pango_declarations.TABLES)
