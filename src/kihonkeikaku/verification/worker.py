"""What an edition says, looked at in a process of its own: its files may be made to do harm.

Run as a module, it writes a line of JSON for each problem, before each file a line that names it,
and at the end one with what was looked at.
"""

import json
import sys
from collections.abc import Generator, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from kihonkeikaku import __version__
from kihonkeikaku.loading.source import EDITIONS, PLAN_RECORD
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.model.values import Id
from kihonkeikaku.publishing.edition import comparison_data
from kihonkeikaku.publishing.manifest import MANIFEST
from kihonkeikaku.system.worker_process import limit_resources
from kihonkeikaku.verification.edition_chain import chain_problems, contradictions, frozen_plan
from kihonkeikaku.verification.fidelity import (
    HTML,
    PDFS,
    measures_by_page,
    missing_pages,
    page_problems,
    pdf_problems,
)
from kihonkeikaku.verification.links import Ends, dead_links, ends, is_well_formed
from kihonkeikaku.verification.problem import Kind, Problem
from kihonkeikaku.verification.untrusted_folder import Folder, NotThere
from kihonkeikaku.verification.untrusted_manifest import LIMIT, Listing, NotUnderstood

SECONDS: Final = 300
MEMORY: Final = 4 << 30
PAGE_LIMIT: Final = 64 << 20
"""Largest page that is read, in bytes."""
PDF_LIMIT: Final = 512 << 20
LISTED: Final = 1_000
"""So many problems are told one by one; the rest is counted."""

Told = Problem | str
"""A problem, or the path of the file that is looked at next."""


@dataclass(slots=True)
class Seen:
    """What was looked at: pages, links, PDFs, and records of the editions before this one."""

    pages: int = 0
    links: int = 0
    pdfs: int = 0
    editions: list[Id] = field(default_factory=list)


class Contents:
    """The contents of an edition, and what is wrong with them."""

    def __init__(self, folder: Folder) -> None:
        self.seen = Seen()
        self._folder = folder
        self._files = frozenset(entry.name for entry in folder.entries() if entry.is_file)
        self._listing = _listing(folder)

    def problems(self) -> Iterator[Told]:
        """Yields what is wrong, and before each file its path."""
        yield PLAN_RECORD
        plan = frozen_plan(self._folder, PLAN_RECORD)
        records = yield from self._records()
        self.seen.editions = list(records)
        document = None
        if isinstance(plan, str):
            yield Problem(PLAN_RECORD, Kind.PLAN, plan)
        else:
            if self._listing:
                yield from contradictions(plan, self._listing)
            listed = self._listing.editions if self._listing else None
            yield from chain_problems(plan, records, listed)
            yield from self._comparison(plan, records)
            document = _numbered(plan)
            if document is None:
                message = "ないものを指す識別子があり、計画として印字できません。"
                yield Problem(PLAN_RECORD, Kind.PLAN, message)
        yield from self._pages(document, list(filter(None, map(_numbered, records.values()))))
        yield from self._pdfs(document)

    def _records(self) -> Generator[Told, None, dict[Id, Plan]]:
        records = {}
        for path in sorted(self._files):
            folder, _, name = path.rpartition("/")
            if folder == EDITIONS and name.endswith(".json"):
                yield path
                plan = frozen_plan(self._folder, path)
                if isinstance(plan, str):
                    yield Problem(path, Kind.CHAIN, plan)
                else:
                    records[name.removesuffix(".json")] = plan
        return records

    def _pages(self, document: Document | None, earlier: list[Document]) -> Iterator[Told]:
        paths = sorted(path for path in self._files if path.endswith(".html"))
        if document and (self._has("html") or any(path.startswith(HTML) for path in paths)):
            yield from missing_pages(document, earlier, self._files)
        measures = measures_by_page(document) if document else {}
        found: dict[str, Ends] = {}
        for path in paths:
            yield path
            try:
                page = self._folder.read(path, PAGE_LIMIT).decode("utf-8")
            except (NotThere, UnicodeDecodeError) as why:
                yield Problem(path, Kind.UNREADABLE, _unreadable(why))
                continue
            if not is_well_formed(page):
                message = "HTML の形が崩れています（閉じていないタグなど）。"
                yield Problem(path, Kind.UNREADABLE, message)
                continue
            found[path] = ends(page)
            if document:
                yield from page_problems(path, page, document, measures)
        self.seen.pages = len(found)
        self.seen.links = sum(len(each.links) for each in found.values())
        publication = document.head.publication if document else None
        base_url = publication.base_url if publication else None
        yield from dead_links(found, self._files, base_url)

    def _pdfs(self, document: Document | None) -> Iterator[Told]:
        if self._has("pdf") and PDFS[0] not in self._files:
            yield Problem(PDFS[0], Kind.MISSING, "計画の PDF がありません。")
        for path in PDFS:
            if document is None or path not in self._files:
                continue
            yield path
            try:
                pdf = self._folder.read(path, PDF_LIMIT)
            except NotThere as why:
                yield Problem(path, Kind.UNREADABLE, _unreadable(why))
                continue
            self.seen.pdfs += 1
            yield from pdf_problems(path, pdf, document)

    def _comparison(self, plan: Plan, records: Mapping[Id, Plan]) -> Iterator[Told]:
        """Compares the editions anew, if both are there and it was done by this very version."""
        listing = self._listing
        old = records.get(listing.compared) if listing and listing.compared else None
        if not old or not listing or listing.version != __version__:
            return
        for path, expected in comparison_data(old, plan):
            yield path
            try:
                same = self._folder.read(path, PAGE_LIMIT) == expected
            except NotThere as why:
                yield Problem(path, Kind.UNREADABLE, _unreadable(why))
                continue
            if not same:
                message = "二つの版を比べ直したものと違います。"
                yield Problem(path, Kind.COMPARISON, message)

    def _has(self, kind: str) -> bool:
        return bool(self._listing and self._listing.kinds and kind in self._listing.kinds)


def _listing(folder: Folder) -> Listing | None:
    """Returns the manifest, if there is one that says anything; who started this tells if not."""
    try:
        return Listing.understood(folder.read(MANIFEST, LIMIT))
    except (NotThere, NotUnderstood):
        return None


def _numbered(plan: Plan) -> Document | None:
    """Returns a plan with its numbers; nothing if it contradicts itself."""
    try:
        return number(plan)
    except (LookupError, ValueError, RecursionError):
        return None


def _unreadable(why: Exception) -> str:
    reason = "UTF-8 ではありません" if isinstance(why, UnicodeDecodeError) else str(why)
    return f"読めません（{reason}）。"


def main(path: str) -> None:
    """Looks at the edition in a folder, within bounds of time and memory."""
    limit_resources(SECONDS, MEMORY)
    contents, count = Contents(Folder(Path(path))), 0
    for told in contents.problems():
        if isinstance(told, str):
            _say({"at": told})
            continue
        count += 1
        if count <= LISTED:
            _say({"problem": told.facts()})
    _say({"seen": asdict(contents.seen), "problems": count})


def _say(facts: dict[str, object]) -> None:
    print(json.dumps(facts), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
