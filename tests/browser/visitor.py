"""Visits to pages by different readers: on a phone, in the dark, without JavaScript."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Self

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.browser.site import Site

Scheme = Literal["light", "dark"]


class Visitor:
    """Opens pages of a site, and collects their errors.

    ``errors`` holds errors of scripts, whatever the browser refused (such as by the page's
    Content-Security-Policy), and every request to another server.
    """

    def __init__(self, browser: Browser, site: Site) -> None:
        self.site = site
        self.errors: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    @contextmanager
    def visiting(self) -> Iterator[Self]:
        """Closes all opened pages at the end."""
        try:
            yield self
        finally:
            for context in self._contexts:
                context.close()

    def open(
        self,
        page: Path | str,
        *,
        width: int = 1280,
        height: int = 800,
        scheme: Scheme = "light",
        javascript: bool = True,
        from_disk: bool = False,
    ) -> Page:
        """Opens a page in a window of its own; sizes are in CSS pixels."""
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale="ja-JP",
            reduced_motion="reduce",
        )
        self._contexts.append(context)
        opened = context.new_page()
        opened.set_default_timeout(5000)  # milliseconds
        opened.on("console", self._on_console)
        opened.on("pageerror", lambda error: self.errors.append(str(error)))
        opened.on("request", self._on_request)
        opened.goto(self.site.file_url(page) if from_disk else self.site.url(page))
        return opened

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(f"{message.page and message.page.url}: {message.text}")

    def _on_request(self, request: Request) -> None:
        here = (self.site.address, self.site.folder.as_uri())
        if not request.url.startswith(here):
            self.errors.append(f"requested {request.url}")
