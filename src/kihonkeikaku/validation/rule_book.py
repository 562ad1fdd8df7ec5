"""The rule book: the rules' manuals as text for a terminal and as Markdown."""

from typing import Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.text.suggestions import did_you_mean
from kihonkeikaku.validation.rules import RULES, Rule

_SEVERITIES: Final = {"error": "誤り", "warning": "注意", "note": "参考"}
_EXAMPLES: Final = {"誤り:": "誤りの例", "正しい:": "正しい例"}


def explain_rules(rule_id: str | None) -> str:
    """Returns one rule's manual, or the list of all rules.

    Raises:
        CommandError: there is no such rule.
    """
    if rule_id is None:
        width = max(len(rule.id) for rule in RULES)
        return "\n".join(f"{rule.id:{width}}  {rule.title}" for rule in RULES)
    rule = next((rule for rule in RULES if rule.id == rule_id), None)
    if rule is None:
        hint = did_you_mean(rule_id, [rule.id for rule in RULES], "")
        raise CommandError(f"「{rule_id}」という規則はありません。{hint}")
    return f"{rule.id}（{_SEVERITIES[rule.severity]}）\n\n{rule.manual}"


def render_rule_book() -> str:
    """Returns the rule book as Markdown: ``docs/rules.md``."""
    head = (
        "# 規則の一覧\n\n"
        "`kihonkeikaku validate` が見つけるものを、規則ごとに説明します。"
        "この文書は規則の説明文から `make goldens` で作られます。\n"
    )
    contents = "\n".join(f"- [`{rule.id}`](#{rule.id}) {rule.title}" for rule in RULES)
    return "\n".join([head, contents, "", *(_render_rule(rule) for rule in RULES)])


def render_manual(rule: Rule) -> str:
    """Returns one rule's manual as Markdown, without a heading."""
    lines: list[str] = []
    for block in rule.manual.split("\n\n"):
        lines += [*_render_block(block), ""]
    return "\n".join(lines)


def _render_rule(rule: Rule) -> str:
    severity = f"重さ：{_SEVERITIES[rule.severity]}"
    return "\n".join([f"## {rule.id}", "", severity, "", render_manual(rule)])


def _render_block(block: str) -> list[str]:
    if block in _EXAMPLES:
        return [f"{_EXAMPLES[block]}："]
    if block.startswith("    "):
        return ["```yaml", *(line[4:] for line in block.split("\n")), "```"]
    return ["".join(block.split("\n"))]  # Japanese lines join without a space
