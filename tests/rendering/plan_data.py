"""A plan with every kind of element that is printed, as the loader would read it."""

from typing import Any

from kihonkeikaku.model.document import Document
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan

HEAD: dict[str, Any] = {
    "format": 1,
    "series": "jp-ai-basic-plan",
    "title": "人工知能基本計画",
    "subtitle": "すべての形を示す見本",
    "edition": {"id": "sample", "stage": "案", "label": "第Ⅱ期", "dated": "2026-07-01"},
    "basis": {
        "law": "人工知能関連技術の研究開発及び活用の推進に関する法律",
        "number": "令和7年法律第53号",
        "law_id": "507AC0000000053",
        "article": "第18条第1項",
    },
    "publication": {
        "publisher": "内閣府",
        "attribution": "出典：内閣府「人工知能基本計画骨子」を加工して作成",
        "contents_title": "全体構成",
        "notice": "例示",
    },
    "chapters": ["preface", "vision", "measures", "annex"],
}

MINISTRIES: list[dict[str, Any]] = [
    {"id": "cao-ai", "name": "内閣府（AI室）", "full_name": "内閣府人工知能政策推進室"},
    {"id": "cao-ip", "name": "内閣府（知財事務局）", "full_name": "内閣府知的財産戦略推進事務局"},
    {"id": "mext", "name": "文科省", "full_name": "文部科学省"},
    {"id": "mic", "name": "総務省"},
    {"id": "digital", "name": "デジタル庁"},
    {"id": "cas-digital", "name": "内閣官房（デジ行財）"},
    {"id": "related", "name": "関係省庁", "collective": "related"},
]

LOOSE_MEASURES = ["ai-startups", "government-data", "training-data", "essential-workers"]
"""Measures whose lines would be spread widely, since long names of ministries follow them."""

CHAPTERS: list[dict[str, Any]] = [
    {
        "id": "preface",
        "kind": "preface",
        "title": "はじめに",
        "body": [{"plain": "この計画は、見本である。"}],
    },
    {
        "id": "vision",
        "title": "基本構想　～「世界で最もAIを開発・活用しやすい国」を目指して～",
        "sections": [
            {
                "id": "vision-competition",
                "kind": "topic",
                "title": "国際競争と我が国の現状",
                "body": [
                    "AIは、生成AIをはじめとする急速な技術進歩によって、世界の持続可能な発展に"
                    "必要不可欠なテクノロジーに。",
                    {
                        "id": "vision-decade",
                        "bullet": [
                            "世界各国で、AIの利活用が進み、開発競争も激化",
                            {"footnote": "各国の統計による。"},
                            "。日本としても出遅れることはできない。",
                        ],
                    },
                    "AIをめぐるリスクは、誤判断、ハルシネーション等の技術的リスクのみならず、"
                    "差別・偏見の助長、犯罪への利用、過度な依存、プライバシー・財産権の侵害、"
                    "環境負荷の増大、偽・誤情報の拡散、さらに、雇用・経済不安といった"
                    "社会的リスクやサイバー攻撃といった安全保障リスクにも拡大。",
                    "AIモデルとアプリを組み合わせた多様なサービスの創出、AIとロボット等を"
                    "組み合わせたフィジカルAIの開発導入、科学研究に広くAIを利活用する"
                    "AI for Science等の推進は日本の勝ち筋（ISO/IEC JTC1における標準化を含む）。",
                ],
                "sections": [
                    {
                        "id": "vision-direction",
                        "kind": "policy",
                        "title": "AI利活用の加速的推進（「AIを使う」）",
                        "body": [
                            {
                                "bullet": [
                                    "具体的な取組は、",
                                    {"ref": "ai-chips"},
                                    "及び",
                                    {"ref": "vision-decade"},
                                    "に示す。",
                                ]
                            }
                        ],
                    }
                ],
            }
        ],
    },
    {
        "id": "measures",
        "title": "AI関連技術の研究開発及び活用の推進に関し、政府が講ずべき施策",
        "body": [
            {"note": "具体的な施策は以下に列挙するものに加え、今後も適宜充実・強化"},
            {"legend": "◎は主な府省庁を示す。"},
        ],
        "sections": [
            {
                "id": "utilization",
                "kind": "section",
                "title": "AI利活用の加速的推進",
                "body": ["AIが日常化する社会を目指し、様々な局面でのAI利活用を推進。"],
                "measures_label": "具体的な取組例",
                "sections": [
                    {
                        "id": "utilization-government",
                        "kind": "group",
                        "title": "政府・自治体でのAIの徹底した利活用",
                        "measures": ["government-ai", "ai-chips"],
                    },
                    {
                        "id": "utilization-frameworks",
                        "kind": "group",
                        "title": "更なるAI利活用に向けた仕組みづくり",
                        "measures": ["unassigned", {"reprint": "ai-chips"}, *LOOSE_MEASURES],
                    },
                ],
            }
        ],
    },
    {"id": "annex", "kind": "appendix", "title": "用語", "body": [{"plain": "AI　人工知能"}]},
]

