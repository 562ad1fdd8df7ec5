"""A plan's files → ``Loaded``: a draft, the positions of its values, and what can't be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from pydantic import ValidationError

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.folder import (
    leads_to_file,
    leads_to_folder,
    read_folder,
    read_regular_file,
)
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
    FileProblem,
    FrozenEditionFile,
    PlanSource,
    SourceFile,
    SourceFolder,
)
from kihonkeikaku.loading.waivers import Waiver, find_trailing_comments, find_waivers
from kihonkeikaku.loading.yaml_parser import ParsedYaml, parse_yaml, replace_keys
from kihonkeikaku.model.draft import Draft, TrailingComment, draft_from_plan
from kihonkeikaku.model.finding import Finding, PlanPath, Position, shorten_quotes
from kihonkeikaku.model.frozen import DamagedEditionError, thaw
from kihonkeikaku.model.plan import Chapter, Measure, Plan, PlanHead, Register, Revision
from kihonkeikaku.model.values import Model

_PLAN_ROOT: Final[PlanPath] = ("plan",)

_MINISTRIES_ROOT: Final[PlanPath] = ()
"""Empty, so that a ministry's path is ``("ministries", 0)``, without the word twice."""

_REVISION_ROOT: Final[PlanPath] = ("revision",)

AnyModel = TypeVar("AnyModel", bound=Model)


def open_plan(argument: str) -> PlanSource:
    """Reads the plan that ``argument`` names: the file of a frozen edition, a folder, a revision.

    Raises:
        CommandError: there is no such plan.
    """
    if leads_to_file(argument):
        return FrozenEditionFile(argument, read_regular_file(argument, FROZEN_LIMIT))
    return open_source_folder(argument)


def open_source_folder(argument: str) -> SourceFolder:
    """Reads the plan that ``argument`` names: a folder, ``REV:FOLDER``, ``REV:``, or ``REV``.

    Raises:
        CommandError: there is no such plan.
    """
    source = read_folder(argument) if leads_to_folder(argument) else read_revision(argument)
    if not any(entry.name == PLAN_FILE for entry in source.files):
        raise CommandError(
            f"{argument} は計画のフォルダーではありません（{PLAN_FILE} がありません）。"
        )
    return source


@dataclass(slots=True)
class Loaded:
    """A plan as it was read. ``texts`` holds the readable files' text by their shown names.

    ``more_errors`` counts, by file, the errors that there are beyond those in ``findings``.
    """

    draft: Draft
    positions: PositionMap
    findings: list[Finding] = field(default_factory=list)
    more_errors: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    waivers: list[Waiver] = field(default_factory=list)
    files: int = 0


def load(plan: str | PlanSource) -> Loaded:
    """Reads a plan: a folder, a git revision, or a frozen edition, by its name or opened already.

    Raises:
        CommandError: there is nothing that could be read as a plan.
    """
    source = open_plan(plan) if isinstance(plan, str) else plan
    return load_folder(source) if isinstance(source, SourceFolder) else _load_edition(source)


def load_folder(folder: SourceFolder) -> Loaded:
    """Reads all files of a plan; everything wrong with them is listed in ``findings``."""
    loader = _Loader(folder)
    for file in folder.files:
        loader.load_file(file)
    loader.report_missing_files()
    return loader.finish()


def _load_edition(file: FrozenEditionFile) -> Loaded:
    if isinstance(file.content, FileProblem):
        raise CommandError(f"{file.label}：{file.content.message}")
    loaded = Loaded(Draft(), PositionMap(file.label), files=1)
    try:
        loaded.draft = draft_from_plan(thaw(file.content))
    except DamagedEditionError as damage:
        loaded.findings.append(_damaged_edition(damage, file.label))
    return loaded


def _damaged_edition(damage: DamagedEditionError, file: str) -> Finding:
    return Finding(
        "damaged-edition", "error", str(damage), damage.hint, Position(file, *damage.place)
    )


