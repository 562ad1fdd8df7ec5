"""Frozen editions: a whole plan in one canonical JSON file with the SHA-256 of its content."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from kihonkeikaku.errors import CommandError
from kihonkeikaku.model.contradictions import find_contradictions_within
from kihonkeikaku.model.migration import migrate_frozen
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.model.plan_head import FORMAT, READ_FORMATS
from kihonkeikaku.system.signals import block_interruptions
from kihonkeikaku.text.characters import find_forbidden

_ADVICE: Final = "決定された版の記録は書き換えず、git などから元のファイルを戻してください。"


VALUE_LIMIT: Final = 300_000
"""Most values that are read of one edition; one of 20,000 measures has about 240,000."""
_KEYS: Final = {"format", "sha256", "plan"}
# Control characters come as escapes in JSON; these are all of them but \n and \t.
_CONTROLS: Final = re.compile(r"(?<!\\)(?:\\\\)*\\[bfru]")
_NEWLINE: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\n")
_SHOWN: Final = 40


class DamagedEditionError(CommandError):
    """A frozen edition that can't be trusted: ``str()`` is the reason, ``hint`` the advice."""

    hint = _ADVICE

    def __init__(self, message: str, place: tuple[int, int] = (1, 1)) -> None:
        """``place`` is the line and the column, counted from 1."""
        super().__init__(message)
        self.place = place


@dataclass(frozen=True, slots=True)
class FrozenPlan:
    """A plan as JSON data, and the hash by which an edition of it is known."""

    content: Mapping[str, object]
    sha256: str

    def file(self) -> bytes:
        """Returns the file of a frozen edition; the same plan always gives the same bytes."""
        edition = {"format": FORMAT, "sha256": self.sha256, "plan": self.content}
        text = json.dumps(edition, ensure_ascii=False, indent=1, sort_keys=True)
        return f"{text}\n".encode()


def freeze_plan(plan: Plan) -> FrozenPlan:
    """Freezes a plan."""
    content = dump_plan(plan)
    return FrozenPlan(content, hash_content(content))


def dump_plan(plan: Plan) -> dict[str, object]:
    """Returns the plan as JSON data, without values that are defaults."""
    with block_interruptions():  # pydantic takes an interruption for a value that it can't write
        return plan.model_dump(
            mode="json", by_alias=True, exclude_none=True, exclude_defaults=True, warnings="error"
        )


def hash_content(content: object) -> str:
    """Returns the SHA-256 of JSON data in its one canonical spelling."""
    return _sha256(_canonical_json(content))


def hash_plan(plan: Plan) -> str:
    """Returns the hash by which an edition of this plan is known."""
    return freeze_plan(plan).sha256


def freeze(plan: Plan) -> bytes:
    """Returns the file of a frozen edition: that of ``freeze_plan``."""
    return freeze_plan(plan).file()


def thaw(content: bytes) -> Plan:
    """Reads a frozen edition.

    Raises:
        DamagedEditionError: it is no frozen edition, of a format that this version doesn't know, or
            its hash doesn't fit, or what YAML would refuse is in it.
    """
    if content.count(b",") > VALUE_LIMIT:
        raise DamagedEditionError(f"決定された版の記録に、値が多すぎます（{VALUE_LIMIT:,} まで）。")
    try:
        edition = _strict_json(content)
        known, plan, sha256 = edition["format"], edition["plan"], edition["sha256"]
        canonical = _canonical_json(plan)
        actual = _sha256(canonical)
    except (ValueError, RecursionError, TypeError, KeyError) as error:
        raise DamagedEditionError("決定された版の記録として読めません。") from error
    if type(known) is not int or known not in READ_FORMATS:  # True == 1.0 == 1
        raise DamagedEditionError(
            f"ファイル形式 {_shorten(known)} は、この版の kihonkeikaku では読めません。"
        )
    if actual != sha256:
        raise DamagedEditionError("決定された版の記録が、後から書き換えられています。")
    if edition.keys() != _KEYS or any(find_forbidden(canonical)) or _CONTROLS.search(canonical):
        raise DamagedEditionError("決定された版の記録に、あるはずのないものが入っています。")
    newline = _NEWLINE.search(content)
    if newline:
        message = "決定された版の記録の値に、改行が入っています。"
        raise DamagedEditionError(message, _place(content, newline.end() - 2))
    try:
        # By way of JSON text: strict models take JSON's own lists and dates there.
        thawed = Plan.model_validate_json(json.dumps(migrate_frozen(plan, known)))
    except (ValidationError, TypeError, KeyError, AttributeError) as error:
        raise DamagedEditionError("決定された版の記録の内容が、計画として読めません。") from error
    for value, fault in find_contradictions_within(thawed):
        at = content.rfind(json.dumps(value, ensure_ascii=False).encode())
        message = f"決定された版の記録の「{value}」は、{fault}。"
        raise DamagedEditionError(message, _place(content, at))
    return thawed


def _place(content: bytes, at: int) -> tuple[int, int]:
    """Returns the line and the column of a byte; those of the beginning where it is negative."""
    before = content[: max(at, 0)]
    return before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode()) + 1


def _canonical_json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(canonical: str) -> str:
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _strict_json(content: bytes) -> Any:
    """Reads JSON as its standard has it, with one meaning (RFC 8259).

    Raises:
        ValueError: it is no JSON, an object has a key twice, or a number is none.
        RecursionError: it is nested too deeply.
    """
    return json.loads(
        content.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse_constant
    )


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _shorten(value: object) -> str:
    """Returns a value as messages show it: escaped, and cut off if it is long."""
    shown = json.dumps(value)
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
