"""The texts of the search page: all of the plan, each once, as data."""

import json

from kihonkeikaku.model.inlines import text_without_notes
from kihonkeikaku.rendering.html.catalogue import Catalogue
from kihonkeikaku.rendering.html.search import SearchText, collect_search_texts
from tests.rendering.html.pages import files_of
from tests.rendering.plan_data import HOSTILE, document, plan_saying


def script(files: dict[str, bytes]) -> str:
    [path] = [path for path in files if path.startswith("html/assets/search-texts-")]
    return files[path].decode()


def data(text: str) -> dict[str, list[list[object]]]:
    opening = '"use strict";\nconst kihonkeikakuTexts = '
    assert text.startswith(opening)
    assert text.endswith(";\n")
    found: dict[str, list[list[object]]] = json.loads(text[len(opening) : -2])
    return found


def test_every_text_of_the_plan_can_be_found() -> None:
    plan = document()
    texts = collect_search_texts(Catalogue(plan))
    found = "\n".join(f"{text.place} {text.text}" for text in texts.texts)
    for heading in plan.headings():
        assert heading.text in found
        for paragraph in heading.body:
            assert text_without_notes(paragraph.inlines) in found
        for note in heading.notes:
            assert note.body in found
    assert {t.path for t in texts.texts if t.kind == "measure"} == {
        f"measures/{item.measure}.html" for item in plan.measures()
    }
    assert [t.text for t in texts.texts if t.kind == "ministry"] == [
        ministry.name for ministry in plan.ministries
    ]


def test_a_measure_names_its_ministries_by_index() -> None:
    texts = collect_search_texts(Catalogue(document()))
    [chips] = [text for text in texts.texts if text.path == "measures/ai-chips.html"]
    assert chips == SearchText(
        "measure",
        "measures/ai-chips.html",
        "第2章第1節(1)②",
        "高性能AI半導体等の研究及び開発、富岳NEXTの開発",
        ((3, False), (2, True)),
    )
    assert texts.ministries[3] == ("総務省", "")
    assert texts.ministries[2] == ("文科省", "文部科学省")


def test_paragraphs_of_a_measure_lead_to_its_page() -> None:
    texts = collect_search_texts(Catalogue(document()))
    assert (
        SearchText(
            "paragraph",
            "measures/government-ai.html",
            "第2章第1節(1)①",
            "関係省庁の連携の下で進める。",
        )
        in texts.texts
    )


def test_marks_of_footnotes_are_in_no_text_and_footnotes_are_texts_of_their_own() -> None:
    note = {"footnote": "各国の統計"}
    body = [{"plain": ["激", note, "化"]}]
    plan = document(
        chapters=[{"id": "vision", "title": "章", "body": body, "measures": ["a"]}],
        measures=[{"id": "a", "text": ["導", note, "入"], "body": [{"note": [note, "段落"]}]}],
    )
    texts = collect_search_texts(Catalogue(plan)).texts
    assert [t.text for t in texts if t.kind == "measure"] == ["導入"]
    assert [t.text for t in texts if t.kind == "paragraph"] == ["激化", "段落", *["各国の統計"] * 3]


def test_the_script_is_only_data_whatever_the_plan_holds() -> None:
    files = files_of(plan_saying(" ".join(HOSTILE)))
    texts = data(script(files))["texts"]
    assert all(" ".join(HOSTILE) in str(text[3]) for text in texts)


def test_the_page_loads_its_scripts() -> None:
    files = files_of(document())
    page = files["html/search/index.html"].decode()
    for name in ("search-texts", "minisearch", "search"):
        assert f'<script src="../assets/{name}-' in page
