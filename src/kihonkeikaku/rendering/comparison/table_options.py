"""The choices that officials make for a 新旧対照表; no two ministries make the same."""

from dataclasses import dataclass
from enum import StrEnum


class UnderlineStyle(StrEnum):
    """How changes are marked: with lines alone, or as ministerial ordinances do (府省令方式)."""

    NATIONAL = "national"
    ORDINANCE = "ordinance"


class SideLabels(StrEnum):
    """What the two sides are called: the new one, the old one."""

    DRAFT = "変更案/現行"
    CHANGE = "変更後/変更前"
    REVISION = "改正後/改正前"


class Remarks(StrEnum):
    """What the 備考 column holds, if there is one."""

    NONE = "none"
    KINDS = "kinds"
    REASONS = "reasons"


class NewSide(StrEnum):
    """Where the new edition stands."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class TableOptions:
    """The choices that officials make for a table."""

    side: NewSide = NewSide.LEFT
    labels: SideLabels = SideLabels.DRAFT
    remarks: Remarks = Remarks.NONE
    style: UnderlineStyle = UnderlineStyle.NATIONAL

    @property
    def new_label(self) -> str:
        """What the new side is called."""
        return self.labels.value.partition("/")[0]

    @property
    def old_label(self) -> str:
        """What the old side is called."""
        return self.labels.value.partition("/")[2]

    @property
    def underline_key(self) -> str:
        """What the table says its underlines mean."""
        if self.style is UnderlineStyle.ORDINANCE:
            return "（二重傍線は新設し、削り、移し、又は全部を改めた部分、傍線は変更部分）"
        return "（傍線部分は変更部分）"
