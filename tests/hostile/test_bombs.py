"""Small files that cost much, and files that are too long to keep: each described by its bytes.

Every one is answered by a process of its own, within the promise's time and memory.
"""

from kihonkeikaku.source import YAML_LIMIT
from tests.sample import SAMPLE

ALPHA = SAMPLE["measures/alpha.yaml"].encode()
HEAD = SAMPLE["plan.yaml"].encode()
TITLED = b"id: policy\ntitle: x\n"


def filled(before: bytes, part: bytes, after: bytes = b"", limit: int = YAML_LIMIT) -> bytes:
    """``part`` as often as fits between the two, in the largest file that is read."""
    return before + part * ((limit - len(before) - len(after)) // len(part)) + after


def numbered(before: bytes, part: str, count: int) -> bytes:
    return before + "".join(part.format(n) for n in range(count)).encode()


TOO_MANY = "値が多すぎるため読みません（一つのファイルに 50,000 まで）。"
NO_YAML = "yaml-syntax {}:1:1 YAML として読めません。"
TOO_DEEP = "入れ子が深すぎます（32 段まで）。"
ALIAS = "「&」と「*」（アンカーとエイリアス）は使えません。"
NO_PERCENT = "「%」で始まる行は使えません。"

# name → file, its content, the first finding
BOMBS: dict[str, tuple[str, bytes, str]] = {
    "flow-100000-deep": ("measures/alpha.yaml", b"[" * 100_000, f"too-deep {{}}:1:33 {TOO_DEEP}"),
    "flow-1-mib-deep": ("measures/alpha.yaml", b"[" * YAML_LIMIT, f"too-deep {{}}:1:33 {TOO_DEEP}"),
    "braces-deep": ("measures/alpha.yaml", filled(b"", b"{a: "), f"too-deep {{}}:1:129 {TOO_DEEP}"),
}
