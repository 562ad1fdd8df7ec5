"""JSON-LD of pages: what they are about, in the vocabulary of schema.org.

A measure's page is about an ``Action``: leading ministries are its ``agent``, the others its
``participant``. The ``@id`` of whatever a page names is its address: absolute if the public address
is known, else relative to the page.
"""

import json
from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from kihonkeikaku.model.plan import Ministry
from kihonkeikaku.model.plan_head import Basis
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import CatalogueEntry
from kihonkeikaku.rendering.html.layout import Frame

_LAWS: Final = "https://laws.e-gov.go.jp/law/"

_ESCAPES: Final = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
"""Within a script element, "<" could end it or open a comment; the rest are for old readers."""

JsonObject = Mapping[str, object]


def write_json_ld(data: JsonObject) -> Markup:
    """Returns the text of a ``<script type="application/ld+json">``."""
    document = {"@context": "https://schema.org", **data}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return Markup(text)


def edition_json_ld(frame: Frame) -> Markup:
    """Returns the JSON-LD of an edition, for the page of the whole plan."""
    return write_json_ld(_describe_edition(frame, urls.PLAN))


def measure_json_ld(frame: Frame, entry: CatalogueEntry) -> Markup:
    """Returns the JSON-LD of a measure, for its page."""
    path = urls.measure_page(entry.id)
    return write_json_ld(
        {
            "@type": "CreativeWork",
            "@id": _address(frame, path, path),
            "url": _address(frame, path, path),
            "identifier": entry.id,
            "name": entry.text,
            "position": entry.number,
            "inLanguage": "ja",
            "isPartOf": _name_edition(frame, path),
            "about": {
                "@type": "Action",
                "agent": [_describe_ministry(frame, m, path) for m in entry.leads],
                "participant": [
                    _describe_ministry(frame, duty.ministry, path)
                    for duty in entry.duties
                    if not duty.lead
                ],
            },
        }
    )


def ministry_json_ld(frame: Frame, ministry: Ministry) -> Markup:
    """Returns the JSON-LD of a ministry, for its page."""
    path = urls.ministry_page(ministry.id)
    data = _describe_ministry(frame, ministry, path)
    return write_json_ld({**data, "url": data["@id"]})


def _name_edition(frame: Frame, path: str) -> JsonObject:
    """Returns the edition's name and address only: the page of the whole plan has the rest."""
    address = _address(frame, urls.PLAN, path)
    return {"@type": "Report", "@id": address, "name": frame.book_title}


def _describe_edition(frame: Frame, path: str) -> JsonObject:
    head, publication = frame.head, frame.publication
    published = head.edition.decided_on or head.edition.dated
    address = _address(frame, urls.PLAN, path)
    data: dict[str, object] = {
        "@type": "Report",
        "@id": address,
        "url": address,
        "name": frame.book_title,
        "identifier": f"{head.series}/{head.edition.id}",
        "version": head.edition.stage,
        "inLanguage": "ja",
    }
    laws = [_describe_law(basis) for basis in head.basis]
    if laws:
        data["isBasedOn"] = laws[0] if len(laws) == 1 else laws
    if published:
        data["datePublished"] = published.isoformat()
    if publication:
        data["publisher"] = {"@type": "Organization", "name": publication.publisher}
        data["creditText"] = publication.attribution
    return data


def _describe_law(basis: Basis) -> JsonObject:
    data: dict[str, object] = {
        "@type": "Legislation",
        "name": basis.law,
        "legislationIdentifier": basis.number,
    }
    if basis.law_id:
        data["url"] = _LAWS + basis.law_id
    return data


def _describe_ministry(frame: Frame, ministry: Ministry, path: str) -> JsonObject:
    data: dict[str, object] = {
        "@type": "Organization" if ministry.collective else "GovernmentOrganization",
        "@id": _address(frame, urls.ministry_page(ministry.id), path),
        "name": ministry.full_name or ministry.name,
    }
    if ministry.full_name:
        data["alternateName"] = ministry.name
    if ministry.corporate_number:
        data["identifier"] = ministry.corporate_number
    return data


def _address(frame: Frame, path: str, page: str) -> str:
    """Returns the address of a path below ``html/``, as a page must write it."""
    if frame.base_url:
        return urls.public_address(frame.base_url, path)
    return urls.root_from(page) + path
