"""The chain of adopted editions before a published one: each undamaged, and none missing."""

from collections.abc import Iterator, Mapping

from kihonkeikaku.loading.source import EDITIONS, FROZEN_LIMIT, PLAN_RECORD
from kihonkeikaku.model.frozen import DamagedEditionError, hash_plan, thaw
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.model.values import Id
from kihonkeikaku.verification.manifest_check import ManifestListing
from kihonkeikaku.verification.problems import Problem, ProblemKind
from kihonkeikaku.verification.untrusted_folder import UnreadableFileError, UntrustedFolder


def read_frozen_plan(folder: UntrustedFolder, name: str) -> Plan | str:
    """Returns the plan that a frozen edition holds, or why there is none, in Japanese."""
    try:
        return thaw(folder.read(name, FROZEN_LIMIT))
    except UnreadableFileError as why:
        return f"読めません（{why}）。"
    except DamagedEditionError as damage:
        return str(damage)


def record_path(edition: Id) -> str:
    """Returns the path of an adopted edition's record within a published edition."""
    return f"{EDITIONS}/{edition}.json"


def find_contradictions(plan: Plan, listing: ManifestListing) -> Iterator[Problem]:
    """Yields where the manifest contradicts the plan."""
    edition = plan.head.edition.id
    if listing.edition != edition:
        message = f"計画は「{edition}」ですが、manifest.json では「{listing.edition}」です。"
        yield Problem(PLAN_RECORD, ProblemKind.PLAN, message)
    if listing.source_sha256 != hash_plan(plan):
        yield Problem(
            PLAN_RECORD, ProblemKind.PLAN, "manifest.json にある計画の SHA-256 と違います。"
        )


def find_chain_problems(
    plan: Plan, records: Mapping[Id, Plan], listed: Mapping[str, str] | None
) -> Iterator[Problem]:
    """Yields where the editions before this one don't form a chain.

    Args:
        plan: the edition that was published.
        records: the adopted editions in the folder, by the names of their files.
        listed: their hashes by their ids, as the manifest has them, if it has any.
    """
    for name, record in records.items():
        if record.head.edition.id != name:
            message = f"中身は版「{record.head.edition.id}」の記録です。"
            yield Problem(record_path(name), ProblemKind.CHAIN, message)
        elif listed is not None and listed.get(name) != hash_plan(record):
            message = "manifest.json にある、決定された版の SHA-256 と違います。"
            yield Problem(record_path(name), ProblemKind.CHAIN, message)
    yield from _find_gaps(plan, records, listed or {})


def _find_gaps(
    plan: Plan, records: Mapping[Id, Plan], listed: Mapping[str, str]
) -> Iterator[Problem]:
    own = plan.head.edition.id
    if own in records:
        yield Problem(
            record_path(own), ProblemKind.CHAIN, "この版が、それより前の版としてもあります。"
        )
    left = records.keys() - {own}
    later, before = plan, plan.head.edition.supersedes
    while before in left:
        left -= {before}
        later, before = records[before], records[before].head.edition.supersedes
    if before not in (None, own) and (left or before in listed):
        message = f"版「{later.head.edition.id}」が改めた版「{before}」の記録がありません。"
        yield Problem(record_path(before), ProblemKind.CHAIN, message)
    for name in sorted(left):
        message = f"「{own}」までの版のつながりに、この版はありません。"
        yield Problem(record_path(name), ProblemKind.CHAIN, message)
