"""What a page that is being set may ask for: the package's own style sheets and fonts."""

from typing import Final

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from kihonkeikaku.rendering.assets import TEMPLATES

SCHEME: Final = "asset:"
"""Style sheets and templates name a packaged file as ``asset:fonts/….ttf``."""

_SERVED: Final = {
    SCHEME + path.relative_to(TEMPLATES).as_posix(): path
    for pattern in ("print/*.css", "fonts/*.ttf")
    for path in TEMPLATES.glob(pattern)
}
_CONTENT_TYPE: Final = {".css": "text/css", ".ttf": "font/ttf"}


class PackagedAssets(URLFetcher):  # type: ignore[misc] # no type information is published
    """Serves packaged files and ends the build on any other address, whoever asked for it."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Returns the packaged file that ``url`` names.

        Raises:
            FatalURLFetchingError: ``url`` names anything else. Any other exception WeasyPrint
                would turn into a warning, and leave the thing out.
        """
        path = _SERVED.get(url)
        if path is None:
            raise FatalURLFetchingError(url)
        content_type = _CONTENT_TYPE[path.suffix]
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})
