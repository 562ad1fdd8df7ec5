"""The plan's other files as models, one for each kind of file, and the whole plan."""

import re
import unicodedata
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic.functional_validators import AfterValidator

from kihonkeikaku.model.blocks import BodyBlock
from kihonkeikaku.model.figures import FigureFile
from kihonkeikaku.model.outline import (
    ANNEX,
    UNNUMBERED,
    require_sound_label,
)
from kihonkeikaku.model.plan_head import PlanHead
from kihonkeikaku.model.values import TAG_MARK, Date, Id, Line, Model, Text, invalid_value

MeasureOutcome = Literal["completed", "merged", "split", "transferred", "abolished"]

OUTCOME_NAMES: Final[dict[MeasureOutcome, str]] = {
    "completed": "完了",
    "merged": "統合",
    "split": "分割",
    "transferred": "移管",
    "abolished": "廃止",
}
"""The Japanese names of the values of ``became``."""


def _corporate_number(value: str) -> str:
    if re.fullmatch(r"[1-9][0-9]{12}", value):
        return value
    plain = re.sub("[^0-9]", "", unicodedata.normalize("NFKC", value))
    plain = plain if re.fullmatch("[1-9][0-9]{12}", plain) else ""
    raise invalid_value(
        "bad-corporate-number",
        f"「{value}」は法人番号ではありません。",
        f"「{plain}」と書いてください。" if plain else "13桁の数字で書いてください。",
    )


CorporateNumber = Annotated[
    str,
    AfterValidator(_corporate_number),
    WithJsonSchema(
        {
            "type": ["string", "integer"],  # editors take it for a number unless it is in quotes
            "pattern": "^[1-9][0-9]{12}$",  # the check digit before the others is no zero
            "minimum": 10**12,
            "maximum": 10**13 - 1,
        }
    ),
]


class Assignment(Model):
    """One ministry inside 【】."""

    ministry: Line = Field(
        description="府省庁名。印字のとおり、ministries.yaml の name で書きます。"
    )
    role: Literal["lead"] | None = Field(None, description="lead は主な府省庁（◎）。")


class PrintedDeadline(Model):
    """Until when something is to be done: in words, and as a date."""

    text: Line = Field(description="期限。印字するとおりに。「令和7年度中」など。")
    by: Date | None = Field(None, description="その期限が終わる日")


class Clause(Model):
    """A stretch of a measure's text that carries its own 【】."""

    text: Text = Field(description="【】の前に印字する本文")
    assignments: tuple[Assignment, ...] = Field(
        (), strict=False, description="【】の中。書いた順に印字します。"
    )


class Item(Model):
    """What stands below a measure or another item: a, b …."""

    id: Id | None = Field(None, description="識別子。参照するとき、版をまたいで追うときに。")
    text: Text = Field(description="項目の本文")
    assignments: tuple[Assignment, ...] = Field(
        (), strict=False, description="担当府省庁。書いた順に印字します。"
    )
    deadline: PrintedDeadline | None = Field(None, description="期限")
    items: tuple["Item", ...] = Field((), strict=False, description="下位の項目")


def _measure_schema(schema: dict[str, Any]) -> None:
    """Asks for one of ``text``, ``clauses`` and ``title``."""
    forms = ("text", "clauses", "title")
    others = {form: [other for other in forms if other != form] for form in forms}
    others["clauses"].append("assignments")
    schema["oneOf"] = [
        {"required": [form], "not": {"anyOf": [{"required": [other]} for other in others[form]]}}
        for form in forms
    ]


class Measure(Model):
    """取組・施策: one ①, ② … item, in a file of its own."""

    model_config = ConfigDict(title="取組", json_schema_extra=_measure_schema)

    id: Id = Field(description="識別子。ファイル名と同じにします。版が決定された後は変えません。")
    title: Line | None = Field(
        None, description="見出し。body に本文を書く取組で、text の代わりに書きます。"
    )
    text: Text | None = Field(None, description="取組の本文（【】の前まで）")
    assignments: tuple[Assignment, ...] = Field(
        (), strict=False, description="担当府省庁。書いた順に印字します。"
    )
    clauses: tuple[Clause, ...] = Field(
        (), strict=False, description="本文の途中にも【】が付く取組だけに使います。"
    )
    deadline: PrintedDeadline | None = Field(None, description="期限")
    body: tuple[BodyBlock, ...] = Field((), strict=False, description="取組に続く段落、表など")
    items: tuple[Item, ...] = Field((), strict=False, description="取組の下の項目（a、b…）")
    sections: tuple["Section", ...] = Field((), strict=False, description="取組の中の見出し")

    @model_validator(mode="after")
    def _has_one_form(self) -> Self:
        forms = (self.text is not None) + bool(self.clauses) + (self.title is not None)
        if not forms:
            raise invalid_value(
                "missing-key", "「text」がありません。", "「text: …」の行を加えてください。"
            )
        if forms > 1:
            raise invalid_value(
                "measure-form",
                "取組の本文の書き方が一つに決まりません。",
                "text か clauses か title の、いずれか一つを書いてください。",
            )
        if self.clauses and self.assignments:
            raise invalid_value(
                "measure-form",
                "clauses と並べて assignments が書かれています。",
                "assignments は clauses の各項目の中に書いてください。",
            )
        return self

    @cached_property
    def parts(self) -> tuple[Clause, ...]:
        """The clauses, also where the measure was written as a single text."""
        if self.clauses:
            return self.clauses
        text = self.text if self.title is None else (self.title,)
        return (Clause(text=text or (), assignments=self.assignments),)


class Reprint(Model):
    """【再掲】: a measure printed a second time."""

    reprint: Id = Field(description="再掲する取組の識別子")


