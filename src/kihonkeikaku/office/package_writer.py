"""Parts → the bytes of a .docx or .xlsx file: the same parts give the same bytes."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from kihonkeikaku.office.archive import CONTENT_TYPES

XML_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can name; never the clock's."""

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
RELATIONSHIP_TYPES: Final = f"{_OFFICE}/relationships"
_PROPERTY_SET: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The one property set that custom properties may belong to (ECMA-376 part 1, 22.3)."""


@dataclass(frozen=True, slots=True)
class PackagePart:
    """One part: its name, its content type, and its XML, with or without a declaration."""

    name: str
    type: str
    xml: str


def write_package(
    parts: Iterable[PackagePart], relationships: Mapping[str, str], *, compressed: bool = True
) -> bytes:
    """Returns the archive with content types, and these relationships of the whole file.

    Args:
        parts: in the order in which they are written.
        relationships: the parts that whoever opens the file starts from, by the type of each.
        compressed: whether to make it small; else its bytes are the same whatever zlib there is.
    """
    listed = tuple(parts)
    overrides = "".join(
        f'<Override PartName="/{part.name}" ContentType="{part.type}"/>'
        for part in listed
        if not part.name.endswith(".rels")
    )
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    root = PackagePart("_rels/.rels", "", relationships_xml(relationships))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in (PackagePart(CONTENT_TYPES, "", types), root, *listed):
            info = zipfile.ZipInfo(part.name, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
            info.create_system = 0  # whatever the machine
            archive.writestr(info, (XML_DECLARATION + part.xml).encode())
    return buffer.getvalue()


def relationships_xml(relationships: Mapping[str, str]) -> str:
    """Returns the XML of relationships: targets by their types, numbered in their order."""
    items = "".join(
        f'<Relationship Id="rId{number}" Type={quoteattr(type)} Target={quoteattr(target)}/>'
        for number, (type, target) in enumerate(relationships.items(), start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def properties_parts(title: str, creator: str, custom: Mapping[str, str]) -> list[PackagePart]:
    """Returns the parts that hold a file's properties; custom ones are texts."""
    core = (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(creator)}</dc:creator>"
        "<dc:language>ja-JP</dc:language></cp:coreProperties>"
    )
    items = "".join(
        f'<property fmtid="{_PROPERTY_SET}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(custom.items(), start=2)
    )
    properties = (
        f'<Properties xmlns="{_OFFICE}/custom-properties" '
        f'xmlns:vt="{_OFFICE}/docPropsVTypes">{items}</Properties>'
    )
    return [
        PackagePart(
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
            core,
        ),
        PackagePart(
            "docProps/custom.xml",
            "application/vnd.openxmlformats-officedocument.custom-properties+xml",
            properties,
        ),
    ]


PROPERTIES_RELATIONSHIPS: Final = {
    f"{_PACKAGE}/relationships/metadata/core-properties": "docProps/core.xml",
    f"{RELATIONSHIP_TYPES}/custom-properties": "docProps/custom.xml",
}
"""To be among the relationships of a file that has ``properties_parts``."""
