"""Word files of hand-written XML, for tests of the reader."""

from tests.office.archives import zip_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def word_file(body: str, namespace: str = W, **parts: str) -> bytes:
    """A .docx with this body; ``parts`` are the contents of footnotes, comments and styles."""
    related = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in parts
    )
    entries = {
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="a" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": (
            f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}">{related}</Relationships>'
        ),
    }
    for name, content in parts.items():
        entries[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{namespace}">{content}</w:{name}>'
    return zip_of(list(entries.items()))


def p(*content: str, mark: str = "", bookmark: str = "") -> str:
    """A paragraph; ``mark`` is ins, del, moveFrom or moveTo."""
    settings = f'<w:pPr><w:rPr><w:{mark} w:author="乙"/></w:rPr></w:pPr>' if mark else ""
    inner = "".join(content)
    if bookmark:
        start = f'<w:bookmarkStart w:id="{bookmark}" w:name="{bookmark}"/>'
        inner = f'{start}{inner}<w:bookmarkEnd w:id="{bookmark}"/>'
    return f"<w:p>{settings}{inner}</w:p>"


def t(text: str, element: str = "t") -> str:
    """A run of text."""
    return f'<w:r><w:{element} xml:space="preserve">{text}</w:{element}></w:r>'


def marked(kind: str, *content: str) -> str:
    """Runs inside of a mark."""
    return f'<w:{kind} w:author="甲" w:date="2026-05-01T00:00:00Z">{"".join(content)}</w:{kind}>'
