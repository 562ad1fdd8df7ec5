"""Items of lists and strings edited in place: what is asked for changes, and not a byte more."""

from typing import Final

import pytest

from kihonkeikaku.drafting.editable_yaml import EditableYaml, ItemText, write_string
from kihonkeikaku.errors import CommandError
from kihonkeikaku.model.finding import PlanPath

BLOCK: Final = """\
# 章
id: m  # 識別子
measures:
  - alpha  # 第一
  # 経産省と調整中
  - beta
  - 'gamma'

sections: []
"""


def edit(text: str) -> EditableYaml:
    return EditableYaml("chapters/m.yaml", text.encode())


def moved(text: str, path: PlanPath, to: PlanPath, index: int) -> str:
    """A file's text after an item was taken out and put in elsewhere."""
    yaml = edit(text)
    yaml.insert_item(to, index, yaml.remove_item(path), before=("sections",))
    return yaml.content.decode()


@pytest.mark.parametrize(
    ("index", "lines"),
    [
        (0, "  # 経産省と調整中\n  - beta\n  - 'gamma'\n"),
        (1, "  - alpha  # 第一\n  - 'gamma'\n"),
        (2, "  - alpha  # 第一\n  # 経産省と調整中\n  - beta\n"),
    ],
)
def test_an_item_goes_with_its_comments(index: int, lines: str) -> None:
    yaml = edit(BLOCK)
    yaml.remove_item(("measures", index))
    begin, rest = BLOCK.partition("  - alpha")[0], BLOCK[BLOCK.index("\nsections") :]
    assert yaml.content.decode() == begin + lines + rest


@pytest.mark.parametrize("to", [0, 1, 2, 3])
def test_an_item_stands_where_it_is_put(to: int) -> None:
    yaml = edit(BLOCK)
    yaml.insert_item(("measures",), to, ItemText.of_value("new"))
    places = ("  - alpha", "  # 経産省", "  - 'gamma'", "\nsections")
    before, place, after = BLOCK.partition(places[to])
    assert yaml.content.decode() == f"{before}  - new\n{place}{after}"


@pytest.mark.parametrize("item", [0, 1, 2])
@pytest.mark.parametrize("to", [0, 1, 2])
def test_what_goes_and_comes_back_leaves_no_trace(item: int, to: int) -> None:
    there = moved(BLOCK, ("measures", item), ("measures",), to)
    assert moved(there, ("measures", to), ("measures",), item) == BLOCK


NESTED: Final = """\
id: m
sections:
    # 一
    - id: one
      measures:
          - alpha
          # 末尾

    - id: two
      title: 二
      sections: [{id: deep}]  # 深い
"""


def test_the_last_item_takes_its_key_along_and_the_first_brings_it() -> None:
    there = moved(NESTED, ("sections", 0, "measures", 0), ("sections", 1, "measures"), 0)
    assert (
        there
        == """\
id: m
sections:
    # 一
    - id: one
          # 末尾

    - id: two
      title: 二
      measures:
          - alpha
      sections: [{id: deep}]  # 深い
"""
    )


def test_a_list_whose_key_has_a_comment_stays_as_an_empty_one() -> None:
    yaml = edit("id: m\nmeasures:  # 取組\n- alpha\ntitle: 題\n")
    item = yaml.remove_item(("measures", 0))
    assert yaml.content.decode() == "id: m\nmeasures: []  # 取組\ntitle: 題\n"
    yaml.insert_item(("measures",), 0, item)
    assert yaml.content.decode() == "id: m\nmeasures: [alpha]  # 取組\ntitle: 題\n"


def test_a_section_takes_all_its_lines_to_another_depth() -> None:
    assert (
        moved(NESTED, ("sections", 0), ("sections",), 1)
        == """\
id: m
sections:
    - id: two
      title: 二
      sections: [{id: deep}]  # 深い
    # 一
    - id: one
      measures:
          - alpha
          # 末尾

"""
    )
    yaml = edit("id: m\nsections:\n- id: a\n  title: A\n- id: b\n  sections:\n  - id: c\n")
    yaml.insert_item(("sections", 0, "sections"), 0, yaml.remove_item(("sections", 0)))
    assert yaml.content.decode() == (
        "id: m\nsections:\n- id: b\n  sections:\n  - id: a\n    title: A\n  - id: c\n"
    )


@pytest.mark.parametrize(
    ("path", "to", "index", "after"),
    [
        (("x", 0), ("y",), 0, "x: [b, c]\ny: [a, d,]\n"),
        (("x", 1), ("y",), 1, "x: [a, c]\ny: [d, b,]\n"),
        (("x", 2), ("x",), 0, "x: [c, a, b]\ny: [d,]\n"),
    ],
)
def test_lists_in_brackets(path: PlanPath, to: PlanPath, index: int, after: str) -> None:
    before = "x: [a, b, c]\ny: [d,]\n"
    assert moved(before, path, to, index) == after


def test_line_ends_and_a_missing_last_one_stay() -> None:
    yaml = edit("id: m\r\nmeasures:\r\n  - a\r\n  - b")
    yaml.insert_item(("measures",), 2, ItemText.of_value("c"))
    assert yaml.content == b"id: m\r\nmeasures:\r\n  - a\r\n  - b\r\n  - c"
    yaml.remove_item(("measures", 0))
    assert yaml.content == b"id: m\r\nmeasures:\r\n  - b\r\n  - c"


def test_strings_keep_their_quotes() -> None:
    yaml = edit("a: x\nb: 'x'\nc: \"x\"\nd: {e: x, f: x} # x\n")
    yaml.replace_strings({(key,): "it's" for key in "abc"} | {("d", "e"): "y"})
    assert yaml.content.decode() == "a: it's\nb: 'it''s'\nc: \"it's\"\nd: {e: y, f: x} # x\n"


def test_keys_are_set_added_and_removed() -> None:
    yaml = edit("edition:\n  id: one  # 版\n  stage: 案\nbasis: {law: 法, number: 1}\n")
    yaml.set_key(("edition", "id"), "two", after="id")
    yaml.set_key(("edition", "supersedes"), "one", after="stage")
    yaml.remove_key(("edition", "stage"))
    yaml.remove_key(("basis", "number"))
    yaml.remove_key(("basis", "article"))
    assert yaml.content.decode() == (
        "edition:\n  id: two  # 版\n  supersedes: one\nbasis: {law: 法}\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [("取組", "取組"), ("A: B", "'A: B'"), ("no", "no"), ("'", "''''"), ("a #b", "'a #b'")],
)
def test_a_string_is_written_so_that_it_is_read(text: str, written: str) -> None:
    assert write_string(text) == written


def test_a_file_with_errors_is_not_edited() -> None:
    with pytest.raises(CommandError, match=r"chapters/m.yaml に誤りがある"):
        edit("id: m\nid: m\n")


def test_what_would_be_no_yaml_is_refused() -> None:
    with pytest.raises(CommandError, match="エディターで直してください"):
        edit("y: [d,]\n").remove_item(("y", 0))


def test_what_would_lose_a_comment_is_refused() -> None:
    yaml = edit("x:\n  - a  # 注釈\n  - b\ny: [c]\n")
    item = yaml.remove_item(("x", 0))
    with pytest.raises(CommandError, match="注釈やほかのところを変えずには書き換えられません"):
        yaml.insert_item(("y",), 0, item)
