"""Drafting and reading an amendment is bounded work: counted in calls, whatever the machine's load.

What would take more is replaced as a whole, and counted as such; the proof holds all the same.
"""

import random
import re
from collections.abc import Callable, Iterable
from cProfile import Profile
from pathlib import Path
from pstats import Stats
from typing import Any
from unittest.mock import patch

import pytest

from kihonkeikaku import cli
from kihonkeikaku.amendment import amendment
from kihonkeikaku.amendment.amendment import amendment_or_notice, proved_amendment
from kihonkeikaku.amendment.drafting import wording
from kihonkeikaku.amendment.drafting.bounded_matching import WorkLimit
from kihonkeikaku.amendment.drafting.wording import find_word_changes
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.text.segmentation import words
from tests.conftest import REPOSITORY
from tests.diff.plans import chapter, group, measure, plan, section

Pair = tuple[Plan, Plan]
WORDS = ("促進", "整備", "強化", "支援", "検討", "普及", "確保", "育成", "標準", "人材")


def sentence(seed: int) -> str:
    chosen = random.Random(seed)
    return "及び".join(f"{chosen.choice(WORDS)}の{chosen.choice(WORDS)}" for _ in range(6))


def shuffled(parts: Iterable[Any]) -> list[Any]:
    parts = list(parts)
    random.Random(3).shuffle(parts)
    return parts


def bodies(old: list[Any], new: list[Any]) -> Pair:
    return plan(chapter("x", body=old)), plan(chapter("x", body=new))


def grouped(measures: list[Any], size: int = 40) -> Plan:
    starts = range(0, len(measures), size)
    return plan(chapter("x", *(group(f"g-{at}", *measures[at : at + size]) for at in starts)))


