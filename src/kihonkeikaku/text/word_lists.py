"""Word lists for segmentation: particles, inflected kana, affixes, loan words.

They hold the words of government plans. A word that is missing is split at changes of script. To
add one, add it to its list, and a sentence to tests/diff/redlines.
"""

from typing import Final


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


FUNCTION_WORDS: Final = _words(
    """
    の を に が は へ と も で や から まで など より ほか のみ だけ ほど
    では には とは へと への からの までの までに での との にも でも とも をも
    する し した して しつつ しながら すべき され される された されて させ
    させる させた させて しない しなければならない な である であり であって
    であれば となる となり となって なら なり なる なった として としての とする
    とし とした における において に対する について による により によって
    によるもの とともに ため こと もの よう つつ ながら といった という ところ
    うち ごとに ごと のみならず だけでなく また かつ ただし あわせて さらに その
    この これ それ これら それら できる できない できるよう できれば
    """
)
"""Particles, words used like them, and the forms of する."""

KANA_WORDS: Final = _words(
    """
    めぐる はじめ とどまらず とどまる つながる つなげる もたらす もたらし かたち
    あり ある あらゆる いわゆる おおむね おいて まず ほとんど すなわち これまで
    やすい すべて さまざま くまなく ひとり しやすい ふまえ ふまえる もと
    とどまらない おり いる いく きた ならない
    """
)
"""Words that are written in hiragana without kanji."""

KATAKANA_WORDS: Final = _words(
    """
    デジタル データ システム モデル サービス インフラ セキュリティ ネットワーク
    センター スキル リテラシー ガバメント ガバナンス エコ エージェント ロボット
    フィジカル スタートアップ リスク サイバー クラウド サーバー ソフトウェア
    ハードウェア プラットフォーム マルチ モーダル ビジネス テストベッド ガイドライン
    コンテンツ コミュニティ エネルギー グローバル サウス サプライ チェーン
    イノベーション アプリ ベース セット マネジメント フレンズ グループ プロセス
    プロジェクト ワーカー サイクル フォーラム
    """
)
"""Loan words of which compounds are made. A compound is cut only if it consists of these."""

PREFIXES: Final = frozenset("新高低再各全諸非不未無多大小超最次準両本同")
"""Characters that precede a word of two kanji and belong to it."""

SUFFIXES: Final = frozenset(
    "性的化者力省庁室局部課院会員士家学型系別率量数法案権体物品機器網国県市町村圏界業費額"
    "点面層側元源策論観感制職書版語史度内外間中上下用力値像図群類種後前時期"
)
"""Characters that follow a word of two kanji and belong to it."""

WORDS_IN_AFFIXES: Final = _words(
    """
    文化 変化 強化 進化 深化 悪化 激化 特性 属性 個性 女性 男性 目的 公的 私的
    知的 量的 質的 能力 努力 協力 電力 国力 実力 権力 出力 入力 注力 有力 圧力
    業者 記者 患者 学者 若者 会員 全員 委員 職員 機会 社会 学会 国会 大会 大学
    科学 文学 産学 小型 大型 新型 体系 区別 特別 個別 効率 比率 数量 多数 件数
    方法 立法 司法 提案 法案 人権 主権 著作 主体 全体 団体 実体 人物 製品 食品
    商品 作品 動機 危機 機器 武器 外国 各国 我国 全国 産業 企業 事業 作業 農業
    工業 業界 世界 境界 費用 金額 観点 視点 拠点 重点 時点 論点 側面 場面 局面
    当面 根源 資源 電源 対策 政策 施策 方策 理論 議論 世論 価値 数値 画像 映像
    意図 人類 種類 言語 日本 歴史 制度 程度 限度 年度 速度 国内 構内 案内 内外
    海外 国外 中間 期間 時間 人間 民間 向上 以上 以下 低下 利用 活用 雇用 運用
    適用 応用 使用 作用 信用 採用 今後 前後 事前 以前 時期 早期 初期 定期 短期
    長期 再生 新規 新設 高度 高等 各種 各地 各省 全般 全面 不足 不可 不断 未来
    未然 無断 多様 多面 大幅 大綱 小売 最新 最大 最終 最先 次第 本人 本格 本年
    同意 同様 同時 両立 両面 両国 法制 体制 規制 税制 職業 人員 要員 本部 内部
    外部 一部 幹部 学部 支部 部局 部会 審議会 性能 性質 性別 性格 化学 的確
    的中 改正 補正 書面 文書 白書 計器 自体 媒体 総体 具体 地域 市町 市場 都市
    医学 留学 数学 立国 有効 国民 中小 中心 中核 大臣 前提 先導 無線 新薬 論理
    最適 力点
    """
)
"""Words of two kanji in which such a character is no affix."""

NEVER_FIRST: Final = frozenset("的性化者")
"""Affixes with which hardly any word begins, except those above."""

VERB_STEMS: Final = (
    "見直",
    "目指",
    "位置付",
    "関連付",
    "裏付",
    "義務付",
    "枠組",
    "仕組",
    "取組",
    "引継",
    "役立",
)
"""Verbs of several kanji: what follows them is their inflection."""

WHOLE_WORDS: Final = (
    "我が国",
    "一人ひとり",
    "更なる",
    "新たな?",
    "不可欠性?",
    "産学官",
    "産官学",
    "最も",
    "速やか",
    "(?:再来|(?<![日々])[今本来翌同昨毎前当])年度",
)
"""Words that the other lists would split, as regular expressions."""
