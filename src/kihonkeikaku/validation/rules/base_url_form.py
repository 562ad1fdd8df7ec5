"""公開先のアドレスが、フォルダーのアドレスではありません。

publication.base_url は、html フォルダーの中身を置く所のアドレスです。これに「measures/…」などを
つないで、sitemap、404のページ、変更の一覧のリンクができます。https:// か http:// から始めます。
ファイル名（index.html など）、「?」や「#」、空白は書きません。日本語は %E3%81%82 のように書きます。

誤り:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition:
      id: second
      stage: 案
    basis:
      law: 人工知能関連技術の研究開発及び活用の推進に関する法律
      number: 令和7年法律第53号
      law_id: 507AC0000000053
      article: 第18条第1項
    publication:
      publisher: 内閣府
      attribution: 出典：内閣府
      base_url: www.example.go.jp/plan/index.html
    chapters: [vision, policy, measures, promotion]

正しい:

    # plan.yaml
    format: 1
    series: example
    title: 計画
    edition:
      id: second
      stage: 案
    basis:
      law: 人工知能関連技術の研究開発及び活用の推進に関する法律
      number: 令和7年法律第53号
      law_id: 507AC0000000053
      article: 第18条第1項
    publication:
      publisher: 内閣府
      attribution: 出典：内閣府
      base_url: https://www.example.go.jp/plan/
    chapters: [vision, policy, measures, promotion]
"""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation

SEVERITY = "error"

_SCHEME: Final = re.compile("https?://", re.IGNORECASE)
_FILE: Final = re.compile(
    r"/[^/]*\.(x?html?|php|aspx?|jsp|cgi|pdf|xml|json|csv|txt|md)$", re.IGNORECASE
)
_FOLDER: Final = re.compile(  # a host, a port, and segments (RFC 3986, 3.2 and 3.3) but . and ..
    r"https?://[a-z0-9][a-z0-9.-]*(:[0-9]{1,5})?"
    r"(/(?!\.\.?(/|$))([a-z0-9._~!$&'()*+,;=:@-]|%[0-9a-f]{2})+)*/?",
    re.ASCII | re.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Violation]:
    """Looks at ``publication.base_url``."""
    publication = draft.head.publication if draft.head else None
    address = publication.base_url if publication else None
    if address and not (_FOLDER.fullmatch(address) and not _FILE.search(address)):
        yield Violation(
            ("plan", "publication", "base_url"),
            f"「{address}」は、公開先のフォルダーのアドレスではありません。",
            _advice(address),
        )


def _advice(address: str) -> str:
    """Returns what to do about an address that is no folder's."""
    wrong = {
        "https:// から書いてください。": not _SCHEME.match(address),
        "空白を除いてください。": re.search(r"\s", address),
        "「?」や「#」から後を除いてください。": re.search("[?#]", address),
        f"「{address.rpartition('/')[0]}/」と書いてください。": _FILE.search(address),
        "日本語などは、%E3%81%82 のような符号で書いてください。": not address.isascii(),
    }
    otherwise = "https://www.example.go.jp/plan/ の形で書いてください。"
    return next((advice for advice, found in wrong.items() if found), otherwise)
