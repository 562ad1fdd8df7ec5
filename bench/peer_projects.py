"""The same plan for other tools: its words as a StrictDoc project and as a sphinx-needs project.

A chapter is a document, a heading a section, a measure a node that bears the measure's id and its
ministries; a reference becomes a link, and the paragraphs below a measure stand in it. Nothing is
left out that the plan prints but its numbers, which the tools make in their own ways.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from kihonkeikaku.model.document import Document, NumberedHeading, NumberedMeasure
from kihonkeikaku.model.inlines import ReferenceRun
from kihonkeikaku.model.numbering import number
from kihonkeikaku.validation.linter import load_valid_plan

UNDERLINES: Final = "=-~^\"'"
"""What reStructuredText draws under the titles of each level."""

SPHINX_CONFIGURATION: Final = """\
project = "{title}"
language = "ja"
extensions = ["sphinx_needs"]
html_theme = "basic"
needs_types = [
    {{"directive": "measure", "title": "取組", "prefix": "", "color": "#fff", "style": "node"}},
]
needs_id_regex = "^[a-z0-9-]+"
needs_title_optional = True
needs_fields = {{"ministries": {{"nullable": True}}, "leads": {{"nullable": True}}}}
"""

STRICTDOC_CONFIGURATION: Final = """\
from strictdoc.core.project_config import ProjectConfig, ProjectConfigDefault


def create_config():
    features = [*ProjectConfigDefault.DEFAULT_FEATURES, *{features}]
    return ProjectConfig(project_title="{title}", project_features=features)
"""
"""StrictDoc's own defaults; only for a comparison has its comparing to be switched on."""


def write_projects(plan: str, folder: Path) -> None:
    """Writes a plan to ``strictdoc`` and ``sphinx-needs`` below a folder, anew.

    Args:
        plan: what names a plan on the command line.
        folder: where to write.
    """
    document = number(load_valid_plan(plan))
    for name, files in {
        "strictdoc": strictdoc_files(document),
        "sphinx-needs": sphinx_files(document),
    }.items():
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir(parents=True)
        for file, lines in files:
            (folder / name / file).write_text("\n".join(lines) + "\n", "utf-8")


def strictdoc_files(
    document: Document, features: Sequence[str] = ()
) -> Iterator[tuple[str, Iterable[str]]]:
    """Yields the files of a StrictDoc project: names and lines.

    Args:
        document: the plan.
        features: what StrictDoc is to do beside what it does by itself.
    """
    title = document.book_title
    yield "strictdoc_config.py", [STRICTDOC_CONFIGURATION.format(title=title, features=features)]
    for chapter in document.chapters:
        yield f"{chapter.id}.sdoc", _strictdoc_document(chapter)


def _strictdoc_document(chapter: NumberedHeading) -> Iterator[str]:
    yield from ("[DOCUMENT]", f"TITLE: {chapter.title}", "")
    yield from _strictdoc_inside(chapter)
    for note in chapter.notes:
        yield from _strictdoc_text(f"{note.text}　{note.body}")


def _strictdoc_inside(heading: NumberedHeading) -> Iterator[str]:
    for paragraph in heading.body:
        yield from _strictdoc_text(paragraph.text)
    if heading.measures_label:
        yield from _strictdoc_text(f"【{heading.measures_label}】")
    for item in heading.measures:
        yield from _strictdoc_reprint(item) if item.reprint else _strictdoc_node(item)
    for section in heading.sections:
        yield from ("[[SECTION]]", f"TITLE: {section.title}", "")
        yield from _strictdoc_inside(section)
        yield from ("[[/SECTION]]", "")


def _strictdoc_text(text: str) -> Iterator[str]:
    yield from ("[TEXT]", "STATEMENT: >>>", text, "<<<", "")


def _strictdoc_reprint(item: NumberedMeasure) -> Iterator[str]:
    return _strictdoc_text(_said(item))


def _strictdoc_node(item: NumberedMeasure) -> Iterator[str]:
    yield from ("[REQUIREMENT]", f"UID: {item.measure}", "STATEMENT: >>>")
    yield from (_said(item), *(f"\n{paragraph.text}" for paragraph in item.body), "<<<")
    targets = _targets(item)
    if targets:
        yield "RELATIONS:"
    for target in targets:
        yield from ("- TYPE: Parent", f"  VALUE: {target}")
    yield ""


def sphinx_files(document: Document) -> Iterator[tuple[str, Iterable[str]]]:
    """Yields the files of a sphinx-needs project: names and lines."""
    title = document.book_title
    yield "conf.py", [SPHINX_CONFIGURATION.format(title=title)]
    yield (
        "index.rst",
        [title, "=" * 2 * len(title), "", ".. toctree::", ""]
        + [f"   {chapter.id}" for chapter in document.chapters],
    )
    for chapter in document.chapters:
        yield f"{chapter.id}.rst", _sphinx_document(chapter)


def _sphinx_document(chapter: NumberedHeading) -> Iterator[str]:
    yield from _sphinx_inside(chapter)
    for note in chapter.notes:
        yield from (_plain(f"{note.text}　{note.body}"), "")


def _sphinx_inside(heading: NumberedHeading) -> Iterator[str]:
    # Twice as many as characters: Japanese ones are two columns wide.
    yield from (heading.title, UNDERLINES[heading.level - 1] * 2 * len(heading.title), "")
    for paragraph in heading.body:
        yield from (_plain(paragraph.text), "")
    if heading.measures_label:
        yield from (f"【{heading.measures_label}】", "")
    for item in heading.measures:
        yield from [_plain(_said(item)), ""] if item.reprint else _sphinx_need(item)
    for section in heading.sections:
        yield from _sphinx_inside(section)


def _sphinx_need(item: NumberedMeasure) -> Iterator[str]:
    yield from (".. measure::", f"   :id: {item.measure}")
    ministries = [assigned for clause in item.clauses for assigned in clause.assignments]
    yield f"   :ministries: {'、'.join(a.ministry.name for a in ministries)}"
    leads = "、".join(a.ministry.name for a in ministries if a.lead)
    if leads:
        yield f"   :leads: {leads}"
    targets = _targets(item)
    if targets:
        yield f"   :links: {','.join(targets)}"
    yield from ("", f"   {_plain(_said(item))}", "")
    for paragraph in item.body:
        yield from (f"   {_plain(paragraph.text)}", "")


def _plain(text: str) -> str:
    """Text that reStructuredText takes as it is."""
    return "".join("\\" + character if character in "\\*`|_" else character for character in text)


def _said(item: NumberedMeasure) -> str:
    return "".join(clause.text for clause in item.clauses)


def _targets(item: NumberedMeasure) -> list[str]:
    """What a measure refers to, each once."""
    runs = [inline for clause in item.clauses for inline in clause.inlines]
    targets = (inline.target for inline in runs if isinstance(inline, ReferenceRun))
    return [target for target in dict.fromkeys(targets) if target != item.measure]
