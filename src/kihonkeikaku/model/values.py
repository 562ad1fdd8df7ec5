"""Values of the plan's files: identifiers, dates, texts with references, and paragraphs.

A field's ``description`` is what editors show, by the JSON Schema.
"""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    StringConstraints,
    Tag,
    WithJsonSchema,
    model_serializer,
    model_validator,
)
from pydantic.functional_validators import AfterValidator
from pydantic_core import PydanticCustomError

ID_LENGTH: Final = 80
"""Longest identifier: identifiers become file names and addresses."""

RESERVED_ID: Final = "index"
"""No identifier: the page of such a measure would have the address of the list of measures."""

_DEVICE_NAMES: Final = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
)
"""No identifiers: Windows can't have files of these names, whatever their ending."""

_AROUND: Final = " 　_-'\"“”‘’「」『』【】（）()[]。、・,."
"""What drafters write around an identifier by mistake."""

_ID: Final = r"[a-z0-9]+(-[a-z0-9]+)*"

_RESERVED_IDS: Final = "|".join(sorted({RESERVED_ID} | _DEVICE_NAMES))

TAG_MARK: Final = "\0"
"""First character of a union's tag in pydantic's ``loc``: no key that is read holds it."""


def invalid_value(rule: str, message: str, hint: str) -> PydanticCustomError:
    """Makes an error that names the rule that is broken, what is wrong, and what to do."""
    return PydanticCustomError(rule, "{message}", {"message": message, "hint": hint})


