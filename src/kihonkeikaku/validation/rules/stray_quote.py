"""引用符が、閉じ忘れや打ち間違いのまま、文として印字されます。

YAML の引用符は、値の全体を半角の ' ' か " " で囲みます。片方だけや、“ ” などで全体を囲んだものは、
値を囲む印にならず、文字として印字されます。対になっている引用符（“DX with Cybersecurity”）や、
英語のアポストロフィ（Japan's）は、そのままで構いません。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: 計画の推進'
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: '計画の推進'
    assignments:
      - ministry: 経産省
"""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.validation.printed_text import PrintedText, find_printed_texts

SEVERITY = "error"
ADJUSTABLE: Final = True

_KINDS: Final = ("'‘’＇", '"“”＂〝〟″')
"""Single and double quotation marks; Japanese input methods give either for opening and closing."""

_MARK: Final = re.compile(f"[{''.join(_KINDS)}]")
_APOSTROPHE: Final = re.compile("(?<=[A-Za-z0-9])['’](?=[A-Za-z])|(?<=s)['’](?=[ A-Za-z])")


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each quotation mark at one end of a text without a partner, or around all of it."""
    for printed in (*find_printed_texts(draft, _MARK), *_find_other_texts(draft)):
        for offset in _find_stray(printed):
            path, place = printed.locate(offset)
            yield Violation(
                path,
                f"引用符「{printed.text[offset]}」が、文として印字されます。",
                "値を囲むつもりなら、半角の ' で全体を囲んでください。要らなければ除いてください。",
                offset=place,
                length=1,
            )


def _find_other_texts(draft: Draft) -> Iterator[PrintedText]:
    """Yields what is printed beside the prose: names, reasons, whose the edition is."""
    prose = {path for path, _ in draft.prose}
    for path, text in draft.printed_strings():
        if path not in prose and _MARK.search(text):
            yield PrintedText(text, (path,), (0,))


def _find_stray(printed: PrintedText) -> Iterator[int]:
    plain = _APOSTROPHE.sub("x", printed.text)
    last = len(plain) - 1
    for marks in _KINDS:
        places = [offset for offset, character in enumerate(plain) if character in marks]
        if len(places) % 2 and (places[0] == 0 or places[-1] == last):
            yield last if places[-1] == last else 0
        elif places == [0, last] and len(printed.paths) == 1:
            yield 0
