"""The plan's files as models, one for each kind of file, and the whole plan."""

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

from kihonkeikaku.model.values import (
    TAG_MARK,
    Date,
    Id,
    Line,
    Model,
    Paragraph,
    Text,
    invalid_value,
)

OUTCOME_NAMES: Final = {
    "completed": "完了",
    "merged": "統合",
    "split": "分割",
    "transferred": "移管",
    "abolished": "廃止",
}
"""The Japanese names of the values of ``became``."""

FORMAT: Final = 1
"""The file format's version, written as ``format`` in plan.yaml and in frozen editions."""


def _format_version(value: object) -> object:
    if isinstance(value, (bool, float)):
        return str(value)  # True == 1.0 == 1
    plain = isinstance(value, str) and re.fullmatch(r"[1-9][0-9]{0,5}", value)
    return int(str(value)) if plain else value


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


class Clause(Model):
    """A stretch of a measure's text that carries its own 【】."""

    text: Text = Field(description="【】の前に印字する本文")
    assignments: tuple[Assignment, ...] = Field(
        (), strict=False, description="【】の中。書いた順に印字します。"
    )


def _measure_schema(schema: dict[str, Any]) -> None:
    """Asks for either ``text`` or ``clauses``."""
    schema["oneOf"] = [
        {"required": ["text"], "not": {"required": ["clauses"]}},
        {
            "required": ["clauses"],
            "not": {"anyOf": [{"required": ["text"]}, {"required": ["assignments"]}]},
        },
    ]


