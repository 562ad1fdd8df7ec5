"""The WeasyPrint whose private side is known here."""

from typing import Final

import weasyprint

from kihonkeikaku.finding import MachineTrouble

WEASYPRINT_VERSION: Final = "70.0"
"""``pyproject.toml`` pins the same."""


def refuse_other_weasyprint() -> None:
    """Returns if WeasyPrint is the version whose private side is known.

    Raises:
        MachineTrouble: another version is installed.
    """
    if weasyprint.__version__ != WEASYPRINT_VERSION:
        raise MachineTrouble(
            f"WeasyPrint {WEASYPRINT_VERSION} が必要ですが、{weasyprint.__version__} が"
            f"入っています。pip install weasyprint=={WEASYPRINT_VERSION} で入れ直してください。"
        )
