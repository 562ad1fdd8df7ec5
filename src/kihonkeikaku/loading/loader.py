"""A plan's files → ``Loaded``: what the drafters wrote, where it stands, what can't be read."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Final, TypeVar

from pydantic import ValidationError

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.folder import read_folder, read_regular_file
from kihonkeikaku.loading.git import read_revision
from kihonkeikaku.loading.model_errors import ModelProblem, translate_model_errors
from kihonkeikaku.loading.positions import FilePositions, PositionMap
from kihonkeikaku.loading.source import (
    CHAPTERS,
    EDITIONS,
    FROZEN_LIMIT,
    MEASURES,
    MINISTRIES_FILE,
    PLAN_FILE,
    REVISION_FILE,
    EditionFile,
    FileProblem,
    PlanSource,
    SourceFile,
    SourceFolder,
)
from kihonkeikaku.loading.waivers import Waiver, find_waivers
from kihonkeikaku.loading.yaml_parser import Flaw, parse_yaml
from kihonkeikaku.model.draft import Draft, draft_from_plan
from kihonkeikaku.model.finding import Finding, PlanPath, Position, shorten_quotes
from kihonkeikaku.model.frozen import DamagedEditionError, thaw
from kihonkeikaku.model.plan import Chapter, Measure, Plan, PlanHead, Register, Revision
from kihonkeikaku.model.values import Model

_PLAN_ROOT: Final[PlanPath] = ("plan",)

_MINISTRIES_ROOT: Final[PlanPath] = ()
"""Empty, so that a ministry's path is ``("ministries", 0)``, without the word said twice."""

_REVISION_ROOT: Final[PlanPath] = ("revision",)

AnyModel = TypeVar("AnyModel", bound=Model)


def open_plan(argument: str) -> PlanSource:
    """Reads the plan that ``argument`` names: the file of a frozen edition, a folder, a revision.

    Raises:
        CommandError: there is no such plan.
    """
    file = FilePath(argument)
    if file.is_file():
        return EditionFile(argument, read_regular_file(file, FROZEN_LIMIT))
    return open_source_folder(argument)


def open_source_folder(argument: str) -> SourceFolder:
    """Reads the plan that ``argument`` names: a folder, ``REV:FOLDER``, ``REV:``, or ``REV``.

    Raises:
        CommandError: there is no such plan.
    """
    is_folder = FilePath(argument).is_dir()
    source = read_folder(argument) if is_folder else read_revision(argument)
    if not any(entry.name == PLAN_FILE for entry in source.entries):
        raise CommandError(
            f"{argument} は計画のフォルダーではありません（{PLAN_FILE} がありません）。"
        )
    return source


@dataclass(slots=True)
class Loaded:
    """A plan as it was read. ``texts`` holds the readable files' text by their shown names.

    ``beyond`` counts, by file, the errors that there are beyond those in ``findings``.
    """

    draft: Draft
    positions: PositionMap
    findings: list[Finding] = field(default_factory=list)
    beyond: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    waivers: list[Waiver] = field(default_factory=list)
    files: int = 0


def load(plan: str | PlanSource) -> Loaded:
    """Reads a plan: a folder, a git revision, or a frozen edition, by its name or opened already.

    Raises:
        CommandError: there is nothing that could be read as a plan.
    """
    opened = open_plan(plan) if isinstance(plan, str) else plan
    return load_folder(opened) if isinstance(opened, SourceFolder) else _load_frozen(opened)


def load_folder(tree: SourceFolder) -> Loaded:
    """Reads all files of a plan; everything wrong with them stands in ``findings``."""
    loader = _Loader(tree)
    for entry in tree.entries:
        loader.read(entry)
    loader.miss_files()
    return loader.loaded()


def _load_frozen(file: EditionFile) -> Loaded:
    if isinstance(file.content, FileProblem):
        raise CommandError(f"{file.label}：{file.content.message}")
    loaded = Loaded(Draft(), PositionMap(file.label), files=1)
    try:
        loaded.draft = draft_from_plan(thaw(file.content))
    except DamagedEditionError as damage:
        loaded.findings.append(_damaged(damage, file.label))
    return loaded


def _damaged(damage: DamagedEditionError, file: str) -> Finding:
    return Finding("damaged-edition", "error", str(damage), damage.hint, Position(file))


