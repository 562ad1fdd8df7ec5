"""公開先のアドレスが、フォルダーのアドレスではありません。

site.yaml の base_url（形式 1 では plan.yaml の publication.base_url）は、html フォルダーの中身を
置く所のアドレスです。これに「measures/…」などをつないで、sitemap と404のページのリンクができます。
版の内容ではないので、決定の後に変えても、版は変わりません。https:// か http:// から始めます。
ファイル名（index.html など）、「?」や「#」、空白は書きません。日本語は %E3%81%82 のように書きます。

誤り:

    # site.yaml
    base_url: www.example.go.jp/plan/index.html

正しい:

    # site.yaml
    base_url: https://www.example.go.jp/plan/
"""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation
from kihonkeikaku.model.plan_head import FORMAT

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
    """Looks at ``base_url`` of site.yaml, and at ``publication.base_url`` of format 1."""
    former: PlanPath = ("plan", "publication", "base_url")
    publication = draft.head.publication if draft.head else None
    addresses: dict[PlanPath, str | None] = {
        ("site", "base_url"): draft.site.base_url if draft.site else None,
        former: publication.base_url if publication else None,
    }
    if draft.head and draft.head.format == FORMAT and addresses[former]:
        yield Violation(
            former,
            "公開先のアドレスは、形式 2 では plan.yaml に書きません。",
            f"site.yaml に「base_url: {addresses[former]}」と書き、この行を除いてください。",
            at_key=True,
        )
    for path, address in addresses.items():
        if not address or (_FOLDER.fullmatch(address) and not _FILE.search(address)):
            continue
        yield Violation(
            path,
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
