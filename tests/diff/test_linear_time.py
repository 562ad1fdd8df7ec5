"""Time is linear in the size of the plan: calls are counted, so that load doesn't matter."""

from collections.abc import Callable
from cProfile import Profile
from pstats import Stats

import pytest

from kihonkeikaku.amendment.amendment import proved_amendment
from kihonkeikaku.diff.comparison import compare
from kihonkeikaku.diff.comparison_proof import prove_comparison
from kihonkeikaku.model.plan import Plan
from tests.diff.plans import chapter, group, measure, plan, section

pytestmark = pytest.mark.slow

GROUP = 20
WORDS = ("促進", "推進", "整備", "強化", "支援", "検討", "実施", "普及", "確保", "育成")


def edition(groups: int, *, revised: bool) -> Plan:
    """Returns a plan with this number of groups; if revised, one measure in seven is changed."""
    return plan(
        chapter(
            "x",
            *(
                section(
                    f"s-{at}",
                    group(f"g-{at}", *(one(at * GROUP + n, revised) for n in range(GROUP))),
                    body=[f"第{at}の分野において{sentence(at * 31)}。"],
                )
                for at in range(groups)
            ),
        )
    )


def one(number: int, revised: bool) -> dict[str, object]:
    text = sentence(number) + ("等" if revised and number % 7 == 0 else "")
    body = [f"{number}番目として{sentence(number * 17 + revised * (number % 11 == 0))}。"]
    return dict(measure(f"m-{number}", text, "経産省", body=body))


def sentence(number: int) -> str:
    digits = f"{number * 7919 % 100000:05}"
    return "及び".join(f"{digit}号の{WORDS[int(digit)]}" for digit in digits)


def with_table(rows: int, *, revised: bool) -> Plan:
    """Returns a plan with a table and a measure for each five rows; some rows change, some go."""
    kept = [at for at in range(rows) if not (revised and at % 97 == 0)]
    cells = [[f"指標{at}", f"{at * 7 + (revised and at % 10 == 0)}件", "内閣府"] for at in kept]
    measures = (measure(f"m-{at}", sentence(at)) for at in range(rows // 5))
    table = {"table": {"columns": ["指標", "目標", "担当"], "rows": cells}}
    return plan(chapter("x", group("g", *measures), body=[table]))


def calls(
    work: Callable[[Plan, Plan], object], size: int, make: Callable[..., Plan] = edition
) -> int:
    old, new = make(size, revised=False), make(size, revised=True)
    profile = Profile()
    profile.enable()
    work(old, new)
    profile.disable()
    return int(Stats(profile).total_calls)  # type: ignore[attr-defined] # an attribute that typeshed lacks


all_work = pytest.mark.parametrize(
    "work",
    [
        compare,
        lambda old, new: prove_comparison(old, new, compare(old, new)),
        proved_amendment,
    ],
    ids=["compare", "prove", "amendment"],
)


@all_work
def test_time_is_linear_in_the_size_of_the_plan(work: Callable[[Plan, Plan], object]) -> None:
    work(edition(1, revised=False), edition(1, revised=True))  # what is imported on the way
    assert calls(work, 16) < 2.25 * calls(work, 8)


@pytest.mark.torture
@all_work
def test_time_is_linear_in_the_rows_of_a_table(work: Callable[[Plan, Plan], object]) -> None:
    work(with_table(100, revised=False), with_table(100, revised=True))
    assert calls(work, 5000, with_table) < 2.25 * calls(work, 2500, with_table)