class _Loader:
    """Reads a plan's files one by one."""

    def __init__(self, tree: SourceFolder) -> None:
        self._tree = tree
        self._loaded = Loaded(Draft(), PositionMap(tree.label), files=len(tree.entries))
        self._head: PlanHead | None = None
        self._register: Register | None = None
        self._revision: Revision | None = None
        self._chapters: dict[str, Chapter] = {}
        self._measures: dict[str, Measure] = {}
        self._adopted: dict[str, Plan] = {}
        self._unreadable: set[PlanPath] = set()

    def read(self, entry: SourceFile) -> None:
        file = self._tree.display(entry.name)
        if isinstance(entry.content, FileProblem):
            refusal = entry.content
            self._find(Flaw(refusal.rule, refusal.message, refusal.hint, refusal.place), file)
            self._unreadable.add(_root(entry))
        elif entry.folder == EDITIONS:
            self._read_edition(entry.stem, entry.content, file)
        else:
            self._read_yaml(entry, entry.content, file)

    def miss_files(self) -> None:
        """Says which files the plan can't do without."""
        names = {entry.name for entry in self._tree.entries}
        if MINISTRIES_FILE not in names:
            self._find(
                Flaw(
                    "missing-file", "府省庁の一覧がありません。", "このファイルを作ってください。"
                ),
                self._tree.display(MINISTRIES_FILE),
            )

    def loaded(self) -> Loaded:
        self._loaded.draft = Draft(
            head=self._head,
            register=self._register,
            revision=self._revision,
            chapters=self._chapters,
            measures=self._measures,
            adopted=self._adopted,
            unreadable=frozenset(self._unreadable),
        )
        return self._loaded

    def _read_edition(self, name: str, content: bytes, file: str) -> None:
        self._loaded.positions.values["editions", name] = FilePositions(file)
        try:
            self._adopted[name] = thaw(content)
        except DamagedEditionError as damage:
            self._loaded.findings.append(_damaged(damage, file))

    def _read_yaml(self, entry: SourceFile, content: bytes, file: str) -> None:
        reading = parse_yaml(content)
        self._loaded.texts[file] = reading.text
        for flaw in reading.flaws:
            self._find(flaw, file)
        if reading.more_flaws:
            self._loaded.beyond[file] = reading.more_flaws
        self._loaded.waivers.extend(find_waivers(reading, file))
        root = _root(entry)
        self._loaded.positions.values[root] = FilePositions(file, reading.values, reading.keys)
        model = None
        if reading.data is not None:
            model = self._understand(_MODELS[entry.folder or entry.name], reading.data, root)
        self._keep(model, entry.stem, root)

    def _keep(self, model: Model | None, name: str, root: PlanPath) -> None:
        match model:
            case Chapter():
                self._chapters[name] = model
            case Measure():
                self._measures[name] = model
            case PlanHead():
                self._head = model
            case Register():
                self._register = model
            case Revision():
                self._revision = model
            case _:
                self._unreadable.add(root)

    def _understand(self, model: type[AnyModel], data: object, root: PlanPath) -> AnyModel | None:
        """Reads data as a model; where nothing but unknown keys is wrong, without these.

        One slip of the pen must not hide what else there is to say.
        """
        understood, faults = _validated(model, data)
        for fault in faults:
            self._find_fault(fault, root)
        if not faults or any(fault.rule != "unknown-key" for fault in faults):
            return understood
        data = _without(data, {fault.path for fault in faults})
        if any(fault.meant for fault in faults):
            # Without its misspelt key a file says too little: what follows from that is no news.
            return _validated(model, data)[0]
        return self._understand(model, data, root)

    def _find(self, flaw: Flaw, file: str) -> None:
        position = Position(file, *flaw.place)
        self._loaded.findings.append(
            Finding(flaw.rule, "error", shorten_quotes(flaw.message), flaw.hint, position)
        )

    def _find_fault(self, fault: ModelProblem, root: PlanPath) -> None:
        position = self._loaded.positions.of(root + fault.path, at_key=fault.at_key)
        self._loaded.findings.append(
            Finding(fault.rule, "error", shorten_quotes(fault.message), fault.hint, position)
        )


_MODELS: Final[Mapping[str, type[Model]]] = {
    PLAN_FILE: PlanHead,
    MINISTRIES_FILE: Register,
    REVISION_FILE: Revision,
    CHAPTERS: Chapter,
    MEASURES: Measure,
}


def _root(entry: SourceFile) -> PlanPath:
    if entry.folder:
        return entry.folder, entry.stem
    return {
        PLAN_FILE: _PLAN_ROOT,
        MINISTRIES_FILE: _MINISTRIES_ROOT,
        REVISION_FILE: _REVISION_ROOT,
    }.get(entry.name, ("stray", entry.name))


def _validated(
    model: type[AnyModel], data: object
) -> tuple[AnyModel | None, tuple[ModelProblem, ...]]:
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        return None, tuple(translate_model_errors(model, error))


def _without(data: object, unknown: Set[PlanPath], path: PlanPath = ()) -> object:
    """Returns ``data`` without the keys at the paths ``unknown``."""
    if isinstance(data, dict):
        known = ((key, value) for key, value in data.items() if (*path, key) not in unknown)
        return {key: _without(value, unknown, (*path, key)) for key, value in known}
    if isinstance(data, tuple):
        return tuple(_without(v, unknown, (*path, index)) for index, v in enumerate(data))
    return data
