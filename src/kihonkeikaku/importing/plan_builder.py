"""Tree → the data of a plan's files, and where in them each line went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kihonkeikaku.importing.account import Account
from kihonkeikaku.importing.assignments import FoundClause, parse_clauses
from kihonkeikaku.importing.body_builder import LEGEND, BodyBuilder, FileData
from kihonkeikaku.importing.cleaning import MARK, Vocabulary, join_lines
from kihonkeikaku.importing.heading_ranks import CHAPTER_LIKE
from kihonkeikaku.importing.identifiers import assign_ids
from kihonkeikaku.importing.labels import TOPIC
from kihonkeikaku.importing.ministry_register import make_register, unknown_name_hint
from kihonkeikaku.importing.outline_finder import FoundOutline
from kihonkeikaku.importing.source_lines import SourceLine
from kihonkeikaku.importing.text_blocks import TextBlock
from kihonkeikaku.importing.text_runs import TextRuns, without_marks
from kihonkeikaku.importing.tree import Node, Tree
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.model.values import Id
from kihonkeikaku.text.similarity import similarity

_REPRINT_MARK: Final = "【再掲】"
_TEXT_AFTER: Final = "【】の後に文が続きます"


@dataclass(slots=True)
class BuiltPlan:
    """The data of a plan's files.

    Attributes:
        chapters: of each chapter's file, in order.
        measures: of each measure's file, in order of print.
        ministries: the register's entries.
        places: the file and the path in it that each line went to, by the line's number.
        new_ids: identifiers that were made up.
        widened: how many half-width brackets became full width.
    """

    chapters: list[FileData] = field(default_factory=list)
    measures: list[FileData] = field(default_factory=list)
    ministries: list[FileData] = field(default_factory=list)
    places: dict[int, tuple[str, str]] = field(default_factory=dict)
    new_ids: list[Id] = field(default_factory=list)
    widened: int = 0


def build_plan(  # noqa: PLR0913, PLR0917 # what the document holds, and what it is like
    tree: Tree,
    outline: FoundOutline,
    notes: Mapping[str, Sequence[SourceLine]],
    vocabulary: Vocabulary,
    like: Plan | None,
    account: Account,
) -> BuiltPlan:
    """Returns the data of the plan that a tree is.

    Args:
        tree: the document's headings, measures and paragraphs.
        outline: the kinds of its headings.
        notes: the lines of each footnote, by its label.
        vocabulary: the words of the document.
        like: the plan whose identifiers and ministries are taken over.
        account: where lines are used, and doubts go.
    """
    builder = _Builder(tree, outline, notes, vocabulary, like, account)
    return builder.build()


class _Builder:
    def __init__(  # noqa: PLR0913, PLR0917 # as build_plan
        self,
        tree: Tree,
        outline: FoundOutline,
        notes: Mapping[str, Sequence[SourceLine]],
        vocabulary: Vocabulary,
        like: Plan | None,
        account: Account,
    ) -> None:
        self._tree = tree
        self._outline = outline
        self._vocabulary = vocabulary
        self._like = like
        self._account = account
        self._built = BuiltPlan()
        self._runs = TextRuns(notes, vocabulary, self._built.places, account)
        self._names: list[str] = []
        self._texts: dict[int, str] = {}
        self._ids: dict[int, Id] = {}
        self._originals: dict[str, tuple[Id, tuple[FoundClause, ...]]] = {}

    def build(self) -> BuiltPlan:
        for node in self._tree.walk():
            self._texts[id(node)] = self._join(node)
        compared = {id(node): self._compared(node) for node in self._tree.walk()}
        self._ids, self._built.new_ids = assign_ids(self._tree, compared, self._like)
        self._bodies = BodyBuilder(
            self._texts, self._ids, self._runs.make, self._place, self._account
        )
        self._find_originals()
        for chapter in self._tree.chapters:
            self._built.chapters.append(self._chapter(chapter))
        self._built.ministries = make_register(
            self._names, [m.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
                          for m in self._like.ministries] if self._like else []
        )  # fmt: skip
        self._check_names()
        self._runs.check_marks()
        return self._built

    def _join(self, node: Node) -> str:
        block = node.block
        joined = join_lines(
            block.lines, block.cut, self._vocabulary, self._account,
            is_title=node.kind == "heading",
        )  # fmt: skip
        self._built.widened += joined.widened
        self._account.use(block.lines)
        return joined.text

    def _compared(self, node: Node) -> str:
        """Returns the words by which a heading or measure is known again."""
        text = without_marks(self._texts[id(node)])
        if node.kind == "measure":
            return "".join(clause.text for clause in parse_clauses(text)[0])
        is_topic = node.block.label and node.block.label.pattern == TOPIC
        return text[1:-1] if is_topic else text

    def _chapter(self, node: Node) -> FileData:
        chapter = self._ids[id(node)]
        data: FileData = {"id": chapter}
        label = node.block.label
        if node.family == CHAPTER_LIKE and label:
            data |= {"kind": "annex"} | (
                {} if label.written == "別紙" else {"label": label.written}
            )
        elif node.family == CHAPTER_LIKE:
            data["kind"] = "unnumbered"
        elif not self._outline.is_ai_plan and node.family != self._first_family():
            data["kind"] = self._outline.kinds[node.family]
        return data | self._heading(node, f"chapters/{chapter}.yaml", "")

    def _first_family(self) -> str:
        return next((each for each in self._outline.families if each != CHAPTER_LIKE), "")

    def _heading(self, node: Node, file: str, at: str) -> FileData:
        self._place(node.block, file, at + "title")
        data: FileData = {"title": self._title(node)}
        paragraphs = [child for child in node.children if child.kind == "paragraph"]
        label = next((c for c in paragraphs if self._is_measures_label(node, c)), None)
        body = self._bodies.entries([c for c in paragraphs if c is not label], file, at)
        measures: list[Any] = []
        for child in node.children:
            if child.kind == "measure":
                self._measure(child, measures)
        if body:
            data["body"] = body
        if label:
            data["measures_label"] = self._texts[id(label)][1:-1]
            self._place(label.block, file, at + "measures_label")
        if measures:
            data["measures"] = measures
        return data | self._sections(node, file, at)

    def _title(self, node: Node) -> str:
        """Returns a heading's title, in which no footnote can stand."""
        text = self._texts[id(node)]
        if MARK in text:
            self._account.problem(node.block.first, "見出しに注の印があります。注は入れていません")
        plain = without_marks(text)
        return plain[1:-1] if node.block.label and node.block.label.pattern == TOPIC else plain

    def _sections(self, node: Node, file: str, at: str) -> FileData:
        sections: list[FileData] = []
        for child in node.children:
            if child.kind == "heading":
                place = f"{at}sections.{len(sections)}."
                kind = self._outline.kinds[child.family]
                section = {"id": self._ids[id(child)], "kind": kind}
                sections.append(section | self._heading(child, file, place))
        return {"sections": sections} if sections else {}

    def _is_measures_label(self, node: Node, child: Node) -> bool:
        """Whether a paragraph is a 【label】 right above measures, or headings that hold them."""
        text = self._texts[id(child)]
        if not LEGEND.fullmatch(text) or text.endswith("。】"):
            return False
        index = node.children.index(child)
        behind = node.children[index + 1 : index + 2]
        return any(below.kind == "measure" for each in behind for below in each.walk())

    def _find_originals(self) -> None:
        for node in self._tree.walk():
            if node.kind == "measure":
                clauses, reprint = parse_clauses(self._texts[id(node)])
                if not reprint:
                    self._originals.setdefault(clauses[0].text, (self._ids[id(node)], clauses))

    def _measure(self, node: Node, measures: list[Any]) -> None:
        id_ = self._ids[id(node)]
        text = self._texts[id(node)]
        clauses, reprint = parse_clauses(text)
        if reprint:
            original = self._original(clauses, node.block)
            if original:
                measures.append({"reprint": original})
                self._place(node.block, f"measures/{original}.yaml", "text")
                self._built.new_ids = [each for each in self._built.new_ids if each != id_]
                return
        measures.append(id_)
        file = f"measures/{id_}.yaml"
        data: FileData = {"id": id_}
        if self._outline.has_texts or MARK in text:
            self._place(node.block, file, "text")
            data |= self._wording(clauses, node.block)
        else:
            self._place(node.block, file, "title")
            data["title"] = text
        paragraphs = [child for child in node.children if child.kind == "paragraph"]
        body = self._bodies.entries(paragraphs, file, "")
        data |= {"body": body} if body else {}
        self._built.measures.append(data | self._sections(node, file, ""))

    def _wording(self, clauses: tuple[FoundClause, ...], block: TextBlock) -> FileData:
        """Returns the text of a measure and its ministries, or its clauses."""
        parts = [self._clause(clause, block) for clause in clauses]
        if len(parts) == 1:
            return parts[0]
        if not clauses[-1].assignments:
            self._account.doubt(block.lines[-1], _TEXT_AFTER)
        return {"clauses": parts}

    def _original(self, clauses: tuple[FoundClause, ...], block: TextBlock) -> Id | None:
        """Returns the measure that is printed again, if it is the same in words and ministries."""
        wanted = clauses[0].text.removesuffix(_REPRINT_MARK)
        found = self._originals.get(wanted)
        same = found and [c.assignments for c in found[1]] == [c.assignments for c in clauses]
        if found and same:
            return found[0]
        near = max(self._originals, key=lambda text: similarity(text, wanted), default="")
        hint = f"（近いもの：「{near[:30]}」）" if near and similarity(near, wanted) > 0.6 else ""
        self._account.doubt(
            block.first,
            f"【再掲】ですが、文と担当が同じ取組が見つからないため、別の取組にしました{hint}",
        )
        return None

    def _clause(self, clause: FoundClause, block: TextBlock) -> FileData:
        data: FileData = {"text": self._runs.make(clause.text, block) or "（本文なし）"}
        if clause.assignments:
            self._names += [each.name for each in clause.assignments]
            data["assignments"] = [
                {"ministry": each.name} | ({"role": "lead"} if each.lead else {})
                for each in clause.assignments
            ]
        return data

    def _place(self, block: TextBlock, file: str, at: str) -> None:
        self._built.places.update((line.number, (file, at)) for line in block.lines)

    def _check_names(self) -> None:
        like = [m.name for m in self._like.ministries] if self._like else []
        for node in self._tree.walk():
            if node.kind != "measure":
                continue
            clauses, _ = parse_clauses(self._texts[id(node)])
            for name in dict.fromkeys(a.name for c in clauses for a in c.assignments):
                hint = None if name in like else unknown_name_hint(name, like)
                if hint:
                    self._account.doubt(node.block.first, f"「{name}」は「{hint}」ではありませんか")
