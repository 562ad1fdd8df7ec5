"""A client of a language server over its standard input and output, as an editor is one."""

import json
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

TIMEOUT: Final = 20.0
"""How long an answer may take, in seconds."""

CAPABILITIES: Final = {
    "workspace": {"configuration": True, "workspaceFolders": True},
    "textDocument": {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}},
}


class LanguageClient:
    """Starts a server, and opens files of one folder in it.

    Args:
        command: the server's command line.
        folder: the workspace.
        settings: what the server is told when it asks for its settings.
    """

    def __init__(self, command: Sequence[str], folder: Path, settings: Mapping[str, Any]) -> None:
        self._folder = folder
        self._settings = settings
        self._server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )
        self._received: queue.Queue[dict[str, Any]] = queue.Queue()
        self._requests = 0
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Self:
        uri = self._folder.as_uri()
        self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": self._folder.name}],
                "capabilities": CAPABILITIES,
            },
        )
        self.notify("initialized", {})
        self.notify("workspace/didChangeConfiguration", {"settings": self._settings})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.kill()
        self._server.communicate()

    def open(self, name: str, text: str) -> list[dict[str, Any]]:
        """Opens a file with a text, and returns the diagnostics that the server publishes of it."""
        uri = (self._folder / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        while True:
            message = self._received.get(timeout=TIMEOUT)
            of_file = message.get("params", {}).get("uri") == uri
            if of_file and message["method"] == "textDocument/publishDiagnostics":
                return list(message["params"]["diagnostics"])

    def complete(self, name: str, line: int, character: int) -> dict[str, str]:
        """Returns what can be written at a place, counted from 0, with what is shown beside it."""
        position = {"line": line, "character": character}
        document = {"uri": (self._folder / name).as_uri()}
        answer = self.request(
            "textDocument/completion", {"textDocument": document, "position": position}
        )
        items = answer["items"] if isinstance(answer, dict) else answer
        return {item["label"]: _shown(item.get("documentation", "")) for item in items}

    def request(self, method: str, parameters: Mapping[str, Any]) -> Any:
        self._requests += 1
        self._send({"id": self._requests, "method": method, "params": parameters})
        while True:
            message = self._received.get(timeout=TIMEOUT)
            if message.get("id") == self._requests:
                return message["result"]

    def notify(self, method: str, parameters: Mapping[str, Any]) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: Mapping[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._server.stdin is not None
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self._server.stdin.flush()

    def _read(self) -> None:
        assert self._server.stdout is not None
        length = 0
        for line in iter(self._server.stdout.readline, b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
            elif not line.strip():
                self._take(json.loads(self._server.stdout.read(length)))

    def _take(self, message: dict[str, Any]) -> None:
        """Answers what the server asks for, and keeps the rest."""
        if "method" not in message or "id" not in message:
            self._received.put(message)
            return
        result = None
        if message["method"] == "workspace/configuration":
            items = message["params"]["items"]
            result = [self._settings.get(item["section"]) for item in items]
        self._send({"id": message["id"], "result": result})


def _shown(documentation: str | Mapping[str, str]) -> str:
    return documentation if isinstance(documentation, str) else documentation["value"]
