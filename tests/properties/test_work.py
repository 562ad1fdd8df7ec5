"""How much work is done, counted: what a gross loss of speed would change, on any machine.

Nothing here is timed. A count that grows is either a mistake or needs a reason in the change that
makes it grow.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import jinja2
import pypdfium2
import pytest
import weasyprint.layout
import weasyprint.layout.page
import yaml

from bench.plans import write_plan
from kihonkeikaku.loading import yaml_composer
from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.numbering import number
from kihonkeikaku.publishing.edition_builder import BuildRequest, build
from kihonkeikaku.publishing.output_folder import resolve_output_folder
from kihonkeikaku.publishing.transaction import Transaction
from kihonkeikaku.rendering.pdf.job import DEFAULT_OPTIONS
from kihonkeikaku.system.terminal import report_nothing
from kihonkeikaku.validation.linter import lint
from tests.conftest import REPOSITORY
from tests.rendering.pdf.rendering import render_plan

pytestmark = pytest.mark.slow

SIZES: Final = (120, 240)
"""Measures; a heading has 40 at the most, so that both sizes have full ones."""


class Work:
    """What was done while it was watched: YAML events read, templates filled, files written."""

    def __init__(self) -> None:
        self.events = 0
        self.templates: Counter[str] = Counter()
        self.written: list[str] = []


@contextmanager
def watched() -> Iterator[Work]:
    """Counts what is done within."""
    work = Work()
    real_next = yaml_composer._Composer._next_event
    real_render, real_add = jinja2.Template.render, Transaction.add_file

    def counted_next(composer: Any) -> yaml.Event:
        work.events += 1
        return real_next(composer)

    def counted_add(transaction: Transaction, name: str, content: bytes) -> None:
        work.written.append(name)
        real_add(transaction, name, content)

    def counted_render(template: jinja2.Template, *values: Any) -> str:
        work.templates[template.name or ""] += 1
        return real_render(template, *values)

    with (
        patch.object(yaml_composer._Composer, "_next_event", counted_next),
        patch.object(jinja2.Template, "render", counted_render),
        patch.object(Transaction, "add_file", counted_add),
    ):
        yield work


def make(plan: Path, out: Path) -> Work:
    with watched() as work:
        build(
            BuildRequest(str(plan), (), frozenset({"html"}), DEFAULT_OPTIONS),
            resolve_output_folder(out),
            report_nothing,
        )
    return work


@pytest.fixture(params=SIZES)
def plan(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    write_plan(folder, request.param)
    return folder


def measures(plan: Path) -> list[Path]:
    return sorted((plan / "measures").iterdir())


def test_every_file_is_read_once_event_by_event(plan: Path) -> None:
    texts = [path.read_text("utf-8") for path in plan.rglob("*.yaml")]
    expected = sum(len(list(yaml.parse(text, Loader=yaml.CSafeLoader))) for text in texts)
    with watched() as work:
        assert not lint(load(str(plan))).has_errors
    assert work.events == expected


def test_every_page_is_one_template_filled_once(plan: Path, tmp_path: Path) -> None:
    work = make(plan, tmp_path / "out")
    pages = [name for name in work.written if name.endswith(".html")]
    assert work.templates.total() == len(pages)
    assert work.templates["web/measure.html.j2"] == len(measures(plan))
    assert len(work.written) == len(set(work.written))


def test_nothing_is_done_where_nothing_changed(plan: Path, tmp_path: Path) -> None:
    make(plan, tmp_path / "out")
    work = make(plan, tmp_path / "out")
    assert (work.events, work.templates, work.written) == (0, Counter(), [])


def test_a_line_that_is_edited_costs_the_pages_that_say_it(tmp_path: Path) -> None:
    """However large the plan: its own page, those around it, lists, and its ministries'."""
    made = {}
    for size in SIZES:
        plan, out = tmp_path / f"plan-{size}", tmp_path / f"out-{size}"
        write_plan(plan, size)
        make(plan, out)
        whole = [path for path in measures(plan) if "\ntext: " in path.read_text("utf-8")]
        edited = whole[len(whole) // 2]
        edited.write_text(edited.read_text("utf-8").replace("text: ", "text: 新たな"), "utf-8")
        made[size] = make(plan, out).written
    for written in made.values():
        of_measures = [name for name in written if name.startswith("html/measures/")]
        assert len(of_measures) <= 2 + 6 + 5  # the list, itself, three either side, what cites it
        assert len(written) <= 50
    assert abs(len(made[SIZES[0]]) - len(made[SIZES[1]])) <= 15


def test_every_page_of_the_book_is_laid_out_once() -> None:
    document = number(lint(load(str(REPOSITORY / "plan"))).loaded.draft.plan())
    laid_out = 0
    real = weasyprint.layout.page.make_page

    def counted(*arguments: Any, **options: Any) -> Any:
        nonlocal laid_out
        laid_out += 1
        return real(*arguments, **options)

    with patch.object(weasyprint.layout.page, "make_page", counted):
        pdf = render_plan(document, None)
    assert laid_out == len(pypdfium2.PdfDocument(pdf))


def test_a_copy_elsewhere_is_made_anew(tmp_path: Path) -> None:
    """Counts are of the folder that is built: another one has no edition to take over from."""
    make(REPOSITORY / "plan", tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    assert len(make(REPOSITORY / "plan", tmp_path / "other").written) > 60
