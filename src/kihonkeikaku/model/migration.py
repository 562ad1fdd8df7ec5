"""Format 1 → format 2: how a plan of the older file format becomes one of the present.

Format 1 had one revision.yaml, and the address of the site in plan.yaml.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Self

from pydantic import ConfigDict, Field, model_validator

from kihonkeikaku.model.finding import PlanPath
from kihonkeikaku.model.plan import Disposition, MeasureOutcome
from kihonkeikaku.model.plan_head import FORMAT
from kihonkeikaku.model.values import Id, Line, Model, invalid_value


class FormerDisposition(Model):
    """What became of measures of the edition before that are gone, in format 1."""

    measures: tuple[Id, ...] = Field(
        min_length=1, strict=False, description="前の版にあって、この版にない取組"
    )
    became: MeasureOutcome = Field(
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


class FormerReason(Model):
    """Why something changed, in format 1."""

    id: Id = Field(description="変わったものの識別子")
    reason: Line = Field(description="理由")


class FormerRevision(Model):
    """revision.yaml of format 1: what became of the edition before."""

    model_config = ConfigDict(title="改定の記録（形式 1）")

    from_: Id = Field(alias="from", description="前の版の識別子")
    dispositions: tuple[FormerDisposition, ...] = Field(
        (), strict=False, description="なくなった取組がどうなったか"
    )
    reasons: tuple[FormerReason, ...] = Field((), strict=False, description="変更の理由")

    def split(self) -> Iterator[tuple[Disposition, Mapping[PlanPath, PlanPath]]]:
        """Yields a disposition for each id, with the paths in the file of what it was made of."""
        reasons = {reason.id: at for at, reason in enumerate(self.reasons)}
        for at, former in enumerate(self.dispositions):
            path: PlanPath = ("dispositions", at)
            for place, id in enumerate(former.measures):
                paths: dict[PlanPath, PlanPath] = {
                    ("id",): (*path, "measures", place),
                    ("became",): (*path, "became"),
                    ("reason",): (*path, "reason"),
                    ("into",): (*path, "into"),
                    **{("into", n): (*path, "into", n) for n in range(len(former.into))},
                }
                reason = former.reason
                if reason is None and id in reasons:
                    reason = self.reasons[reasons[id]].reason
                    paths["reason",] = ("reasons", reasons[id], "reason")
                reasons.pop(id, None)
                yield (
                    Disposition(id=id, became=former.became, into=former.into, reason=reason),
                    paths,
                )
        for id, at in reasons.items():
            paths = {(key,): ("reasons", at, key) for key in ("id", "reason")}
            yield Disposition(id=id, reason=self.reasons[at].reason), paths


def migrate_frozen(plan: Any, format_version: int) -> Any:
    """Returns the data of a frozen plan as the present format has it, without ``base_url``.

    Raises:
        ValidationError: what the older format wrote is none of it.
        TypeError: the plan says that it is of another format.
    """
    head = plan["head"]
    published = head.get("publication")
    if isinstance(published, dict):  # anything else the model refuses, or knows as none
        publication = {key: value for key, value in published.items() if key != "base_url"}
        plan = {**plan, "head": {**head, "publication": publication}}
        head = plan["head"]
    if type(head["format"]) is not int or head["format"] != format_version:  # True == 1.0 == 1
        raise TypeError("the plan is of another format than its record")
    if format_version == FORMAT:
        return plan
    migrated = {**plan, "head": {**head, "format": FORMAT}}
    revision = migrated.pop("revision", None)
    if revision is not None:
        dispositions = [one for one, _ in FormerRevision.model_validate(revision).split()]
        migrated["revision"] = [
            one.model_dump(mode="json", exclude_defaults=True)
            for one in sorted(dispositions, key=lambda one: one.id)
        ]
    return migrated
