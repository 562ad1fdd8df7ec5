"""docs/nginx.conf, served by nginx: what a browser and a CDN are told of each kind of address."""

import shutil
from collections.abc import Iterator

import pytest

from bench.serving import headers, nginx
from kihonkeikaku import cli
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.rendering.html.layout import read_asset
from tests.sample import plant

pytestmark = pytest.mark.skipif(not shutil.which("nginx"), reason="needs nginx")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a small edition is served."""
    folder = tmp_path_factory.mktemp("served")
    out = folder / "edition"
    plan = plant(folder / "plan", {})
    assert cli.run(["build", str(plan), "--only", "html", "--out", str(out), "--quiet"]) == 0
    with nginx(out) as served:
        yield served


def test_hashed_names_are_kept_for_ever(address: str) -> None:
    status, said = headers(f"{address}/html/{read_asset('style.css')[0]}")
    assert (status, said["content-type"]) == (200, "text/css; charset=utf-8")
    assert said["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path",
    ["/html/", "/html/measures/alpha.html", "/html/index.html", "/plan.json", "/manifest.json"],
)
def test_permanent_addresses_are_asked_for_each_time(path: str, address: str) -> None:
    status, said = headers(address + path)
    assert (status, said["cache-control"]) == (200, "no-cache")
    again, _ = headers(address + path, {"If-None-Match": said["etag"]})
    assert again == 304


def test_the_ending_of_a_page_may_be_left_out(address: str) -> None:
    assert headers(f"{address}/html/measures/alpha")[0] == 200


def test_an_address_that_leads_nowhere(address: str) -> None:
    status, said = headers(f"{address}/html/measures/nowhere.html")
    assert (status, said["cache-control"]) == (404, "no-cache")


def test_the_policy_is_that_of_the_pages_and_forbids_frames(address: str) -> None:
    _, said = headers(f"{address}/html/")
    policy = said["content-security-policy"].removesuffix("; frame-ancestors 'none'")
    assert policy != said["content-security-policy"]
    assert f'content="{policy}"' in (TEMPLATES / "web" / "base.html.j2").read_text("utf-8")
    assert (said["x-content-type-options"], said["referrer-policy"]) == ("nosniff", "no-referrer")


def test_it_only_gives(address: str) -> None:
    assert headers(f"{address}/html/../../../etc/passwd")[0] in (400, 404)
