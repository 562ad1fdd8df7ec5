"""The table of printable characters is what the packaged fonts have."""

import subprocess
import sys

import pytest

from kihonkeikaku.text.printed_characters import compose_marks, find_unprintable
from scripts.list_printed_characters import TABLE, printed_characters_file


def test_the_table_is_what_the_fonts_have() -> None:
    # renew with: python -m scripts.list_printed_characters
    assert TABLE.read_text("ascii") == printed_characters_file()


PRINTABLE = (
    "亜ア①～㊿㎡℃ⅢＡ\u3000\t\n\u00a0",
    "CO₂、10⁻⁶、xₙ、½、₩₹₿€、†‡※〓",
    "𠮷野、𩸽、葛\U000e0100城、髙﨑神",
    "Việt Nam、Česko、Ωμέγα、Москва、ἄνθρωπος",
    "☑☐✔✕▶★♪→⇒",
    "か\u3099、e\u0301、e\u0302\u0323、か\u309a、ㇷ\u309a",
)


@pytest.mark.parametrize("text", PRINTABLE)
def test_printable(text: str) -> None:
    assert [match[0] for match in find_unprintable(text)] == []


UNPRINTABLE = {
    "笑顔😀と☺\ufe0f": [(2, "😀"), (4, "☺\ufe0f")],
    "葛\U000e01ef城と葛\ufe00": [(0, "葛\U000e01ef"), (4, "葛\ufe00")],
    "한국、ไทย、שלום、عربي": [
        *((at, char) for at, char in enumerate("한국、ไทย、שלום、عربي") if char != "、"),
    ],
    "\u3099濁点、a\u3099、か\u3099\u3099": [(0, "\u3099"), (4, "a\u3099"), (7, "か\u3099\u3099")],
    "私用\ue000、制御\x01": [(2, "\ue000"), (6, "\x01")],
    "\ufe0f": [(0, "\ufe0f")],
    "<\u0338": [(0, "<\u0338")],
}


@pytest.mark.parametrize("text", UNPRINTABLE)
def test_unprintable(text: str) -> None:
    found = [(match.start(), match[0]) for match in find_unprintable(text)]
    assert found == UNPRINTABLE[text]


def test_only_letters_with_marks_are_composed() -> None:
    assert compose_marks("か\u3099e\u0301か\u309a神Å<\u0338") == "がéか\u309a神Å<\u0338"


def test_no_font_is_opened() -> None:
    code = (
        "import sys\n"
        "from kihonkeikaku.text.printed_characters import find_unprintable\n"
        "assert not any(find_unprintable('𠮷'))\n"
        "sys.exit(any(name in sys.modules for name in ('fontTools', 'weasyprint', 'PIL')))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
