"""What an edition carries when it is served: nginx, with docs/nginx.conf, asked over loopback.

nginx is started by this alone, on a port of its own, and stopped again. Run by ``make serving``;
the result stands in docs/benchmarks.md, and docs/deployment.md says what it means.
"""

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bench import page
from bench.measuring import describe_circumstances

ROOT: Final = Path(__file__).parent.parent
SITE: Final = ROOT / "docs" / "nginx.conf"
SECONDS: Final = 10
CONNECTIONS: Final = 64
READERS: Final = 1_000_000
"""A day's, on the day of the decision."""
VISIT: Final = 8
"""Requests that a reader makes: five pages, style, script and icon."""
PEAK: Final = 10
"""How many times the day's mean its busiest second is taken to be."""

_AROUND: Final = """\
user {user};
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
_ASKING: Final = """\
local paths = {{ {paths} }}
local at = 0
wrk.headers["Accept-Encoding"] = "gzip"
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
"""


@dataclass(frozen=True, slots=True)
class Served:
    """What was carried: requests and bytes a second, and the 99th percentile of the wait."""

    requests: float
    transfer: str
    wait: str


@contextmanager
def nginx(edition: Path) -> Iterator[str]:
    """Serves an edition as docs/nginx.conf says; yields the address."""
    with tempfile.TemporaryDirectory(prefix="kihonkeikaku-nginx-") as name:
        folder, port = Path(name), _free_port()
        folder.chmod(0o755)
        site = SITE.read_text("utf-8").replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
        site = re.sub(r"(?m)^    root .*;", f"    root {edition};", site)
        (folder / "site.conf").write_text(site, "utf-8")
        configuration = folder / "nginx.conf"
        configuration.write_text(_AROUND.format(folder=folder, user=_user()), "utf-8")
        command = ["nginx", "-c", str(configuration), "-g", "daemon off;", "-e", "stderr"]
        with subprocess.Popen(command) as process:
            try:
                _wait_for(port, process)
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()


def carried(address: str, paths: list[str]) -> Served:
    """Asks for paths in turn for ``SECONDS``, and returns what was carried."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_ASKING.format(paths=", ".join(f'"{path}"' for path in paths)))
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
        command += ["-s", script.name, address]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in said, said
    wait, requests, transfer = (
        _figure(pattern, said)
        for pattern in (r"99%\s+(\S+)", r"Requests/sec:\s+(\S+)", r"Transfer/sec:\s+(\S+)")
    )
    return Served(float(requests), transfer, wait)


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Goes nowhere: the answer is what it is."""


def headers(
    address: str, given: dict[str, str] | None = None, *, follow: bool = True
) -> tuple[int, dict[str, str]]:
    """Returns the status and the headers of what an address answers.

    Args:
        address: what is asked for.
        given: headers of the question.
        follow: whether to go where the answer leads to.
    """
    opener = build_opener() if follow else build_opener(_Stay)
    try:
        with opener.open(Request(address, headers=given or {}), timeout=10) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}
    except HTTPError as answer:
        with answer:
            return answer.code, {name.lower(): value for name, value in answer.headers.items()}


def visit(edition: Path) -> list[str]:
    """Returns what a reader asks for: pages, and what belongs to all of them."""
    names = sorted(path.name for path in (edition / "html" / "measures").iterdir())
    pages = [f"/html/measures/{name}" for name in names if name != "index.html"][:3]
    assets = sorted((edition / "html" / "assets").iterdir())[:3]
    return ["/html/", "/html/overview/", *pages, *(f"/html/assets/{one.name}" for one in assets)]


def main() -> int:
    """Measures, prints the section and writes it to the page."""
    missing = [tool for tool in ("nginx", "wrk") if not shutil.which(tool)]
    if missing:
        print(f"apt-get install {' '.join(missing)} で入れてください。", file=sys.stderr)
        return 3
    edition = ROOT / "build" / "edition"
    if not (edition / "html" / "index.html").is_file():
        print("make で版を作ってから、もう一度実行してください。", file=sys.stderr)
        return 2
    with nginx(edition) as address:
        served = carried(address, visit(edition))
    mean = READERS * VISIT / 86_400
    rows = [
        ("nginx が一秒に答えた数", f"{served.requests:,.0f}"),
        ("一秒に送った量（gzip）", served.transfer),
        ("待ち時間（99%）", served.wait),
        (f"一日 {READERS:,} 人（一人 {VISIT} 件）の平均（件/秒）", f"{mean:,.0f}"),
        (f"その {PEAK} 倍の、最も混む一秒（件/秒）", f"{mean * PEAK:,.0f}"),
        ("測った数は、その何倍か", f"{served.requests / (mean * PEAK):.1f}"),
    ]
    about = (
        f"`docs/nginx.conf` の nginx に、同じ機械の wrk が {CONNECTIONS} 本の接続で "
        f"{SECONDS} 秒間、全文、概要、取組の三ページとその部品を順に尋ねました。"
        "TLS と通信路は入っていません。"
    )
    facts = describe_circumstances({"nginx": _version()})
    page.write_section("配信", "\n\n".join([about, facts, page.format_table(("", "値"), rows)]))
    return 0


def _figure(pattern: str, said: str) -> str:
    found = re.search(pattern, said)
    assert found, said
    return found[1]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(100):
        assert process.poll() is None, "nginx has ended"
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("nginx does not answer")


def _user() -> str:
    return Path.home().owner()


def _version() -> str:
    said = subprocess.run(["nginx", "-v"], check=True, capture_output=True, text=True).stderr
    return _figure(r"nginx/(\S+)", said)


if __name__ == "__main__":
    sys.exit(main())