class _Loader:
    """Loads a plan's files one by one, and collects what is wrong with them."""

    def __init__(self, folder: SourceFolder) -> None:
        self._folder = folder
        self._loaded = Loaded(Draft(), PositionMap(folder.label), files=len(folder.files))
        self._head: PlanHead | None = None
        self._register: Register | None = None
        self._revision: Revision | None = None
        self._chapters: dict[str, Chapter] = {}
        self._measures: dict[str, Measure] = {}
        self._adopted: dict[str, Plan] = {}
        self._unreadable: set[PlanPath] = set()
        self._trailing_comments: list[TrailingComment] = []

    def load_file(self, file: SourceFile) -> None:
        name = self._folder.display_name(file.name)
        if isinstance(file.content, FileProblem):
            self._report(file.content, name)
            meant = replace(file, name=f"{file.name.partition('.')[0]}.yaml")  # whatever its ending
            self._unreadable.update((_root_path(file), _root_path(meant)))
        elif file.folder == EDITIONS:
            self._load_adopted_edition(file.stem, file.content, name)
        else:
            self._load_yaml(file, file.content, name)

    def report_missing_files(self) -> None:
        """Reports the files without which there is no plan."""
        if MINISTRIES_FILE not in {file.name for file in self._folder.files}:
            message, hint = "府省庁の一覧がありません。", "このファイルを作ってください。"
            problem = FileProblem("missing-file", message, hint)
            self._report(problem, self._folder.display_name(MINISTRIES_FILE))

    def finish(self) -> Loaded:
        """Returns all that was loaded."""
        self._loaded.draft = Draft(
            head=self._head,
            register=self._register,
            revision=self._revision,
            chapters=self._chapters,
            measures=self._measures,
            adopted=self._adopted,
            unreadable=frozenset(self._unreadable),
            trailing_comments=tuple(self._trailing_comments),
        )
        return self._loaded

    def _load_adopted_edition(self, id: str, content: bytes, name: str) -> None:
        self._loaded.positions.files["editions", id] = FilePositions(name)
        try:
            self._adopted[id] = thaw(content)
        except DamagedEditionError as damage:
            self._loaded.findings.append(_damaged_edition(damage, name))
            self._unreadable.add(("editions", id))

    def _load_yaml(self, file: SourceFile, content: bytes, name: str) -> None:
        parsed = parse_yaml(content)
        kind = _MODELS[file.folder or file.name]
        if not parsed.problems and _validate_data(kind, parsed.data)[1]:
            parsed = parse_yaml(content, mend_slips=True)
        self._loaded.texts[name] = parsed.text
        for problem in parsed.problems:
            self._report(problem, name)
        if parsed.more_problems:
            self._loaded.more_errors[name] = parsed.more_problems
        self._loaded.waivers.extend(find_waivers(parsed, name))
        root = _root_path(file)
        self._trailing_comments.extend(find_trailing_comments(parsed, root))
        self._loaded.positions.files[root] = FilePositions(name, parsed.values, parsed.keys)
        model = None
        if parsed.data is not None:
            model = self._validate(kind, parsed, root)
        self._keep(model, file.stem, root)

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

    def _validate(
        self, model: type[AnyModel], parsed: ParsedYaml, root: PlanPath
    ) -> AnyModel | None:
        """Reads data as a model; where only keys are wrong, reads it with those that are right.

        A misspelt key must not hide the file's other errors, nor lead to any.
        """
        validated, problems = _validate_data(model, parsed.data)
        for problem in problems:
            self._report_model_problem(problem, root)
        if not problems or any(problem.rule != "unknown-key" for problem in problems):
            return validated
        replace_keys(parsed, {problem.path: problem.suggestion for problem in problems})
        self._loaded.positions.files[root] = replace(
            self._loaded.positions.files[root], values=parsed.values, keys=parsed.keys
        )
        return self._validate(model, parsed, root)

    def _report(self, problem: FileProblem, file: str) -> None:
        position = Position(file, *problem.place)
        self._loaded.findings.append(
            Finding(
                problem.rule,
                "error",
                shorten_quotes(problem.message),
                problem.hint,
                position,
                problem.fix,
            )
        )

    def _report_model_problem(self, problem: ModelProblem, root: PlanPath) -> None:
        position = self._loaded.positions.find(root + problem.path, at_key=problem.at_key)
        self._loaded.findings.append(
            Finding(problem.rule, "error", shorten_quotes(problem.message), problem.hint, position)
        )


_MODELS: Final[Mapping[str, type[Model]]] = {
    PLAN_FILE: PlanHead,
    MINISTRIES_FILE: Register,
    REVISION_FILE: Revision,
    CHAPTERS: Chapter,
    MEASURES: Measure,
}


def _root_path(file: SourceFile) -> PlanPath:
    """Returns the path of a file's content in the plan."""
    if file.folder:
        return file.folder, file.stem
    return {
        PLAN_FILE: _PLAN_ROOT,
        MINISTRIES_FILE: _MINISTRIES_ROOT,
        REVISION_FILE: _REVISION_ROOT,
    }.get(file.name, ("stray", file.name))


def _validate_data(
    model: type[AnyModel], data: object
) -> tuple[AnyModel | None, tuple[ModelProblem, ...]]:
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        return None, tuple(translate_model_errors(model, error))