class Model(BaseModel):
    """Base of all models: nothing unknown, nothing coerced, nothing changed afterwards."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


def _identifier(value: str) -> str:
    if value == RESERVED_ID:
        raise invalid_value(
            "bad-id",
            f"「{value}」は識別子として使えません。",
            "一覧のページのアドレスになる名前です。ほかの名前にしてください。",
        )
    if value in _DEVICE_NAMES:
        raise invalid_value(
            "bad-id",
            f"「{value}」は識別子として使えません。",
            "Windows がファイル名として受け付けない名前です。ほかの名前にしてください。",
        )
    if re.fullmatch(_ID, value) and len(value) <= ID_LENGTH:
        return value
    plain = unicodedata.normalize("NFKC", value).lower().strip(_AROUND)
    plain = re.sub(r"[\s_‐‑‒–—―−ー.]+", "-", plain)
    example = f"「{plain}」のように、" if re.fullmatch(_ID, plain) else ""
    if len(re.findall("[a-z0-9-]+", plain)) > 1 and re.search("[、,]", plain):
        example = "いくつも並べるなら、半角の「, 」で区切ってください。一つずつは、"
    raise invalid_value(
        "bad-id",
        f"「{value}」は識別子として使えません。",
        f"{example}英小文字と数字を、ハイフンでつないで{ID_LENGTH}字までで書いてください。",
    )


def _iso_date(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # such as 2025-13-45: falls through to the same answer
    meant = _date_in_words(value)
    raise invalid_value(
        "bad-date",
        f"「{value}」は日付として読めません。",
        f"「{meant}」と書いてください。"
        if meant
        else "実在する日付を 2026-04-01 の形で書いてください。",
    )


_DATE_IN_WORDS: Final = re.compile(
    r"(?P<era>令和|平成|R|H)?\s*(?P<year>元|[0-9]{1,4})\s*[年./-]"
    r"\s*(?P<month>[0-9]{1,2})\s*[月./-]\s*(?P<day>[0-9]{1,2})\s*日?"
)
_ERAS: Final = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, None: 0}


def _date_in_words(value: str) -> date | None:
    """Returns the date that is written as in a text, such as 令和8年4月1日 or 2026/4/1."""
    match = _DATE_IN_WORDS.fullmatch(unicodedata.normalize("NFKC", value).strip())
    if not match or (not match["era"] and len(match["year"]) != 4):
        return None
    year = 1 if match["year"] == "元" else int(match["year"])
    try:
        return date(_ERAS[match["era"]] + year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None


Id = Annotated[
    str,
    AfterValidator(_identifier),
    WithJsonSchema(
        {
            "type": ["string", "number", "boolean"],  # read as written: 010, 1e3, true
            "minimum": 0,
            "multipleOf": 1,
            "pattern": f"^(?!({_RESERVED_IDS})$){_ID}$",
            "maxLength": ID_LENGTH,
        }
    ),
]

Line = Annotated[str, StringConstraints(min_length=1)]


Date = Annotated[
    date,
    BeforeValidator(_iso_date),
    PlainSerializer(date.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "format": "date"}),
]


class Ref(Model):
    """A reference: prints the present number of its target, its title, or both."""

    ref: Id = Field(description="指す先の識別子。印字されるのは、その時点の番号です。")
    with_: Literal["number", "title", "both"] = Field(
        "number",
        alias="with",
        description="number は番号、title は見出し、both は両方を印字します。",
    )

    @property
    def words(self) -> str:
        """What stands for it where texts are compared: its number changes."""
        return self.ref


class Footnote(Model):
    """A footnote at this place of the text."""

    footnote: Line = Field(description="注の本文。番号は自動で付きます。")

    @property
    def words(self) -> str:
        """Its text."""
        return self.footnote


class Emphasis(Model):
    """Words in bold."""

    em: Line = Field(description="太字にする語")

    @property
    def words(self) -> str:
        """Its text."""
        return self.em


def _pair(value: object) -> object:
    """Refuses a list of ruby that has not two entries."""
    if not isinstance(value, (tuple, list)) or len(value) == 2:
        return value
    raise invalid_value(
        "wrong-value",
        f"ruby に書かれているものが {len(value)} あります。",
        "[語, 読み] の二つを書いてください。",
    )


class RubyText(Model):
    """Words with their reading above them."""

    ruby: Annotated[tuple[Line, Line], BeforeValidator(_pair)] = Field(
        strict=False, description="[語, 読み]"
    )

    @property
    def words(self) -> str:
        """Its text."""
        return self.ruby[0]

    @property
    def reading(self) -> str:
        """Their reading, which is no part of the text."""
        return self.ruby[1]


class LinkTarget(Model):
    """What a link says, and where it leads."""

    text: Line = Field(description="リンクにする語")
    url: Line = Field(description="行き先のアドレス（https:// か http:// から）")

    @model_validator(mode="after")
    def _leads_to_the_web(self) -> Self:
        if re.fullmatch(r"https?://[!#-;=?-\[\]_a-z~]+", self.url):
            return self
        raise invalid_value(
            "link-form",
            f"「{self.url}」はリンクの行き先にできません。",
            "https:// か http:// から始まる、空白や全角文字のないアドレスを書いてください。",
        )


class Link(Model):
    """Words that lead to a page of the web."""

    link: LinkTarget = Field(description="リンク")

    @property
    def words(self) -> str:
        """Its text."""
        return self.link.text


_RUN_KEYS: Final = ("footnote", "em", "ruby", "link")


def _run_tag(value: object) -> str:
    if isinstance(value, str):
        return TAG_MARK + "text"
    keys = value if isinstance(value, dict) else getattr(type(value), "model_fields", ())
    return TAG_MARK + next((key for key in _RUN_KEYS if key in keys), "ref")


class CellBreak(Model):
    """Parts two cells of a table's row, where the row is one text; no file holds it."""

    cell_break: Literal[True] = True

    @property
    def words(self) -> str:
        """What stands between two cells where a row is one line of text."""
        return "　"


RunModel = Ref | Footnote | Emphasis | RubyText | Link | CellBreak
"""A run of a text that is no plain string."""

Run = Annotated[
    Annotated[Line, Tag(TAG_MARK + "text")]
    | Annotated[Ref, Tag(TAG_MARK + "ref")]
    | Annotated[Footnote, Tag(TAG_MARK + "footnote")]
    | Annotated[Emphasis, Tag(TAG_MARK + "em")]
    | Annotated[RubyText, Tag(TAG_MARK + "ruby")]
    | Annotated[Link, Tag(TAG_MARK + "link")],
    Discriminator(_run_tag),
]


