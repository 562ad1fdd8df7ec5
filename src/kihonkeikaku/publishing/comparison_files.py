"""What an edition has of its comparison with another one.

A room of its own, so that an edition without a comparison need not load all that compares.
"""

from collections.abc import Iterator

from kihonkeikaku.amendment import proved_amendment
from kihonkeikaku.diff.comparison import Compared, compared
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.publishing.batch import File
from kihonkeikaku.rendering.comparison.options import TableOptions
from kihonkeikaku.rendering.pdf.job import SetBook
from kihonkeikaku.reports.changes import changes_json


def comparison_files(old: Plan, new: Plan, html: bool, set_book: SetBook | None) -> Iterator[File]:
    """Yields all that stands under ``comparison/`` in an edition's folder.

    Args:
        old: the edition before.
        new: the edition itself.
        html: whether to make the table as pages too.
        set_book: sets the table as a PDF too, if there is to be one.

    Raises:
        ProofError: the comparison left something out.
        MachineError: a table says something else than the editions.
    """
    from kihonkeikaku.rendering.comparison.report import comparison_report

    both = compared(old, new)
    amendment, proof = proved_amendment(old, new)
    yield from _data(both, amendment)
    table = comparison_report(both, TableOptions(), proof)
    if html:
        from kihonkeikaku.rendering.comparison.html import comparison_pages

        yield from comparison_pages(table).items()
    if set_book:
        from kihonkeikaku.rendering.comparison.pdf import comparison_pdf

        yield "comparison/comparison.pdf", comparison_pdf(table, set_book)


def comparison_data(old: Plan, new: Plan) -> Iterator[File]:
    """Yields what a comparison has for programs and for the law: changes and amendment text."""
    yield from _data(compared(old, new), proved_amendment(old, new)[0])


def _data(both: Compared, amendment: str) -> Iterator[File]:
    yield "comparison/changes.json", (changes_json(both) + "\n").encode()
    yield "comparison/amendment.txt", amendment.encode()
