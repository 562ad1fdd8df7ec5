"""What shells offer for a command's arguments: the identifiers and names of the plan at hand."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import typer

if TYPE_CHECKING:
    from kihonkeikaku.model.draft import Draft

OPTION_HELP: Final = {
    "show_completion": "使っているシェルのための補完の設定を表示します。",
}
"""The help of typer's own options that are offered, by their names."""

Candidates = Iterator[tuple[str, str]]
"""What can be typed, and what it is."""


def complete_ids(ctx: typer.Context, incomplete: str) -> Candidates:
    """Offers what can be renamed: identifiers of the plan and of ministries, and their names."""
    from kihonkeikaku.drafting.plan_schemas import id_choices, ministry_choices

    draft = _draft(ctx)
    ministries = {ministry.id: ministry.name for ministry in draft.ministries}
    choices = {**id_choices(draft), **ministries, **ministry_choices(draft)}
    return ((id, text) for id, text in choices.items() if id.startswith(incomplete))


def complete_headings(ctx: typer.Context, incomplete: str) -> Candidates:
    """Offers the identifiers of chapters and sections."""
    from kihonkeikaku.drafting.plan_schemas import heading_choices

    choices = heading_choices(_draft(ctx)).items()
    return ((id, text) for id, text in choices if id.startswith(incomplete))


def complete_measures(ctx: typer.Context, incomplete: str) -> Candidates:
    """Offers the identifiers of measures."""
    from kihonkeikaku.drafting.plan_schemas import measure_choices

    choices = measure_choices(_draft(ctx)).items()
    return ((id, text) for id, text in choices if id.startswith(incomplete))


def complete_placed(ctx: typer.Context, incomplete: str) -> Candidates:
    """Offers what can be moved: measures, and sections."""
    yield from complete_measures(ctx, incomplete)
    yield from complete_headings(ctx, incomplete)


def complete_ministries(ctx: typer.Context, incomplete: str) -> Candidates:
    """Offers the names of ministries, with the mark of a lead where that was typed."""
    from kihonkeikaku.drafting.plan_schemas import ministry_choices
    from kihonkeikaku.model.inlines import LEAD_MARK

    mark = LEAD_MARK if incomplete.startswith(LEAD_MARK) else ""
    choices = ministry_choices(_draft(ctx)).items()
    return ((mark + name, text) for name, text in choices if (mark + name).startswith(incomplete))


def complete_rules(incomplete: str) -> Candidates:
    """Offers the names of rules."""
    from kihonkeikaku.validation.rules import RULES

    return ((rule.id, "") for rule in RULES if rule.id.startswith(incomplete))


def _draft(ctx: typer.Context) -> "Draft":
    """Returns the plan that the command line names so far, as far as it can be read."""
    from kihonkeikaku.errors import CommandError
    from kihonkeikaku.loading.loader import load
    from kihonkeikaku.model.draft import Draft

    try:
        return load(ctx.params.get("plan") or "plan").draft
    except CommandError:  # no place for messages
        return Draft()
