"""Random edits by up to three ministries, while the plan itself moves on."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

import pytest

from kihonkeikaku.consultation.bins import Receipt
from kihonkeikaku.consultation.sheet_files import open_consulted_plan
from kihonkeikaku.consultation.taking_in import ALL_CLEAN, take_units
from tests.consultation.sheets import bins, receive, require_conserved, send
from tests.consultation.word_edits import EditedFile
from tests.sample import SAMPLE, plant

SIZE: Final = 6
WORDS: Final = ("研究開発", "人材育成", "国際連携", "利活用", "基盤整備", "標準化")
MINISTRIES: Final = ("経産省", "文科省", "総務省")


def text_of(number: int) -> str:
    """A text like no other in the plan, of which a part may be changed."""
    return f"第{number}号の{WORDS[number % len(WORDS)]}に関する取組の着実な推進"


def write_plan(folder: Path) -> Path:
    """A plan of six paragraphs and six measures, each with a text of its own."""
    body = "".join(f"  - {text_of(n)}\n" for n in range(SIZE))
    files: dict[str, str | bytes | None] = {
        "chapters/vision.yaml": f"id: vision\ntitle: 基本構想\nbody:\n{body}",
        "chapters/measures.yaml": SAMPLE["chapters/measures.yaml"].replace(
            "      - alpha\n      - beta\n",
            "".join(f"      - m{n}\n" for n in range(SIZE)),
        ),
        "measures/alpha.yaml": None,
        "measures/beta.yaml": None,
    }
    for n in range(SIZE):
        files[f"measures/m{n}.yaml"] = (
            f"id: m{n}\ntext: {text_of(SIZE + n)}\nassignments:\n"
            "  - ministry: 経産省\n    role: lead\n  - ministry: 文科省\n"
        )
    return plant(folder, files)


def handle(number: int) -> str:
    return f"vision#{number + 1}" if number < SIZE else f"m{number - SIZE}"


@dataclass
class Story:
    """What the ministries and the drafters did, by the number of the unit."""

    edited: dict[int, set[str]] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)
    structural: set[int] = field(default_factory=set)
    drafted: dict[int, str] = field(default_factory=dict)

    @property
    def touched(self) -> set[int]:
        return set(self.edited) | self.structural


def answer(random: Random, file: EditedFile, story: Story) -> None:
    """Edits some units of one file: words, or the form of the text."""
    for number in random.sample(range(2 * SIZE), random.randint(0, 4)):
        words = text_of(number)
        match random.choice(["words", "words", "words", "delete", "split", "move", "insert"]):
            case "words":
                new = random.choice(["確実な", "早急な", "計画的な"])
                file.replace(words, words.replace("着実な", new))
                story.edited.setdefault(number, set()).add(new)
                if not file.tracked:
                    story.silent.add(number)
            case "delete":
                file.delete(words)
                story.structural.add(number)
            case "split":
                file.split(words[1:])
                story.structural.add(number)
            case "move":
                file.move_after(words, "必要な事項")
                story.structural.add(number)
            case "insert":
                file.insert_after(words, f"・{file.author}の新しい文{number}。")


def draft(random: Random, plan: Path, story: Story) -> None:
    """The drafters change some units meanwhile."""
    for number in random.sample(range(2 * SIZE), random.randint(0, 3)):
        new = random.choice(["確実な", "迅速な"])
        is_prose = number < SIZE
        file = plan / ("chapters/vision.yaml" if is_prose else f"measures/{handle(number)}.yaml")
        text = file.read_text("utf-8")
        file.write_text(
            text.replace(text_of(number), text_of(number).replace("着実な", new)), "utf-8"
        )
        story.drafted[number] = new


def play(seed: int, folder: Path) -> tuple[Path, list[Path], Story, Receipt]:
    random, story = Random(seed), Story()
    plan = write_plan(folder / "plan")
    files = []
    for ministry in MINISTRIES[: random.randint(1, 3)]:
        sheet = send(plan, name=ministry)
        file = EditedFile(sheet, ministry, tracked=random.random() < 0.8)
        answer(random, file, story)
        files.append(file.save(folder / f"{ministry}-back.docx"))
    draft(random, plan, story)
    return plan, files, story, receive(plan, *files)


@pytest.mark.parametrize("seed", range(60))
def test_nothing_is_lost_and_every_conflict_is_found(seed: int, tmp_path: Path) -> None:
    _, _, story, receipt = play(seed, tmp_path)
    require_conserved(receipt)
    found: dict[str | None, set[str]] = {}
    for unit in receipt.units:
        found.setdefault(unit.handle, set()).add(unit.bin)
    for number in range(2 * SIZE):
        name, answers = handle(number), story.edited.get(number, set())
        if number not in story.touched:
            assert found[name] == {"same"}, name
        elif number in story.structural:
            assert found[name] != {"same"}, name
        elif len(answers) > 1:
            assert found[name] == {"between-ministries"}, name
        elif number in story.drafted and story.drafted[number] not in answers:
            assert found[name] == {"conflict"}, name
        elif number in story.drafted:
            assert found[name] == {"already"}, name
        elif number not in story.silent:
            assert found[name] == {"take"}, name
    added = {unit.received for unit in receipt.units if unit.bin == "added"}
    assert all(re.fullmatch(r"・.*の新しい文[0-9]+。", text or "") for text in added)


@pytest.mark.parametrize("seed", range(15))
def test_what_is_taken_comes_back_as_the_same(seed: int, tmp_path: Path) -> None:
    plan, files, _, receipt = play(seed, tmp_path)
    edit = open_consulted_plan(str(plan))
    taken = take_units(receipt, edit, (ALL_CLEAN,))
    edit.write()
    again = receive(plan, *files)
    for unit in taken.units:
        [now] = [u for u in again.units if u.handle == unit.handle]
        assert now.bin == "already"
    assert bins(receive(plan, send(plan, name="anew"))) == {}
