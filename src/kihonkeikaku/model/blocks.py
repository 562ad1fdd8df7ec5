"""What a ``body`` holds beside paragraphs: lists, tables, figures and boxes.

Each is written as one key, ``{table: …}``, with an ``id`` beside it where it is referred to.
"""

from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    Discriminator,
    Field,
    Tag,
    model_serializer,
    model_validator,
)

from kihonkeikaku.model.figures import FIGURE_NAME
from kihonkeikaku.model.outline import OutlineKind, require_sound_label
from kihonkeikaku.model.values import (
    TAG_MARK,
    Cell,
    Id,
    Line,
    Model,
    Paragraph,
    Text,
    invalid_value,
)

_ID: Final = "識別子。参照するとき、版をまたいで追うときに。"


class ListBlock(Model):
    """Entries in a row, numbered or not."""

    id: Id | None = Field(None, description=_ID)
    list: tuple[Text, ...] = Field(min_length=1, strict=False, description="項目。上から順に。")
    label: Line | None = Field(
        None, description="番号の形。「{①}」「（{1}）」など。書かなければ「・」です。"
    )

    @model_validator(mode="after")
    def _has_sound_label(self) -> Self:
        if self.label:
            require_sound_label(self.label)
        return self

    @property
    def labels(self) -> tuple[str, ...]:
        """The label of each entry."""
        kind = OutlineKind(kind="list", label=self.label or "・")
        return tuple(kind.format_label(at, "") for at in range(1, len(self.list) + 1))


class Column(Model):
    """A column of a table."""

    title: Cell = Field(description="列の見出し")
    align: Literal["left", "center", "right"] | None = Field(None, description="中身の寄せ方")

    @model_validator(mode="before")
    @classmethod
    def _from_title(cls, value: object) -> object:
        return value if isinstance(value, dict) else {"title": value}

    @model_serializer(mode="wrap")
    def _to_title(self, handler: Any) -> object:
        written = handler(self)
        return written["title"] if self.align is None else written


class BodyRow(Model):
    """A row of a table: its cells, with an ``id`` where it is followed through editions."""

    id: Id | None = Field(None, description=_ID)
    cells: tuple[Cell, ...] = Field(min_length=1, strict=False, description="左の列から順に")

    @model_validator(mode="before")
    @classmethod
    def _from_cells(cls, value: object) -> object:
        return value if isinstance(value, dict) else {"cells": value}

    @model_serializer(mode="wrap")
    def _to_cells(self, handler: Any) -> object:
        written = handler(self)
        return written["cells"] if self.id is None else written


class Table(Model):
    """A table's title, columns and rows."""

    title: Line | None = Field(None, description="表の題")
    unit: Line | None = Field(None, description="単位。「（単位：…）」と印字します。")
    columns: tuple[Column, ...] = Field(min_length=1, strict=False, description="列の見出し")
    rows: tuple[BodyRow, ...] = Field(min_length=1, strict=False, description="行。上から順に。")
    notes: tuple[Text, ...] = Field((), strict=False, description="表の下の注")

    @model_validator(mode="after")
    def _has_whole_rows(self) -> Self:
        for number, row in enumerate(self.rows, start=1):
            if len(row.cells) != len(self.columns):
                raise invalid_value(
                    "table-form",
                    f"表の{number}行目の欄が {len(row.cells)} あり、列の数 {len(self.columns)} "
                    "と合いません。",
                    "欄の数を列の数に合わせてください。空の欄は '' と書きます。",
                )
        return self


class TableBlock(Model):
    """A table."""

    id: Id | None = Field(None, description=_ID)
    table: Table = Field(description="表")


class Figure(Model):
    """A picture, and what it says to those who can't see it."""

    file: Line = Field(description="計画の figures にあるファイル。「figures/x.svg」の形。")
    alt: Line = Field(description="図を見られない人に伝える内容")
    title: Line | None = Field(None, description="図の題")
    source: Line | None = Field(None, description="出典。「出典：…」と印字します。")

    @model_validator(mode="after")
    def _is_in_its_folder(self) -> Self:
        if FIGURE_NAME.fullmatch(self.file):
            return self
        raise invalid_value(
            "figure-form",
            f"「{self.file}」は図のファイルの名前として使えません。",
            "「figures/x.svg」のように、計画の figures フォルダーに置いた PNG、JPEG、SVG の"
            "ファイルを、英小文字と数字の名前で書いてください。",
        )


class FigureBlock(Model):
    """A figure."""

    id: Id | None = Field(None, description=_ID)
    figure: Figure = Field(description="図")


class Box(Model):
    """A frame around some blocks: コラム, ポイント."""

    title: Line | None = Field(None, description="囲みの題")
    body: tuple["BodyBlock", ...] = Field(min_length=1, strict=False, description="囲みの中身")


class BoxBlock(Model):
    """A box."""

    id: Id | None = Field(None, description=_ID)
    box: Box = Field(description="囲み")


BLOCK_KEYS: Final = ("list", "table", "figure", "box")


def _block_tag(value: object) -> str:
    keys = value if isinstance(value, dict) else getattr(type(value), "model_fields", ())
    return TAG_MARK + next((key for key in BLOCK_KEYS if key in keys), "paragraph")


BodyBlock = Annotated[
    Annotated[Paragraph, Tag(TAG_MARK + "paragraph")]
    | Annotated[ListBlock, Tag(TAG_MARK + "list")]
    | Annotated[TableBlock, Tag(TAG_MARK + "table")]
    | Annotated[FigureBlock, Tag(TAG_MARK + "figure")]
    | Annotated[BoxBlock, Tag(TAG_MARK + "box")],
    Discriminator(_block_tag),
]
"""One entry of a ``body``."""
