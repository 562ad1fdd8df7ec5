"""Dates and numbers in a text: what belongs to one, and what it says."""

import pytest

from kihonkeikaku.text.dates import find_dates
from kihonkeikaku.text.segmentation import words


@pytest.mark.parametrize(
    ("text", "year", "month", "day", "fiscal"),
    [
        ("2024年度（令和６年度）", 2024, None, None, True),
        ("２０２４年度(令和6年度)", 2024, None, None, True),
        ("令和7年度（2025年度）", 2025, None, None, True),
        ("令和7（2025）年度", 2025, None, None, True),
        ("2025（令和7）年", 2025, None, None, False),
        ("2025年(令和7年)3月", 2025, 3, None, False),
        ("2025年3月（令和7年3月）", 2025, 3, None, False),
        ("2023年末（令和５年末）", 2023, None, None, False),
        ("2024年（令和６年）度", 2024, None, None, True),
        ("2023 年（令和５年）12 月 28 日", 2023, 12, 28, False),
        ("平成三十一年四月三十日", 2019, 4, 30, False),
        ("令和二〇年", 2038, None, None, False),
        ("0月0日", None, None, None, False),
        ("二〇二五年十二月", 2025, 12, None, False),
        ("令和元年度", 2019, None, None, True),
        ("R7年度", 2025, None, None, True),
        ("令和7事業年度", 2025, None, None, True),
        ("令和6～8年度", 2026, None, None, True),
        ("2023～25年度", 2025, None, None, True),
        ("2023年度～2027年度（令和５年度～令和９年度）", 2027, None, None, True),
        ("12月1日（月）", None, 12, 1, False),
        ("十二月一日", None, 12, 1, False),
        ("2025/3/31", 2025, 3, 31, False),
        ("２０２５／３／３１", 2025, 3, 31, False),
        ("2025.3.31", 2025, 3, 31, False),
        ("2025-03-31", 2025, 3, 31, False),
        ("2025/3/31（月）", 2025, 3, 31, False),
        ("R7.3.31", 2025, 3, 31, False),
        ("令和7/3/31", 2025, 3, 31, False),
        ("2025/3", 2025, 3, None, False),
        ("2025/12", 2025, 12, None, False),
        ("2025/4/1～2026/3/31", 2026, 3, 31, False),
    ],
)
def test_a_date_is_read_and_is_one_word(
    text: str, year: int | None, month: int | None, day: int | None, fiscal: bool
) -> None:
    around = f"その{text}に実施"
    [found] = find_dates(around)
    assert (found.start, found.text) == (2, text)
    assert (found.year, found.month, found.day, found.fiscal) == (year, month, day, fiscal)
    assert text in words(around)


def test_months_are_counted_to_the_end_of_what_is_meant() -> None:
    texts = ("令和7年3月31日", "令和7年3月", "2024年度", "2025年4月1日", "令和7年", "2020年代")
    months = [date.last_month - 2024 * 12 for text in texts for date in find_dates(text)]
    assert months == [14 + 31 / 32, 15, 15, 15 + 1 / 32, 24, 72]


@pytest.mark.parametrize(
    "text",
    ["24/7", "2024/25", "12025/3/31", "v2025.3", "2025.3.31.4", "1/2025", "ISO 22301:2019"],
)
def test_figures_that_look_like_a_date_are_none(text: str) -> None:
    assert list(find_dates(text)) == []


@pytest.mark.parametrize(
    "text",
    ["統一月間", "3年間", "12か月間", "日本年金機構", "千年", "12345年", "第3四半期"],
)
def test_what_looks_like_a_date_is_none(text: str) -> None:
    assert list(find_dates(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "第18条|第2項|、|第十八条|第九項|、|第六十一条の二|、|第16条の2",
        "第３次|計画|、|第一次|産業|、|第三者|、|第一|に|、|第3四半期",
        "50％|以上|、|20～30％|、|３．５％|、|2割5分",
        "2～3|割|、|５－１０|人|、|3分の2|、|百分の五|、|10:30",
        "1万5,000|人|、|1兆2,000億|円|、|５，０００|件|、|三十万|人|、|数十万|人",
        "二十一|世紀|、|十分|、|万一|、|一体的|、|一人|一人|、|三つ|の|、|四国",
        "3年|以内|、|６か月|、|10時30分|、|24|時間|、|30|日本",
        "G7|、|5G|、|55G|、|Web3.0|、|1.5Mbps|、|1,000MW|、|DX|2025年度|計画",
        "今年度|末|、|来年度|、|毎年度",
        "2025/3/31|、|2025-03-31|、|2025.3.31",
    ],
)
def test_a_number_is_one_word(text: str) -> None:
    assert words(text.replace("|", "")) == tuple(text.split("|"))