def repetitive_text(size: int) -> Pair:
    text = "標準の改訂及び普及を図る。" * (size // 13)
    return bodies([text], [text[: size // 2]])


def every_second_word(size: int) -> Pair:
    numbers = [f"{number}号" for number in range(size // 4)]
    return bodies(["、".join(numbers)], ["、".join(numbers[::2])])


def every_second_sentence(size: int) -> Pair:
    sentences = [sentence(at) for at in range(size // 40)]
    return bodies(["。".join(sentences)], ["。".join(sentences[::2])])


def another_text(size: int) -> Pair:
    texts = ["。".join(map(sentence, range(at, at + size // 40))) for at in (0, 5_000)]
    return bodies(texts[:1], texts[1:])


def shuffled_measures(size: int, at_most: int = 40) -> Pair:
    kanji = [chr(0x4E00 + at) for at in range(size * 7)]
    texts = ["の".join(kanji[at::size]) for at in range(size)]
    measures = [measure(f"m-{at}", text, "経産省") for at, text in enumerate(texts)]
    return grouped(measures, at_most), grouped(shuffled(measures), at_most)


def shuffled_measures_in_many_groups(size: int) -> Pair:
    """In groups so small that hardly any measure stays in its own, however many there are."""
    return shuffled_measures(size, at_most=10)


def measures_in_small_groups(size: int) -> Pair:
    return shuffled_measures(size, at_most=4)


def shuffled_sections(size: int) -> Pair:
    sections = [section(f"s-{at}", title=f"{sentence(at)}{at}") for at in range(size)]
    return plan(chapter("x", *sections)), plan(chapter("x", *shuffled(sections)))


def shuffled_paragraphs(size: int) -> Pair:
    paragraphs = [f"{sentence(at)}を{at}図る。" for at in range(size)]
    return bodies(paragraphs, shuffled(paragraphs))


def paragraphs_of(size: int, verb: str = "図る") -> list[str]:
    return [f"{sentence(at)}を{at}{verb}。" for at in range(size)]


def reworded_paragraphs(size: int) -> Pair:
    return bodies(paragraphs_of(size), paragraphs_of(size, "進める"))


def reworded_paragraphs_of_a_measure(size: int) -> Pair:
    old, new = (measure("m", body=paragraphs_of(size, verb=verb)) for verb in ("図る", "進める"))
    return grouped([old]), grouped([new])


def paragraphs_reworded_elsewhere(size: int) -> Pair:
    old, new = reworded_paragraphs(size)[0], paragraphs_of(size, "進める")
    return old, plan(chapter("x", section("s", body=new)))


def alternately_reworded_and_replaced_paragraphs(size: int) -> Pair:
    new = paragraphs_of(size, "進める")
    new[::2] = [f"{at}号の標準" for at in range(size // 2)]
    return bodies(paragraphs_of(size), new)


def reworded_footnotes(size: int) -> Pair:
    def noted(verb: str) -> list[Any]:
        notes = enumerate(paragraphs_of(size, verb))
        return [{"bullet": [f"{at}号", {"footnote": note}]} for at, note in notes]

    return bodies(noted("図る"), noted("進める"))


def chain_of_moves(size: int) -> Pair:
    """Each measure goes to the next heading, where it takes the number of one that leaves."""
    measures = [measure(f"m-{at}", sentence(at)) for at in range(size)]
    return grouped(measures, 1), grouped([measures[-1], *measures[:-1]], 1)


def calls(pair: Pair) -> int:
    profile = Profile()
    profile.enable()
    proved_amendment(*pair)
    profile.disable()
    return int(Stats(profile).total_calls)  # type: ignore[attr-defined] # an attribute that typeshed lacks


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pair", "size"),
    [
        (repetitive_text, 10_000),
        (every_second_word, 10_000),
        (every_second_sentence, 10_000),
        (another_text, 10_000),
        (shuffled_measures_in_many_groups, 200),
        (shuffled_sections, 200),
        (shuffled_paragraphs, 400),
        (reworded_paragraphs, 120),
        (reworded_paragraphs_of_a_measure, 120),
        (paragraphs_reworded_elsewhere, 120),
        (alternately_reworded_and_replaced_paragraphs, 120),
        (reworded_footnotes, 120),
        (chain_of_moves, 100),
    ],
)
def test_twice_as_much_to_amend_takes_about_twice_the_work(
    pair: Callable[[int], Pair], size: int
) -> None:
    proved_amendment(*pair(40))  # what is imported on the way
    assert calls(pair(2 * size)) < 2.6 * calls(pair(size))


@pytest.mark.parametrize("pair", [every_second_word, every_second_sentence])
def test_a_text_with_too_many_changes_is_replaced_whole(pair: Callable[[int], Pair]) -> None:
    text, proof = proved_amendment(*pair(10_000))
    assert text.splitlines()[1] == "　第1章の第1項目を次のように改める。"
    assert "全部の改め1）" in proof.statement


@pytest.mark.parametrize("part", [slice(None, 100), slice(100, None), slice(50, 150)])
def test_a_long_text_of_which_one_half_is_left_is_still_amended_in_words(part: slice) -> None:
    sentences = [f"{at}、{sentence(at)}。" for at in range(200)]
    text, wanted = "".join(sentences), "".join(sentences[part])
    changes = find_word_changes(words(text), words(wanted))
    assert changes is not None
    assert {change.action for change in changes} <= {"delete", "replace"}
    made = text
    for change in changes:
        made = change.apply(made)
    assert made == wanted


def test_headings_under_which_too_much_moves_are_replaced_whole() -> None:
    text, proof = proved_amendment(*shuffled_measures(200))
    sentences = [line for line in text.splitlines() if line.startswith("　第1章")]
    assert "　第1章(1)を次のように改める。" in sentences
    [counted] = re.findall("全部の改め([0-9]+)）", proof.statement)
    assert int(counted) == sum("を次のように改め" in line for line in sentences)


@pytest.mark.parametrize("pair", [measures_in_small_groups, chain_of_moves])
def test_where_far_too_much_moves_the_chapter_is_replaced_whole(
    pair: Callable[[int], Pair],
) -> None:
    text, proof = proved_amendment(*pair(240))
    assert text.splitlines()[1] == "　第1章を次のように改める。"
    assert "全部の改め1）" in proof.statement


def test_words_that_swap_all_along_a_text_are_joined_without_recursion() -> None:
    pairs = [(f"{at}号の標準", f"{at + 5_000}号の規格") for at in range(600)]
    old = "、".join(f"{a}、{b}" for a, b in pairs)
    new = "、".join(f"{b}、{a}" for a, b in pairs)
    proved_amendment(*bodies([old], [new]))


def _draft_nonsense(old: Plan, new: Plan, extent: str = "lines") -> str:
    return "計画の一部を次のように改める。\n　第9章を削る。\n"


def _draft_and_fail(old: Plan, new: Plan, extent: str = "lines") -> str:
    assert old is new, "a fault of the program"
    return ""


@pytest.mark.parametrize("fault", [_draft_nonsense, _draft_and_fail])
def test_the_table_does_without_an_amendment_that_cannot_be_said(
    fault: Callable[[Plan, Plan], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = str(REPOSITORY / "examples" / "next-edition")
    said = "改め文は、確かなものを作れなかったため、示しません。"
    with patch.object(amendment, "draft_amendment", fault):
        text, proof = amendment_or_notice(*bodies(["甲"], ["乙"]))
        table = tmp_path / "table.html"
        assert cli.run(["diff", example, "--format", "html", "--out", str(table)]) == 0
        edition = ["build", example, "--out", str(tmp_path / "edition"), "--only", "html"]
        old = f"{example}/editions/outline.json"
        assert cli.run([*edition, "--against", old]) == 0
        assert cli.run(["diff", example, "--format", "amendment"]) == 3
    assert text.startswith(said)
    assert proof.statement.startswith(said)
    assert said in table.read_text("utf-8")
    made = tmp_path / "edition" / "comparison"
    assert (made / "amendment.txt").read_text("utf-8").startswith(said)
    assert said in (made / "index.html").read_text("utf-8")
    assert "改め文" not in capsys.readouterr().out


def test_the_limit_is_counted_not_timed() -> None:
    """With a smaller limit the same text is replaced; with the present one it is amended."""
    old, new = (words("、".join(f"{at}号の標準" for at in r)) for r in (range(80), range(1, 81)))
    assert find_word_changes(old, new)
    with patch.object(wording, "WorkLimit", lambda words: _Limit(10)):
        assert find_word_changes(old, new) is None


class _Limit(WorkLimit):
    def __init__(self, steps: int) -> None:
        super().__init__(0)
        self._left = steps
