"""The process that reads a stranger's file, started by ``reading``: limited in time and memory."""

import dataclasses
import json
import os
import sys
from typing import Any, Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.importing.source_lines import NoteMark, Source, SourceLine
from kihonkeikaku.system.worker_process import limit_resources, receive_message, send_messages

FORMATS: Final = (".pdf", ".docx", ".txt", ".md")
"""What can be read, by the ending of the file's name."""


MOST_LINES: Final = 50_000
MOST_CHARACTERS: Final = 2_000_000
"""The longest document that is read; one of 118 pages has 4,416 lines and 155,000 characters."""


def main(seconds: int, memory: int) -> None:
    """Reads one document from the standard input and answers on the standard output.

    Args:
        seconds: CPU time after which the system ends this process.
        memory: how much address space it may have, in bytes.
    """
    limit_resources(seconds, memory)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library's output is no answer
    label, ending, content = (receive_message(sys.stdin.buffer) for _ in range(3))
    send_messages(answers, json.dumps(_answer(label.decode(), ending.decode(), content)).encode())


def _answer(label: str, ending: str, content: bytes) -> dict[str, Any]:
    try:
        source = read_content(label, ending, content)
        _require_bounded(source)
        return {"source": dataclasses.asdict(source)}
    except CommandError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"out_of_memory": True}
    except Exception as error:
        return {"exception": f"{type(error).__name__}: {error}"}


def _require_bounded(source: Source) -> None:
    size = sum(len(line.text) for line in source.lines)
    if len(source.lines) > MOST_LINES or size > MOST_CHARACTERS:
        raise CommandError(
            f"{source.label} は長すぎます（{len(source.lines):,} 行、{size:,} 字）。読めるのは "
            f"{MOST_LINES:,} 行、{MOST_CHARACTERS:,} 字までです。計画の部分だけのファイルにして"
            "ください。"
        )


def read_content(label: str, ending: str, content: bytes) -> Source:
    """Returns the lines of a document, in this process.

    Args:
        label: the file as the user named it.
        ending: one of ``FORMATS``.
        content: its bytes.

    Raises:
        CommandError: it can't be read.
    """
    if ending == ".pdf":
        from kihonkeikaku.importing.pdf_source import read_pdf  # noqa: PLC0415 # loads PDFium

        return read_pdf(label, content)
    if ending == ".docx":
        from kihonkeikaku.importing.word_source import read_word  # noqa: PLC0415 # only this format needs it

        return read_word(label, content)
    from kihonkeikaku.importing.text_source import read_text  # noqa: PLC0415 # likewise

    return read_text(label, content, is_markdown=ending == ".md")


def decode_source(data: dict[str, Any]) -> Source:
    """Returns the source that an answer holds."""
    lines = []
    for line in data["lines"]:
        marks = tuple(NoteMark(**mark) for mark in line.pop("marks"))
        ruby = tuple(tuple(each) for each in line.pop("ruby"))
        cell = line.pop("cell")
        lines.append(SourceLine(**line, marks=marks, ruby=ruby, cell=tuple(cell) if cell else None))
    problems = tuple((page, reason) for page, reason in data["page_problems"])
    return Source(data["label"], tuple(lines), problems)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
