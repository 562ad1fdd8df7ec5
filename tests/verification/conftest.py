"""Editions, each built once for all tests of this folder."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from kihonkeikaku.publishing.edition import start_pdf_worker
from kihonkeikaku.rendering.pdf.job import PdfJob, PdfOptions, RenderPdfs, encode_job
from kihonkeikaku.verification import rebuild
from tests.verification.published import EVERYTHING, build_edition, copy_edition


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition that no test may change, with all that an edition can have."""
    return build_edition(tmp_path_factory.mktemp("published"), *EVERYTHING)


@pytest.fixture
def edition(original: Path, tmp_path: Path) -> Path:
    """A copy of it, to tamper with."""
    return copy_edition(original, tmp_path)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition without PDFs, which is made again in a second; no test may change it."""
    return build_edition(tmp_path_factory.mktemp("pages"), "--only", "html")


@pytest.fixture
def page_edition(pages: Path, tmp_path: Path) -> Path:
    """A copy of it, to tamper with."""
    return copy_edition(pages, tmp_path)


@pytest.fixture(scope="session")
def rendered() -> dict[bytes, list[bytes]]:
    """PDFs by the jobs that they were rendered from."""
    return {}


@pytest.fixture
def pdfs_rendered_once(rendered: dict[bytes, list[bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Editions made again in the process of the tests have each job rendered once for all tests."""

    @contextmanager
    def start() -> Iterator[RenderPdfs]:
        def render(job: PdfJob, options: Sequence[PdfOptions]) -> list[bytes]:
            key = encode_job(job, options)
            if key not in rendered:
                with start_pdf_worker() as really:
                    rendered[key] = really(job, options)
            return rendered[key]

        yield render

    monkeypatch.setattr(rebuild, "start_pdf_worker", start)