def _runs(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _cell_runs(value: object) -> object:
    return () if value == "" else _runs(value)


def _shortest(runs: tuple[object, ...]) -> object:
    return runs[0] if len(runs) == 1 and isinstance(runs[0], str) else runs


def _shortest_cell(runs: tuple[object, ...]) -> object:
    return _shortest(runs) if runs else ""


Runs = tuple[str | RunModel, ...]
"""A text as code sees it: always runs, whether it was written as a string or as a list."""

_RUN_SCHEMAS: Final = [run.model_json_schema() for run in (Ref, Footnote, Emphasis, RubyText)] + [
    {
        "type": "object",
        "properties": {"link": LinkTarget.model_json_schema()},
        "required": ["link"],
        "additionalProperties": False,
    }
]


def _text_schema(shortest: int) -> WithJsonSchema:
    strings = {"type": "string", "minLength": 1}
    return WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": shortest},
                {"type": "array", "minItems": 1, "items": {"anyOf": [strings, *_RUN_SCHEMAS]}},
            ]
        }
    )


Text = Annotated[
    tuple[Run, ...],
    Field(min_length=1, strict=False),
    BeforeValidator(_runs),
    PlainSerializer(_shortest),
    _text_schema(1),
]

Cell = Annotated[
    tuple[Run, ...],
    Field(strict=False),
    BeforeValidator(_cell_runs),
    PlainSerializer(_shortest_cell),
    _text_schema(0),
]
"""The text of a table's cell, which may be empty."""

PARAGRAPH_MARKERS: Final = ("bullet", "note", "legend", "plain")

Marker = Literal["bullet", "note", "legend", "plain"]


def _paragraph_schema(schema: dict[str, Any]) -> None:
    """Allows a plain string for a bullet, and requires exactly one of the four forms."""
    mapping = {**schema, "oneOf": [{"required": [marker]} for marker in PARAGRAPH_MARKERS]}
    bullet = {"type": "string", "minLength": 1, "description": "「・」で始まる項目"}
    schema.clear()
    schema.update({"anyOf": [bullet, mapping]})


class Paragraph(Model):
    """One paragraph of a ``body``, in one of four forms."""

    model_config = ConfigDict(json_schema_extra=_paragraph_schema)

    id: Id | None = Field(None, description="識別子。段落を参照するとき、版をまたいで追うときに。")
    mark: Line | None = Field(None, description="bullet の行頭の記号。書かなければ「・」です。")
    bullet: Text | None = Field(None, description="「・…」と印字します。")
    note: Text | None = Field(None, description="「（※…）」と印字します。")
    legend: Text | None = Field(None, description="「【…】」と印字します。")
    plain: Text | None = Field(None, description="本文だけを印字します。")

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: object) -> object:
        return {"bullet": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _has_one_form(self) -> Self:
        if sum(getattr(self, marker) is not None for marker in PARAGRAPH_MARKERS) == 1:
            if self.mark and self.bullet is None:
                raise invalid_value(
                    "paragraph-form",
                    "mark（行頭の記号）は bullet にだけ書けます。",
                    "mark を除くか、段落を bullet にしてください。",
                )
            return self
        raise invalid_value(
            "paragraph-form",
            "段落の種類が一つに決まりません。",
            "bullet・note・legend・plain のうち、ちょうど一つを書いてください。",
        )

    @model_serializer(mode="wrap")
    def _to_string(self, handler: Any) -> object:
        plain = self.id is None and self.mark is None
        bare = self.marker == "bullet" and plain and _shortest(self.text) != self.text
        return self.text[0] if bare else handler(self)

    @property
    def marker(self) -> Marker:
        """Which of the four forms this is."""
        return next(m for m in PARAGRAPH_MARKERS if getattr(self, m) is not None)

    @property
    def text(self) -> Runs:
        """The paragraph's text, whatever its form."""
        text: Runs = getattr(self, self.marker)
        return text
