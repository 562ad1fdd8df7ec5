"""Words that are spelt in several ways: the table of the rule ``spelling-variant``.

To add a word, add a group: its spellings, the one that official documents prefer first. Where
the word alone would find others too, or inflects, a spelling is the word, letters that stand in
all its forms, and a regular expression.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to spell a word. ``pattern`` finds it; whatever it finds contains ``stem``."""

    word: str
    stem: str
    pattern: str


def _group(*spellings: str | tuple[str, str, str]) -> tuple[Spelling, ...]:
    return tuple(Spelling(s, s, s) if isinstance(s, str) else Spelling(*s) for s in spellings)


def _long_vowel(word: str) -> tuple[Spelling, ...]:
    """A loan word with and without 「ー」 at its end; within a longer one the end isn't seen."""
    return _group(f"{word}ー", (word, word, f"{word}(?![ァ-ヺー])"))


_LONG_VOWEL_WORDS: Final = (
    "サーバ", "ユーザ", "センタ", "コンピュータ", "データ", "ブラウザ", "フォルダ",
    "プロバイダ", "パラメータ", "マネージャ", "スキャナ", "ルータ", "プロセッサ", "センサ",
    "コントローラ", "モニタ", "メモリ", "カテゴリ", "セキュリティ", "リテラシ", "テクノロジ",
    "アクセシビリティ", "アーキテクチャ",
)  # fmt: skip

SPELLINGS: Final[tuple[tuple[Spelling, ...], ...]] = (
    # 名詞と動詞（「取り組み、」「取り組む」は動詞で、どちらの表記とも数えない）
    _group(
        ("取組", "取組", "取組(?![みむめん]|ま(?!で))"),
        (
            "取り組み",
            "取り組み",
            "取り組み(?=[のをがはもに等へで。）」・]|と(?!も)|や(?!す)|から|まで|など|\\n)",
        ),
        "取組み",
    ),
    _group("取りまとめ", "とりまとめ", "取り纏め", "取纏め"),
    # 漢字と仮名（「公用文における漢字使用等について」平成22年内閣訓令第1号）
    _group("在り方", ("あり方", "あり方", "(?<!で)あり方(?![針法向式策])")),
    _group("子供", "子ども"),
    _group("全て", "すべて", "凡て"),
    _group("様々", "さまざま", "様様"),
    _group(("できる", "でき", "でき(?:る|ない)"), ("出来る", "出来", "出来(?:る|ない)")),
    _group("一人一人", "一人ひとり", "ひとりひとり"),
    _group("一つ", ("ひとつ", "ひとつ", "(?<!一つ)ひとつ")),
    _group("我が国", "わが国"),
    _group("更なる", "さらなる"),
    _group(("とどまる", "とどま", "とどま[らりる]"), ("留まる", "留ま", "留ま[らりる]")),
    _group("踏まえ", "ふまえ"),
    _group(("基づく", "基づ", "基づ[くきい]"), ("もとづく", "もとづ", "もとづ[くきい]")),
    _group(("生かす", "生か", "生か[さしすせそ]"), ("活かす", "活か", "活か[さしすせそ]")),
    _group(
        ("に当たって", "に当た", "に当た(?:って|り|る)"),
        ("にあたって", "にあた", "にあた(?:って|り|る)"),
    ),
    _group(("をめぐる", "をめぐ", "をめぐ[るりっ]"), ("を巡る", "を巡", "を巡[るりっ]")),
    _group("人材", "人財"),
    _group("障害者", "障がい者", "障碍者"),
    # 外来語
    _group("リスキリング", "リスキング"),
    _group("デジタル", "ディジタル"),
    _group("ソフトウェア", "ソフトウエア"),
    _group("ハードウェア", "ハードウエア"),
    _group("ウェブ", "ウエブ"),
    _group("インターフェース", "インタフェース", "インターフェイス"),
    _group("シミュレーション", "シュミレーション"),
    _group("ビッグデータ", "ビックデータ"),
    _group("プラットフォーム", "プラットホーム"),
    _group("スタートアップ", "スタート・アップ"),
    # 語末の長音（「外来語の表記」平成3年内閣告示第2号）
    *map(_long_vowel, _LONG_VOWEL_WORDS),
)
