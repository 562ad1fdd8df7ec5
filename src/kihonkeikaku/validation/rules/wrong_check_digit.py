"""法人番号の検査用数字が合いません。

法人番号の先頭の一桁は、残りの 12 桁から決まる検査用数字です。下の桁から順に 1、2、1、2、… を掛けて
足し、9 で割った余りを 9 から引きます（法人番号の指定等に関する省令（平成26年財務省令第70号）
第2条）。写し間違いがあると、多くの場合に合わなくなります。

誤り:

    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
        corporate_number: '4000012090010'
      - id: mext
        name: 文科省

正しい:

    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
        corporate_number: '4000012090001'
      - id: mext
        name: 文科省
"""

from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"
ADJUSTABLE: Final = True


def check(draft: Draft) -> Iterator[Violation]:
    """Works out the first digit of each 法人番号 from the others."""
    for index, ministry in enumerate(draft.ministries):
        number = ministry.corporate_number
        if number and number[0] != check_digit(number[1:]):
            yield Violation(
                ("ministries", index, "corporate_number"),
                f"法人番号「{number}」の検査用数字（先頭の桁）が合いません。",
                "国税庁の法人番号公表サイトなどで番号を確かめてください。",
            )


def check_digit(base: str) -> str:
    """Returns the check digit of the 12 other digits of a 法人番号."""
    total = sum(int(digit) * (1 + n % 2) for n, digit in enumerate(reversed(base)))
    return str(9 - total % 9)
