"""Changes in Japanese: names of kinds and fields, and the details of a change in a sentence."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from kihonkeikaku.diff.change import CHANGE_KINDS, Change, ChangeKind, PrintedPlace
from kihonkeikaku.diff.redline import Redline
from kihonkeikaku.diff.significance.classifier import Assessment
from kihonkeikaku.model.document import Document, NumberedHeading, NumberedMeasure
from kihonkeikaku.model.inlines import LEAD_MARK
from kihonkeikaku.model.plan import OUTCOME_NAMES
from kihonkeikaku.text.grapheme_clusters import cut_short

ELEMENT_NAMES: Final = {
    "edition": "版",
    "ministry": "府省庁",
    "section": "見出し",
    "measure": "取組",
    "paragraph": "段落",
}

_FIELD_NAMES: Final = {
    "series": "計画の識別子",
    "title": "書名",
    "subtitle": "副題",
    "stage": "段階",
    "label": "版の呼び名",
    "decided_on": "閣議決定の日",
    "basis.law": "根拠法",
    "basis.number": "法律番号",
    "basis.law_id": "法令ID",
    "basis.article": "根拠の条項",
    "publication.publisher": "公表する機関",
    "publication.attribution": "出典の表示",
    "publication.contents_title": "目次の見出し",
    "publication.document_number": "資料番号",
    "publication.notice": "断り書き",
    "kind": "見出しの種類",
    "measures_label": "取組の前の語",
    "marker": "段落の種類",
    "id": "識別子",
    "name": "名前",
    "full_name": "正式名称",
    "parent": "置かれる府省庁",
    "established": "設置の日",
    "abolished": "廃止の日",
    "succeeds": "引き継いだ府省庁",
    "collective": "総称",
    "corporate_number": "法人番号",
    "decided_by": "決定した者",
    "basis.further": "ほかの根拠法",
    "outline": "見出しの構成",
    "assignments": "担当",
    "assignments.form": "担当の書き方",
    "assignments.lead": "主な府省庁の印",
    "assignments.between": "府省庁の間の字",
    "assignments.stand": "担当の場所",
    "assignments.deadline": "期限の書き方",
    "terms.ministry": "府省庁の呼び方",
    "terms.measure": "取組の呼び方",
    "deadline": "期限",
    "deadline_by": "期限の日付",
    "within": "置かれる表や箇条書き",
    "opens": "表や箇条書きの始まり",
    "columns": "列の揃え方",
    "figure_file": "図のファイル",
    "figure_alt": "図の代替テキスト",
}

_TYPE_FIELD_NAMES: Final = {
    ("paragraph", "label"): "印",
    ("section", "label"): "番号の形",
    ("section", "title"): "見出し",
    ("measure", "title"): "見出しの有無",
}
"""Fields that are called otherwise in elements of some type."""

_VALUE_NAMES: Final = {
    "chapter": "章",
    "unnumbered": "前書き",
    "annex": "別紙",
    "section": "節",
    "topic": "（見出し）",
    "policy": "1.",
    "group": "(1)",
    "bullet": "・",
    "note": "（※）",
    "legend": "【】",
    "plain": "本文のみ",
    "entry": "箇条書き",
    "table-title": "表の題",
    "table-unit": "表の単位",
    "columns": "表の列名",
    "row": "表の行",
    "table-note": "表の注",
    "figure": "図",
    "figure-source": "図の出典",
    "box-title": "囲みの題",
    "item": "項目",
    "list": "箇条書き",
    "table": "表",
    "box": "囲み",
    "items": "項目",
    "left": "左",
    "center": "中央",
    "right": "右",
    "after-text": "本文の後",
    "after-body": "続く段落の後",
    "heading": "見出しの行",
}


def kind_name(change: Change) -> str:
    """Returns the kind of a change in a word or two, such as 「移動」."""
    return CHANGE_KINDS[change.kind].name


def field_name(field: str, type: str = "edition") -> str:
    """Returns the Japanese name of a field of an element, or its own name if there is none."""
    return _TYPE_FIELD_NAMES.get((type, field)) or _FIELD_NAMES.get(field, field)


def change_reason(change: Change) -> str | None:
    """Returns the reason for a change, if the edition gives one."""
    disposition: Any = change.detail.get("disposition") or {}
    reason = change.detail.get("reason") or disposition.get("reason")
    return reason if isinstance(reason, str) else None


def footnote_redlines(change: Change) -> Iterator[Redline]:
    """Yields the redlines of the footnotes of a text that a change rewords."""
    detail: Any = change.detail
    yield from detail.get("footnotes", ())


def describe_marks(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """Yields the marks of a change: the name of each, and the words that it was found in."""
    for mark in assessment.marks:
        words = [f"「{text}」" if text else "なし" for text in (mark.old, mark.new)]
        yield mark.rule.name, "→".join(words)


class ChangeDescriber:
    """Describes changes between two editions in the words that these print."""

    def __init__(self, old: Document, new: Document) -> None:
        self._headings = _headings_by_id(old) | _headings_by_id(new)
        self._old_measures = old.originals()
        self._new_measures = new.originals()
        self._kinds = {
            kind.kind: (kind.label or kind.title or "番号のない見出し")
            for document in (old, new)
            for kind in document.head.kinds.kinds
            if document.head.outline
        }
        self._ministries = {m.id: m.name for m in (*old.ministries, *new.ministries)}

    def group_name(self, change: Change) -> str:
        """Returns the heading of the group that lists a change: its section, or its type."""
        if change.type in ("edition", "ministry"):
            return ELEMENT_NAMES[change.type]
        section = change.id if change.type == "section" else change.section
        return self._section_name(section)

    def describe(self, change: Change) -> str:
        """Returns the details of a change beyond its kind and redline; empty if there are none."""
        describe = self._DESCRIPTIONS.get(change.kind)
        return describe(self, change) if describe else ""

    def _section_name(self, id: str | None) -> str:
        if id is None:
            return "章"
        heading = self._headings[id]
        title = "" if not heading.label else f"　{heading.title}"
        return heading.citation + title

    def format_value(self, field: object, value: Any) -> str:
        """Returns a field's value in Japanese."""
        if not value or value is True:
            return "あり" if value else "なし"
        if isinstance(value, Mapping):
            return self._format_mapping(value)
        if isinstance(value, list | tuple):
            return "、".join(self.format_value(field, one) for one in value)
        return self._format_word(field, str(value))

    def _format_word(self, field: object, value: str) -> str:
        if field == "within":
            return "の中の".join(_VALUE_NAMES[one] for one in value.split("/"))
        if field == "kind" and value in self._kinds:
            return _sample(self._kinds[value])
        if field in ("parent", "succeeds"):
            return self._ministries.get(value, value)
        return _VALUE_NAMES.get(value, value)

    def _format_mapping(self, value: Mapping[str, Any]) -> str:
        """Returns an assignment, a kind of heading, or a law."""
        if "ministry" in value:
            lead = LEAD_MARK if value["role"] == "lead" else ""
            return lead + str(self._ministries.get(value["ministry"], value["ministry"]))
        return _sample(
            str(value.get("label") or value.get("title") or value.get("law") or "見出し")
        )

    def _field(self, change: Change) -> str:
        field, old, new = (change.detail[key] for key in ("field", "old", "new"))
        values = f"{self.format_value(field, old)} → {self.format_value(field, new)}"
        return f"{field_name(str(field), change.type)}：{values}"

    def _move(self, change: Change) -> str:
        assert change.old and change.new, "both editions have a moved element"
        return f"{self._cite(change, change.old)} → {self._cite(change, change.new)}"

    def _cite(self, change: Change, place: PrintedPlace) -> str:
        parent = self._headings.get(place.parent or "")
        within = f"（{parent.title}）" if parent and parent.label else ""
        return place.citation + within if change.type == "measure" else place.citation

    def _order(self, change: Change) -> str:
        assert change.old and change.new, "both editions have a reordered element"
        assert change.old.index is not None and change.new.index is not None
        return f"{change.old.index + 1}番目 → {change.new.index + 1}番目"

    def _reprint_move(self, change: Change) -> str:
        assert change.old and change.new, "both editions have a moved element"
        same = change.old.parent == change.new.parent
        return self._order(change) if same else self._move(change)

    def _numbers(self, change: Change) -> str:
        assert change.old and change.new, "both editions have a renumbered element"
        mark = "（再掲）" if change.detail.get("reprint") else ""
        cause = f"（{change.because} の変更による）" if change.because else ""
        return f"{change.old.number} → {change.new.number}{mark}{cause}"

    def _disposition(self, change: Change) -> str:
        disposition: Any = change.detail.get("disposition")
        return OUTCOME_NAMES[disposition["became"]] if disposition else ""

    def _restructuring(self, change: Change) -> str:
        detail: Any = change.detail
        if change.type == "paragraph":
            return self._division_of_paragraphs(detail["from"], detail["into"])
        olds = "、".join(self._quote(self._old_measures, entry) for entry in detail["from"])
        news = "、".join(self._quote(self._new_measures, entry) for entry in detail["into"])
        return f"{olds} → {news}"

    def _division_of_paragraphs(self, *sides: Sequence[Mapping[str, Any]]) -> str:
        texts = ("".join(f"「{entry['text']}」" for entry in side) for side in sides)
        markers = [[entry["marker"] for entry in side] for side in sides]
        if len({marker for side in markers for marker in side}) == 1:
            return " → ".join(texts)
        values = " → ".join(self.format_value("marker", side) for side in markers)
        return f"{' → '.join(texts)}（{field_name('marker')}：{values}）"

    def _quote(self, measures: Mapping[str, NumberedMeasure], entry: Mapping[str, Any]) -> str:
        return f"{entry['citation']}「{_clauses_text(measures[entry['id']])}」"

    def _division(self, change: Change) -> str:
        old, new = self._old_measures[change.id or ""], self._new_measures[change.id or ""]
        return f"「{_clauses_text(old)}」 → 「{_clauses_text(new)}」"

    def _one_ministry(self, change: Change) -> str:
        lead = LEAD_MARK if change.detail.get("role") == "lead" else ""
        return f"{lead}{change.detail['ministry']}{_in_clause(change)}"

    def _many_ministries(self, change: Change) -> str:
        old, new = (self.format_value(None, change.detail[key]) for key in ("from", "to"))
        return f"{old} → {new}{_in_clause(change)}"

    def _succession(self, change: Change) -> str:
        detail: Any = change.detail
        olds = "、".join(entry["name"] for entry in detail["from"])
        return f"{olds} → {detail['to']['name']}{self._affected_measures(detail['measures'])}"

    def _renaming(self, change: Change) -> str:
        detail: Any = change.detail
        return f"{detail['from']} → {detail['to']}{self._affected_measures(detail['measures'])}"

    def _affected_measures(self, measures: Sequence[str]) -> str:
        numbers = "、".join(
            self._new_measures[id].number for id in measures if id in self._new_measures
        )
        return f"（取組 {len(measures)} 件：{numbers}）" if measures else ""

    _DESCRIPTIONS: Final[Mapping[ChangeKind, Callable[["ChangeDescriber", Change], str]]] = {
        "metadata-changed": _field,
        "attribute-changed": _field,
        "ministry-succeeded": _succession,
        "ministry-renamed": _renaming,
        "removed": _disposition,
        "split": _restructuring,
        "merged": _restructuring,
        "clauses-changed": _division,
        "moved": _move,
        "reordered": _order,
        "reprint-moved": _reprint_move,
        "renumbered": _numbers,
        "lead-changed": _many_ministries,
        "assignment-reordered": _many_ministries,
        "assignment-added": _one_ministry,
        "assignment-removed": _one_ministry,
    }


def _sample(form: str) -> str:
    """Returns a form of label or title as one would read it: 「第1節」 for 「第{1}節」."""
    return form.replace("{parent}", "1").replace("{title}", "見出し").translate(_NO_BRACES)


_NO_BRACES: Final = str.maketrans("", "", "{}")


def _headings_by_id(document: Document) -> dict[str, NumberedHeading]:
    return {heading.id: heading for heading in document.headings()}


def _clauses_text(measure: NumberedMeasure) -> str:
    return "".join(clause.text for clause in measure.clauses)


def _in_clause(change: Change) -> str:
    text = change.detail.get("clause_text")
    return f"（「{text}」の【】）" if text else ""


_EXCERPT_LENGTH: Final = 40


def edition_name(document: Document) -> str:
    """Returns the name of an edition in reports: title, id, and notice if there is one."""
    publication = document.head.publication
    notice = f"［{publication.notice}］" if publication and publication.notice else ""
    return f"{document.book_title}（{document.head.edition.id}）{notice}"


def excerpt(text: str, length: int = _EXCERPT_LENGTH) -> str:
    """Returns the beginning of a text, at most so many characters, enough to recognise it."""
    return text if len(text) <= length else cut_short(text, length - 1) + "…"
