"""Edits of a Word file made on its XML, as a word processor writes them, without one."""

import copy
import io
import zipfile
from pathlib import Path
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DATE: Final = "2026-05-01T09:00:00Z"
_MAIN: Final = "word/document.xml"


class EditedFile:
    """The paragraphs of a file, edited by one author; units are found by words that they have."""

    def __init__(self, path: Path, author: str = "経産省 山田", *, tracked: bool = True) -> None:
        with zipfile.ZipFile(path) as archive:
            self._parts = {name: archive.read(name) for name in archive.namelist()}
        self._root = ElementTree.fromstring(self._parts[_MAIN])
        body = self._root.find(f"{W}body")
        assert body is not None
        self._body = body
        self.author, self.tracked = author, tracked

    @property
    def paragraphs(self) -> list[Element]:
        return self._body.findall(f"{W}p")

    def find(self, words: str) -> Element:
        return next(p for p in self.paragraphs if words in text(p))

    def replace(self, words: str, other: str) -> None:
        """Other words for these, within one run."""
        paragraph = self.find(words)
        run = next(r for r in paragraph.findall(f"{W}r") if words in text(r))
        before, _, after = text(run).partition(words)
        at = list(paragraph).index(run)
        paragraph.remove(run)
        new = [_run(before)] if before else []
        new += self._deleted(words) + self._inserted(other)
        new += [_run(after)] if after else []
        for offset, element in enumerate(new):
            paragraph.insert(at + offset, element)

    def retype(self, words: str, other: str) -> None:
        """Another text for the whole paragraph."""
        paragraph = self.find(words)
        runs = paragraph.findall(f"{W}r")
        at = list(paragraph).index(runs[0])
        old = text(paragraph)
        for run in runs:
            paragraph.remove(run)
        for element in reversed(self._deleted(old) + self._inserted(other)):
            paragraph.insert(at, element)

    def delete(self, words: str) -> None:
        """The whole paragraph."""
        paragraph = self.find(words)
        if not self.tracked:
            self._body.remove(paragraph)
            return
        runs = paragraph.findall(f"{W}r")
        at = list(paragraph).index(runs[0])
        for run in runs:
            paragraph.remove(run)
        for element in reversed(self._deleted("".join(map(text, runs)))):
            paragraph.insert(at, element)
        self._mark(paragraph, "del")

    def insert_after(self, words: str, other: str) -> None:
        """A new paragraph."""
        paragraph = self.find(words)
        new = Element(f"{W}p")
        new.extend(self._inserted(other))
        self._body.insert(list(self._body).index(paragraph) + 1, new)
        if self.tracked:
            self._mark(new, "ins")

    def split(self, words: str) -> None:
        """Two paragraphs, the second from these words on; the bookmark stays in the first."""
        paragraph = self.find(words)
        run = next(r for r in paragraph.findall(f"{W}r") if words in text(r))
        before, found, after = text(run).partition(words)
        second = Element(f"{W}p")
        second.append(_run(found + after))
        at = list(paragraph).index(run)
        later = [e for e in list(paragraph)[at + 1 :] if e.tag == f"{W}r"]
        for element in (run, *later):
            paragraph.remove(element)
        second.extend(later)
        paragraph.insert(at, _run(before))
        self._body.insert(list(self._body).index(paragraph) + 1, second)
        if self.tracked:
            self._mark(paragraph, "ins")

    def join(self, words: str) -> None:
        """The paragraph and the next one as one."""
        paragraph = self.find(words)
        if self.tracked:
            self._mark(paragraph, "del")
            return
        following = self.paragraphs[self.paragraphs.index(paragraph) + 1]
        paragraph.extend(e for e in following if e.tag != f"{W}pPr")
        self._body.remove(following)

    def move_after(self, words: str, target: str) -> None:
        """The paragraph at another place."""
        paragraph, there = self.find(words), self.find(target)
        content = text(paragraph)
        if not self.tracked:
            self._body.remove(paragraph)
            self._body.insert(list(self._body).index(there) + 1, paragraph)
            return
        self.delete(words)
        new = Element(f"{W}p")
        new.extend(self._inserted(content))
        self._mark(new, "ins")
        self._body.insert(list(self._body).index(there) + 1, new)

    def copy_after(self, words: str, target: str) -> None:
        """The paragraph a second time, with its bookmark, as some programs copy it."""
        new = copy.deepcopy(self.find(words))
        if self.tracked:
            for run in new.findall(f"{W}r"):
                at = list(new).index(run)
                new.remove(run)
                new.insert(at, self._change("ins", run))
            self._mark(new, "ins")
        self._body.insert(list(self._body).index(self.find(target)) + 1, new)

    def comment(self, words: str, said: str) -> None:
        """A comment beside the paragraph."""
        paragraph = self.find(words)
        run = ElementTree.SubElement(paragraph, f"{W}r")
        ElementTree.SubElement(run, f"{W}commentReference", {f"{W}id": "0"})
        comments = Element(f"{W}comments")
        comment = ElementTree.SubElement(
            comments, f"{W}comment", {f"{W}id": "0", f"{W}author": self.author, f"{W}date": DATE}
        )
        ElementTree.SubElement(comment, f"{W}p").append(_run(said))
        self._parts["word/comments.xml"] = ElementTree.tostring(comments, encoding="utf-8")
        relationships = self._parts["word/_rels/document.xml.rels"].decode()
        type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
        related = f'<Relationship Id="c" Type="{type}" Target="comments.xml"/></Relationships>'
        relationships = relationships.replace("</Relationships>", related)
        self._parts["word/_rels/document.xml.rels"] = relationships.encode()

    def drop_bookmarks(self) -> None:
        """As programs do that know none."""
        for paragraph in self.paragraphs:
            for element in list(paragraph):
                if element.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
                    paragraph.remove(element)

    def drop_properties(self) -> None:
        """As programs do that keep no custom properties."""
        del self._parts["docProps/custom.xml"]

    def add_part(self, name: str, content: bytes) -> None:
        """One more part in the archive."""
        self._parts[name] = content

    def save(self, path: Path) -> Path:
        self._parts[_MAIN] = ElementTree.tostring(self._root, encoding="utf-8")
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._parts.items():
                archive.writestr(name, content)
        path.write_bytes(buffer.getvalue())
        return path

    def _deleted(self, words: str) -> list[Element]:
        return [self._change("del", _run(words, "delText"))] if self.tracked and words else []

    def _inserted(self, words: str) -> list[Element]:
        if not words:
            return []
        return [self._change("ins", _run(words))] if self.tracked else [_run(words)]

    def _change(self, kind: str, *content: Element) -> Element:
        attributes = {f"{W}id": "9", f"{W}author": self.author, f"{W}date": DATE}
        change = Element(f"{W}{kind}", attributes)
        change.extend(content)
        return change

    def _mark(self, paragraph: Element, kind: str) -> None:
        settings = paragraph.find(f"{W}pPr")
        if settings is None:
            settings = Element(f"{W}pPr")
            paragraph.insert(0, settings)
        run = Element(f"{W}rPr")
        run.append(self._change(kind))
        settings.append(run)


def text(element: Element) -> str:
    """The text of an element, deleted text too; the number of a footnote is none."""
    return "".join(t.text or "" for t in element.iter() if t.tag in (f"{W}t", f"{W}delText"))


def _run(words: str, element: str = "t") -> Element:
    run = Element(f"{W}r")
    content = ElementTree.SubElement(run, f"{W}{element}")
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    content.text = words
    return run
