"""A plan's files → ``Loaded``: a draft, the positions of its values, and what can't be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from pydantic import ValidationError

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.model_errors import (
    ModelProblem,
    follows_from_unknown_key,
    translate_model_errors,
)
from kihonkeikaku.loading.plan_resolver import open_plan
from kihonkeikaku.loading.positions import FilePositions, PositionMap
from kihonkeikaku.loading.source import (
    CHAPTERS,
    EDITIONS,
    FIGURES,
    FORMER_REVISION_FILE,
    MEASURES,
    MINISTRIES_FILE,
    PLAN_FILE,
    REVISION,
    SHEETS,
    SITE_FILE,
    FileProblem,
    FrozenEditionFile,
    PlanSource,
    SourceFile,
    SourceFolder,
)
from kihonkeikaku.loading.waivers import Waiver, find_trailing_comments, find_waivers
from kihonkeikaku.loading.yaml_composer import ParsedYaml
from kihonkeikaku.loading.yaml_parser import parse_yaml, replace_keys
from kihonkeikaku.model.draft import Draft, TrailingComment, draft_from_plan
from kihonkeikaku.model.figures import (
    FIGURE_NAME,
    FIGURES_LIMIT,
    FigureFile,
    make_figure_file,
    picture_fault,
)
from kihonkeikaku.model.finding import Finding, PlanPath, Position, shorten_quotes
from kihonkeikaku.model.frozen import DamagedEditionError, thaw
from kihonkeikaku.model.migration import FormerRevision
from kihonkeikaku.model.plan import Chapter, Disposition, Measure, Plan, Register
from kihonkeikaku.model.plan_head import PlanHead, Site
from kihonkeikaku.model.sheet import DamagedSheetError, SheetRecord, read_sheet_record
from kihonkeikaku.model.values import Id, Model

_PLAN_ROOT: Final[PlanPath] = ("plan",)

_MINISTRIES_ROOT: Final[PlanPath] = ()
"""Empty, so that a ministry's path is ``("ministries", 0)``, without the word twice."""

_REVISION_ROOT: Final[PlanPath] = ("former-revision",)

_FIGURE_HINT: Final = (
    "作図のソフトで、文字を図形（アウトライン）にし、リンクや効果のないプレーンな SVG、または "
    "PNG、JPEG として書き出し直してください。"
)

_SITE_ROOT: Final[PlanPath] = ("site",)

AnyModel = TypeVar("AnyModel", bound=Model)


@dataclass(slots=True)
class Loaded:
    """A plan as it was read. ``texts`` holds the readable files' text by their shown names.

    ``ref`` is how reports say which plan it is. ``sheets`` are the records of what was sent to
    ministries. ``more_errors`` counts, by file, the errors that there are beyond those in
    ``findings``.
    """

    draft: Draft
    positions: PositionMap
    findings: list[Finding] = field(default_factory=list)
    more_errors: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    waivers: list[Waiver] = field(default_factory=list)
    sheets: dict[str, SheetRecord] = field(default_factory=dict)
    files: int = 0
    ref: str = ""


def load(plan: str | PlanSource) -> Loaded:
    """Reads a plan: a folder, a git revision, or a frozen edition, by its name or opened already.

    Raises:
        CommandError: there is nothing that could be read as a plan.
    """
    source = open_plan(plan) if isinstance(plan, str) else plan
    loaded = load_folder(source) if isinstance(source, SourceFolder) else _load_edition(source)
    loaded.ref = source.ref
    return loaded


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
    plan = _thaw(loaded, file.content, file.label)
    if plan:
        loaded.draft = draft_from_plan(plan, _load_chain(loaded, file, plan))
    return loaded


def _load_chain(loaded: Loaded, file: FrozenEditionFile, plan: Plan) -> dict[Id, Plan]:
    """Returns the adopted editions beside a frozen one to which its chain leads."""
    records = {record.stem: record for record in file.records}
    found: dict[Id, Plan] = {}
    before = plan.head.edition.supersedes
    while before in records and before not in found:
        record = records[before]
        name = file.display_name(record.name)
        if isinstance(record.content, FileProblem):
            loaded.findings.append(_finding(record.content, name))
            break
        earlier = _thaw(loaded, record.content, name)
        if not earlier:
            break
        found[before] = earlier
        before = earlier.head.edition.supersedes
    return found


def _thaw(loaded: Loaded, content: bytes, name: str) -> Plan | None:
    """Returns the plan of a frozen edition, or reports why it can't be read."""
    try:
        return thaw(content)
    except DamagedEditionError as damage:
        loaded.findings.append(_damaged_edition(damage, name))
        return None


