"""How laid-out pages go onto paper: as which kind of PDF, with or without a draft's furniture."""

from dataclasses import dataclass
from typing import Final

from kihonkeikaku.errors import CommandError

DEFAULT_VARIANT: Final = "pdf/ua-1"

VARIANTS: Final = (
    DEFAULT_VARIANT,
    "pdf/ua-2",
    "pdf/a-2a",
    "pdf/a-2b",
    "pdf/a-2u",
    "pdf/a-3a",
    "pdf/a-3b",
    "pdf/a-3u",
)
"""The kinds of PDF to choose from.

WeasyPrint offers more for archiving. Left out are PDF/A-1, which knows no transparency, PDF/A-4f,
which asks for an attachment, and PDF/A-4e, which is for engineering; its 「4u」 the standard
doesn't know.
"""

_PREFIX: Final = "pdf/"


@dataclass(frozen=True, slots=True)
class Impression:
    """One PDF of the pages: of a kind among ``VARIANTS``, with the furniture of a draft or not."""

    variant: str = DEFAULT_VARIANT
    draft: bool = False


PLAIN: Final = Impression()
"""What is made where nothing else is asked for."""


def parse_variant(name: str) -> str:
    """Returns the kind of PDF that ``--pdf-variant`` names: 「pdf/a-3u」, or 「a-3u」 for short.

    Raises:
        CommandError: there is no such kind; the message lists those that there are.
    """
    variant = _PREFIX + name.strip().lower().removeprefix(_PREFIX)
    if variant not in VARIANTS:
        raise CommandError(f"--pdf-variant には {'、'.join(VARIANTS)} のどれかを書いてください。")
    return variant
