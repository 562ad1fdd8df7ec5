"""plan.yaml and site.yaml as models: the edition, its outline, and how it prints."""

import re
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)

from kihonkeikaku.model.outline import (
    ANNEX,
    DEFAULT_OUTLINE,
    ITEM,
    MEASURE,
    UNNUMBERED,
    Outline,
    OutlineKind,
)
from kihonkeikaku.model.values import Date, Id, Line, Model, invalid_value

FORMAT: Final = 2
"""The file format's version, written as ``format`` in plan.yaml and in frozen editions."""

READ_FORMATS: Final = (1, 2)
"""The versions that are read; ``model/migration.py`` makes a plan of an older one a newer one."""


def _format_version(value: object) -> object:
    if isinstance(value, (bool, float)):
        return str(value)  # True == 1.0 == 1
    plain = isinstance(value, str) and re.fullmatch(r"[1-9][0-9]{0,5}", value)
    return int(str(value)) if plain else value


Stage = Literal["骨子", "素案", "案", "決定"]


class Edition(Model):
    """版: which one of the plan's editions this is."""

    id: Id = Field(description="版の識別子。版ごとに変えます（年ではありません）。")
    stage: Stage = Field(description="段階。書名に付く「骨子」「（案）」などが決まります。")
    label: Line | None = Field(None, description="版の呼び名。「第Ⅱ期」など。")
    dated: Date | None = Field(None, description="版の日付")
    decided_on: Date | None = Field(None, description="決定の日")
    decided_by: Line | None = Field(
        None,
        description="決定した者。「会議決定」など、日付の後に印字します。書かなければ閣議決定。",
    )
    supersedes: Id | None = Field(None, description="この版が改める版の識別子")


class Basis(Model):
    """The law that the plan rests on."""

    law: Line = Field(description="法律の題名")
    number: Line = Field(description="法律番号。「令和7年法律第53号」の形。")
    law_id: Line | None = Field(None, description="e-Gov 法令検索の法令ID")
    article: Line = Field(description="根拠の条項")


def _list_bases(value: object) -> object:
    return (value,) if isinstance(value, (dict, Basis)) else value


def _shortest_bases(bases: tuple[object, ...]) -> object:
    return bases[0] if len(bases) == 1 else bases


Bases = Annotated[
    tuple[Basis, ...],
    Field(strict=False),
    BeforeValidator(_list_bases),
    PlainSerializer(_shortest_bases),
    WithJsonSchema(
        {
            "anyOf": [
                Basis.model_json_schema(),
                {"type": "array", "minItems": 1, "items": Basis.model_json_schema()},
            ]
        }
    ),
]


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


class AssignmentStyle(Model):
    """How a plan prints ministries and deadlines."""

    form: Line = Field(
        "【{}】", description="囲み方。{} に府省庁が入ります。「〔担当：{}〕」など。"
    )
    lead: Line = Field("◎", description="主な府省庁の前の記号")
    between: Line = Field("、", description="府省庁の間の記号")
    deadline: Line = Field("【{}】", description="期限の囲み方")
    stand: Literal["after-text", "after-body", "heading"] = Field(
        "after-text",
        description="場所。after-text は本文の後、after-body は続く段落の後、"
        "heading は見出しの後。",
    )

    @model_validator(mode="after")
    def _has_place_for_names(self) -> Self:
        for form in (self.form, self.deadline):
            if form.count("{}") != 1:
                raise invalid_value(
                    "outline-form",
                    f"囲み方「{form}」に、中身の入る {{}} がちょうど一つありません。",
                    "「【{}】」のように書いてください。",
                )
        return self


class Terms(Model):
    """What a plan calls its measures and those who carry them out."""

    ministry: Line = Field("府省庁", description="担当する者の呼び方。「課」「部局」など。")
    measure: Line = Field("取組", description="取組の呼び方。「施策」など。")