def _finding(problem: FileProblem, file: str) -> Finding:
    position = Position(file, *problem.place)
    message = shorten_quotes(problem.message)
    return Finding(problem.rule, "error", message, problem.hint, position, problem.fix)


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
        self._site: Site | None = None
        self._revision: dict[str, Disposition] = {}
        self._former_supersedes: str | None = None
        self._chapters: dict[str, Chapter] = {}
        self._measures: dict[str, Measure] = {}
        self._figures: dict[str, FigureFile] = {}
        self._figure_bytes = 0
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
        elif file.folder == FIGURES:
            self._load_figure(file.name, file.content, name)
        elif file.folder == SHEETS:
            self._load_sheet(file.stem, file.content, name)
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
            former_supersedes=self._former_supersedes,
            site=self._site,
            chapters=self._chapters,
            measures=self._measures,
            figures=self._figures,
            adopted=self._adopted,
            unreadable=frozenset(self._unreadable),
            trailing_comments=tuple(self._trailing_comments),
        )
        return self._loaded

    def _load_adopted_edition(self, id: str, content: bytes, name: str) -> None:
        self._loaded.positions.files["editions", id] = FilePositions(name)
        plan = _thaw(self._loaded, content, name)
        if plan:
            self._adopted[id] = plan
        else:
            self._unreadable.add(("editions", id))

    def _load_figure(self, path: str, content: bytes, name: str) -> None:
        self._figure_bytes += len(content)
        fault = picture_fault(path, content)
        if not FIGURE_NAME.fullmatch(path):
            fault = "名前に、英小文字、数字、ハイフン、下線のほかのものがあります"
        if self._figure_bytes > FIGURES_LIMIT:
            fault = f"ここまでの図を合わせると、上限の {FIGURES_LIMIT >> 20} MiB を超えます"
        self._loaded.positions.files[_figure_root(path)] = FilePositions(name)
        if fault:
            message = f"図のファイルを使えません（{fault}）。"
            self._report(FileProblem("figure-file", message, _FIGURE_HINT), name)
            self._unreadable.add(_figure_root(path))
        else:
            self._figures[path] = make_figure_file(path, content)

    def _load_sheet(self, id: str, content: bytes, name: str) -> None:
        try:
            sheet = read_sheet_record(content)
            if sheet.sheet != id:
                raise DamagedSheetError(
                    f"送った紙の控えの名前が「{sheet.sheet}.json」ではありません。"
                )
        except DamagedSheetError as damage:
            finding = Finding("damaged-sheet", "error", str(damage), damage.hint, Position(name))
            self._loaded.findings.append(finding)
        else:
            self._loaded.sheets[id] = sheet

    def _load_yaml(self, file: SourceFile, content: bytes, name: str) -> None:
        kind = _MODELS[file.folder or file.name]

        def fits(data: object) -> bool:
            return not _validate_data(kind, data)[1]

        parsed = parse_yaml(content, fits)
        if not parsed.problems and not fits(parsed.data):
            parsed = parse_yaml(content, fits, mend_slips=True)
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
            case Disposition():
                self._revision[name] = model
            case Site():
                self._site = model
            case FormerRevision():
                self._keep_former_revision(model, root)
            case _:
                self._unreadable.add(root)

    def _keep_former_revision(self, former: FormerRevision, root: PlanPath) -> None:
        """Keeps what revision.yaml says as if each disposition had a file of its own."""
        written = self._loaded.positions.files[root]
        for disposition, paths in former.split():
            own = {new: written.values[old] for new, old in paths.items() if old in written.values}
            self._loaded.positions.files["revision", disposition.id] = FilePositions(
                written.file, own
            )
            self._revision.setdefault(disposition.id, disposition)
        self._former_supersedes = former.from_

    def _validate(
        self,
        model: type[AnyModel],
        parsed: ParsedYaml,
        root: PlanPath,
        unknown_keys: tuple[PlanPath, ...] = (),
    ) -> AnyModel | None:
        """Reads data as a model; where only keys are wrong, reads it with those that are right.

        A misspelt key must not hide the file's other errors, nor lead to any; ``unknown_keys`` are
        the paths of those that are reported already.
        """
        validated, problems = _validate_data(model, parsed.data)
        for problem in problems:
            if not follows_from_unknown_key(problem, unknown_keys):
                self._report_model_problem(problem, root)
        if not problems or any(problem.rule != "unknown-key" for problem in problems):
            return validated
        replace_keys(parsed, {problem.path: problem.suggestion for problem in problems})
        self._loaded.positions.files[root] = replace(
            self._loaded.positions.files[root], values=parsed.values, keys=parsed.keys
        )
        return self._validate(model, parsed, root, tuple(problem.path for problem in problems))

    def _report(self, problem: FileProblem, file: str) -> None:
        self._loaded.findings.append(_finding(problem, file))

    def _report_model_problem(self, problem: ModelProblem, root: PlanPath) -> None:
        position = self._loaded.positions.find(root + problem.path, at_key=problem.at_key)
        self._loaded.findings.append(
            Finding(problem.rule, "error", shorten_quotes(problem.message), problem.hint, position)
        )


_MODELS: Final[Mapping[str, type[Model]]] = {
    PLAN_FILE: PlanHead,
    MINISTRIES_FILE: Register,
    SITE_FILE: Site,
    FORMER_REVISION_FILE: FormerRevision,
    REVISION: Disposition,
    CHAPTERS: Chapter,
    MEASURES: Measure,
}


def _figure_root(path: str) -> PlanPath:
    """Returns the path of a picture in the plan: two pictures may differ in their endings alone."""
    return FIGURES, path


def _root_path(file: SourceFile) -> PlanPath:
    """Returns the path of a file's content in the plan."""
    if file.folder == FIGURES:
        return _figure_root(file.name)
    if file.folder:
        return file.folder, file.stem
    return {
        PLAN_FILE: _PLAN_ROOT,
        MINISTRIES_FILE: _MINISTRIES_ROOT,
        FORMER_REVISION_FILE: _REVISION_ROOT,
        SITE_FILE: _SITE_ROOT,
    }.get(file.name, ("stray", file.name))


def _validate_data(
    model: type[AnyModel], data: object
) -> tuple[AnyModel | None, tuple[ModelProblem, ...]]:
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        return None, tuple(translate_model_errors(model, error, data))