def _placement_tag(value: object) -> str:
    return TAG_MARK + ("measure" if isinstance(value, str) else "reprint")


Placement = Annotated[
    Annotated[Id, Tag(TAG_MARK + "measure")] | Annotated[Reprint, Tag(TAG_MARK + "reprint")],
    Discriminator(_placement_tag),
]


class Heading(Model):
    """What chapters and sections have in common. Prints in the order of these fields."""

    id: Id = Field(description="識別子")
    title: Line = Field(description="見出し。番号や、見出しを囲む（）は書きません。")
    body: tuple[BodyBlock, ...] = Field((), strict=False, description="見出しの下の段落、表など")
    measures_label: Line | None = Field(None, description="取組の前に【】で囲んで印字する語")
    measures: tuple[Placement, ...] = Field(
        (), strict=False, description="取組の識別子。書いた順に①、②…と番号が付きます。"
    )
    sections: tuple["Section", ...] = Field((), strict=False, description="下位の見出し")


FORMER_KINDS: Final = {"preface": UNNUMBERED, "appendix": ANNEX}
"""What format 1 called these kinds of chapter."""


def _chapter_kind(value: object) -> object:
    return FORMER_KINDS.get(value, value) if isinstance(value, str) else value


class Section(Heading):
    """A heading below a chapter or in a measure: 節, （見出し）, 1., (1)."""

    kind: Line = Field(
        description="見出しの種類。plan.yaml の outline の kind です。outline のない計画では、"
        "section は第1節、topic は（見出し）、policy は 1.、group は (1) と印字します。"
    )


class Chapter(Heading):
    """One chapter, in a file of its own."""

    model_config = ConfigDict(title="章")

    kind: Annotated[Line, BeforeValidator(_chapter_kind)] | None = Field(
        None,
        description="章の種類。書かなければ outline の初めの種類（第1章）です。"
        "unnumbered は番号なし、annex は別紙と印字します。",
    )
    label: Line | None = Field(
        None,
        description="annex の印字。「別表」「別添{1}」「参考」など。書かなければ「別紙」です。",
    )

    @model_validator(mode="after")
    def _has_label_of_annex(self) -> Self:
        if self.label is None or self.kind == ANNEX:
            if self.label:
                require_sound_label(self.label)
            return self
        raise invalid_value(
            "outline-form",
            "label は kind が annex の章にだけ書けます。",
            "label を除くか、kind: annex を加えてください。ほかの番号の形は outline に書きます。",
        )


class Ministry(Model):
    """府省庁, one of their offices, or a collective name."""

    model_config = ConfigDict(title="府省庁")

    id: Id = Field(description="識別子（府省庁の中で重ならないもの）")
    name: Line = Field(description="【】の中に印字する名前")
    full_name: Line | None = Field(None, description="正式名称")
    parent: Id | None = Field(None, description="この部局を置く府省庁の識別子")
    established: Date | None = Field(None, description="設置の日")
    abolished: Date | None = Field(None, description="廃止の日")
    succeeds: tuple[Id, ...] = Field(
        (), strict=False, description="事務を引き継いだ、前の府省庁の識別子"
    )
    collective: Literal["related", "all"] | None = Field(
        None, description="総称のとき。related は関係省庁、all は全省庁。"
    )
    corporate_number: CorporateNumber | None = Field(None, description="法人番号（13桁）")


class Register(Model):
    """ministries.yaml: the register of ministries."""

    model_config = ConfigDict(title="府省庁の一覧")

    ministries: tuple[Ministry, ...] = Field(strict=False, description="府省庁。建制順に並べます。")


class Disposition(Model):
    """What became of a measure of the edition before, or why something changed."""

    model_config = ConfigDict(title="改定の記録")

    id: Id = Field(description="なくなった取組、または変わったものの識別子。ファイル名と同じ。")
    became: MeasureOutcome | None = Field(
        None,
        description="なくなった取組がどうなったか。completed 完了、merged 統合、split 分割、"
        "transferred 移管、abolished 廃止",
    )
    into: tuple[Id, ...] = Field((), strict=False, description="統合・分割の先（この版の取組）")
    came_from: tuple[Id, ...] = Field(
        (), strict=False, description="この取組を分けた元の取組。元の取組も残るときに書きます。"
    )
    reason: Line | None = Field(None, description="理由")

    @model_validator(mode="after")
    def _says_what_happened(self) -> Self:
        if (self.became in ("merged", "split")) != bool(self.into):
            raise invalid_value(
                "disposition-form",
                f"became が「{self.became}」のときの into の有無が合っていません。"
                if self.became
                else "became を書かずに into だけが書かれています。",
                "into（行き先の取組）は merged（統合）と split（分割）にだけ、必ず書いてください。",
            )
        if self.became and self.came_from:
            raise invalid_value(
                "disposition-form",
                "became と came_from が並べて書かれています。",
                "なくなった取組には became、新しい取組には came_from を書いてください。",
            )
        if not (self.became or self.came_from or self.reason):
            raise invalid_value(
                "disposition-form",
                "何があったのかが書かれていません。",
                "なくなった取組なら became、ほかは reason（理由）を書いてください。",
            )
        return self


class Plan(Model):
    """A whole plan: the content of all its files, in canonical order."""

    head: PlanHead
    ministries: tuple[Ministry, ...] = Field(strict=False)
    chapters: tuple[Chapter, ...] = Field(strict=False)
    measures: tuple[Measure, ...] = Field(strict=False)
    revision: tuple[Disposition, ...] = Field((), strict=False)
    figures: tuple[FigureFile, ...] = Field((), strict=False)
