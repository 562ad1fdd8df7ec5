"""docs/nginx.conf, served by nginx: what a browser and a CDN are told of each kind of address."""

import re
import shutil
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

from bench.serving import headers, nginx
from kihonkeikaku import cli
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.rendering.html.layout import read_asset
from tests.sample import SAMPLE, plant

pytestmark = pytest.mark.skipif(not shutil.which("nginx"), reason="needs nginx")

BASE_URL: Final = "https://plan.example.go.jp/html"
PUBLICATION: Final = f"""\
publication:
  publisher: 内閣府
  attribution: 出典：内閣府
  base_url: {BASE_URL}
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a small edition is served."""
    out = tmp_path_factory.mktemp("served") / "edition"
    plan = plant(out.parent / "plan", {"plan.yaml": SAMPLE["plan.yaml"] + PUBLICATION})
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


@pytest.mark.parametrize(
    "path",
    [
        "/html",
        "/html/measures",
        "/html/ministries",
        "/html/search",
        "/html/matrix",
        "/html/overview",
    ],
)
def test_an_address_without_its_final_slash_leads_to_the_page(path: str, address: str) -> None:
    """Links in a page count from its address: at /html/measures, they would lead elsewhere."""
    status, said = headers(address + path, follow=False)
    assert (status, said["location"]) == (301, f"{path}/")
    status, said = headers(f"{address}{path}?q=AI", follow=False)
    assert (status, said["location"]) == (301, f"{path}/?q=AI")
    assert headers(address + path)[0] == 200


@pytest.mark.parametrize("page", ["html/", "html/measures/", "html/measures/alpha", "html/search/"])
def test_links_of_a_page_lead_somewhere_from_its_address(page: str, address: str) -> None:
    with urlopen(f"{address}/{page}", timeout=10) as answer:
        links = re.findall(r'(?:href|src)="([^":#?]+)["#?]', answer.read().decode())
        base = answer.url
    assert len(links) > 5
    for link in set(links):
        assert headers(urljoin(base, link), follow=False)[0] == 200, link


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("/html/", {"canonical", "og:url", "url", "@id"}),
        ("/html/measures/", {"canonical", "og:url"}),
        ("/html/measures/alpha.html", {"canonical", "og:url", "url", "@id"}),
        ("/html/measures/alpha", {"canonical", "og:url", "url", "@id"}),
        ("/html/ministries/meti.html", {"canonical", "og:url", "url", "@id"}),
        ("/html/matrix/", {"canonical", "og:url"}),
        ("/html/sitemap.xml", {"loc"}),
    ],
)
def test_addresses_that_a_page_tells_lead_straight_to_pages(
    page: str, kinds: set[str], address: str
) -> None:
    """No way round by a redirect, and a page's own address is the same wherever it is told."""
    text = read(address + page)
    told = re.findall(r'rel="(canonical)" href="([^"]+)', text)
    told += re.findall(r'property="(og:url)" content="([^"]+)', text)
    told += re.findall(r'"(url|@id)":"(https://plan[^"]+)', text)
    told += re.findall(r"<(loc)>([^<]+)", text)
    assert {kind for kind, _ in told} == kinds
    assert len({url for kind, url in told if kind in ("canonical", "og:url")}) <= 1
    for _, url in told:
        assert url.startswith(BASE_URL)
        place = url.removeprefix(BASE_URL)
        assert headers(f"{address}/html{place}", follow=False)[0] == 200, url
        if place.endswith(".html") or place.endswith("/"):
            assert f'rel="canonical" href="{url}"' in read(f"{address}/html{place}")


def read(address: str) -> str:
    with urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())


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
