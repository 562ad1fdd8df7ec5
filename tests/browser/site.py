"""Editions on disk and behind an address, as a publisher would put them out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final

_FOLDERS_OF_IDS: Final = {"measures", "ministries"}
BAD_PAGE: Final = Path("bad/index.html")
"""A page with a fault for each checker, so that one that finds nothing is found out."""


@dataclass(frozen=True, slots=True)
class Site:
    """A folder of editions, and the address under which a server on this machine hands it out."""

    folder: Path
    address: str

    def pages(self) -> list[Path]:
        """Every page but the bad one, relative to the folder."""
        found = sorted(path.relative_to(self.folder) for path in self.folder.rglob("*.html"))
        return [path for path in found if path != BAD_PAGE]

    def kinds(self) -> dict[str, Path]:
        """Of each kind of page, such as 「html/measures/*.html」, the largest of all editions."""
        by_size = sorted(self.pages(), key=lambda path: (self.folder / path).stat().st_size)
        return {kind(path): path for path in by_size}

    def url(self, page: Path | str) -> str:
        """Where the server has a page."""
        return f"{self.address}/{page}"

    def file_url(self, page: Path | str) -> str:
        """Where a page is when opened from disk."""
        path, mark, query = str(page).partition("?")
        return (self.folder / path).as_uri() + mark + query


def kind(page: Path) -> str:
    """Returns a page's path in its edition, with 「*」 for the id of a measure or ministry."""
    folder = page.parent.parts[1:]
    if page.name == "index.html":
        return "/".join(folder)
    return "/".join((*folder, "*.html" if page.parent.name in _FOLDERS_OF_IDS else page.name))


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes files by their path below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Hands a folder out on the loopback address, as any web server would."""
    handler = partial(_QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Site(folder, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


class _QuietHandler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        """Has an icon for browsers that ask: it belongs to a publisher's server, not to a page."""
        if self.path == "/favicon.ico":
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the tests say what they ask for."""