class Measure(Model):
    """取組・施策: one ①, ② … item, in a file of its own."""

    model_config = ConfigDict(title="取組", json_schema_extra=_measure_schema)

    id: Id = Field(description="識別子。ファイル名と同じにします。版が決定された後は変えません。")
    text: Text | None = Field(None, description="取組の本文（【】の前まで）")
    assignments: tuple[Assignment, ...] = Field(
        (), strict=False, description="担当府省庁。書いた順に印字します。"
    )
    clauses: tuple[Clause, ...] = Field(
        (), strict=False, description="本文の途中にも【】が付く取組だけに使います。"
    )
    body: tuple[Paragraph, ...] = Field((), strict=False, description="取組に続く段落")

    @model_validator(mode="after")
    def _has_one_form(self) -> Self:
        if self.text is None and not self.clauses:
            raise invalid_value(
                "missing-key", "「text」がありません。", "「text: …」の行を加えてください。"
            )
        if self.text is not None and self.clauses:
            raise invalid_value(
                "measure-form",
                "取組の本文の書き方が一つに決まりません。",
                "text か clauses の、どちらか一方を書いてください。",
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
        if self.text is None:
            return self.clauses
        return (Clause(text=self.text, assignments=self.assignments),)


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
    body: tuple[Paragraph, ...] = Field((), strict=False, description="見出しの下の段落")
    measures_label: Line | None = Field(None, description="取組の前に【】で囲んで印字する語")
    measures: tuple[Placement, ...] = Field(
        (), strict=False, description="取組の識別子。書いた順に①、②…と番号が付きます。"
    )
    sections: tuple["Section", ...] = Field((), strict=False, description="下位の見出し")


SectionKind = Literal["section", "topic", "policy", "group"]

ChapterKind = Literal["chapter", "preface", "appendix"]


class Section(Heading):
    """A heading below a chapter: 節, （見出し）, 1., (1)."""

    kind: SectionKind = Field(
        description="section は第1節、topic は（見出し）、policy は 1.、group は (1) と印字します。"
    )


class Chapter(Heading):
    """One chapter, in a file of its own."""

    model_config = ConfigDict(title="章")

    kind: ChapterKind = Field(
        "chapter", description="chapter は第1章、preface は番号なし、appendix は別紙と印字します。"
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


Stage = Literal["骨子", "素案", "案", "決定"]


class Edition(Model):
    """版: which one of the plan's editions this is."""

    id: Id = Field(description="版の識別子。版ごとに変えます（年ではありません）。")
    stage: Stage = Field(description="段階。書名に付く「骨子」「（案）」などが決まります。")
    label: Line | None = Field(None, description="版の呼び名。「第Ⅱ期」など。")
    dated: Date | None = Field(None, description="版の日付")
    decided_on: Date | None = Field(None, description="閣議決定の日")
    supersedes: Id | None = Field(None, description="この版が改める版の識別子")


class Basis(Model):
    """The law that the plan rests on."""

    law: Line = Field(description="法律の題名")
    number: Line = Field(description="法律番号。「令和7年法律第53号」の形。")
    law_id: Line = Field(description="e-Gov 法令検索の法令ID")
    article: Line = Field(description="根拠の条項")


class Publication(Model):
    """Who publishes the plan, and what its editions print about that."""

    publisher: Line = Field(description="公表する機関")
    attribution: Line = Field(description="出典と利用条件の表示")
    contents_title: Line = Field("目次", description="目次の見出し")
    base_url: Line | None = Field(
        None, description="公開先のアドレス（https:// から）。html フォルダーがある所。"
    )
    document_number: Line | None = Field(None, description="資料番号。「資料1」など。")
    notice: Line | None = Field(None, description="全ページに示す断り書き。「例示」など。")


class RuleSetting(Model):
    """How severely this plan takes what a rule finds, and why."""

    rule: Line = Field(description="規則の名前。kihonkeikaku explain で一覧が出ます。")
    severity: Literal["error", "warning", "note", "off"] = Field(
        description="重さ。error は誤り、warning は注意、note は参考、off は調べない。"
    )
    reason: Line = Field(description="この計画でそうする理由")


def _plan_schema(schema: dict[str, Any]) -> None:
    """Editors read ``1`` as a number and ``'1'`` as a string; here they are the same."""
    schema["properties"]["format"]["enum"] = [FORMAT, str(FORMAT)]
    schema["properties"]["format"].pop("const", None)
    schema["properties"]["format"].pop("type", None)


class PlanHead(Model):
    """plan.yaml: the edition, its legal basis, and its chapters in order."""

    model_config = ConfigDict(title="計画", json_schema_extra=_plan_schema)

    format: Annotated[Literal[1], BeforeValidator(_format_version)] = Field(
        description="ファイル形式の版。いまは 1 です。"
    )
    series: Id = Field(description="計画の識別子。版が変わっても同じです。")
    title: Line = Field(description="書名。「骨子」「（案）」は stage から付きます。")
    subtitle: Line | None = Field(None, description="副題")
    edition: Edition = Field(description="この版について")
    basis: Basis = Field(description="根拠となる法律")
    publication: Publication | None = Field(None, description="公表について")
    chapters: tuple[Id, ...] = Field(
        min_length=1, strict=False, description="章の識別子。印字する順に。"
    )
    rules: tuple[RuleSetting, ...] = Field(
        (), strict=False, description="検査の規則の重さを、この計画に限って変えるとき"
    )


class Disposition(Model):
    """What became of measures of the edition before that are gone."""

    measures: tuple[Id, ...] = Field(
        min_length=1, strict=False, description="前の版にあって、この版にない取組"
    )
    became: Literal["completed", "merged", "split", "transferred", "abolished"] = Field(
        description="completed 完了、merged 統合、split 分割、transferred 移管、abolished 廃止"
    )
    into: tuple[Id, ...] = Field((), strict=False, description="統合・分割の先（この版の取組）")
    reason: Line | None = Field(None, description="理由")

    @model_validator(mode="after")
    def _says_into_what(self) -> Self:
        if (self.became in ("merged", "split")) == bool(self.into):
            return self
        raise invalid_value(
            "disposition-form",
            f"became が「{self.became}」のときの into の有無が合っていません。",
            "into（行き先の取組）は merged（統合）と split（分割）にだけ、必ず書いてください。",
        )


class Reason(Model):
    """Why something changed: fills the 理由 column."""

    id: Id = Field(description="変わったものの識別子")
    reason: Line = Field(description="理由")


class Revision(Model):
    """revision.yaml: what became of the edition before."""

    model_config = ConfigDict(title="改定の記録")

    from_: Id = Field(alias="from", description="前の版の識別子")
    dispositions: tuple[Disposition, ...] = Field(
        (), strict=False, description="なくなった取組がどうなったか"
    )
    reasons: tuple[Reason, ...] = Field((), strict=False, description="変更の理由")


class Plan(Model):
    """A whole plan: the content of all its files, in canonical order."""

    head: PlanHead
    ministries: tuple[Ministry, ...] = Field(strict=False)
    chapters: tuple[Chapter, ...] = Field(strict=False)
    measures: tuple[Measure, ...] = Field(strict=False)
    revision: Revision | None = None
