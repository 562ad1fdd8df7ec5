"""Which words are struck out and put in."""

import pytest

from kihonkeikaku.compare.redline import title_redline
from kihonkeikaku.compare.segment import words


def shown(old: str, new: str) -> str:
    """Returns the redline with ``[-…-]`` for what was struck out, ``{+…+}`` for what was put in."""
    marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(marks[op].format(text) for op, text in title_redline(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("利活用の促進", "利活用の推進", "利活用の[-促進-]{+推進+}", id="no word torn"),
        pytest.param("利活用", "利活用等", "利活用{+等+}", id="等"),
        pytest.param("検討", "検討及び周知", "検討{+及び周知+}", id="及び"),
        pytest.param("令和7年度まで", "令和10年度まで", "令和[-7-]{+10+}年度まで", id="a number"),
        pytest.param(
            "AIロボット", "AIエージェント", "AI[-ロボット-]{+エージェント+}", id="katakana"
        ),
        pytest.param("研究、開発", "開発", "[-研究、-]開発", id="struck out"),
        pytest.param(
            "研究の推進を図る",
            "開発の促進を図る",
            "[-研究の推進-]{+開発の促進+}を図る",
            id="a particle between",
        ),
        pytest.param(
            "国の計画の改訂",
            "国及び地方の計画の策定",
            "国{+及び地方+}の計画の[-改訂-]{+策定+}",
            id="words between",
        ),
        pytest.param(
            "国の改訂",
            "国及び地方の策定",
            "国{+及び地方+}の[-改訂-]{+策定+}",
            id="a particle beside what was only put in",
        ),
        pytest.param("", "新しい", "{+新しい+}", id="from nothing"),
        pytest.param("同じ", "同じ", "同じ", id="equal"),
    ],
)
def test_a_redline_reads_as_an_official_would_mark_it(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


@pytest.mark.parametrize(
    "text",
    [
        "社会情勢",
        "検討|及び|その|周知",
        "男女平等|等|の|実現",
        "1.5|倍|、|2,000|件",
        "ＡＩ|（|AI|）",
    ],
)
def test_words(text: str) -> None:
    assert words(text.replace("|", "")) == tuple(text.split("|"))
