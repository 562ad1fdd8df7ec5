"""What a build is asked for."""

from dataclasses import dataclass
from typing import Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.rendering.pdf.options import Impression

KINDS: Final = ("html", "pdf")
"""What an edition may be made as."""


@dataclass(frozen=True, slots=True)
class Order:
    """The plan and the edition to compare it with, as the user named them, and what to make."""

    plan: str
    against: str | None
    kinds: frozenset[str]
    impression: Impression

    @property
    def plans(self) -> tuple[str, ...]:
        """All that is read."""
        return (self.plan, self.against) if self.against else (self.plan,)


def parse_only(only: str) -> frozenset[str]:
    """Returns the kinds of output that ``--only`` names, such as 「html,pdf」.

    Raises:
        CommandError: it names something else.
    """
    kinds = frozenset(part.strip() for part in only.split(",") if part.strip())
    unknown = kinds - set(KINDS)
    if unknown or not kinds:
        raise CommandError(f"--only には {'、'.join(KINDS)} を、コンマで区切って書いてください。")
    return kinds
