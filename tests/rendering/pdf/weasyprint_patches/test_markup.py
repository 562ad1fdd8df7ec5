"""Printed templates are read as XML, and what is not XML as HTML."""

from io import StringIO
from xml.etree.ElementTree import fromstring, tostring

import tinyhtml5

from kihonkeikaku.rendering.pdf.job import Book
from kihonkeikaku.rendering.pdf.options import PLAIN
from kihonkeikaku.rendering.pdf.plan import plan_pdfs
from kihonkeikaku.rendering.pdf.weasyprint_patches.markup import _read
from tests.rendering.plan_data import document


def test_the_template_of_a_plan_is_xml_and_means_the_same_as_html() -> None:
    books: list[Book] = []
    plan_pdfs(document(), "0" * 64, [PLAIN], lambda book, _: books.append(book) or [])  # type: ignore[func-returns-value]
    [book] = books
    as_xml = fromstring(book.markup)
    as_html = tinyhtml5.parse(book.markup, namespace_html_elements=False)
    # HTML's parser would add what is left out, such as a tbody.
    assert [squeezed(tostring(each, encoding="unicode")) for each in as_xml.iter()] == [
        squeezed(tostring(each, encoding="unicode")) for each in as_html.iter()
    ]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_what_is_not_xml_is_read_as_html() -> None:
    root = _read(tinyhtml5.parse, StringIO("<title>x</title><p>one<p>two"))
    assert [each.text for each in root.iter("{http://www.w3.org/1999/xhtml}p")] == ["one", "two"]
