"""The rules: a file each, with the manual (its docstring), the severity and the check.

Rules of reading have no ``check``: the loader finds what they name while it reads.
A rule is named as its file, with hyphens. A new one is a file here and its name in the tuple below.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Severity, Violation

_RULE_MODULES: Final = (
    # found while reading
    "stray_file",
    "not_a_file",
    "unreadable_file",
    "too_large",
    "missing_file",
    "bad_encoding",
    "forbidden_character",
    "merge_conflict",
    "yaml_syntax",
    "yaml_alias",
    "yaml_tag",
    "too_deep",
    "multiple_documents",
    "empty_file",
    "multiline_scalar",
    "duplicate_key",
    "unknown_key",
    "missing_key",
    "wrong_type",
    "wrong_value",
    "empty_value",
    "bad_id",
    "bad_date",
    "bad_corporate_number",
    "paragraph_form",
    "measure_form",
    "disposition_form",
    "outline_form",
    "link_form",
    "table_form",
    "figure_form",
    "figure_file",
    "damaged_edition",
    "damaged_sheet",
    # found by looking at what was read
    "id_mismatch",
    "duplicate_id",
    "unknown_chapter",
    "unlisted_chapter",
    "chapter_set",
    "empty_section",
    "misplaced_section",
    "missing_figure",
    "unused_figure",
    "replaced_figure",
    "unlisted_measure",
    "repeated_measure",
    "early_reprint",
    "repeated_reprint",
    "unknown_measure",
    "unknown_reference",
    "numbering_overflow",
    "unknown_ministry",
    "repeated_ministry",
    "duplicate_ministry",
    "unknown_ministry_id",
    "unused_ministry",
    "ministry_cycle",
    "wrong_check_digit",
    "ministry_out_of_time",
    "several_leads",
    "no_lead",
    "collective_lead",
    "ministry_order",
    "unassigned_measure",
    "revision_mismatch",
    "unexplained_removal",
    "renamed_id",
    "id_reused",
    "replaced_measure",
    "edition_name",
    "supersedes_itself",
    "unlinked_edition",
    "edition_reused",
    "decision_date",
    "deadline_mismatch",
    "base_url_form",
    "too_long",
    # about the text
    "unprintable_character",
    "half_width_bracket",
    "full_width_latin",
    "stray_space",
    "compatibility_character",
    "spelling_variant",
    "unbalanced_bracket",
    "mixed_comma",
    "conjunction",
    "kana_conjunction",
    "cut_text",
    "trailing_comment",
    "split_text",
    "key_in_text",
    "markup_in_text",
    "stray_quote",
    "typed_number",
    "typed_reference",
    "typed_assignment",
    "unknown_article",
    "sentence_end",
    # about the rules themselves
    "rule_setting",
    "idle_waiver",
)
"""In the order of the rule book."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    ``manual`` is what ``explain`` prints; ``check`` is absent for rules of reading. An ``off``
    rule finds nothing until plan.yaml turns it on. What an ``adjustable`` rule finds can be
    waived, and its severity be set: all but errors without which there would be no plan.
    """

    id: str
    severity: Severity
    manual: str
    check: Callable[[Draft], Iterator[Violation]] | None
    off: bool
    adjustable: bool

    @property
    def title(self) -> str:
        """The manual's first sentence."""
        return self.manual.partition("\n")[0]


def _load_rule(name: str) -> Rule:
    module = import_module(f"{__name__}.{name}")
    return Rule(
        id=name.replace("_", "-"),
        severity=module.SEVERITY,
        manual=(module.__doc__ or "").strip(),
        check=getattr(module, "check", None),
        off=getattr(module, "OFF", False),
        adjustable=getattr(module, "ADJUSTABLE", module.SEVERITY != "error"),
    )


RULES: Final = tuple(_load_rule(name) for name in _RULE_MODULES)
"""All rules in the order of the rule book."""

IDLE_WAIVER: Final = next(rule for rule in RULES if rule.id == "idle-waiver")
"""The rule about waivers, which the linter itself applies."""
