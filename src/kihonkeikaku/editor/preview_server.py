"""The preview over HTTP, for a browser on this machine and for nobody else.

It listens on the loopback address only. Any web page could still send the browser here, even under
a name of its own that leads to the loopback address (DNS rebinding): a request must name this very
address in ``Host``, and come from a page of the preview or from the address bar (``Origin`` and
``Sec-Fetch-Site`` of the Fetch standard). No path of a request reaches the file system.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from email.message import Message
from functools import cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from threading import Thread
from typing import Final
from urllib.parse import unquote, urlsplit

from kihonkeikaku.editor.preview import Preview
from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.system.terminal import escape_unprintable

LOOPBACK: Final = "127.0.0.1"
START: Final = "/html/index.html"

_OWN_FOLDER: Final = "preview"
"""What is the preview's own stands below this; an edition has no such folder."""

_OWN_FILES: Final = ("preview.js", "preview.css")

_EVENTS: Final = f"{_OWN_FOLDER}/events"

_SECONDS_BETWEEN_SIGNS: Final = 5.0
"""So often a browser is sent a sign of life, and one that went away is noticed."""

_MEDIA_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".xml": "application/xml",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
}

_SAFE_HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}

_NO_PAGE: Final = """<!DOCTYPE html>
<html lang="ja"><head><meta charset="utf-8"><title>プレビュー</title></head>
<body><main><p>{}</p></main></body></html>
"""
_NOT_YET: Final = "計画に誤りがあるため、まだページがありません。直すと、ここに現れます。"
_NOT_THERE: Final = "このページは、いまの計画にはありません。"
_FAILED: Final = "このページを作れませんでした。端末の表示を見てください。"


@contextmanager
def serve_preview(preview: Preview, port: int) -> Iterator[str]:
    """Serves a preview while the context lasts; yields its address.

    Args:
        preview: what is shown.
        port: the TCP port; 0 for any that is free.

    Raises:
        MachineError: the port can't be used.
    """
    try:
        server = _Server((LOOPBACK, port), partial(_Handler, preview))
    except (OSError, OverflowError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else error
        raise MachineError(
            f"ポート {port} を使えません（{reason}）。--port で別の番号を指定してください。"
        ) from error
    with server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1})
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_port}{START}"
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True  # a browser that doesn't read must not keep the process
    block_on_close = False
    request_queue_size = 64
    allow_reuse_address = os.name == "posix"  # elsewhere it would let another program take the port


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    timeout = 30  # seconds for which a request may stand still
    server_version, sys_version = "kihonkeikaku", ""

    def __init__(self, preview: Preview, *arguments: object) -> None:
        self._preview = preview
        super().__init__(*arguments)  # type: ignore[arg-type] # whatever the server hands over

    def handle(self) -> None:
        """Answers; a browser that goes away in the middle is no error."""
        with suppress(ConnectionError, TimeoutError):
            super().handle()

    def parse_request(self) -> bool:
        """Reads the request, and refuses all but GET: nothing can be changed from here."""
        if not super().parse_request():
            return False
        if self.command != "GET":
            self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET"})
            return False
        return True

    def do_GET(self) -> None:
        """Answers with a file of the edition, one of the preview's own, or its events."""
        status = find_refusal(self.headers, self.server.server_port)  # type: ignore[attr-defined] # ours has one
        if status is not None:
            self._refuse(status)
            return
        path = unquote(urlsplit(self.path).path, errors="replace").removeprefix("/")
        if path == _EVENTS:
            self._send_events()
        elif path.startswith(f"{_OWN_FOLDER}/"):
            self._send_own(path.removeprefix(f"{_OWN_FOLDER}/"))
        elif path in {"", "html", "html/"}:
            self._redirect(START)
        else:
            self._send_file(f"{path}index.html" if path.endswith("/") else path)

    def _send_file(self, path: str) -> None:
        try:
            edition, content = self._preview.read(path)
        except CommandError as error:
            print(f"{escape_unprintable(path)}：{error}", file=sys.stderr)
            self._send_note(HTTPStatus.INTERNAL_SERVER_ERROR, _FAILED, "")
            return
        if content is None:
            text = _NOT_THERE if edition else _NOT_YET
            self._send_note(HTTPStatus.NOT_FOUND, text, edition)
            return
        media_type = _MEDIA_TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")
        if path.endswith(".html"):
            content = with_preview(content, edition)
        self._send(HTTPStatus.OK, media_type, content)

    def _send_own(self, name: str) -> None:
        if name in _OWN_FILES:
            self._send(HTTPStatus.OK, _MEDIA_TYPES[PurePosixPath(name).suffix], _own_file(name))
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def _send_note(self, status: HTTPStatus, text: str, edition: str) -> None:
        page = with_preview(_NO_PAGE.format(text).encode(), edition)
        self._send(status, _MEDIA_TYPES[".html"], page)

    def _send_events(self) -> None:
        """Sends each state as an event, until the browser goes away or the preview ends."""
        self._start(HTTPStatus.OK, "text/event-stream", {})
        seen = None
        while state := self._preview.wait(seen, _SECONDS_BETWEEN_SIGNS):
            line = ":" if state is seen else f"data: {json.dumps(asdict(state))}"
            self.wfile.write(f"{line}\n\n".encode())
            seen = state

    def _redirect(self, to: str) -> None:
        self._start(HTTPStatus.FOUND, "", {"Location": to, "Content-Length": "0"})

    def _refuse(self, status: HTTPStatus, headers: dict[str, str] | None = None) -> None:
        self._send(status, "text/plain; charset=utf-8", f"{status.phrase}\n".encode(), headers)

    def _send(
        self,
        status: HTTPStatus,
        media_type: str,
        content: bytes,
        headers: dict[str, str] | None = None,
    ) -> None:
        self._start(status, media_type, {"Content-Length": str(len(content)), **(headers or {})})
        if self.command != "HEAD":
            self.wfile.write(content)

    def _start(self, status: HTTPStatus, media_type: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        type_ = {"Content-Type": media_type} if media_type else {}
        for name, value in (type_ | headers | _SAFE_HEADERS).items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing: the terminal shows how the plan is."""


def find_refusal(headers: Message, port: int) -> HTTPStatus | None:
    """Returns with which status a request is refused; None for one that may be answered.

    Args:
        headers: those of the request.
        port: on which the preview listens.
    """
    ours = {f"{LOOPBACK}:{port}", f"localhost:{port}"}
    if port == 80:
        ours |= {LOOPBACK, "localhost"}
    hosts = headers.get_all("Host", [])
    if len(hosts) != 1 or hosts[0] not in ours:
        return HTTPStatus.MISDIRECTED_REQUEST
    if any(origin != f"http://{hosts[0]}" for origin in headers.get_all("Origin", [])):
        return HTTPStatus.FORBIDDEN
    if any(site not in {"same-origin", "none"} for site in headers.get_all("Sec-Fetch-Site", [])):
        return HTTPStatus.FORBIDDEN
    return None


def with_preview(page: bytes, edition: str) -> bytes:
    """Returns a page that loads the preview's own script and styles besides.

    Args:
        page: as it is in the edition.
        edition: which edition it is of: see ``PreviewState``.
    """
    own = (
        f'<link rel="stylesheet" href="/{_OWN_FOLDER}/preview.css">'
        f'<script src="/{_OWN_FOLDER}/preview.js" data-edition="{edition}" defer></script>'
    )
    return page.replace(b"</head>", own.encode() + b"</head>", 1)


@cache
def _own_file(name: str) -> bytes:
    return (TEMPLATES / "preview" / name).read_bytes()