class Style(Model):
    """The plan's own way of writing, where it is to be settled."""

    digits: Literal["half", "full", "one-full"] | None = Field(
        None, description="数字。half は半角、full は全角、one-full は一桁だけ全角。"
    )
    letters: Literal["half", "full"] | None = Field(None, description="英字。半角か全角か。")
    brackets: Literal["half", "full"] | None = Field(None, description="かっこ。半角か全角か。")
    conjunctions: Literal["kanji", "kana"] | None = Field(
        None, description="及び・並びに・又は・若しくは。漢字か仮名か。"
    )


class RuleSetting(Model):
    """How severely this plan takes what a rule finds, and why."""

    rule: Line = Field(description="規則の名前。kihonkeikaku explain で一覧が出ます。")
    severity: Literal["error", "warning", "note", "off"] = Field(
        description="重さ。error は誤り、warning は注意、note は参考、off は調べない。"
    )
    reason: Line = Field(description="この計画でそうする理由")


def _plan_schema(schema: dict[str, Any]) -> None:
    """Editors read ``1`` as a number and ``'1'`` as a string; here they are the same."""
    schema["properties"]["format"]["enum"] = [*READ_FORMATS, *map(str, READ_FORMATS)]
    schema["properties"]["format"].pop("const", None)
    schema["properties"]["format"].pop("type", None)


class PlanHead(Model):
    """plan.yaml: the edition, its legal basis, and its chapters in order."""

    model_config = ConfigDict(title="計画", json_schema_extra=_plan_schema)

    format: Annotated[Literal[1, 2], BeforeValidator(_format_version)] = Field(
        description="ファイル形式の版。いまは 2 です。"
    )
    series: Id = Field(description="計画の識別子。版が変わっても同じです。")
    title: Line = Field(description="書名。「骨子」「（案）」は stage から付きます。")
    subtitle: Line | None = Field(None, description="副題")
    edition: Edition = Field(description="この版について")
    basis: Bases = Field((), description="根拠となる法律。いくつかあれば、並べて書きます。")
    publication: Publication | None = Field(None, description="公表について")
    chapters: tuple[Id, ...] = Field(
        min_length=1, strict=False, description="章の識別子。印字する順に。"
    )
    outline: tuple[OutlineKind, ...] = Field(
        (),
        strict=False,
        description="見出しの種類を上から順に。書かなければ、章、節、（見出し）、1.、(1)、①です。",
    )
    assignments: AssignmentStyle = Field(
        AssignmentStyle(), description="担当府省庁と期限の印字の仕方"
    )
    terms: Terms = Field(Terms(), description="ページでの呼び方")
    style: Style = Field(Style(), description="数字、英字などの書き方を決めておくとき")
    rules: tuple[RuleSetting, ...] = Field(
        (), strict=False, description="検査の規則の重さを、この計画に限って変えるとき"
    )

    @model_validator(mode="after")
    def _has_sound_outline(self) -> Self:
        names = [kind.kind for kind in self.outline]
        for name in names:
            if names.count(name) > 1 or name in (UNNUMBERED, ANNEX):
                raise invalid_value(
                    "outline-form",
                    f"outline の kind「{name}」は使えません。",
                    "kind は一つずつ別の名前にし、unnumbered と annex は使わないでください。",
                )
        if names and not set(names) - {MEASURE, ITEM}:
            raise invalid_value(
                "outline-form",
                "outline に見出しの種類がありません。",
                "章に当たる種類から、上から順に書いてください。",
            )
        return self

    @cached_property
    def kinds(self) -> Outline:
        """The outline: the plan's own, or that of the AI plan."""
        return Outline(self.outline) if self.outline else DEFAULT_OUTLINE


class Site(Model):
    """site.yaml: where an edition is hosted, which is no part of the edition."""

    model_config = ConfigDict(title="公開先")

    base_url: Line | None = Field(
        None, description="公開先のアドレス（https:// から）。html フォルダーがある所。"
    )
