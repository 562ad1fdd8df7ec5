"""A file of anybody's → its lines, read in a process of its own that may crash or take too long."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.importing.document_worker import FORMATS, decode_source
from kihonkeikaku.importing.source_lines import Source

FILE_LIMIT: Final = 64 << 20
"""Largest file that is read, in bytes."""

_SECONDS: Final = 60
_MEMORY: Final = 1 << 30
"""What reading may take: seconds of CPU and of waiting, and bytes; 118 pages take 2 s, 150 MB."""

_SIGNATURES: Final = ((b"%PDF-", ".pdf"), (b"PK\x03\x04", ".docx"), (b"\xd0\xcf\x11\xe0", ".doc"))

_ADVICE: Final[dict[str, str]] = {
    ".doc": "Word で開いて、「.docx」の形式で保存し直してください。",
    ".docm": "マクロの入ったファイルは読みません。マクロのない「.docx」で保存し直してください。",
    ".rtf": "Word で開いて、「.docx」の形式で保存し直してください。",
    ".odt": "「.docx」の形式で保存し直してください。",
    ".jtd": "一太郎で、「.docx」か PDF の形式で保存し直してください。",
    ".html": "ページの文をコピーして、「.txt」のファイルに保存してください。",
}


def read_document(label: str, content: bytes) -> Source:
    """Returns the lines of a document.

    Args:
        label: the file as the user named it; its ending says what it is.
        content: its bytes.

    Raises:
        CommandError: it can't be read: a message says why, and what to do.
        MachineError: the process that reads it can't be started.
    """
    ending = _ending(label, content)
    command = [sys.executable, "-P", "-X", "utf8", "-m", "kihonkeikaku.importing.document_worker"]
    try:
        process = subprocess.Popen(
            [*command, str(_SECONDS), str(_MEMORY)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as error:
        raise MachineError(f"子プロセスを始められません（{error.strerror}）。") from error
    with process:
        answer = _ask(process, label, ending, content)
    match answer:
        case {"source": dict(source)}:
            return decode_source(source)
        case {"error": str(message)}:
            raise CommandError(message)
        case {"out_of_memory": True}:
            raise CommandError(_too_much(label, "メモリーが足りません"))
    raise CommandError(
        f"{label} を読めません（{answer['exception']}）。壊れていないか、確かめてください。"
    )


def _ask(
    process: subprocess.Popen[bytes], label: str, ending: str, content: bytes
) -> dict[str, Any]:
    request = _encode(label.encode(), ending.encode(), content)
    try:
        output, _ = process.communicate(request, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        raise CommandError(_too_much(label, f"{_SECONDS}秒で終わりません")) from None
    if process.returncode:
        late = process.returncode == -signal.SIGXCPU
        reason = f"{_SECONDS}秒で終わりません" if late else "読む途中で、子プロセスが落ちました"
        raise CommandError(_too_much(label, reason))
    found: dict[str, Any] = json.loads(output[_LENGTH:])
    return found


_LENGTH: Final = 8


def _encode(*messages: bytes) -> bytes:
    return b"".join(len(message).to_bytes(_LENGTH) + message for message in messages)


def _too_much(label: str, reason: str) -> str:
    return (
        f"{label} を読めません（{reason}）。"
        "壊れていないか、計画の部分だけのファイルかを確かめてください。"
    )


def _ending(label: str, content: bytes) -> str:
    """Returns what kind of file it is, by its name and its first bytes.

    Raises:
        CommandError: it is none that can be read.
    """
    ending = Path(label).suffix.lower()
    signed = next((kind for sign, kind in _SIGNATURES if content.startswith(sign)), None)
    if ending in FORMATS:
        if signed == ".doc" and ending == ".docx":
            raise CommandError(
                f"{label} を読めません。パスワードが掛かっているか、古い Word の形式です。"
                "パスワードのない「.docx」の形式で保存し直してください。"
            )
        if signed and signed != ending:
            raise CommandError(
                f"{label} は、名前は「{ending}」ですが、中身は「{signed}」です。"
                "名前を確かめてください。"
            )
        return ending
    advice = _ADVICE.get(ending, "読めるのは、.docx、.pdf、.txt、.md のファイルです。")
    raise CommandError(f"{label} は読めない種類のファイルです。{advice}")
