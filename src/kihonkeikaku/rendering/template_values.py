"""What the templates of every edition are given."""

from collections.abc import Iterator

from kihonkeikaku import __version__
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.plan import Publication


def edition_values(document: Document) -> dict[str, object]:
    """Returns the values that all templates share, by name."""
    publication = document.head.publication
    return {
        "document": document,
        "head": document.head,
        "publication": publication,
        "contents_title": contents_title(publication),
        "originals": document.originals(),
        "tool_version": __version__,
    }


def contents_title(publication: Publication | None) -> str:
    """Returns the heading of the table of contents."""
    return publication.contents_title if publication else "目次"


def printed_texts(document: Document) -> Iterator[str]:
    """Yields all text of the plan that an edition prints: about the edition, then the body."""
    head, publication = document.head, document.head.publication
    yield document.book_title
    yield contents_title(publication)
    yield head.basis.law + head.basis.number + head.basis.article
    yield from filter(None, (head.subtitle, head.edition.label, document.date_line))
    if publication:
        said = (publication.publisher, publication.attribution, publication.notice)
        yield from filter(None, (*said, publication.document_number))
    yield from document.blocks()