MEASURES: list[dict[str, Any]] = [
    {
        "id": "government-ai",
        "text": "ガバメントAIの推進、政府によるAIの適正かつ先導的な利活用",
        "assignments": [
            {"ministry": "内閣府（AI室）"},
            {"ministry": "内閣府（知財事務局）", "role": "lead"},
            {"ministry": "関係省庁"},
        ],
        "body": ["関係省庁の連携の下で進める。", {"note": "令和8年度から"}],
    },
    {
        "id": "ai-chips",
        "clauses": [
            {"text": "高性能AI半導体等の研究及び開発", "assignments": [{"ministry": "総務省"}]},
            {"text": "、富岳NEXTの開発", "assignments": [{"ministry": "文科省", "role": "lead"}]},
        ],
    },
    {"id": "unassigned", "text": "担当を定めない取組"},
    {
        "id": "ai-startups",
        "text": "AIに係る革新的技術を有するスタートアップ等の支援",
        "assignments": [
            {"ministry": "内閣府（AI室）", "role": "lead"},
            {"ministry": "内閣官房（デジ行財）"},
            {"ministry": "文科省"},
        ],
    },
    {
        "id": "government-data",
        "text": "政府が保有する各種データについて機械判読可能な形に整えるとともに、"
        "AI利用を前提としたデータ環境の構築に努める",
        "assignments": [
            {"ministry": "内閣官房（デジ行財）"},
            {"ministry": "内閣府（AI室）", "role": "lead"},
            {"ministry": "関係省庁"},
        ],
    },
    {
        "id": "training-data",
        "text": "新たなデータセット、AIの開発に必要なマルチモーダルなデータの創出・提供等の"
        "データ連携基盤の構築",
        "assignments": [
            {"ministry": "内閣府（AI室）", "role": "lead"},
            {"ministry": "デジタル庁"},
            {"ministry": "総務省"},
            {"ministry": "文科省"},
        ],
    },
    {
        "id": "essential-workers",
        "text": "アドバンスト・エッセンシャルワーカー創出のためのリスキリング支援の強化",
        "assignments": [
            {"ministry": "内閣府（知財事務局）", "role": "lead"},
            {"ministry": "文科省"},
        ],
    },
]


def document(**changes: Any) -> Document:
    """Returns the sample, numbered, with parts of it changed: head, chapters, measures …"""
    parts = {
        "head": HEAD,
        "ministries": MINISTRIES,
        "chapters": CHAPTERS,
        "measures": MEASURES,
    }
    return number(Plan.model_validate(parts | changes))


HOSTILE = (
    "{{ 7*7 }}",
    "{% include 'web/style.css' %}",
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "--><!--",
    "</main></html>",
    "]]>",
    "&lt;b&gt;&amp;",
    "<title>",
)


def plan_saying(text: str) -> Document:
    """Returns a plan with ``text`` as the value of each text."""
    publication = {"publisher": text, "attribution": text, "contents_title": text, "notice": text}
    edition = {"id": "hostile", "stage": "決定", "label": text}
    basis = {"law": text, "number": text, "law_id": text, "article": text}
    body = [text, {"note": text}, {"legend": text}, {"plain": [text, {"footnote": text}]}]
    group = {"id": "group", "kind": "group", "title": text, "measures_label": text, "body": body}
    chapter = {"id": "vision", "title": text, "sections": [group | {"measures": ["hostile"]}]}
    return document(
        head=HEAD
        | {"title": text, "subtitle": text, "edition": edition, "basis": basis}
        | {"publication": publication},
        ministries=[{"id": "hostile", "name": text, "full_name": text}],
        chapters=[chapter],
        measures=[{"id": "hostile", "text": text, "assignments": [{"ministry": text}]}],
    )
