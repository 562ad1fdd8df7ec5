"""Frozen editions: a whole plan in one canonical JSON file with the SHA-256 of its content."""

import hashlib
import json
from typing import Final

from pydantic import ValidationError

from kihonkeikaku.finding import Trouble
from kihonkeikaku.model import FORMAT, Plan

_ADVICE: Final = "決定された版の記録は書き換えず、git などから元のファイルを戻してください。"


class DamagedEdition(Trouble):
    """A frozen edition that can't be trusted; ``str()`` says why, ``hint`` what to do."""

    hint = _ADVICE


def content_of(plan: Plan) -> dict[str, object]:
    """Returns the plan as JSON data: what the files say, and nothing that is a default."""
    return plan.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude_defaults=True, warnings="error"
    )


def content_sha256(content: object) -> str:
    """Returns the SHA-256 of JSON data in its one canonical spelling."""
    spelling = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelling.encode("utf-8")).hexdigest()


def plan_sha256(plan: Plan) -> str:
    """Returns the hash by which an edition of this plan is known."""
    return content_sha256(content_of(plan))


def freeze(plan: Plan) -> bytes:
    """Returns the file of a frozen edition; the same plan always gives the same bytes."""
    content = content_of(plan)
    edition = {"format": FORMAT, "sha256": content_sha256(content), "plan": content}
    return (json.dumps(edition, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def thaw(content: bytes) -> Plan:
    """Reads a frozen edition.

    Raises:
        DamagedEdition: it is no frozen edition, of a format that this version doesn't know, or
            its hash doesn't fit.
    """
    try:
        edition = json.loads(content.decode("utf-8"))
        known, plan, sha256 = edition["format"], edition["plan"], edition["sha256"]
    except (ValueError, RecursionError, TypeError, KeyError) as error:
        raise DamagedEdition("決定された版の記録として読めません。") from error
    if known != FORMAT:
        raise DamagedEdition(f"ファイル形式 {known!r} は、この版の kihonkeikaku では読めません。")
    if content_sha256(plan) != sha256:
        raise DamagedEdition("決定された版の記録が、後から書き換えられています。")
    try:
        # By way of JSON text: strict models take JSON's own lists and dates there.
        return Plan.model_validate_json(json.dumps(plan))
    except ValidationError as error:
        raise DamagedEdition("決定された版の記録の内容が、計画として読めません。") from error
