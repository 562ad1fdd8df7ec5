"""``serve``: edits of a plan, good and bad, as a browser sees them; and who is refused."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.editor.preview_process import PATIENCE, PreviewProcess, running_preview

pytestmark = pytest.mark.slow

MEASURE = "measures/ai-chips.yaml"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    shutil.copytree(REPOSITORY / "examples" / "next-edition", folder)
    return folder


@pytest.fixture
def preview(plan: Path) -> Iterator[PreviewProcess]:
    with running_preview(plan) as preview:
        yield preview


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def say(plan: Path, text: str) -> None:
    """Has the measure say something else."""
    path = plan / MEASURE
    written = re.sub(
        r"^( *- text: |text: ).*$",
        rf"\g<1>{text}",
        path.read_text("utf-8"),
        count=1,
        flags=re.MULTILINE,
    )
    path.write_text(written, "utf-8")


def test_each_edit_is_shown_and_an_error_keeps_the_last_good_page(
    plan: Path, preview: PreviewProcess
) -> None:
    sound = contents(plan)
    shown = preview.state()
    assert (shown["is_broken"], shown["has_comparison"], shown["changed"]) == (False, True, "")
    for number in range(1, 6):
        text = f"第{number}期のAI半導体の研究開発の推進"
        say(plan, text)
        shown = preview.wait_for_edition_after(shown)
        assert shown["changed"] == "ai-chips", shown
        assert text in preview.ask("/html/index.html")[1]
        assert text in preview.ask("/html/measures/ai-chips.html")[1]
        kept = (plan / MEASURE).read_bytes()
        (plan / MEASURE).write_bytes(kept + f"wrong-{number}: はい\n".encode())
        broken = preview.wait_for(lambda now: now["is_broken"])
        assert broken["edition"] == shown["edition"]
        [error] = [one for one in broken["findings"] if one["severity"] == "error"]
        line = kept.count(b"\n") + 1
        assert error["place"] == f"{plan / MEASURE}:{line}:1"
        assert error["link"] == f"vscode://file{plan / MEASURE}:{line}:1"
        assert (error["rule"], error["anchor"]) == ("unknown-key", "ai-chips")
        assert text in preview.ask("/html/index.html")[1]
        (plan / MEASURE).write_bytes(kept)
        preview.wait_for(lambda now: not now["is_broken"])
    (plan / "plan.yaml").rename(plan.parent / "away.yaml")
    gone = preview.wait_for(lambda now: now["is_broken"])
    assert "plan.yaml がありません" in gone["summary"]
    assert preview.ask("/html/index.html")[0] == 200
    (plan.parent / "away.yaml").rename(plan / "plan.yaml")
    preview.wait_for(lambda now: not now["is_broken"])
    assert contents(plan).keys() == sound.keys()


def test_pages_are_those_of_the_edition_with_the_script_of_the_preview(
    plan: Path, preview: PreviewProcess, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "kihonkeikaku", "build", "--only", "html", "--out"]
    against = ["--against", "outline"]
    subprocess.run([*command, out, *against, plan], check=True, capture_output=True)
    files = [path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()]
    left = {"manifest.json"} & set(files)
    assert len(files) > 100
    for name in sorted(set(files) - left):
        status, text = preview.ask(f"/{name}")
        own = re.compile(r'<link rel="stylesheet" href="/preview/.*?</script>')
        assert (status, own.sub("", text)) == (200, (out / name).read_bytes().decode()), name
        assert len(own.findall(text)) == name.endswith(".html")
        assert "/preview/" not in (out / name).read_text("utf-8")


def test_the_pdf_is_made_on_request_and_anew_after_an_edit(
    plan: Path, preview: PreviewProcess
) -> None:
    status, first = preview.ask("/pdf/plan.pdf")
    assert (status, first[:5]) == (200, "%PDF-")
    before = preview.state()
    say(plan, "第9期のAI半導体の研究開発の推進")
    preview.wait_for_edition_after(before)
    status, second = preview.ask("/pdf/plan.pdf")
    assert (status, second[:5]) == (200, "%PDF-")
    assert second != first


@pytest.mark.parametrize(
    ("path", "headers", "method", "status"),
    [
        ("/html/index.html", {}, "GET", 200),
        ("/html/index.html", {"Host": "localhost:{port}"}, "GET", 200),
        ("/", {}, "GET", 302),
        ("/html/measures/", {}, "GET", 200),
        ("/html/index.html", {"Host": "plan.example:{port}"}, "GET", 421),
        ("/html/index.html", {"Host": "127.0.0.1"}, "GET", 421),
        ("/html/index.html", {"Host": "127.0.0.1:1"}, "GET", 421),
        ("/html/index.html", {"Host": ""}, "GET", 421),
        ("/preview/events", {"Host": "plan.example"}, "GET", 421),
        ("/preview/preview.js", {"Host": "plan.example"}, "GET", 421),
        ("/html/index.html", {"Origin": "http://127.0.0.1:{port}"}, "GET", 200),
        ("/html/index.html", {"Origin": "https://plan.example"}, "GET", 403),
        ("/html/index.html", {"Origin": "http://127.0.0.1:1"}, "GET", 403),
        ("/html/index.html", {"Origin": "null"}, "GET", 403),
        ("/preview/events", {"Origin": "https://plan.example"}, "GET", 403),
        ("/html/index.html", {"Sec-Fetch-Site": "same-origin"}, "GET", 200),
        ("/html/index.html", {"Sec-Fetch-Site": "none"}, "GET", 200),
        ("/html/index.html", {"Sec-Fetch-Site": "cross-site"}, "GET", 403),
        ("/html/index.html", {"Sec-Fetch-Site": "same-site"}, "GET", 403),
        ("/html/index.html", {}, "HEAD", 405),
        ("/html/index.html", {}, "POST", 405),
        ("/html/index.html", {}, "DELETE", 405),
        ("/html/index.html", {}, "SMUGGLE", 405),
        ("/../../../../etc/passwd", {}, "GET", 404),
        ("/html/../../plan.yaml", {}, "GET", 404),
        ("/html/%2e%2e/%2e%2e/plan.yaml", {}, "GET", 404),
        ("/%2fetc%2fpasswd", {}, "GET", 404),
        ("//etc/passwd", {}, "GET", 404),
        ("/html/index.html%00.css", {}, "GET", 404),
        ("/preview/../preview_server.py", {}, "GET", 404),
        ("/preview/base.html.j2", {}, "GET", 404),
        ("/measures/ai-chips.yaml", {}, "GET", 404),
    ],
)
def test_only_a_browser_on_this_machine_gets_pages_and_only_those(
    standing_preview: PreviewProcess,
    path: str,
    headers: dict[str, str],
    method: str,
    status: int,
) -> None:
    port = standing_preview.port
    sent = {name: value.format(port=port) for name, value in headers.items()}
    answered, text = standing_preview.ask(path, sent, method)
    assert answered == status
    if status not in {200, 404}:
        assert len(text) < 40


@pytest.fixture(scope="module")
def standing_preview() -> Iterator[PreviewProcess]:
    """One that the requests share, of a plan that no test changes."""
    with running_preview(REPOSITORY / "plan") as preview:
        yield preview


def test_another_address_of_this_machine_is_not_listened_on(
    standing_preview: PreviewProcess,
) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", standing_preview.port), timeout=5)


def test_requests_that_are_none_are_survived(standing_preview: PreviewProcess) -> None:
    for raw in (b"\r\n\r\n", b"GET\r\n\r\n", b"GET /html/index.html\r\n\r\n", b"\x16\x03\x01" * 99):
        with socket.create_connection(("127.0.0.1", standing_preview.port), timeout=5) as sent:
            sent.sendall(raw)
            sent.shutdown(socket.SHUT_WR)
            assert b"<main" not in sent.recv(65_536)
    assert standing_preview.ask("/html/index.html")[0] == 200


def worker_ids(process: int) -> set[str]:
    """The ids of the processes that one has started and that live; Linux tells."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return {id for path in lists for id in path.read_text("utf-8").split()}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="Linux lists a process's own")
