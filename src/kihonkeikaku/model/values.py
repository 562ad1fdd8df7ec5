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
    """A reference: prints the present number of its target."""

    ref: Id = Field(description="指す先の識別子。印字されるのは、その時点の番号です。")


class Footnote(Model):
    """A footnote at this place of the text."""

    footnote: Line = Field(description="注の本文。番号は自動で付きます。")


def _run_tag(value: object) -> str:
    if isinstance(value, str):
        return TAG_MARK + "text"
    keys = value if isinstance(value, dict) else getattr(type(value), "model_fields", ())
    return TAG_MARK + ("footnote" if "footnote" in keys else "ref")


Run = Annotated[
    Annotated[Line, Tag(TAG_MARK + "text")]
    | Annotated[Ref, Tag(TAG_MARK + "ref")]
    | Annotated[Footnote, Tag(TAG_MARK + "footnote")],
    Discriminator(_run_tag),
]


def _runs(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _shortest(runs: tuple[object, ...]) -> object:
    return runs[0] if len(runs) == 1 and isinstance(runs[0], str) else runs


Runs = tuple[str | Ref | Footnote, ...]
"""A text as code sees it: always runs, whether it was written as a string or as a list."""

Text = Annotated[
    tuple[Run, ...],
    Field(min_length=1, strict=False),
    BeforeValidator(_runs),
    PlainSerializer(_shortest),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "anyOf": [
                            {"type": "string", "minLength": 1},
                            Ref.model_json_schema(),
                            Footnote.model_json_schema(),
                        ]
                    },
                },
            ]
        }
    ),
]

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
            return self
        raise invalid_value(
            "paragraph-form",
            "段落の種類が一つに決まりません。",
            "bullet・note・legend・plain のうち、ちょうど一つを書いてください。",
        )

    @model_serializer(mode="wrap")
    def _to_string(self, handler: Any) -> object:
        bare = self.marker == "bullet" and self.id is None and _shortest(self.text) != self.text
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
