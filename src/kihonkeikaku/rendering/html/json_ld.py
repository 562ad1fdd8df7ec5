"""What programs read in a page: schema.org, as JSON-LD.

A measure's page is about an ``Action``: who leads is its ``agent``, who takes part one of its
``participant``. What else a page names is known by its ``@id``, its address: absolute where the
publisher's is known, else as seen from the page.
"""

import json
from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from kihonkeikaku.model.plan import Ministry
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import Entry
from kihonkeikaku.rendering.html.layout import Frame

_CONTEXT: Final = "https://schema.org"
_LAWS: Final = "https://laws.e-gov.go.jp/law/"
Data = Mapping[str, object]

# Within a script element, "<" could end it or open a comment; the rest are for old readers.
_ESCAPES: Final = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}

_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def as_json_ld(data: Data) -> Markup:
    """Returns the text of a ``<script type="application/ld+json">``."""
    said = {"@context": _CONTEXT, **data}
    text = _json(said)
    for character, escaped in _ESCAPES.items():  # str.translate takes fifty times as long
        text = text.replace(character, escaped)
    return Markup(text)


def edition_data(frame: Frame) -> Markup:
    """Returns what is said of an edition on the page of the whole plan."""
    return as_json_ld(_edition(frame, urls.PLAN))


def measure_data(frame: Frame, entry: Entry) -> Markup:
    """Returns what is said of a measure on its page."""
    path = urls.measure_page(entry.id)
    return as_json_ld(
        {
            "@type": "CreativeWork",
            "@id": _address(frame, path, path),
            "url": _address(frame, path, path),
            "identifier": entry.id,
            "name": entry.text,
            "position": entry.number,
            "inLanguage": "ja",
            "isPartOf": _edition_named(frame, path),
            "about": {
                "@type": "Action",
                "agent": [_ministry(frame, m, path) for m in entry.leads],
                "participant": [
                    _ministry(frame, duty.ministry, path) for duty in entry.duties if not duty.lead
                ],
            },
        }
    )


def ministry_data(frame: Frame, ministry: Ministry) -> Markup:
    """Returns what is said of a ministry on its page."""
    path = urls.ministry_page(ministry.id)
    named = _ministry(frame, ministry, path)
    return as_json_ld({**named, "url": named["@id"]})


def _edition_named(frame: Frame, path: str) -> Data:
    """Names the edition; what else there is to say of it stands on the page of the whole plan."""
    address = _address(frame, urls.PLAN, path)
    return {"@type": "Report", "@id": address, "name": frame.book_title}


def _edition(frame: Frame, path: str) -> Data:
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
        "isBasedOn": {
            "@type": "Legislation",
            "name": head.basis.law,
            "legislationIdentifier": head.basis.number,
            "url": _LAWS + head.basis.law_id,
        },
    }
    if published:
        data["datePublished"] = published.isoformat()
    if publication:
        data["publisher"] = {"@type": "Organization", "name": publication.publisher}
        data["creditText"] = publication.attribution
    return data


def _ministry(frame: Frame, ministry: Ministry, path: str) -> Data:
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


def _address(frame: Frame, path: str, seen_from: str) -> str:
    if frame.base_url:
        return urls.public_address(frame.base_url, path)
    return urls.root_from(seen_from) + path
