"""The files of an edition in memory, each made when it is first asked for."""

from contextlib import nullcontext
from threading import RLock
from typing import Final

from kihonkeikaku.loading.loader import Loaded
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.frozen import freeze_plan
from kihonkeikaku.publishing.edition import (
    ComparisonFiles,
    HtmlPage,
    Part,
    comparison_folder,
    edition_parts,
)
from kihonkeikaku.rendering.html.plan_pages import PlanPage
from kihonkeikaku.rendering.pdf.job import RenderPdfs

PDF: Final = "pdf/plan.pdf"


class PreviewFiles:
    """What ``build`` would write of a plan, byte for byte, and the document that it is made of.

    Nothing is written to disk. What the edition before had made and what has not changed since is
    taken over by its cache key.
    """

    def __init__(
        self, loaded: Loaded, render_pdfs: RenderPdfs, before: "PreviewFiles | None" = None
    ) -> None:
        """Lists the parts of the edition.

        Args:
            loaded: a plan without errors; compared with the edition that it supersedes, if any.
            render_pdfs: renders the PDF.
            before: the edition that was shown until now.

        Raises:
            CommandError: an adopted edition beside the plan can't be used.
        """
        self._draft, self._render_pdfs = loaded.draft, render_pdfs
        plan = loaded.draft.plan()
        superseded = loaded.draft.superseded
        self._frozen = freeze_plan(plan)
        self.document: Document
        self.has_comparison = superseded is not None
        olds = (superseded,) if superseded else ()
        self._pages: dict[str, Part] = {}
        self._comparisons: list[Part] = []
        self._others: list[Part] = []
        for part in edition_parts(self._draft, self._frozen, frozenset({"html"}), olds):
            if isinstance(part, HtmlPage):
                self._pages[part.path] = part
                if isinstance(part.page, PlanPage):
                    self.document = part.page.document
            elif isinstance(part, ComparisonFiles):
                self._comparisons.append(part)
            else:
                self._others.append(part)
        self._made: dict[str, dict[str, bytes]] = {}
        self._made_before = before._made if before else {}
        self._lock = RLock()

    def is_of(self, loaded: Loaded) -> bool:
        """Whether a plan that was loaded later gives the same files: only comments may differ."""
        this, other = self._draft, loaded.draft
        beside = (this.adopted, this.site) == (other.adopted, other.site)
        return beside and this.plan() == other.plan()

    def read(self, path: str) -> bytes | None:
        """Returns a file by its path within the edition, with slashes; None if there is none.

        Raises:
            CommandError: the file can't be made: the text differs from the plan, a font is missing.
        """
        with self._lock:
            if path in self._pages:
                return self._make(self._pages[path])[path]
            for part in self._parts_with(path):
                content = self._make(part).get(path)
                if content is not None:
                    return content
            return None

    def _parts_with(self, path: str) -> list[Part]:
        """Returns the parts that may have a file of this path."""
        if path == PDF:
            *_, pdf = edition_parts(
                self._draft,
                self._frozen,
                frozenset({"pdf"}),
                (),
                start_renderer=lambda: nullcontext(self._render_pdfs),
            )
            return [pdf]
        is_asset = path.startswith("html/assets/")  # the comparison's styles are among these
        if path.startswith(f"{comparison_folder(0, '')}/"):
            return self._comparisons
        return [*self._others, *(self._comparisons if is_asset else ())]

    def _make(self, part: Part) -> dict[str, bytes]:
        """Returns all files of a part, made now if they have not been before."""
        key = part.cache_key or f"always made: {id(part)}"
        if key not in self._made:
            self._made[key] = self._made_before.get(key) or dict(part.render())
        return self._made[key]