@pytest.mark.parametrize(("number", "is_busy"), [(signal.SIGINT, True), (signal.SIGTERM, False)])
def test_it_ends_cleanly_and_its_pdf_worker_with_it(
    preview: PreviewProcess, number: int, is_busy: bool
) -> None:
    listening = socket.create_connection(("127.0.0.1", preview.port))
    listening.sendall(f"GET /preview/events HTTP/1.1\r\nHost: {preview.host}\r\n\r\n".encode())
    waiting = socket.create_connection(("127.0.0.1", preview.port))
    waiting.sendall(f"GET /pdf/plan.pdf HTTP/1.1\r\nHost: {preview.host}\r\n\r\n".encode())
    if not is_busy:
        assert waiting.recv(9) == b"HTTP/1.0 "
    end = time.monotonic() + PATIENCE
    while not (workers := worker_ids(preview.process.pid)):
        assert time.monotonic() < end
        time.sleep(0.02)
    assert preview.end(number) == 0
    listening.close()
    waiting.close()
    assert preview.process.stdout
    assert preview.process.stdout.read().endswith("プレビューを終えました。\n")
    assert {id for id in workers if Path("/proc", id).exists()} == set()


def test_a_plan_that_was_never_sound_shows_its_findings(plan: Path) -> None:
    (plan / MEASURE).write_text("id: ai-chips\n", "utf-8")
    with running_preview(plan) as preview:
        state = preview.state()
        assert (state["edition"], state["is_broken"]) == ("", True)
        assert {one["anchor"] for one in state["findings"] if one["severity"] == "error"} >= {
            "ai-chips"
        }
        status, page = preview.ask("/html/index.html")
        assert (status, "まだページがありません" in page) == (404, True)
        assert "/preview/preview.js" in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no-such-folder"], "はフォルダーではない"),
        (["plan", "--port", "70000"], "--port"),
        (["plan", "--port", "{taken}"], "--port で別の番号"),
    ],
)
def test_what_can_not_be_served_is_refused_in_one_line(arguments: list[str], message: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        words = [word.format(taken=taken.getsockname()[1]) for word in arguments]
        done = subprocess.run(
            [sys.executable, "-m", "kihonkeikaku", "serve", *words],
            cwd=REPOSITORY,
            capture_output=True,
            encoding="utf-8",
            timeout=30,
            check=False,
        )
    assert done.returncode in {2, 3}
    assert message in done.stderr
    assert "Traceback" not in done.stderr
