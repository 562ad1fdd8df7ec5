"""What an edition says it was made from: its plan, and the records of earlier editions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kihonkeikaku.loading.source import EDITIONS, FROZEN_LIMIT, PLAN_RECORD
from kihonkeikaku.model.frozen import DamagedEditionError, hash_plan, thaw
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.model.values import Id
from kihonkeikaku.publishing.edition import comparison_folder, old_record
from kihonkeikaku.publishing.manifest import MANIFEST
from kihonkeikaku.verification.manifest_check import ManifestListing
from kihonkeikaku.verification.problems import Problem, ProblemKind
from kihonkeikaku.verification.untrusted_folder import (
    FolderEntry,
    UnreadableFileError,
    UntrustedFolder,
)


@dataclass(slots=True)
class EditionInputs:
    """The plan, the adopted editions by the names of their files, and the editions compared with.

    ``problems`` are the reasons why the edition can't be made again from them.
    """

    plan: Plan | None = None
    records: dict[Id, Plan] = field(default_factory=dict)
    olds: list[Plan] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_inputs(
    folder: UntrustedFolder, entries: Mapping[str, FolderEntry], listing: ManifestListing | None
) -> EditionInputs:
    """Reads what an edition was made from.

    Args:
        folder: the edition.
        entries: all that is in it.
        listing: its manifest, if it can be read.
    """
    inputs = EditionInputs()
    inputs.plan = _read_plan(folder, PLAN_RECORD, ProblemKind.PLAN, inputs.problems)
    for path, entry in entries.items():
        within, _, name = path.rpartition("/")
        if entry.is_file and within == EDITIONS and name.endswith(".json"):
            record = _read_plan(folder, path, ProblemKind.CHAIN, inputs.problems)
            if record:
                inputs.records[name.removesuffix(".json")] = record
    if inputs.plan:
        listed = {one.edition for one in listing.editions} if listing else set()
        inputs.problems += find_chain_problems(inputs.plan, inputs.records, listed)
    compared = (listing.compared, *listing.also_compared) if listing and listing.compared else ()
    by_hash = {hash_plan(record): record for record in inputs.records.values()}
    for at, one in enumerate(compared):
        path = old_record(comparison_folder(at, one.edition))
        old = by_hash.get(one.sha256)
        if old is None and path in entries:
            old = _read_plan(folder, path, ProblemKind.CHAIN, inputs.problems)
        elif old is None:
            message = f"比べた版「{one.edition}」の記録がありません。"
            inputs.problems.append(Problem(path, ProblemKind.MISSING, message))
        inputs.olds += [old] if old else []
    return inputs


def find_contradictions(inputs: EditionInputs, listing: ManifestListing) -> Iterator[Problem]:
    """Yields where the manifest contradicts the plan or a record."""
    if inputs.plan:
        edition = inputs.plan.head.edition.id
        if listing.edition != edition:
            message = f"計画は「{edition}」ですが、{MANIFEST} では「{listing.edition}」です。"
            yield Problem(PLAN_RECORD, ProblemKind.PLAN, message)
        if listing.source_sha256 != hash_plan(inputs.plan):
            message = f"{MANIFEST} にある計画の SHA-256 と違います。"
            yield Problem(PLAN_RECORD, ProblemKind.PLAN, message)
    listed = {one.edition: one.sha256 for one in listing.editions}
    for name, record in inputs.records.items():
        if listed.get(name) != hash_plan(record):
            message = f"{MANIFEST} にある、決定された版の SHA-256 と違います。"
            yield Problem(_record_path(name), ProblemKind.CHAIN, message)


def find_chain_problems(
    plan: Plan, records: Mapping[Id, Plan], listed: set[Id]
) -> Iterator[Problem]:
    """Yields where the editions before a published one don't form a chain.

    Args:
        plan: the edition that was published.
        records: the adopted editions in the folder, by the names of their files.
        listed: the ids of those that the manifest lists.
    """
    for name, record in records.items():
        if record.head.edition.id != name:
            message = f"中身は版「{record.head.edition.id}」の記録です。"
            yield Problem(_record_path(name), ProblemKind.CHAIN, message)
    own = plan.head.edition.id
    if own in records:
        message = "この版が、それより前の版としてもあります。"
        yield Problem(_record_path(own), ProblemKind.CHAIN, message)
    left = records.keys() - {own}
    later, before = plan, plan.head.edition.supersedes
    while before in left:
        left -= {before}
        later, before = records[before], records[before].head.edition.supersedes
    if before not in (None, own) and (left or before in listed):
        message = f"版「{later.head.edition.id}」が改めた版「{before}」の記録がありません。"
        yield Problem(_record_path(before), ProblemKind.CHAIN, message)
    for name in sorted(left):
        message = f"「{own}」までの版のつながりに、この版はありません。"
        yield Problem(_record_path(name), ProblemKind.CHAIN, message)


def _read_plan(
    folder: UntrustedFolder, path: str, kind: ProblemKind, problems: list[Problem]
) -> Plan | None:
    """Returns the plan that a frozen edition holds; if there is none, adds why to ``problems``."""
    try:
        return thaw(folder.read(path, FROZEN_LIMIT))
    except UnreadableFileError as why:
        problems.append(Problem(path, kind, f"読めません（{why}）。"))
    except DamagedEditionError as damage:
        problems.append(Problem(path, kind, str(damage)))
    return None


def _record_path(edition: Id) -> str:
    return f"{EDITIONS}/{edition}.json"
