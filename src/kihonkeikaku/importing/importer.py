"""A document → a plan's files and the report of every line: the steps, in order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kihonkeikaku.errors import CommandError
from kihonkeikaku.importing.account import Account, Doubt, Dropped
from kihonkeikaku.importing.cleaning import Vocabulary, squeeze
from kihonkeikaku.importing.cover import read_cover
from kihonkeikaku.importing.footnotes import take_footnotes
from kihonkeikaku.importing.furniture import (
    BACK_TITLE,
    TitleEntry,
    drop_back_matter,
    drop_contents,
    drop_extraction_marks,
    drop_margin_numbers,
    drop_page_furniture,
)
from kihonkeikaku.importing.import_proof import prove_import
from kihonkeikaku.importing.outline_finder import find_outline
from kihonkeikaku.importing.plan_builder import BuiltPlan, build_plan
from kihonkeikaku.importing.plan_files import plan_files
from kihonkeikaku.importing.references import link_plan
from kihonkeikaku.importing.source_lines import Source, SourceLine
from kihonkeikaku.importing.text_blocks import TextBlock, make_blocks
from kihonkeikaku.importing.tree import Tree, check_numbers, grow_tree
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.model.values import Id


@dataclass(frozen=True, slots=True)
class ImportResult:
    """A plan made of a document, and what became of each line.

    Attributes:
        source: the document.
        files: the plan's files by their names.
        dropped: the lines, or parts of lines, that are no text of the plan.
        doubts: what a person should look at; problems first of all.
        places: the file, and the path in it, that each line went to, by the line's number.
        new_ids: identifiers that were made up, to be renamed.
        widened: how many half-width brackets became full width.
        plan: the plan.
        document: the plan, numbered.
    """

    source: Source
    files: Mapping[str, str]
    dropped: tuple[Dropped, ...]
    doubts: tuple[Doubt, ...]
    places: Mapping[int, tuple[str, str]]
    used: int
    new_ids: tuple[Id, ...]
    widened: int
    plan: Plan
    document: Document

    @property
    def is_complete(self) -> bool:
        """Whether every line is accounted for, and the plan says what the source says."""
        return not any(doubt.is_problem for doubt in self.doubts)


def import_source(source: Source, like: Plan | None = None) -> ImportResult:
    """Makes a plan of a document.

    Args:
        source: the document's lines.
        like: a plan whose identifiers, ministries and style are taken over.

    Raises:
        CommandError: it has no headings of chapters: it is no plan.
    """
    account = Account()
    _note_pages(source, account)
    lines, cover, entries = _text_lines(source, account)
    lines, notes = take_footnotes(lines, account)
    blocks = make_blocks(lines, [squeeze(entry.text) for entry in entries], account)
    outline = find_outline(blocks)
    tree = grow_tree(blocks, outline)
    counts = check_numbers(tree, account)
    if not tree.chapters:
        raise CommandError(
            f"{source.label} に章の見出し（「第1章」など）が見つかりません。"
            "計画の文書か、確かめてください。"
        )
    front = [line for block in tree.before for line in block.lines]
    head = read_cover([*cover, *front], like, account)
    outline = outline.named_like(like.head.outline if like else ())
    if declared := outline.declaration(counts):
        head["outline"] = declared
    vocabulary = Vocabulary(line.text for line in lines)
    built = build_plan(tree, outline, notes, vocabulary, like, account)
    _check_contents(tree, entries, account)
    head["chapters"] = [chapter["id"] for chapter in built.chapters]
    targets = _targets(_plan(head, built))
    built.chapters = link_plan(built.chapters, targets)
    built.measures = link_plan(built.measures, targets)
    plan = _plan(head, built)
    in_plan = [block for block in blocks if block not in tree.before]
    document = prove_import(plan, in_plan, list(notes.values()), account)
    _check_every_line(source, account)
    return ImportResult(
        source=source,
        files=dict(plan_files(head, built.ministries, built.chapters, built.measures)),
        dropped=tuple(account.dropped),
        doubts=tuple(sorted(account.doubts, key=lambda d: (not d.is_problem, d.line.number))),
        places=built.places,
        used=sum(account.is_used(line) for line in source.lines),
        new_ids=tuple(built.new_ids),
        widened=built.widened,
        plan=plan,
        document=document,
    )


def _note_pages(source: Source, account: Account) -> None:
    """Notes what was wrong with whole pages, at the first line behind them."""
    for page, reason in source.page_problems:
        behind = (line for line in source.lines if (line.page or 0) >= page)
        account.problem(next(behind, source.lines[-1]), reason)


def _text_lines(
    source: Source, account: Account
) -> tuple[list[SourceLine], list[SourceLine], list[TitleEntry]]:
    """Returns the lines of the plan itself, those of the cover, and the table of contents."""
    lines = drop_extraction_marks(list(source.lines), account)
    lines = drop_page_furniture(lines, account)
    lines = drop_margin_numbers(lines, account)
    lines, entries, cover = drop_contents(lines, account)
    return drop_back_matter(lines, account), cover, entries


def _plan(head: Mapping[str, Any], built: BuiltPlan) -> Plan:
    return Plan.model_validate(
        {
            "head": head,
            "ministries": built.ministries,
            "chapters": built.chapters,
            "measures": sorted(built.measures, key=lambda measure: str(measure["id"])),
        }
    )


def _targets(plan: Plan) -> dict[str, Id]:
    """Returns what references can point at, by the numbers that they print."""
    return {
        line.citation: line.id
        for line in number(plan).lines()
        if line.id
        and line.variant != "reprint"
        and line.kind in ("heading", "measure", "paragraph")
    }


def _check_contents(tree: Tree, entries: list[TitleEntry], account: Account) -> None:
    """Notes the entries of the table of contents that no heading has."""
    titles = {
        squeeze(_heading_text(node.block)) for node in tree.walk() if node.kind != "paragraph"
    }
    for entry in entries:
        wanted = squeeze(entry.text)
        if BACK_TITLE.fullmatch(entry.text.strip()):
            continue
        bare = re.sub(r"^[0-9]+\.", "", wanted, count=1)
        if wanted and not titles & {wanted, bare}:
            account.doubt(entry.line, f"目次の「{entry.text}」という見出しが、本文に見つかりません")


def _heading_text(block: TextBlock) -> str:
    return "".join(line.text for line in block.lines)


def _check_every_line(source: Source, account: Account) -> None:
    whole = {
        dropped.line.number for dropped in account.dropped if dropped.text == dropped.line.text
    }
    partly = {dropped.line.number for dropped in account.dropped}
    for line in source.lines:
        alone = line.number in partly and squeeze(line.text).strip("-").isdigit()
        if not account.is_used(line) and line.number not in whole and not alone:
            account.problem(line, "この行は、計画にも、除いた行にもありません")
