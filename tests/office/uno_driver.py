"""Edits Word files in LibreOffice, as a person would; run by the system's python3 with UNO.

Reads jobs from standard input, a JSON object a line, and answers each with a line: ``ok`` or what
went wrong. A job is {"open": path, "edits": [[verb, argument…]…], "save": [[path, filter]…]}.
"""

import json
import sys
import time
from typing import Any

import uno
from com.sun.star.beans import PropertyValue

PARAGRAPH_BREAK = 0


def property_value(name: str, value: Any) -> Any:
    return PropertyValue(Name=name, Value=value)


def connect(pipe: str) -> Any:
    resolver = uno.getComponentContext().ServiceManager.createInstance(
        "com.sun.star.bridge.UnoUrlResolver"
    )
    for _ in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


class Editor:
    def __init__(self, document: Any, context: Any) -> None:
        self.document, self.context = document, context
        self.text = document.Text

    def find(self, words: str) -> Any:
        search = self.document.createSearchDescriptor()
        search.SearchString = words
        found = self.document.findFirst(search)
        if found is None:
            raise LookupError(words)
        return found

    def cursor_at(self, words: str) -> Any:
        """A cursor over the paragraph with these words."""
        found = self.find(words)
        cursor = found.Text.createTextCursorByRange(found)
        cursor.gotoStartOfParagraph(False)
        cursor.gotoEndOfParagraph(True)
        return cursor

    def track(self, on: bool) -> None:
        self.document.RecordChanges = on

    def replace(self, words: str, other: str) -> None:
        self.find(words).String = other

    def retype(self, words: str, other: str) -> None:
        self.cursor_at(words).String = other

    def split(self, words: str) -> None:
        """A new paragraph before these words."""
        start = self.find(words).Start
        start.Text.insertControlCharacter(start, PARAGRAPH_BREAK, False)

    def join(self, words: str) -> None:
        """The paragraph with these words and the next one as one."""
        cursor = self.cursor_at(words)
        cursor.collapseToEnd()
        cursor.goRight(1, True)
        cursor.String = ""

    def delete(self, words: str) -> None:
        """The paragraph with these words, and its end."""
        cursor = self.cursor_at(words)
        cursor.goRight(1, True)
        cursor.String = ""

    def empty(self, words: str) -> None:
        """The words of a paragraph, not its end."""
        self.cursor_at(words).String = ""

    def append(self, words: str, other: str) -> None:
        """A new paragraph after the one with these words."""
        cursor = self.cursor_at(words)
        cursor.collapseToEnd()
        cursor.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        cursor.Text.insertString(cursor, other, False)

    def dispatch(self, command: str, **arguments: Any) -> None:
        frame = self.document.CurrentController.Frame
        helper = self.context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.DispatchHelper", self.context
        )
        values = tuple(property_value(name, value) for name, value in arguments.items())
        helper.executeDispatch(frame, command, "", 0, values)

    def select(self, cursor: Any) -> None:
        self.document.CurrentController.ViewCursor.gotoRange(cursor, False)
        view = self.document.CurrentController.ViewCursor
        view.gotoRange(cursor.Start, False)
        view.gotoRange(cursor.End, True)

    def move(self, words: str, target: str) -> None:
        """The paragraph with these words, cut, and pasted before the one with the target's."""
        cursor = self.cursor_at(words)
        cursor.goRight(1, True)
        self.select(cursor)
        self.dispatch(".uno:Cut")
        self._paste(target)

    def copy(self, words: str, target: str) -> None:
        cursor = self.cursor_at(words)
        cursor.goRight(1, True)
        self.select(cursor)
        self.dispatch(".uno:Copy")
        self._paste(target)

    def _paste(self, target: str) -> None:
        there = self.cursor_at(target)
        there.collapseToStart()
        self.document.CurrentController.ViewCursor.gotoRange(there, False)
        self.dispatch(".uno:Paste")

    def accept_all(self) -> None:
        self.dispatch(".uno:AcceptAllTrackedChanges")

    def reject_all(self) -> None:
        self.dispatch(".uno:RejectAllTrackedChanges")


def text_of(document: Any) -> list[str]:
    """The text of the document, a paragraph a line, with tables' cells in order."""
    lines = []
    paragraphs = document.Text.createEnumeration()
    while paragraphs.hasMoreElements():
        block = paragraphs.nextElement()
        if block.supportsService("com.sun.star.text.TextTable"):
            for name in block.CellNames:
                lines += block.getCellByName(name).String.split("\n")
        else:
            lines.append(block.String)
    return lines


def run(job: Any, desktop: Any, context: Any) -> list[str]:
    hidden = property_value("Hidden", True)
    document = desktop.loadComponentFromURL(
        uno.systemPathToFileUrl(job["open"]), "_blank", 0, (hidden,)
    )
    if document is None:
        raise LookupError(f"cannot open {job['open']}")
    try:
        editor = Editor(document, context)
        for verb, *arguments in job.get("edits", ()):
            getattr(editor, verb)(*arguments)
        for path, filter_name in job.get("save", ()):
            document.storeToURL(
                uno.systemPathToFileUrl(path), (property_value("FilterName", filter_name),)
            )
        return text_of(document)
    finally:
        document.close(True)


def main(pipe: str) -> None:
    context = connect(pipe)
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context
    )
    for line in sys.stdin:
        try:
            answer: dict[str, Any] = {"text": run(json.loads(line), desktop, context)}
        except Exception as error:
            answer = {"error": repr(error)}
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    desktop.terminate()


main(sys.argv[1])
